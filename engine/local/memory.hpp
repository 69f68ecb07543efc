// What is remembered of a run that goes on after an interruption.
#pragma once

#include "engine/interpreter/runtime.hpp"
#include "engine/local/local_run.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace goflow::engine {

/// The interpreter counts attempts anew and knows nothing of those that were cut off; the record
/// counts them all. `attempt` is the interpreter's, unless it says "recorded".
class Memory {
 public:
  explicit Memory(RunMemory memory);

  [[nodiscard]] bool empty() const { return paths_.empty(); }
  [[nodiscard]] const core::NodeExecution* find(const std::string& path) const;
  [[nodiscard]] bool has_ended(const std::string& path) const;
  [[nodiscard]] int recorded_attempt(const std::string& path, int attempt) const;
  /// This attempt is recorded as failed, and another one followed it.
  [[nodiscard]] bool has_failed(const std::string& path, int attempt) const;
  /// This attempt is recorded as begun: it may have ended, or been cut off.
  [[nodiscard]] bool has_begun(const std::string& path, int attempt) const;

  /// Something is recorded of what runs within the round or branch at this path.
  [[nodiscard]] bool has_something_in(const std::string& path) const;

  struct Answer {
    EffectOutcome outcome;
    // Answers are given in this order, those of the same one as they were asked for.
    std::int64_t order = 0;
  };
  /// The outcome of an effect that is recorded as ended.
  [[nodiscard]] std::optional<Answer> answer(const Effect& effect) const;
  /// How a computation that is recorded as ended came out; nullopt: it was not, or was cancelled.
  [[nodiscard]] std::optional<EffectOutcome> computed(const std::string& path, int attempt) const;
  /// When an attempt that is recorded as begun did so; one that was cut off and begun again, at
  /// first.
  [[nodiscard]] std::optional<core::Timestamp> start_of(const std::string& path, int attempt) const;
  /// A wait that had begun.
  [[nodiscard]] std::optional<core::WaitRecord> wait(const std::string& path, int attempt) const;

  /// The attempt that is recorded as running was cut off; the next one takes its place.
  void count_interruption(const std::string& path);

 private:
  struct Path {
    std::optional<core::NodeExecution> node = {};
    std::vector<core::NodeAttempt> failed =
        {};  // since the last retry of the execution; those that were cut off left out
    int interruptions = 0;                     // and attempts before the execution was retried
    std::vector<core::Timestamp> starts = {};  // by attempt, of those that are no longer running
  };

  void remember_scopes_of(const core::NodeExecution& node);
  void add(core::NodeAttempt attempt);
  [[nodiscard]] const Path* look_up(const std::string& path) const;
  [[nodiscard]] std::optional<Answer> answer_attempt(const std::string& path, int attempt) const;
  [[nodiscard]] std::optional<Answer> answer_sleep(const SleepEffect& sleep) const;
  [[nodiscard]] std::optional<Answer> answer_time_limit(const SleepEffect& limit) const;
  [[nodiscard]] std::optional<Answer> answer_yield(const YieldEffect& yield) const;
  struct Inside {
    std::int64_t last = 0;  // number of change
    std::optional<std::int64_t> first_cancelled = std::nullopt;
  };
  /// What is recorded of the rounds or branches of an attempt of a node.
  [[nodiscard]] Inside look_into(const std::string& inner_path) const;
  /// Of a node with others in it, in the order of the answers.
  [[nodiscard]] std::int64_t place_of_end(const Answer& ended, const std::string& inner_path) const;

  std::unordered_map<std::string, Path> paths_;
  // By the path of a round or branch: the first number of change of what is recorded within.
  std::unordered_map<std::string, std::int64_t> scopes_;
};

}  // namespace goflow::engine
