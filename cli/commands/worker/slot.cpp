#include "cli/commands/worker/slot.hpp"

#include "cli/commands/blobs/collection.hpp"
#include "cli/commands/exec/retention.hpp"
#include "cli/commands/worker/queued_run.hpp"
#include "cli/commands/worker/worker_presence.hpp"
#include "core/settings/setting.hpp"
#include "engine/local/process_identity.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <thread>
#include <tuple>
#include <utility>

namespace goflow::cli {
namespace {

using core::Result;
using std::chrono::steady_clock;

// How soon what is new is noticed: the question costs a few microseconds.
constexpr std::chrono::milliseconds look_interval{50};
// A worker that was killed writes nothing: somebody has to look for it.
constexpr std::chrono::seconds owner_check{1};
constexpr std::chrono::milliseconds first_pause{500};
constexpr std::chrono::milliseconds longest_pause{30'000};

/// Asks the system about each process now and then only: every run that is taken asks about all.
class LivingOwners {
 public:
  bool is_alive(const core::Owner& owner, core::Timestamp now) {
    const auto moment = steady_clock::now();
    auto& trusted_until = trusted_[{owner.pid, owner.pid_started, owner.boot_id}];
    if (moment < trusted_until) return true;
    const bool is_alive = engine::is_alive(owner, now);
    if (is_alive) trusted_until = moment + trust;
    return is_alive;
  }

 private:
  static constexpr std::chrono::milliseconds trust{500};

  std::map<std::tuple<std::int64_t, std::string, std::string>, steady_clock::time_point> trusted_;
};

class Slot {
 public:
  Slot(const SlotOptions& options,
       std::optional<int> limit,
       core::RunQueue& queue,
       core::ExecutionStore& store,
       const StopSignals& signals,
       Context& context)
      : options_(options),
        limit_(limit),
        queue_(queue),
        store_(store),
        signals_(signals),
        context_(context),
        log_(options.words, context),
        self_(engine::this_process(context.now())) {}

  Result<void> serve() {
    while (!signals_.is_stop_wanted()) {
      auto done = look();
      if (!done) {
        pause_after(done.error());
      } else if (*done == Found::nothing_left) {
        return {};
      }
    }
    return {};
  }

 private:
  enum class Found { run, nothing, nothing_left };

  Result<Found> look() {
    // Asked before: what is written during the look is seen by the next one.
    GOFLOW_TRY(const std::int64_t version, store_.version());
    GOFLOW_TRY(auto taken, take());
    if (taken) {
      GOFLOW_TRY(run_queued(*std::move(taken), signals_, log_, context_));
      pause_ = first_pause;
      return Found::run;
    }
    if (options_.until_empty) {
      GOFLOW_TRY(const core::QueueCount count, queue_.count());
      if (count.waiting == 0) return Found::nothing_left;
    }
    prune_unasked(store_, context_);
    collect_unasked(context_);
    GOFLOW_TRY(wait_for_change(version));
    return Found::nothing;
  }

  Result<std::optional<core::TakenRun>> take() {
    self_.heartbeat_at = context_.now();
    return queue_.take_next(self_, limit_, [this](const core::Owner& owner) {
      // Between two runs nothing is ours: what says so could not be given up when it had to be.
      return !engine::is_same_process(owner, self_) && owners_.is_alive(owner, self_.heartbeat_at);
    });
  }

  Result<void> wait_for_change(std::int64_t version) {
    const auto end = steady_clock::now() + owner_check;
    while (!signals_.is_stop_wanted() && steady_clock::now() < end) {
      std::this_thread::sleep_for(look_interval);
      GOFLOW_TRY(const std::int64_t now, store_.version());
      if (now != version) return {};
    }
    return {};
  }

  void pause_after(const core::Error& error) {
    log_.trouble(error, pause_);
    const auto end = steady_clock::now() + pause_;
    while (!signals_.is_stop_wanted() && steady_clock::now() < end) {
      std::this_thread::sleep_for(look_interval);
    }
    pause_ = std::min(pause_ * 2, longest_pause);
  }

  const SlotOptions& options_;
  std::optional<int> limit_;
  core::RunQueue& queue_;
  core::ExecutionStore& store_;
  const StopSignals& signals_;
  Context& context_;
  WorkerLog log_;
  core::Owner self_;
  LivingOwners owners_;
  std::chrono::milliseconds pause_ = first_pause;
};

}  // namespace

Result<void> serve_queue(const SlotOptions& options, const StopSignals& signals, Context& context) {
  GOFLOW_TRY(core::RunQueue * queue, context.run_queue());
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  GOFLOW_TRY(const std::string home, context.home());
  GOFLOW_TRY(const core::Descriptor presence, announce_worker(home));
  GOFLOW_TRY(const int limit, context.number(core::settings::worker_max_active_runs));
  std::optional<int> most;
  if (limit > 0) most = limit;
  return Slot(options, most, *queue, *store, signals, context).serve();
}

}  // namespace goflow::cli
