#include <schelling/equilibria/certify_signaling.hpp>
#include <schelling/solvers/solve_pbe.hpp>

#include <schelling/solvers/pbe/solution.hpp>

namespace schelling {

namespace {

constexpr int largest_bits = 1024;

template <class Scalar>
void require_size(const SignalingGame<Scalar>& game) {
  const auto limit = [](const char* name, int count, int most) {
    if (count > most)
      throw InvalidGame(
          expectation(name, "at most " + std::to_string(most) + " for this solver", std::to_string(count)));
  };
  limit("types", game.types(), pbe::largest_mask);
  limit("messages", game.messages(), pbe::largest_mask);
  limit("actions", game.actions(), pbe::largest_mask);
  limit("messages * (types + actions)", game.messages() * (game.types() + game.actions()), largest_bits);
}

/// In the narrowest integers that do not overflow.
pbe::Solution<Rational> solve(const SignalingGame<Rational>& game, const PbeOptions& options,
                              Monitor& monitor) {
  if (const auto scaled = pbe::scale<Checked64>(game))
    if (auto solution = pbe::solve_in<Checked64, Rational>(*scaled, options, monitor))
      return std::move(*solution);
  if (const auto scaled = pbe::scale<Checked128>(game))
    if (auto solution = pbe::solve_in<Checked128, Rational>(*scaled, options, monitor))
      return std::move(*solution);
  return *pbe::solve_in<Integer, Rational>(*pbe::scale<Integer>(game), options, monitor);
}
pbe::Solution<double> solve(const SignalingGame<double>& game, const PbeOptions& options, Monitor& monitor) {
  return *pbe::solve_in<double, double>(pbe::scale(game), options, monitor);
}

}  // namespace

template <class Scalar>
SignalingEquilibria<Scalar> solve_pbe(const SignalingGame<Scalar>& game, const PbeOptions& options,
                                      Monitor& monitor) {
  options.validate();
  require_size(game);
  auto solution = solve(game, options, monitor);
  SignalingEquilibria<Scalar> result{game, {}, options, {}, std::move(solution.components)};
  auto& info = result.info;
  info.method =
      solution.method == PbeMethod::search ? "depth-first search over supports" : "vertices and bicliques";
  info.arithmetic = std::is_same_v<Scalar, double> ? Arithmetic::double_precision : Arithmetic::exact;
  info.coverage = Coverage::all;
  info.proven = !solution.uncertain && !solution.stopped;
  if (solution.stopped) {
    info.status = *solution.stopped;
    info.coverage = Coverage::some;
    info.message = info.status == Status::truncated ? "more products than options.limit"
                                                    : "stopped before the search ended";
  } else if (solution.uncertain) {
    info.status = Status::degenerate;
    info.message = "a comparison was too close for double arithmetic; solve the game in exact arithmetic";
  }
  if (options.certify) result.certificate = certify(game, result.components);
  return result;
}

template SignalingEquilibria<double> solve_pbe(const SignalingGame<double>&, const PbeOptions&, Monitor&);
template SignalingEquilibria<Rational> solve_pbe(const SignalingGame<Rational>&, const PbeOptions&, Monitor&);

}  // namespace schelling
