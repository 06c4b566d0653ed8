#include <schelling/solvers/solve_cutoff.hpp>

#include <boost/json.hpp>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

namespace schelling {
namespace {

using Numbers = std::map<std::string, double>;

double logistic(double odds) { return 1 / (1 + std::exp(-odds)); }

/// Extended deterrence, written out node by node: challenger C attacks or refrains, protege P concedes or resists, forward
/// presence may engage the defender D, who otherwise intervenes, aids or abandons; the challenger may escalate. All three
/// have private lognormal costs of war.
class ExtendedDeterrenceTree {
 public:
  ExtendedDeterrenceTree(const Numbers& parameters, const Numbers& attributes, bool onset)
      : p_(parameters), q_(attributes), onset_(onset),
        b_({{"C", lognormal(v("med_C"), v("sig_C"))}, {"D", lognormal(v("med_D"), v("sig_D"))}, {"P", lognormal(v("med_P"), v("sig_P"))}}) {
    const double arms = q("a"), odds = std::log(v("p0") / (1 - v("p0"))) + v("l_a") * arms;
    alignment_c_ = v("gam_C") * q("g"), alignment_p_ = v("gam_P") * q("g");
    const double m0 = v("m00") + v("m0a") * arms;
    const double held = 1 / (1 + v("T") * (1 - v("zeta") * q("w")) * v("lam0") * std::exp(-v("k_lam") * arms));
    intervene_ = {"intervention", 1, held * v("pi1") + (1 - held) * v("piR"), v("iI"), std::max(v("rho"), v("iI")), 0, 0, 1, v("dI"), true};
    const double aid_accident = v("th_i") * v("iI");
    aid_ = {"aid", m0 + v("mA"), logistic(odds + v("l_s")), aid_accident, std::max(v("th_A") * v("rho"), aid_accident), v("kap_A"), 1 - q("delta"), v("eta"), 1, true};
    abandon_ = {"abandonment", m0, logistic(odds), 0, 0, 0, 1, 0, v("d0"), false};
  }

  PrivateTypeGame build() {
    const auto start = b_.decision(b_.root(), "C", {"refrain", "attack"}, "C");
    b_.terminal(start[0], {{"C", -alignment_c_}, {"D", -q("s")}, {"P", alignment_p_}}, "peace");
    const auto reply = b_.decision(start[1], "P", {"concede", "resist"}, "P");
    b_.terminal(reply[0], {{"C", {1, -v("m_c")}}, {"D", -q("s") - 1 - (1 - v("phi")) * q("h")}, {"P", -1}}, "concession");
    const auto presence = b_.chance(reply[1], {{"engaged", q("w")}, {"free", 1 - q("w")}});
    war(presence[0], intervene_, "forced ");
    const auto choice = b_.decision(presence[1], "D", {"intervene", "aid", "abandon"}, "D");
    war(choice[0], intervene_, "");
    war(choice[1], aid_, "");
    war(choice[2], abandon_, "");
    return b_.build();
  }

 private:
  using Place = PrivateTypeGameBuilder::Place;
  struct War {
    std::string name;
    double cost, hold, accident, catastrophe, aid_cost, obligation, slope_d, cost_p;
    bool escalation;
  };
  double v(const char* name) const { return p_.at(name); }
  double q(const char* name) const { return q_.at(name); }

