#include "latex_text.hpp"
#include "markup_text.hpp"
#include "short_text.hpp"

#include <schelling/io/payoff_table.hpp>

#include <algorithm>
#include <vector>

namespace schelling {

namespace {

constexpr std::size_t most_profiles = 4000;

/// One table: rows and columns of labels, and in each cell the payoffs with their marks.
struct Slice {
  struct Payoff {
    std::string text;
    bool best;
  };
  struct Cell {
    std::vector<Payoff> payoffs;
    bool equilibrium;
  };
  std::string title;
  std::vector<std::vector<Cell>> cells;
};

template <class Scalar>
class Slices {
 public:
  Slices(const NormalFormGame<Scalar>& game, const Profile<Scalar>* profile)
      : game_(game), profile_(profile) {
    find_best_replies();
  }

  std::string label(int player, int strategy) const {
    const auto at = static_cast<std::size_t>(player);
    std::string text = game_.strategy_label(player, strategy);
    if (profile_) text += "  " + short_text(profile_->strategies[at][static_cast<std::size_t>(strategy)]);
    return text;
  }
  bool is_played(int player, int strategy) const {
    return profile_ &&
           profile_->strategies[static_cast<std::size_t>(player)][static_cast<std::size_t>(strategy)] >
               Scalar(0);
  }
  int rows() const { return game_.strategies(0); }
  int columns() const { return game_.players() > 1 ? game_.strategies(1) : 1; }

  std::vector<Slice> slices() const {
    std::vector<Slice> result;
    std::vector<int> strategy(static_cast<std::size_t>(game_.players()), 0);
    for (bool more = true; more;) {
      Slice slice;
      for (int i = 2; i < game_.players(); ++i)
        slice.title += (i > 2 ? ", " : "") + game_.player_label(i) + ": " +
                       label(i, strategy[static_cast<std::size_t>(i)]);
      for (int r = 0; r < rows(); ++r) {
        auto& row = slice.cells.emplace_back();
        for (int c = 0; c < columns(); ++c) {
          strategy[0] = r;
          if (game_.players() > 1) strategy[1] = c;
          row.push_back(cell(game_.profile(strategy)));
        }
      }
      result.push_back(std::move(slice));
      more = false;
      for (int i = game_.players() - 1; i >= 2 && !more; --i) {
        auto& own = strategy[static_cast<std::size_t>(i)];
        more = ++own < game_.strategies(i);
        if (!more) own = 0;
      }
    }
    return result;
  }

 private:
  /// A strategy is a best reply in a profile if no other does better against the rest of the profile.
  void find_best_replies() {
    const auto players = static_cast<std::size_t>(game_.players());
    best_.resize(game_.profiles() * players);
    std::size_t stride = 1;  // between profiles that differ in the player's strategy by one
    for (std::size_t i = players; i-- > 0;) {
      const auto own = static_cast<std::size_t>(game_.strategies(static_cast<int>(i)));
      for (std::size_t profile = 0; profile < game_.profiles(); ++profile) {
        if (profile / stride % own != 0) continue;
        Scalar best = game_.payoff(profile, static_cast<int>(i));
        for (std::size_t s = 1; s < own; ++s)
          best = std::max(best, game_.payoff(profile + s * stride, static_cast<int>(i)));
        for (std::size_t s = 0; s < own; ++s)
          best_[(profile + s * stride) * players + i] =
              game_.payoff(profile + s * stride, static_cast<int>(i)) == best;
      }
      stride *= own;
    }
  }

  Slice::Cell cell(std::size_t profile) const {
    Slice::Cell cell{{}, true};
    for (int i = 0; i < game_.players(); ++i) {
      const bool best =
          best_[profile * static_cast<std::size_t>(game_.players()) + static_cast<std::size_t>(i)] != 0;
      cell.payoffs.push_back({short_text(game_.payoff(profile, i)), best});
      cell.equilibrium = cell.equilibrium && best;
    }
    return cell;
  }

