#include "core/workflow/workflow_chain.hpp"

#include "core/workflow/reader.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>
#include <variant>

namespace goflow::core {
namespace {

/// Walks every way once: a workflow that led nowhere at some depth leads nowhere nearer the top.
class ChainSearch {
 public:
  explicit ChainSearch(StoredWorkflows& stored) : stored_(stored) {}

  bool leads_back(const std::string& id) {
    const bool is_repeated = std::find(chain.begin(), chain.end(), id) != chain.end();
    chain.push_back(id);
    if (is_repeated || chain.size() > deepest_chain + 1) return true;
    std::size_t& seen = seen_at_[id];
    if (seen < chain.size()) {
      seen = chain.size();
      if (const Workflow* workflow = stored_.read(id)) {
        for (const std::string& next : run_by(*workflow)) {
          if (leads_back(next)) return true;
        }
      }
    }
    chain.pop_back();
    return false;
  }

  std::vector<std::string> chain;

 private:
  StoredWorkflows& stored_;
  std::unordered_map<std::string, std::size_t> seen_at_;  // the greatest depth
};

}  // namespace

const Workflow* StoredWorkflows::read(const std::string& id) {
  const Stored& stored = find(id);
  return stored.workflow ? &*stored.workflow : nullptr;
}

const StoredWorkflows::Stored& StoredWorkflows::find(const std::string& id) {
  const auto [known, is_new] = known_.try_emplace(id);
  if (!is_new) return known->second;
  if (const auto text = surroundings_.workflow(id)) {
    known->second = {true, read_workflow(*text).workflow};
  }
  return known->second;
}

std::vector<std::string> run_by(const Workflow& workflow) {
  std::vector<std::string> ids;
  std::unordered_set<std::string> seen;
  for (const Node& node : workflow.nodes) {
    const auto* work = std::get_if<WorkflowNode>(&node.work);
    if (work != nullptr && seen.insert(work->workflow).second) ids.push_back(work->workflow);
  }
  return ids;
}

std::vector<std::string> endless_chain(const std::string& from,
                                       const std::string& first,
                                       StoredWorkflows& stored) {
  ChainSearch search(stored);
  search.chain.push_back(from);
  if (search.leads_back(first)) return std::move(search.chain);
  return {};
}

}  // namespace goflow::core
