// Carries out the effects of one run in this process, and remembers what became of them.
#pragma once

#include "engine/interpreter/runtime.hpp"
#include "engine/local/alarm.hpp"
#include "engine/local/journal.hpp"
#include "engine/local/memory.hpp"
#include "engine/local/running_activity.hpp"

#include <map>
#include <random>
#include <string>
#include <variant>
#include <vector>

namespace goflow::engine {

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
               RunObserver& observer);

  EffectId begin(Effect effect, EffectDone done) override;
  void cancel(EffectId id) override;
  core::Timestamp note(Note note) override;
  [[nodiscard]] std::optional<core::Value> remembered(const std::string& path) override;
  [[nodiscard]] std::optional<bool> remembered_when(const std::string& path) override;
  [[nodiscard]] core::Timestamp now() override { return now_; }
  [[nodiscard]] std::optional<std::string> process_variable(const std::string& name) override;
  [[nodiscard]] core::Result<core::Value> secret(const std::string& name) override;

  void begin_turn(core::Timestamp now) { now_ = now; }
  /// Gives the answers that have come in since the last turn; true: there were some.
  bool answer();
  [[nodiscard]] bool has_answers() const { return !answers_.empty(); }
  /// Lines up the next remembered answer; false: there is none, the replay is over.
  bool recall();
  /// Notes what has to be recorded before carry_out(); true: there is something to carry out.
  bool record_begun();
  void carry_out();
  /// Notes the processes of running nodes and what they have written, if it is time; true: it was.
  bool record_progress();

  /// Ends at once whatever runs; the answers still come.
  void kill();
  /// Ends everything at once and gives no more answers.
  void abandon();

  [[nodiscard]] bool has_activities() const { return activity_count_ > 0; }
  [[nodiscard]] bool has_effects() const { return !effects_.empty(); }
  /// Of the effects that go on, each node once.
  [[nodiscard]] std::vector<std::string> active_paths() const;

 private:
  struct Running {
    Effect effect;
    EffectDone done;
    bool is_answered = false;
    std::unique_ptr<RunningActivity> activity = nullptr;
    std::unique_ptr<Alarm> alarm = nullptr;
    std::optional<core::Timestamp> due = std::nullopt;
  };
  struct Answer {
    EffectId id;
    EffectOutcome outcome;
  };

  [[nodiscard]] bool is_remembered(const Note& note) const;
  [[nodiscard]] core::Timestamp remembered_time(const Note& note) const;
  [[nodiscard]] Note as_recorded(Note note) const;
  void record(const ActivityEffect& activity);
  core::Timestamp record(const SleepEffect& sleep);
  core::Timestamp due_of(const SleepEffect& sleep);
  void start(EffectId id, Running& running, ActivityEffect effect);
  void line_up(EffectId id, EffectOutcome outcome);
  void schedule_progress();
  void record_logs_of(RunningActivity& activity);

  EventLoop& loop_;
  const core::Clock& clock_;
  Journal& journal_;
  Memory memory_;
  ActivityServices& services_;
  RunObserver& observer_;
  core::Timestamp now_;
  bool is_replaying_;
  bool is_abandoned_ = false;

  EffectId last_id_ = 0;
  std::map<EffectId, Running> effects_;
  std::vector<EffectId> begun_;  // neither carried out nor answered yet, in order
  std::vector<Answer> answers_;
  std::size_t activity_count_ = 0;  // begun or going on
  Timer progress_timer_;
  bool progress_is_due_ = false;
  std::mt19937_64 random_{std::random_device{}()};
};

}  // namespace goflow::engine
