#include <schelling/numerics/rational.tpp>
