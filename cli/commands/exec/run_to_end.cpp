#include "cli/commands/exec/run_to_end.hpp"

#include "cli/arguments/jq_command.hpp"
#include "cli/arguments/stored_surroundings.hpp"
#include "cli/commands/blobs/collection.hpp"
#include "cli/commands/exec/execution_record.hpp"
#include "cli/commands/exec/retention.hpp"
#include "cli/commands/exec/run_failure.hpp"
#include "cli/io/event_lines.hpp"
#include "cli/io/plain_progress.hpp"
#include "cli/io/progress_tree.hpp"
#include "cli/io/quiet_progress.hpp"
#include "cli/io/records.hpp"
#include "cli/io/run_outline.hpp"
#include "cli/io/width.hpp"
#include "core/base/duration.hpp"
#include "engine/local/local_run.hpp"
#include "engine/local/process_identity.hpp"

#include <memory>
#include <sstream>

namespace goflow::cli {
namespace {

using core::Execution;
using core::ExecutionStatus;
using core::Result;

std::unique_ptr<engine::RunObserver> make_observer(const core::Workflow& workflow,
                                                   const Execution& execution,
                                                   const engine::RunMemory& memory,
                                                   const RunView& view,
                                                   Context& context) {
  if (view.events) {
    return std::make_unique<EventLines>(context.out(), execution.id, context.clock());
  }
  if (context.options().quiet) return std::make_unique<QuietProgress>();
  RunOutline outline = outline_of(workflow, execution.id);
  if (context.err().is_terminal() || view.watch) {
    return std::make_unique<ProgressTree>(context.terminal(), std::move(outline), memory.nodes);
  }
  return std::make_unique<PlainProgress>(context.err(), outline);
}

/// Between the look at the record and the taking over, another process may have had the run.
Result<void> check_unchanged(const Execution& execution,
                             core::RunJournal& journal,
                             core::ExecutionStore& store) {
  GOFLOW_TRY(const auto current, store.find(execution.id));
  if (current && current->status == execution.status) return {};
  GOFLOW_TRY(journal.release());
  const std::string what = current ? std::string(to_string(current->status)) : "deleted";
  return core::Error{
      core::ErrorCode::failed_precondition,
      "another process has taken execution '" + execution.id + "' first: it is " + what}
      .with_hint("see it: goflow exec show " + short_id(execution.id));
}

Result<void> write_record(const std::string& id,
                          const OutputChoice& output,
                          core::ExecutionStore& store,
                          Context& context) {
  GOFLOW_TRY(const auto execution, store.find(id));
  if (!execution) return {};  // deleted by somebody in this very moment
  GOFLOW_TRY(const core::Object record, execution_record(*execution, store, context.now()));
  write_records(context.out(), output, record);
  return {};
}

void warn(const engine::RunResult& result, Output& err) {
  for (const std::string& warning : result.warnings) {
    err.line("warning: " + one_line(warning));
  }
}

/// What the failed step wrote to stderr usually says it best.
void quote_last_words(const engine::RunResult& result, Output& err) {
  if (!result.failure) return;
  const core::Value* words = result.failure->context.find("stderr");
  if (words == nullptr || !words->is_text() || words->as_text().empty()) return;
  std::istringstream lines(words->as_text());
  for (std::string line; std::getline(lines, line);) {
    err.line("  | " + one_line(line));
  }
}

}  // namespace

void declare_view(Command& command, RunView& view) {
  command.group("Output");
  command.flag("--events", view.events, "one JSON object per event on stdout, the result last");
  command.flag("--watch", view.watch, "show the progress tree even without a terminal")
      .also("-w", "run");
  command.flag("--detach", view.detach, "in the background: print the id and return");
  command.json(view.output, execution_fields()).also("--output-json");
  command.output_format(view.output);
}

Result<void> check_view(const RunView& view) {
  if (!view.detach) return {};
  if (!view.events && !view.watch && view.output.is_text()) return {};
  return core::Error{core::ErrorCode::invalid_argument,
                     "--detach returns at once: it goes without --events, --watch and --json"}
      .with_hint("see how it goes: goflow exec watch ID --json");
}

void declare_time_limit(Command& command, std::optional<std::chrono::milliseconds>& limit) {
  command.option("--timeout D", limit, "give the run at most so long: 30s, 5m, 2h");
}

void limit_time(core::Workflow& workflow, std::optional<std::chrono::milliseconds> limit) {
  if (limit && (!workflow.timeout || *limit < *workflow.timeout)) workflow.timeout = limit;
}

std::vector<std::string> start_words(std::optional<std::chrono::milliseconds> limit,
                                     const CredentialArguments& credentials) {
  std::vector<std::string> words{"exec", "start"};
  if (limit) words.insert(words.end(), {"--timeout", core::spell_duration(*limit)});
  for (std::string& word : words_of(credentials)) {
    words.push_back(std::move(word));
  }
  return words;
}

Result<std::unique_ptr<core::RunJournal>> take_over(const Execution& execution,
                                                    core::ExecutionStore& store,
                                                    core::Timestamp now) {
  const core::Owner self = engine::this_process(now);
  return store.take_ownership(execution.id, self, [&](const core::Owner& owner) {
    return engine::may_take_over(owner, self);
  });
}

Result<engine::RunMemory> remember(const Execution& execution, core::ExecutionStore& store) {
  engine::RunMemory memory;
  // Only a rerun begins with something that it remembers.
  if (execution.status == ExecutionStatus::pending && execution.rerun_of.empty()) return memory;
  GOFLOW_TRY(memory.nodes, store.nodes(execution.id));
  GOFLOW_TRY(memory.attempts, store.attempts(execution.id));
  GOFLOW_TRY(memory.spooled_logs, store.spooled_logs(execution.id));
  return memory;
}

Result<engine::RunResult> run_quietly(const core::Workflow& workflow,
                                      const Execution& execution,
                                      RunProvisions& provisions,
                                      engine::RunMemory memory,
                                      const std::function<bool()>& is_to_be_left,
                                      engine::RunObserver& observer,
                                      Context& context) {
  GOFLOW_TRY(const std::string home, context.home());
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  engine::LocalRunRequest request;
  request.workflow = &workflow;
  request.execution = execution;
  request.memory = std::move(memory);
  request.decisions = std::move(provisions.decisions[execution.id]);
  request.child_decisions = std::move(provisions.decisions);
  GOFLOW_TRY(request.claim_check, context.claim_check_of_run(provisions.secrets));
  request.secrets = &provisions.secrets;
  request.journal = provisions.journal.get();
  request.scratch_directory = home + "/scratch/" + execution.id;
  request.spool_folder = home + "/spool";
  request.environment = inherited_environment();
  request.jq_command = jq_command();
  const StoredSurroundings surroundings(context);
  request.store = store;
  request.surroundings = &surroundings;
  request.handle_terminal_signals = !is_to_be_left;
  request.is_to_be_left = is_to_be_left;
  return engine::run_locally(request, context.clock(), observer);
}

Result<void> run_to_end(const core::Workflow& workflow,
                        const WorkflowSource& source,
                        const Execution& execution,
                        RunProvisions provisions,
                        const RunView& view,
                        Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  std::unique_ptr<core::RunJournal>& journal = provisions.journal;
  if (!journal) {
    GOFLOW_TRY(journal, take_over(execution, *store, context.now()));
    GOFLOW_TRY(check_unchanged(execution, *journal, *store));
  }
  GOFLOW_TRY(engine::RunMemory memory, remember(execution, *store));
  const auto observer = make_observer(workflow, execution, memory, view, context);

  auto result =
      run_quietly(workflow, execution, provisions, std::move(memory), {}, *observer, context);
  if (!result) {
    return std::move(result).error().with_hint("when that is mended: goflow exec resume " +
                                               short_id(execution.id));
  }

  if (!view.output.is_text()) {
    GOFLOW_TRY(write_record(execution.id, view.output, *store, context));
  } else if (!view.events && result->status == ExecutionStatus::completed) {
    write_result(context.out(), result->return_value);
  }
  if (view.output.is_text() && !view.events) warn(*result, context.err());
  if (view.output.is_text() && !view.events) quote_last_words(*result, context.err());
  auto verdict = verdict_of(*result, execution.id, workflow.id, source, view.output, context);
  prune_unasked(*store, context);
  collect_unasked(context);
  return verdict;
}

}  // namespace goflow::cli
