// goflow exec resume: go on where an interrupted run stopped.
#include "cli/arguments/execution_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/exec/detach.hpp"
#include "cli/commands/exec/recorded_workflow.hpp"
#include "cli/commands/exec/resume_decisions.hpp"
#include "cli/commands/exec/run_to_end.hpp"
#include "cli/context.hpp"
#include "cli/io/prompt.hpp"
#include "cli/io/run_outline.hpp"
#include "engine/local/process_identity.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Execution;
using core::Result;
using engine::AfterInterruption;

struct ResumeOptions {
  std::string execution;
  std::optional<AfterInterruption> on_interrupted;
  CredentialArguments credentials;
  RunView view;
};

const Choices<AfterInterruption>& answers() {
  static const Choices<AfterInterruption> choices{{"rerun", AfterInterruption::rerun},
                                                  {"skip", AfterInterruption::skip},
                                                  {"fail", AfterInterruption::fail}};
  return choices;
}

void declare(Command& command, ResumeOptions& options) {
  command.summary("continue an interrupted execution")
      .describe(
          "What was completed is not run again. A step that was cut off in the middle is run again "
          "as a new attempt; one whose retry says 'on_resume: never' only after being asked: it "
          "may "
          "be run again, skipped, or fail. The time limit of a step begins anew, that of the run "
          "does not count the time in between. The workflow is the one the run was started with, "
          "whatever became of its file.")
      .example("goflow exec resume @latest", "after a crash or a reboot")
      .exit_code(4, "a credential is missing, or the keyring cannot answer")
      .exit_code(6,
                 "the execution has ended or was never started, another process runs it, or a step "
                 "that was cut off waits for a decision")
      .exit_code(10, "the workflow ran and failed");
  command.positional("ID", options.execution, execution_argument_help)
      .completes(CompletesWith::execution_id);
  command.option("--on-interrupted ACTION",
                 options.on_interrupted,
                 answers(),
                 "decide on cut off steps with 'on_resume: never'");
  declare_credentials(command, options.credentials);
  declare_view(command, options.view);
}

Result<void> check_resumable(const Execution& execution,
                             core::ExecutionStore& store,
                             core::Timestamp now) {
  if (is_terminal(execution.status)) {
    return Error{
        ErrorCode::failed_precondition,
        "execution '" + execution.id + "' has ended: " + std::string(to_string(execution.status))}
        .with_hint("see it: goflow exec show " + short_id(execution.id));
  }
  if (execution.owner && engine::is_alive(*execution.owner, now)) {
    return Error{ErrorCode::failed_precondition,
                 "execution '" + execution.id + "' is being run by process " +
                     std::to_string(execution.owner->pid)}
        .with_hint("stop it: goflow exec cancel " + short_id(execution.id));
  }
  if (execution.status == core::ExecutionStatus::pending) {
    return Error{ErrorCode::failed_precondition,
                 "execution '" + execution.id + "' was not started yet"}
        .with_hint("goflow exec start " + short_id(execution.id));
  }
  if (!execution.parent) return {};
  GOFLOW_TRY(const auto parent, store.find(execution.parent->execution_id));
  if (!parent || is_terminal(parent->status)) return {};
  return Error{ErrorCode::failed_precondition,
               "execution '" + execution.id + "' is part of '" + parent->id + "'"}
      .with_hint("resume that: goflow exec resume " + short_id(parent->id));
}

Result<AfterInterruption> decide(const core::NodeExecution& node,
                                 const ResumeOptions& options,
                                 const Execution& execution,
                                 Context& context) {
  if (options.on_interrupted) return *options.on_interrupted;
  if (context.options().no_input || !context.terminal().can_ask())
    return undecided(node, execution);
  const std::string question = "Node '" + node.path + "' was cut off in the middle. What now?";
  const auto word = choose(context.terminal(), question, words_of(answers()));
  if (!word) return undecided(node, execution);
  return std::find_if(answers().begin(),
                      answers().end(),
                      [&](const auto& answer) { return answer.first == *word; })
      ->second;
}

/// One answer for all: a person who answers differently has to stay.
std::vector<std::string> resume_words(const ResumeDecisions& decisions,
                                      const CredentialArguments& credentials) {
  std::vector<std::string> words{"exec", "resume"};
  for (std::string& word : words_of(credentials)) {
    words.push_back(std::move(word));
  }
  if (decisions.empty()) return words;
  const AfterInterruption decision = decisions.begin()->second.begin()->second;
  for (const auto& [word, answer] : answers()) {
    if (answer == decision) words.insert(words.end(), {"--on-interrupted", word});
  }
  return words;
}

Result<void> run(const ResumeOptions& options, Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const Execution execution, find_execution(options.execution, *store));
  GOFLOW_TRY(check_view(options.view));
  GOFLOW_TRY(check_resumable(execution, *store, context.now()));
  GOFLOW_TRY(const RecordedWorkflow recorded,
             recorded_workflow(execution, options.view.output, context));
  RunProvisions provisions;
  GOFLOW_TRY(provisions.secrets,
             look_up_credentials(recorded.workflow, execution, options.credentials, context));
  ResumeDecisions& decisions = provisions.decisions;
  const auto ask = [&](const core::NodeExecution& node, const Execution& cut_off) {
    return decide(node, options, cut_off, context);
  };
  GOFLOW_TRY(decide_on_all(recorded.workflow, execution, ask, *store, decisions));
  if (options.view.detach) {
    return run_detached(resume_words(decisions, options.credentials), execution.id, context);
  }
  return run_to_end(
      recorded.workflow, recorded.source, execution, std::move(provisions), options.view, context);
}

}  // namespace

std::unique_ptr<Action> exec_resume() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
