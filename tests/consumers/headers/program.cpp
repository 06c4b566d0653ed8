// A signalling game over a number type that the compiled library does not know: payoffs with square roots, fifty digits.
#include <schelling/equilibria/certify_signaling.hpp>

#include <boost/multiprecision/cpp_bin_float.hpp>

#include <iostream>

using Number = boost::multiprecision::cpp_bin_float_50;

int main() {
  const Number breakfast = sqrt(Number(2)), peace = sqrt(Number(3)), strong = Number(3) / 10;
  const auto game = schelling::SignalingGame<Number>::from_function(
      2, 2, 2, {strong, 1 - strong}, [&](int t, int m, int a) {
        return schelling::SignalingGame<Number>::Payoffs{
            (t == m ? breakfast : Number(0)) + (a == 1 ? peace : Number(0)), Number(t == 1 - a ? 1 : 0)};
      });

  // The weak type imitates so often that the receiver, after beer, duels often enough to make it indifferent.
  const Number bluff = strong / (1 - strong), duel = 1 - breakfast / peace;
  schelling::SignalingAssessment<Number> assessment{schelling::RowTable<Number>(0, 2),
                                                    schelling::RowTable<Number>(0, 2),
                                                    schelling::RowTable<Number>(0, 2),
                                                    {peace, breakfast},
                                                    Number(7) / 10};
  for (const auto& row : {std::vector<Number>{1, 0}, {bluff, 1 - bluff}}) assessment.sender.append(row);
  for (const auto& row : {std::vector<Number>{duel, 1 - duel}, {1, 0}}) assessment.receiver.append(row);
  for (const auto& row : {std::vector<Number>{Number(1) / 2, Number(1) / 2}, {0, 1}})
    assessment.beliefs.append(row);
  assessment.sender_payoff = {breakfast + (1 - duel) * peace, breakfast};

  const auto certificate = schelling::certify(game, assessment);
  std::cout << "certified: " << (certificate.passes(1e-45) ? "yes" : "no") << '\n';
  assessment.receiver = schelling::RowTable<Number>(0, 2);
  for (const auto& row : {std::vector<Number>{0, 1}, {1, 0}}) assessment.receiver.append(row);
  assessment.sender_payoff = {breakfast + peace, peace};
  std::cout << "without a duel: " << (schelling::certify(game, assessment).passes(1e-45) ? "yes" : "no")
            << '\n';
}
