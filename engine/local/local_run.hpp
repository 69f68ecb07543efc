// Runs one execution in this process, from wherever its record stands to its end.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/claimcheck/claim_check.hpp"
#include "core/execution/execution_store.hpp"
#include "core/secret/run_secrets.hpp"
#include "core/workflow/surroundings.hpp"
#include "core/workflow/workflow.hpp"
#include "engine/interpreter/workflow_run.hpp"
#include "engine/local/interrupted_nodes.hpp"
#include "engine/local/run_observer.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace goflow::engine {

/// What is remembered of the run so far; all empty for a new one.
struct RunMemory {
  std::vector<core::NodeExecution> nodes = {};
  std::vector<core::NodeAttempt> attempts = {};
  std::vector<core::NodeLog> spooled_logs = {};
};

struct LocalRunRequest {
  const core::Workflow* workflow = nullptr;
  // As it was recorded before this process took it over: its owner is whoever ran it last.
  core::Execution execution;
  RunMemory memory = {};
  InterruptionDecisions decisions = {};  // on nodes of `memory` that were cut off
  core::RunJournal* journal = nullptr;   // owned by this process
  std::string scratch_directory;         // for scripts and $GOFLOW_OUTPUT; made and removed here
  std::string spool_folder;              // for logs that grow long; made here
  std::vector<std::string> environment;  // "NAME=value" that shell nodes inherit
  std::vector<std::string> jq_command = {};  // starts a process that computes jq: serve_jq()
  bool handle_terminal_signals = true;       // Ctrl-C cancels, a second one forces
  // Asked ten times a second, if it is there: whether to leave the run as it is, its steps ended,
  // for another process to go on with.
  std::function<bool()> is_to_be_left = {};
  core::ClaimCheck* claim_check = nullptr;  // keeps large values out of the history
  core::RunSecrets* secrets = nullptr;      // that this run and those within it may ask for
  // For nodes whose work is a run of its own; without them such a node fails.
  core::ExecutionStore* store = nullptr;
  const core::Surroundings* surroundings = nullptr;
  std::vector<std::string> ancestors = {};  // workflows that this run is within, outermost first
  std::map<std::string, InterruptionDecisions> child_decisions = {};  // by id of the inner run
};

/// The end of the run as it was recorded: completed, failed, cancelled or timed out. An Error:
/// history could not be written, or the run was lost to another owner; it can be resumed.
core::Result<RunResult> run_locally(const LocalRunRequest& request,
                                    const core::Clock& clock,
                                    RunObserver& observer);

}  // namespace goflow::engine
