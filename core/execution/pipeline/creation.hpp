// The way of an execution into the history: from what was asked for to a record, and to its start.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/claimcheck/claim_check.hpp"
#include "core/execution/execution_store.hpp"
#include "core/execution/pipeline/pipeline.hpp"
#include "core/instance/instance_store.hpp"
#include "core/workflow/workflow.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

/// As it was written down or typed; the steps check it.
struct CreationRequest {
  // Either of them, or both: then the instance wins.
  std::string workflow = {};  // as whoever finds workflows understands it
  std::string instance = {};  // its id or slug
  std::string id = {};        // empty: a new one
  std::optional<std::string> name = std::nullopt;
  Object inputs = {};  // over those of the instance and the defaults of the workflow
  std::vector<std::string> tags = {};
  std::vector<std::string> labels = {};  // "key=value"
  TextMap annotations = {};
  CredentialBindings credentials = {};  // over those of the instance
  Runner runner = Runner::local;
  std::optional<Owner> owner = std::nullopt;  // who starts it right away
  bool is_queued = false;                     // left to a worker
  std::string working_directory = {};
  std::vector<std::string> environment = {};  // "NAME=value", for what the workflow may read
  std::string created_by = {};
  std::optional<ParentNode> parent = std::nullopt;  // whose work it is
  // Of what is run again.
  std::string rerun_of = {};
  std::string instance_id = {};
  std::string instance_slug = {};
  TextMap instance_env = {};
};

/// A template that was found; whoever found it keeps it.
struct FoundWorkflow {
  const Workflow* workflow = nullptr;
  const std::string* definition = nullptr;  // the text it was read from
};

/// What the steps ask of the world around the history.
class CreationSurroundings {
 public:
  virtual ~CreationSurroundings() = default;
  /// not_found, invalid_workflow.
  virtual Result<FoundWorkflow> find_workflow(const std::string& written) = 0;
  /// credential: one is missing that the run needs, or nothing can be known of them.
  virtual Result<void> check_credentials(const Workflow& workflow,
                                         const CredentialBindings& bindings) = 0;
  /// Makes this process the owner.
  virtual Result<std::unique_ptr<RunJournal>> take_over(const Execution& execution) = 0;
};

/// What the steps hand to each other.
struct Creation {
  CreationRequest request;
  ExecutionStore* executions = nullptr;
  InstanceStore* instances = nullptr;  // not needed where the workflow is found already
  ClaimCheck* claim_check = nullptr;   // keeps large inputs out of the history
  const Clock* clock = nullptr;
  CreationSurroundings* surroundings = nullptr;  // likewise
  FoundWorkflow found = {};
  std::optional<Instance> instance = std::nullopt;
  Execution execution = {};
  std::unique_ptr<RunJournal> journal = nullptr;  // once it is started
};

/// The steps, in the order in which they make the pipelines below.
namespace creation {

Result<Creation> validate_input(Creation creation);
Result<Creation> resolve_workflow_or_instance(Creation creation);
Result<Creation> create_default_instance_if_needed(Creation creation);
Result<Creation> resolve_name(Creation creation);
Result<Creation> check_duplicate(Creation creation);
Result<Creation> build_new_state(Creation creation);
Result<Creation> set_initial_phase(Creation creation);
Result<Creation> persist(Creation creation);
Result<Creation> start(Creation creation);

}  // namespace creation

/// Everything before the start: the execution is recorded as pending. Nothing else is stored when
/// it is refused, but for a default instance, which the next one finds again.
Pipeline<Creation> creation_pipeline();
/// The same and its start.
Pipeline<Creation> creation_and_start_pipeline();
/// For a workflow that is at hand, such as that of a node or of an earlier run.
Pipeline<Creation> creation_pipeline_of_found_workflow();

}  // namespace goflow::core
