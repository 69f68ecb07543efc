#include "engine/interpreter/gathered_size.hpp"
#include "engine/interpreter/graph_plan.hpp"
#include "engine/interpreter/lanes.hpp"
#include "engine/interpreter/node_work.hpp"
#include "engine/interpreter/outcome.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goflow::engine {

namespace {

/// What is known of the branches so far, and what follows from it under the merge strategy.
class BranchResults {
 public:
  explicit BranchResults(const core::ParallelNode& node)
      : node_(node), ended_(node.branches.size()) {}

  /// False: it does not count, because the decision had been made or the branch was cancelled.
  bool add(Lanes::Ended ended) {
    if (is_decided() || is_cancelled(ended.outcome)) return false;
    const bool succeeded = is_completed(ended.outcome);
    ++count_;
    if (node_.merge == core::MergeStrategy::wait_first) decided_ = true;
    if (node_.merge == core::MergeStrategy::wait_any && succeeded) decided_ = true;
    ended_[static_cast<std::size_t>(ended.index)] = std::move(ended);
    return true;
  }

  [[nodiscard]] bool is_decided() const { return decided_ || count_ == ended_.size(); }
  [[nodiscard]] std::size_t count() const { return count_; }

  /// Once decided.
  [[nodiscard]] std::optional<core::Failure> failure() const {
    const auto failures = this->failures();
    const bool succeeded =
        node_.merge == core::MergeStrategy::wait_any ? failures.size() < count_ : failures.empty();
    if (succeeded) return std::nullopt;
    core::Failure failure = *failures.front()->outcome.failure;
    if (node_.merge == core::MergeStrategy::wait_any) {
      failure = core::Failure{.type = failure.type, .message = "all parallel branches failed"};
    }
    if (failures.size() > 1) failure.context.set("branches", listed(failures));
    return failure;
  }

  /// Null for branches that did not succeed. Fails when all are too large for a value.
  [[nodiscard]] core::Result<core::Value, core::Failure> value() const {
    core::Array list;
    core::Object members;
    GatheredSize size("branches");
    for (std::size_t index = 0; index < ended_.size(); ++index) {
      core::Value value = succeeded(index) ? ended_[index]->outcome.value : core::Value();
      GOFLOW_TRY(size.add(value));
      if (node_.named) {
        members.set(node_.branches[index].name, std::move(value));
      } else {
        list.push_back(std::move(value));
      }
    }
    return node_.named ? core::Value(std::move(members)) : core::Value(std::move(list));
  }

  void merge_variables(NodeVisit& visit) const {
    LaneMerge merge("branches");
    for (std::size_t index = 0; index < ended_.size(); ++index) {
      if (!succeeded(index)) continue;
      const std::string& name = node_.branches[index].name;
      merge.add(node_.named ? "'" + name + "'" : name, ended_[index]->changes);
    }
    merge.apply(visit);
  }

 private:
  [[nodiscard]] bool succeeded(std::size_t index) const {
    return ended_[index] && is_completed(ended_[index]->outcome);
  }

  /// By index.
  [[nodiscard]] std::vector<const Lanes::Ended*> failures() const {
    std::vector<const Lanes::Ended*> failures;
    for (const auto& ended : ended_) {
      if (ended && is_failed(ended->outcome)) failures.push_back(&*ended);
    }
    return failures;
  }

  [[nodiscard]] core::Value listed(const std::vector<const Lanes::Ended*>& failures) const {
    core::Object list;
    for (const Lanes::Ended* ended : failures) {
      list.set(node_.branches[static_cast<std::size_t>(ended->index)].name,
               core::to_value(*ended->outcome.failure));
    }
    return list;
  }

  const core::ParallelNode& node_;
  std::vector<std::optional<Lanes::Ended>> ended_;
  std::size_t count_ = 0;
  bool decided_ = false;
};

std::string path_of(const NodeVisit& visit, const core::ParallelNode& node, std::size_t index) {
  const std::string& name = node.branches[index].name;
  return visit.inner_path() + (node.named ? "/" + name : "[" + std::to_string(index) + "]");
}

Progress progress(const NodeVisit& visit, const core::ParallelNode& node, std::size_t done) {
  return Progress{.path = visit.path,
                  .done = static_cast<std::int64_t>(done),
                  .total = static_cast<std::int64_t>(node.branches.size())};
}

}  // namespace

Task<EffectOutcome> run_parallel(NodeVisit& visit,
                                 const core::ParallelNode& node,
                                 CancelScope& cancel) {
  if (cancel.cancelled()) co_return cancelled();
  visit.note_started();
  std::vector<GraphPlan> plans;
  for (const auto& branch : node.branches)
    plans.emplace_back(branch.graph);
  const std::size_t width = static_cast<std::size_t>(
      std::max(1, node.max_parallel.value_or(static_cast<int>(plans.size()))));

  BranchResults results(node);
  Lanes lanes(visit, cancel);
  std::size_t next = 0;
  while (true) {
    for (; next < plans.size() && lanes.active() < width && !lanes.cancelled(); ++next) {
      const auto index = static_cast<Lanes::Index>(next);
      lanes.prepare(index, path_of(visit, node, next));
      lanes.open(index, plans[next]);
    }
    if (lanes.active() == 0) break;
    Lanes::Ended ended = co_await lanes.next();
    if (!results.add(std::move(ended))) continue;
    if (results.is_decided()) lanes.cancel();
    visit.run.runtime.note(progress(visit, node, results.count()));
  }

  if (!results.is_decided()) co_return cancelled();
  if (auto failure = results.failure()) co_return failed(*std::move(failure));
  auto value = results.value();
  if (!value) co_return failed(std::move(value).error());
  results.merge_variables(visit);
  co_return completed(*std::move(value));
}

}  // namespace goflow::engine
