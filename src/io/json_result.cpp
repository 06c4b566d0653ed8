#include "json_result.hpp"

namespace schelling {

namespace json = boost::json;

namespace {

json::string text_of(std::string_view text) { return json::string(text.data(), text.size()); }

}  // namespace

json::value json_of(const Certificate& certificate) {
  return json::object{{"max_regret", json_number(certificate.max_regret)},
                      {"bayes_gap", json_number(certificate.bayes_gap)},
                      {"consistency", certificate.consistency}};
}

Certificate read_certificate(const JsonPlace& place) {
  return {place.at("max_regret").number(), place.at("bayes_gap").number(), place.at("consistency").text()};
}

void write_info(json::object& document, const ResultInfo& info) {
  document["seed"] = info.seed;
  document["solved_by_version"] = info.version;
  document["arithmetic"] = text_of(to_string(info.arithmetic));
  document["status"] = text_of(to_string(info.status));
  document["message"] = info.message;
  document["method"] = info.method;
  document["coverage"] = text_of(to_string(info.coverage));
  document["proven"] = info.proven;
}

ResultInfo read_info(const JsonPlace& document) {
  ResultInfo info;
  info.seed = document.at("seed").integer();
  info.version = document.at("solved_by_version").text();
  info.arithmetic = read_name(document.at("arithmetic"), {Arithmetic::exact, Arithmetic::double_precision});
  info.status =
      read_name(document.at("status"), {Status::solved, Status::none_exists, Status::truncated,
                                        Status::incomplete, Status::iteration_limit, Status::time_limit,
                                        Status::degenerate, Status::not_finite, Status::cancelled});
  info.message = document.at("message").text();
  info.method = document.at("method").text();
  info.coverage = read_name(document.at("coverage"), {Coverage::one, Coverage::some, Coverage::all});
  info.proven = document.at("proven").boolean();
  return info;
}

}  // namespace schelling