  void end(Place place, const War& w, double c, double share_of_cost, double d, double p) {
    b_.terminal(place, {{"C", {c, -share_of_cost * w.cost}},
                        {"D", {-q("s") - w.aid_cost - w.obligation * q("h") + d, -w.slope_d}},
                        {"P", {p, -w.cost_p}}});
  }
  void won(Place place, const War& w) { end(place, w, 1, 1, -1, -1); }
  void held(Place place, const War& w) { end(place, w, -alignment_c_, 1, 0, alignment_p_); }
  void escalated(Place place, const War& w) {
    const double beta = v("beta");
    const auto next = b_.chance(place, {{"catastrophe", w.catastrophe}, {"limited", 1 - w.catastrophe}});
    end(next[0], w, -v("N_C") - v("kap_T"), v("eps"), -v("N_D"), -v("N_P"));
    end(next[1], w, beta - (1 - beta) * alignment_c_ - v("kap_T"), v("eps"), -beta, -beta + (1 - beta) * alignment_p_);
  }
  void fought(Place place, const War& w, const std::string& when) {
    if (w.accident > 0) {
      const auto luck = b_.chance(place, {{"accident", w.accident}, {"none", 1 - w.accident}});
      end(luck[0], w, -v("N_C"), 1, -v("N_D"), -v("N_P"));
      place = luck[1];
    }
    const auto campaign = b_.chance(place, {{"success", 1 - w.hold}, {"failure", w.hold}});
    won(campaign[0], w);
    if (onset_ || !w.escalation) return held(campaign[1], w);
    const auto last = b_.decision(campaign[1], "C", {"accept", "escalate"}, "C in " + when + w.name);
    held(last[0], w);
    escalated(last[1], w);
  }
  void war(Place place, const War& w, const std::string& when) {
    if (!onset_ || !w.escalation) return fought(place, w, when);
    const auto first = b_.decision(place, "C", {"limited", "escalate"}, "C in " + when + w.name);
    fought(first[0], w, when);
    escalated(first[1], w);
  }

  Numbers p_, q_;
  bool onset_;
  PrivateTypeGameBuilder b_;
  double alignment_c_, alignment_p_;
  War intervene_, aid_, abandon_;
};

Numbers numbers(const boost::json::value& object) {
  Numbers out;
  for (const auto& [key, value] : object.as_object()) out[std::string(key)] = value.to_number<double>();
  return out;
}

TEST(ExtendedDeterrenceByTheGenericEngine, MeetsTheReferenceEquilibria) {
  // Reference values computed by two independent programs, ten significant digits.
  std::ifstream file(SCHELLING_TEST_DATA "/extended_deterrence_values.json");
  std::stringstream text;
  text << file.rdbuf();
  const auto document = boost::json::parse(text.str());
  for (const auto& point : document.at("points").as_array()) {
    const std::string name(point.at("name").as_string());
    SCOPED_TRACE(name);
    const bool onset = point.at("timing").as_string() == "onset";
    const auto game = ExtendedDeterrenceTree(numbers(point.at("parameters")), numbers(point.at("attributes")), onset).build();
    CutoffOptions options;
    options.belief = BeliefRule::d1;
    const auto result = solve_cutoff(game, options);
    const auto& expected = point.at("equilibria").as_array();
    ASSERT_EQ(result.equilibria.size(), expected.size()) << result.to_text();
    const auto& tree = game.tree();
    const Index c = tree.find_set("C"), p = tree.find_set("P"), d = tree.find_set("D");
    const auto set_in = [&](const char* war) { return tree.find_set("C in " + std::string(war)); };
    for (std::size_t k = 0; k < expected.size(); ++k) {
      const auto& e = result.equilibria[k];
      const auto reference = numbers(expected[k]);
      const auto near = [&](const char* what, double value) {
        EXPECT_NEAR(value, reference.at(what), 1e-9 * std::max(std::abs(reference.at(what)), 1e-3)) << what;
      };
      EXPECT_TRUE(e.certificate.passes(1e-9));
      const auto cutoff = [&](Index set, std::size_t which) {
        const auto& cuts = e.strategy[static_cast<std::size_t>(set)].cutoffs;
        return which < cuts.size() ? cuts[which] : 0.0;
      };
      near("x_C", cutoff(c, 0));
      near("z_P", cutoff(p, 0));
      near("attack", e.probability(c, 1));
      near("resist_given_attack", e.probability(p, 1));
      near("choose_I", e.probability(d, 0));
      near("choose_A", e.probability(d, 1));
      near("choose_0", e.probability(d, 2));
      near("qI", e.probability(set_in("intervention"), 1));
      near("qI", e.probability(set_in("forced intervention"), 1));
      near("qA", e.probability(set_in("aid"), 1));
      near("u_C", e.payoff[0]);
      near("u_D", e.payoff[1]);
      near("u_P", e.payoff[2]);
    }
  }
}

}  // namespace
}  // namespace schelling
