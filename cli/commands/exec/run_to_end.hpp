// From a recorded execution to its last state, with everything that is seen on the way.
#pragma once

#include "cli/arguments/run_credentials.hpp"
#include "cli/arguments/workflow_argument.hpp"
#include "cli/command/command.hpp"
#include "cli/command/output_choice.hpp"
#include "cli/context.hpp"
#include "core/base/result.hpp"
#include "core/execution/execution_store.hpp"
#include "core/secret/run_secrets.hpp"
#include "core/workflow/workflow.hpp"
#include "engine/local/interrupted_nodes.hpp"
#include "engine/local/local_run.hpp"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace goflow::cli {

/// What `run` and `resume` let one choose about the way of a run to the screen.
struct RunView {
  bool watch = false;   // progress even without a terminal
  bool events = false;  // one JSON object per event on stdout
  bool detach = false;  // in the background; the caller sees to it
  OutputChoice output;
};

void declare_view(Command& command, RunView& view);
/// What contradicts itself: a run in the background shows nothing.
core::Result<void> check_view(const RunView& view);

void declare_time_limit(Command& command, std::optional<std::chrono::milliseconds>& limit);
/// The smaller limit wins.
void limit_time(core::Workflow& workflow, std::optional<std::chrono::milliseconds> limit);
/// The command with which a process in the background starts what is pending.
std::vector<std::string> start_words(std::optional<std::chrono::milliseconds> limit,
                                     const CredentialArguments& credentials);

/// By id: of a run, and of those within it.
using ResumeDecisions = std::map<std::string, engine::InterruptionDecisions>;

/// What a run has besides its record.
struct RunProvisions {
  core::RunSecrets secrets = {};
  ResumeDecisions decisions = {};
  // From who has taken it over already.
  std::unique_ptr<core::RunJournal> journal = nullptr;
};

/// Makes this process the owner; failed_precondition while another one is.
core::Result<std::unique_ptr<core::RunJournal>> take_over(const core::Execution& execution,
                                                          core::ExecutionStore& store,
                                                          core::Timestamp now);

/// What is recorded of the run so far; of a new one nothing is asked.
core::Result<engine::RunMemory> remember(const core::Execution& execution,
                                         core::ExecutionStore& store);

/// Runs what this process has taken over; who gives `is_to_be_left` sees to signals itself.
core::Result<engine::RunResult> run_quietly(const core::Workflow& workflow,
                                            const core::Execution& execution,
                                            RunProvisions& provisions,
                                            engine::RunMemory memory,
                                            const std::function<bool()>& is_to_be_left,
                                            engine::RunObserver& observer,
                                            Context& context);

/// `source` is where the workflow was read from, for errors that point there.
/// Takes the run over, brings it to its end and prints its return value. A run that fails is an
/// Error too (execution_failed, timed_out, cancelled): for a shell it is one.
core::Result<void> run_to_end(const core::Workflow& workflow,
                              const WorkflowSource& source,
                              const core::Execution& execution,
                              RunProvisions provisions,
                              const RunView& view,
                              Context& context);

}  // namespace goflow::cli