  const NormalFormGame<Scalar>& game_;
  const Profile<Scalar>* profile_;
  std::vector<char> best_;
};

template <class Scalar>
std::string description(const NormalFormGame<Scalar>& game) {
  std::string text = std::to_string(game.players()) + " players with ";
  for (int i = 0; i < game.players(); ++i) text += (i ? ", " : "") + std::to_string(game.strategies(i));
  return text + " strategies: " + std::to_string(game.profiles()) + " profiles, too many to show";
}

}  // namespace

template <class Scalar>
std::string payoff_table_html(const NormalFormGame<Scalar>& game, const Profile<Scalar>* profile) {
  if (game.profiles() > most_profiles) return "<p>" + markup_text(description(game)) + "</p>\n";
  const std::string border = "border:1px solid #999;padding:4px 10px;text-align:center;";
  const Slices<Scalar> slices(game, profile);
  const auto header = [&](int player, int strategy) {
    return "<th style=\"" + border + (slices.is_played(player, strategy) ? "background:#dbe9f6;" : "") +
           "color:#1a1a1a;\">" + markup_text(slices.label(player, strategy)) + "</th>";
  };
  std::string out = "<div style=\"display:flex;flex-wrap:wrap;gap:16px;align-items:flex-end\">\n";
  for (const Slice& slice : slices.slices()) {
    out += "<table style=\"border-collapse:collapse\">";
    std::string caption = markup_text(game.title());
    if (!slice.title.empty()) caption += (caption.empty() ? "" : "; ") + markup_text(slice.title);
    if (!caption.empty()) out += "<caption style=\"padding:4px\">" + caption + "</caption>";
    out += "<tr><th style=\"" + border + "font-weight:normal;color:#1a1a1a;\">" +
           markup_text(game.player_label(0));
    if (game.players() > 1) out += " \\ " + markup_text(game.player_label(1));
    out += "</th>";
    if (game.players() > 1)
      for (int c = 0; c < slices.columns(); ++c) out += header(1, c);
    else
      out += "<th style=\"" + border + "\"></th>";
    out += "</tr>\n";
    for (int r = 0; r < slices.rows(); ++r) {
      out += "<tr>" + header(0, r);
      for (const auto& cell : slice.cells[static_cast<std::size_t>(r)]) {
        out += "<td style=\"" + border +
               (cell.equilibrium ? "background:#ffe9a8;color:#1a1a1a;\" title=\"pure Nash equilibrium" : "") +
               "\">";
        for (std::size_t i = 0; i < cell.payoffs.size(); ++i)
          out += (i ? ", " : "") +
                 (cell.payoffs[i].best ? "<u>" + cell.payoffs[i].text + "</u>" : cell.payoffs[i].text);
        out += "</td>";
      }
      out += "</tr>\n";
    }
    out += "</table>\n";
  }
  return out + "</div>\n";
}

template <class Scalar>
std::string payoff_table_latex(const NormalFormGame<Scalar>& game, const Profile<Scalar>* profile) {
  if (game.profiles() > most_profiles) return "% " + description(game) + "\n";
  const Slices<Scalar> slices(game, profile);
  std::string out = "% needs \\usepackage[table]{xcolor}\n";
  for (const Slice& slice : slices.slices()) {
    if (!slice.title.empty()) out += latex_text(slice.title) + "\\\\[2pt]\n";
    const auto columns = static_cast<std::size_t>(slices.columns());
    out += "\\begin{tabular}{r|" + std::string(columns, 'c') + "}\n" + latex_text(game.player_label(0));
    if (game.players() > 1) out += " $\\backslash$ " + latex_text(game.player_label(1));
    for (std::size_t c = 0; c < columns; ++c)
      out += " & " + (game.players() > 1 ? latex_text(slices.label(1, static_cast<int>(c))) : std::string());
    out += " \\\\\n\\hline\n";
    for (int r = 0; r < slices.rows(); ++r) {
      out += latex_text(slices.label(0, r));
      for (const auto& cell : slice.cells[static_cast<std::size_t>(r)]) {
        out += cell.equilibrium ? " & \\cellcolor{yellow!35}$" : " & $";
        for (std::size_t i = 0; i < cell.payoffs.size(); ++i)
          out += (i ? ",\\, " : "") +
                 (cell.payoffs[i].best ? "\\underline{" + cell.payoffs[i].text + "}" : cell.payoffs[i].text);
        out += "$";
      }
      out += " \\\\\n";
    }
    out += "\\end{tabular}\n";
  }
  return out;
}

template std::string payoff_table_html(const NormalFormGame<double>&, const Profile<double>*);
template std::string payoff_table_html(const NormalFormGame<Rational>&, const Profile<Rational>*);
template std::string payoff_table_latex(const NormalFormGame<double>&, const Profile<double>*);
template std::string payoff_table_latex(const NormalFormGame<Rational>&, const Profile<Rational>*);

}  // namespace schelling
