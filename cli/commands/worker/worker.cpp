// goflow worker: take up what waits in the queue.
#include "cli/commands/commands.hpp"
#include "cli/commands/worker/slot.hpp"
#include "cli/commands/worker/stop_signals.hpp"
#include "cli/commands/worker/supervisor.hpp"
#include "cli/context.hpp"
#include "core/settings/setting.hpp"

#include <unistd.h>

#include <optional>
#include <string>
#include <vector>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

struct WorkerOptions {
  std::optional<int> concurrency;
  bool drain = false;
  bool json = false;
  int supervisor = 0;  // PID of the worker whose part this one is
};

void declare(Command& command, WorkerOptions& options) {
  command.summary("run what waits in the queue, one after another")
      .describe(
          "Takes up the runs that 'goflow exec create' and 'goflow exec run --queue' have left in "
          "this home, the oldest first, and runs each to its end; any number of workers may share "
          "a home, and each run is given to one of them. What a worker held that has died comes "
          "first: it is gone on with as 'goflow exec resume' would. A run that cannot be started "
          "ends as failed, and one that a person has to decide about is left alone with a warning. "
          "A workflow may limit how many of its runs go on at once (max_active_runs), and so may "
          "the setting worker.max_active_runs for the home. A run that waits, for a time or a "
          "signal, keeps its place. Ctrl-C or SIGTERM: takes nothing new and ends when what runs "
          "has ended; a second one leaves what runs as it is, for another worker to go on with. No "
          "run is cancelled by the end of its worker.")
      .example("goflow worker", "until it is stopped")
      .example("goflow worker --concurrency 4", "four runs at once")
      .example("goflow worker --drain", "until nothing waits any more")
      .exit_code(0, "it was stopped, or nothing waits any more");
  command.option("--concurrency N", options.concurrency, "so many runs at once");
  command.flag("--drain", options.drain, "end when nothing waits any more");
  command.flag("--json", options.json, "one JSON object per event on stdout");
  command.option("--supervisor PID", options.supervisor, "be a part of that worker").hidden();
}

Result<int> concurrency_of(const WorkerOptions& options, Context& context) {
  if (!options.concurrency) return context.number(core::settings::worker_concurrency);
  if (*options.concurrency >= 1 && *options.concurrency <= 1000) return *options.concurrency;
  return Error{ErrorCode::invalid_argument,
               "--concurrency must be from 1 to 1000, got " + std::to_string(*options.concurrency)};
}

/// As this one was called, but for how many runs it has at once.
Result<std::vector<std::string>> words_of_part(const WorkerOptions& options, Context& context) {
  GOFLOW_TRY(const std::string home, context.home());
  std::vector<std::string> words{
      "goflow", "worker", "--supervisor", std::to_string(getpid()), "--home", home};
  if (options.drain) words.emplace_back("--drain");
  if (options.json) words.emplace_back("--json");
  if (context.options().quiet) words.emplace_back("--quiet");
  return words;
}

Result<void> run(const WorkerOptions& options, Context& context) {
  GOFLOW_TRY(const int concurrency, concurrency_of(options, context));
  const SlotOptions slot{options.drain, options.json ? WorkerWords::json : WorkerWords::lines};
  if (options.supervisor != 0) {
    return serve_queue(slot, StopSignals(options.supervisor), context);
  }
  const StopSignals signals;
  if (concurrency == 1) return serve_queue(slot, signals, context);
  // Opened once before all of them do: only one may have to make or upgrade the history.
  GOFLOW_TRY(context.executions());
  GOFLOW_TRY(const auto words, words_of_part(options, context));
  return supervise(concurrency, words, signals, context);
}

}  // namespace

std::unique_ptr<Action> worker() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
