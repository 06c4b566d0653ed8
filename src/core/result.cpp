#include <schelling/core/result.tpp>
