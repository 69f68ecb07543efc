// Carries out the effects of one run in this process, and remembers what became of them.
#pragma once

#include "core/claimcheck/large_values.hpp"
#include "engine/interpreter/runtime.hpp"
#include "engine/local/alarm.hpp"
#include "engine/local/journal.hpp"
#include "engine/local/memory.hpp"
#include "engine/local/running_activity.hpp"

#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace goflow::engine {

class RunningChild;

/// 1. Between begin() and the carrying out of an effect lies a commit: LocalRun calls, in every
///    turn of the loop, answer(), then lets the workflow go on, then record_begun(), commits, and
///    calls carry_out().
/// 2. While the run is replayed nothing is carried out. Each time the workflow can go on no
///    further, recall() lines up the next answer that is remembered, in the order of the record.
/// 3. When nothing that has begun is remembered, the replay is over and the rest is carried out.
class LocalRuntime final : public Runtime {
 public:
  LocalRuntime(EventLoop& loop,
               const core::Clock& clock,
               Journal& journal,
               Memory memory,
               ActivityServices& services,
               const LocalRunRequest& request,
               const core::RunSecrets& secrets,
               core::LargeValues& large_values,
               RunObserver& observer);
  ~LocalRuntime() override;

  EffectId begin(Effect effect, EffectDone done) override;
  void cancel(EffectId id) override;
  core::Timestamp note(Note note) override;
  [[nodiscard]] std::optional<EffectOutcome> remembered(const std::string& path,
                                                        int attempt) override;
  [[nodiscard]] std::optional<bool> remembered_when(const std::string& path) override;
  [[nodiscard]] std::optional<core::Value> remembered_inputs(const std::string& path,
                                                             int attempt) override;
  [[nodiscard]] std::optional<bool> remembered_round(const std::string& loop_path,
                                                     int attempt,
                                                     const std::string& round_path) override;
  [[nodiscard]] core::Timestamp now(const std::string& path, int attempt) override;
  [[nodiscard]] std::optional<std::string> process_variable(const std::string& name) override;
  [[nodiscard]] core::Value kept(core::Value value,
                                 const std::string& name,
                                 const std::string& path) override {
    return large_values_.kept(std::move(value), name, path);
  }
  [[nodiscard]] core::Value kept_fields(core::Value record,
                                        const std::string& name,
                                        const std::string& path) override {
    return large_values_.kept_fields(std::move(record), name, path);
  }
  [[nodiscard]] core::Result<core::Value> secret(const std::string& name) override;
  [[nodiscard]] bool can_mask(const std::string& secret_name) const override;
  [[nodiscard]] core::Failure masked(core::Failure failure) const override;

  void begin_turn(core::Timestamp now) { now_ = now; }
  /// Gives the answers that have come in since the last turn; true: there were some.
  bool answer();
  [[nodiscard]] bool has_answers() const { return !answers_.empty(); }
  /// Lines up the next remembered answer; false: there is none, the replay is over.
  bool recall();
  [[nodiscard]] bool is_replaying() const { return is_replaying_; }
  /// Lets go on what gave way to others; false: nothing did, or it has to wait for the replay.
  bool answer_yields();
  /// In the replay, what comes next ended because the whole run was stopped; or nothing comes.
  [[nodiscard]] bool has_come_to_a_stop() const;
  /// Notes what has to be recorded before carry_out(); true: there is something to carry out.
  bool record_begun();
  void carry_out();
  /// Somebody has sent something; what it is, look_for_signals() finds out.
  void hear_of_signals() { signals_may_have_come_ = true; }
  /// Lines up the answers for nodes whose signal has come, in the order in which they began to
  /// wait, or whose time is up. Does nothing when there is no reason to look.
  core::Result<void> look_for_signals();
  /// Notes the processes of running nodes and what they have written, if it is time; true: it was.
  bool record_progress();

  // Runs within this one take their turns before it does.
  void turn_children();
  [[nodiscard]] bool children_want_turn() const;
  void beat_children();
  /// Why one of them, and so this run, cannot go on.
  [[nodiscard]] std::optional<core::Error> take_error() {
    return std::exchange(error_, std::nullopt);
  }

  /// Ends at once whatever runs; the answers still come.
  void kill();
  /// The same, but leaves the runs within this one alone.
  void kill_activities();
  /// Ends everything at once and gives no more answers.
  void abandon();

  /// Something goes on, and all of it is waiting.
  [[nodiscard]] bool only_waits() const;
  [[nodiscard]] bool has_effects() const { return !effects_.empty(); }
  /// Of the effects that go on, each node once; and of the loops and parallels in which none does,
  /// because they only compute.
  [[nodiscard]] std::vector<std::string> active_paths() const;

 private:
  struct Running {
    Effect effect;
    EffectDone done;
    bool is_answered = false;
    bool is_unwanted = false;                // it was asked to end
    std::optional<std::int64_t> place = {};  // in the order of what is remembered
    std::unique_ptr<RunningActivity> activity = nullptr;
    std::unique_ptr<RunningChild> child;
    std::unique_ptr<Alarm> alarm = nullptr;
    core::WaitRecord wait = {};  // of a sleep or a signal
  };
  struct Answer {
    EffectId id;
    EffectOutcome outcome;
  };

  void keep_open_containers(const Note& note);
  [[nodiscard]] bool is_remembered(const Note& note) const;
  [[nodiscard]] core::Timestamp remembered_time(const Note& note) const;
  [[nodiscard]] Note as_recorded(Note note) const;
  void record(const ActivityEffect& activity);
  core::WaitRecord record(const SleepEffect& sleep);
  core::WaitRecord record(const SignalEffect& signal);
  core::Timestamp due_of(const SleepEffect& sleep);
  void set_alarm(Running& running, std::function<void()> ring);
  core::Result<void> look_for_signal(EffectId id);
  void start(EffectId id, Running& running, ActivityEffect effect);
  void start(EffectId id, Running& running, ChildEffect effect);
  [[nodiscard]] bool may_have_begun(const Effect& effect) const;
  /// The effect whose answer is the next to be remembered.
  [[nodiscard]] std::optional<EffectId> next_recalled() const;
  void line_up(EffectId id, EffectOutcome outcome);
  void schedule_progress();
  void record_logs_of(RunningActivity& activity);

  EventLoop& loop_;
  const core::Clock& clock_;
  Journal& journal_;
  Memory memory_;
  ActivityServices& services_;
  const LocalRunRequest& request_;
  const core::RunSecrets& secrets_;
  core::LargeValues& large_values_;
  LogKeeping logs_;
  RunObserver& observer_;
  core::Timestamp now_;
  bool is_replaying_;
  bool is_abandoned_ = false;

  std::set<std::string> open_containers_;  // paths of the loops and parallels that have begun

  EffectId last_id_ = 0;
  std::map<EffectId, Running> effects_;
  std::vector<EffectId> begun_;            // neither carried out nor answered yet, in order
  std::vector<EffectId> yields_;           // likewise; nothing is carried out for them
  std::vector<EffectId> awaited_signals_;  // in order
  bool signals_may_have_come_ = false;
  std::vector<Answer> answers_;
  std::optional<core::Error> error_;
  Timer progress_timer_;
  bool progress_is_due_ = false;
  std::mt19937_64 random_{std::random_device{}()};
};

}  // namespace goflow::engine
