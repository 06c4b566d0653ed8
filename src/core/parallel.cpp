#include <schelling/core/parallel.tpp>
