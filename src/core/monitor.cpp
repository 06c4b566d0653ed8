#include <schelling/core/monitor.tpp>
