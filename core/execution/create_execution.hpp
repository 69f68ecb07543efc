// The way a run comes into being: check, build, write down as pending.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/claimcheck/claim_check.hpp"
#include "core/execution/execution_store.hpp"
#include "core/workflow/workflow.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

struct CreateRequest {
  const Workflow& workflow;
  const std::string& definition;  // the text the workflow was read from
  Object inputs;                  // as given; defaults are added here
  std::string working_directory;
  const std::vector<std::string>& environment;  // "NAME=value", for what the workflow may read
  std::string created_by = {};
  // As they were written; checked here.
  std::optional<std::string> name = std::nullopt;
  std::vector<std::string> tags = {};
  std::vector<std::string> labels = {};  // "key=value"
  TextMap annotations = {};
  CredentialBindings credentials = {};
  Runner runner = Runner::local;
  std::string rerun_of = {};
  std::string instance_id = {};
  std::string id = {};                              // empty: a new one
  std::optional<ParentNode> parent = std::nullopt;  // whose work it is
  ClaimCheck* claim_check = nullptr;                // keeps large inputs out of the history
  std::optional<Owner> owner = std::nullopt;        // who starts it right away
  bool is_queued = false;                           // left to a worker
};

/// The execution as it is recorded, in status pending. Nothing is stored when it is refused.
Result<Execution> create_execution(const CreateRequest& request,
                                   ExecutionStore& store,
                                   const Clock& clock);

}  // namespace goflow::core
