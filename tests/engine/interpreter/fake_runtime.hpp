// A world that does nothing by itself: a test says what becomes of each effect, and when.
#pragma once

#include "engine/interpreter/runtime.hpp"
#include "engine/interpreter/workflow_run.hpp"

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::engine {

inline core::Failure failure_of(std::string type, std::string message = "broken") {
  return core::Failure{.type = std::move(type), .message = std::move(message)};
}

class FakeRuntime final : public Runtime {
 public:
  EffectId begin(Effect effect, EffectDone done) override;
  void cancel(EffectId id) override;
  core::Timestamp note(Note note) override;
  std::optional<EffectOutcome> remembered(const std::string& path, int attempt) override;
  std::optional<bool> remembered_when(const std::string& path) override;
  std::optional<core::Value> remembered_inputs(const std::string& path, int) override {
    const auto found = begun_with.find(path);
    return found == begun_with.end() ? std::nullopt : std::optional(found->second);
  }
  std::optional<bool> remembered_round(const std::string&, int, const std::string& path) override {
    const auto found = remembered_rounds.find(path);
    return found == remembered_rounds.end() ? std::nullopt : std::optional(found->second);
  }
  core::Timestamp now(const std::string&, int) override {
    return core::Timestamp(std::chrono::seconds(1000));
  }
  std::optional<std::string> process_variable(const std::string& name) override {
    if (name == "LANG") return "C";
    return std::nullopt;
  }
  [[nodiscard]] core::Value kept(core::Value value,
                                 const std::string&,
                                 const std::string&) override {
    return value;
  }
  [[nodiscard]] core::Value kept_fields(core::Value record,
                                        const std::string&,
                                        const std::string&) override {
    return record;
  }
  core::Result<core::Value> secret(const std::string& name) override {
    if (name == "api") return core::Value("s3cret");
    if (name == "pin") return core::Value("123");
    return core::Error{core::ErrorCode::credential, "there is no credential '" + name + "'"};
  }
  bool can_mask(const std::string& name) const override { return name != "pin"; }
  core::Failure masked(core::Failure failure) const override { return failure; }

  struct Pending {
    Effect effect;
    EffectDone done;
    bool is_cancelled = false;
  };

  /// "fetch", and "fetch#2" for what belongs to a second attempt.
  static std::string key_of(const Effect& effect);
  [[nodiscard]] std::vector<std::string> pending_keys() const;
  [[nodiscard]] const Pending& pending(const std::string& key) const;
  void answer(const std::string& key, EffectOutcome outcome);
  /// Lets go on whatever gave way; false: nothing did.
  bool answer_yields();

  /// Then those who give way wait for an answer like all others.
  bool holds_yields = false;
  /// All that was asked and told, one line each, in order: "begin fetch", "started fetch", …
  std::vector<std::string> log;
  std::vector<Note> notes;
  std::map<std::string, EffectOutcome> memory;  // by path, of a later attempt "path#2"
  std::map<std::string, bool> remembered_whens;
  std::map<std::string, bool> remembered_rounds;
  std::map<std::string, core::Value> begun_with;
  std::size_t most_pending = 0;

  template <class T>
  [[nodiscard]] std::vector<T> all() const {
    std::vector<T> found;
    for (const auto& note : notes) {
      if (const auto* one = std::get_if<T>(&note)) found.push_back(*one);
    }
    return found;
  }
  /// The last one of this path; fails the test where there is none.
  [[nodiscard]] NodeFinished finished(const std::string& path) const;
  /// "" where the node never reached a last state.
  [[nodiscard]] std::string status_of(const std::string& path) const;

 private:
  EffectId next_id_ = 1;
  std::map<EffectId, Pending> pending_;
  std::map<EffectId, EffectDone> yields_;
};

/// A run in that world. Everything goes on until only answers are missing.
class TestRun {
 public:
  explicit TestRun(const core::Workflow& workflow, core::Object inputs = {});

  void start();
  void complete(const std::string& key, core::Value value = {});
  void fail(const std::string& key, core::Failure failure);
  void answer(const std::string& key, EffectOutcome outcome);
  /// Answers every effect that the run wants to be ended.
  void end_cancelled();
  void cancel(core::ExecutionStatus status = core::ExecutionStatus::cancelled);

  [[nodiscard]] bool is_over() const { return run_.result().has_value(); }
  [[nodiscard]] const RunResult& result() const;
  /// Fails the test unless the run completed.
  [[nodiscard]] core::Value return_value() const;
  [[nodiscard]] std::vector<std::string> pending() const { return runtime.pending_keys(); }

  FakeRuntime runtime;

 private:
  void settle();

  WorkflowRun run_;
};

}  // namespace goflow::engine
