#include "core/claimcheck/fetching.hpp"

#include "core/claimcheck/claimed_value.hpp"

#include <algorithm>
#include <future>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace goflow::core {
namespace {

constexpr std::size_t most_at_once = 8;

using Wanted = std::map<std::string, std::shared_ptr<const ClaimedValue>>;  // by key

void collect(const Value& value, Wanted& wanted) {
  if (const auto kept = claimed(value)) {
    wanted.emplace(kept->claim().key.text(), kept);
  } else if (value.is_array()) {
    for (const Value& item : value.as_array()) {
      collect(item, wanted);
    }
  } else if (value.is_object()) {
    for (const auto& [name, member] : value.as_object()) {
      collect(member, wanted);
    }
  }
}

}  // namespace

void fetch_together(const Value& value) {
  Wanted wanted;
  collect(value, wanted);
  if (wanted.size() < 2) return;
  std::vector<std::future<void>> fetches;
  for (const auto& [key, kept] : wanted) {
    if (fetches.size() == most_at_once) {
      fetches.front().wait();
      fetches.erase(fetches.begin());
    }
    fetches.push_back(std::async(std::launch::async, [kept = kept] { kept->fetch(); }));
  }
}

}  // namespace goflow::core
