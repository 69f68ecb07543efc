#include "core/workflow/needed_credentials.hpp"

#include <algorithm>
#include <string>
#include <unordered_set>

namespace goflow::core {
namespace {

class Gathering {
 public:
  explicit Gathering(StoredWorkflows& stored) : stored_(stored) {}

  void visit(const Workflow& workflow) {
    for (const CredentialNeed& need : workflow.credentials) {
      add(need);
    }
    for (const std::string& id : run_by(workflow)) {
      if (!seen_.insert(id).second) continue;
      if (const Workflow* inner = stored_.read(id)) visit(*inner);
    }
  }

  std::vector<CredentialNeed> needs;

 private:
  void add(const CredentialNeed& need) {
    const auto known = std::find_if(needs.begin(), needs.end(), [&](const CredentialNeed& other) {
      return other.name == need.name;
    });
    if (known == needs.end()) {
      needs.push_back(need);
    } else {
      known->is_required = known->is_required || need.is_required;
    }
  }

  StoredWorkflows& stored_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

std::vector<CredentialNeed> needed_credentials(std::span<const Workflow* const> workflows,
                                               StoredWorkflows& stored) {
  Gathering gathering(stored);
  for (const Workflow* workflow : workflows) {
    gathering.visit(*workflow);
  }
  return std::move(gathering.needs);
}

}  // namespace goflow::core
