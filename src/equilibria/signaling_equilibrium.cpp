#include <schelling/equilibria/signaling_words.tpp>
