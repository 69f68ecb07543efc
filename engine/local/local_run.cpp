#include "engine/local/local_run.hpp"

#include "engine/local/execution_run.hpp"
#include "engine/local/wake_up_watch.hpp"
#include "engine/loop/event_loop.hpp"
#include "engine/loop/signal_watch.hpp"
#include "engine/loop/timer.hpp"

#include <chrono>
#include <csignal>
#include <list>
#include <optional>
#include <string>
#include <utility>

namespace goflow::engine {
namespace {

constexpr std::chrono::seconds heartbeat_interval{5};
constexpr std::chrono::milliseconds farewell_interval{100};

/// nohup, for one, has it so.
bool is_ignored(int signal) {
  struct sigaction action {};
  return sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

/// A run with the loop on which it happens, and the ear of this process for signals.
class LocalRun {
 public:
  LocalRun(const LocalRunRequest& request, const core::Clock& clock, RunObserver& observer)
      : request_(request),
        clock_(clock),
        observer_(observer),
        run_(request, loop_, clock, observer),
        heartbeat_(loop_, [this] { run_.beat(); }),
        tick_(loop_, [this] { observer_.on_tick(clock_.now()); }),
        farewell_(loop_, [this] { leave_if_asked(); }) {}

  core::Result<RunResult> run() {
    listen();
    run_.start();
    loop_.on_turn_end([this] { turn(); });
    loop_.run();
    auto released = request_.journal->release();
    GOFLOW_TRY(RunResult result, run_.result());
    GOFLOW_TRY(std::move(released));
    return result;
  }

 private:
  void listen() {
    heartbeat_.repeat(heartbeat_interval);
    if (const auto interval = observer_.tick_interval()) tick_.repeat(*interval);
    if (request_.is_to_be_left) farewell_.repeat(farewell_interval);
    wake_ups_.emplace(loop_, [this] { run_.beat(); });
    if (!request_.handle_terminal_signals) return;
    watch(SIGINT, "Ctrl-C");
    watch(SIGTERM, "SIGTERM");
    watch(SIGHUP, "SIGHUP");
  }

  void leave_if_asked() {
    if (!request_.is_to_be_left()) return;
    run_.give_up({core::ErrorCode::unavailable,
                  "execution '" + request_.execution.id + "' is left for another process"});
  }

  void watch(int signal, std::string name) {
    if (is_ignored(signal)) return;
    signals_.emplace_back(loop_, signal, [this, name = std::move(name)] {
      core::CancelRequest request{clock_.now(), name};
      request.force = run_.is_cancelled();
      run_.cancel(request);
    });
  }

  void turn() {
    const ExecutionRun::Next next = run_.turn();
    if (next == ExecutionRun::Next::turn) loop_.continue_soon();
    if (next == ExecutionRun::Next::over) loop_.stop();
  }

  const LocalRunRequest& request_;
  const core::Clock& clock_;
  RunObserver& observer_;
  EventLoop loop_;
  ExecutionRun run_;
  Timer heartbeat_;
  Timer tick_;
  Timer farewell_;
  std::optional<WakeUpWatch> wake_ups_;
  std::list<SignalWatch> signals_;
};

}  // namespace

core::Result<RunResult> run_locally(const LocalRunRequest& request,
                                    const core::Clock& clock,
                                    RunObserver& observer) {
  return LocalRun(request, clock, observer).run();
}

}  // namespace goflow::engine
