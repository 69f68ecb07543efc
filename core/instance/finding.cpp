#include "core/instance/finding.hpp"

#include "core/base/suggest.hpp"

#include <vector>

namespace goflow::core {
namespace {

bool is_part_of_id(const std::string& written, const std::string& id) {
  return id.starts_with(written) || id.starts_with("win-" + written) || id.ends_with(written);
}

Error could_be_several(const std::string& written, const std::vector<Instance>& candidates) {
  constexpr std::size_t most_shown = 5;
  std::string hint = "write more of it:";
  for (std::size_t i = 0; i < candidates.size() && i < most_shown; ++i) {
    hint += " " + candidates[i].id;
  }
  return Error{ErrorCode::invalid_argument, "'" + written + "' could be several instances"}
      .with_hint(hint);
}

Error unknown(const std::string& written, const std::vector<Instance>& instances) {
  std::vector<std::string> slugs;
  for (const Instance& instance : instances) {
    slugs.push_back(instance.slug);
  }
  Error error = no_instance(written);
  const std::string guess = did_you_mean(written, slugs);
  return guess.empty() ? error : std::move(error).with_hint(guess);
}

}  // namespace

Result<Instance> find_instance(const std::string& written, InstanceStore* store) {
  if (written.empty()) {
    return Error{ErrorCode::invalid_argument, "the name of an instance must not be empty"};
  }
  if (store == nullptr) return no_instance(written);
  GOFLOW_TRY(auto exact, store->find(written));
  if (exact) return *std::move(exact);
  GOFLOW_TRY(const std::vector<Instance> instances, store->list(std::nullopt));
  std::vector<Instance> candidates;
  for (const Instance& instance : instances) {
    if (is_part_of_id(written, instance.id)) candidates.push_back(instance);
  }
  if (candidates.empty()) return unknown(written, instances);
  if (candidates.size() > 1) return could_be_several(written, candidates);
  return candidates.front();
}

}  // namespace goflow::core
