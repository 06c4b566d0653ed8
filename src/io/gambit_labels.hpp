#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace schelling::gambit {

/// Gives empty labels the prefix and their place in the list (from 1), and repeated ones a number behind
/// them.
inline void make_distinct(std::vector<std::string>& labels, const std::string& prefix) {
  std::unordered_set<std::string> used(labels.begin(), labels.end()), seen;
  std::unordered_map<std::string, int> next;  // number to try behind a label that comes again
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const std::string stem = labels[i].empty() ? prefix + std::to_string(i + 1) : labels[i];
    std::string label = stem;
    if (labels[i].empty() ? used.contains(label) : seen.contains(label))
      for (int& k = next.try_emplace(stem, 2).first->second; used.contains(label) || seen.contains(label);
           ++k)
        label = stem + " (" + std::to_string(k) + ")";
    seen.insert(label);
    used.insert(label);
    labels[i] = label;
  }
}

}  // namespace schelling::gambit
