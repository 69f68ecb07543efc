#include "tests/engine/interpreter/fake_runtime.hpp"

#include "core/execution/status.hpp"
#include "core/value/json.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <variant>

namespace goflow::engine {

namespace {

struct Describe {
  std::string operator()(const NodeStarted& note) const {
    return "started " + note.path + "#" + std::to_string(note.attempt);
  }
  std::string operator()(const AttemptFailed& note) const {
    return "attempt-failed " + note.path + "#" + std::to_string(note.attempt) + " " +
           note.failure.message;
  }
  std::string operator()(const NodeFinished& note) const {
    return "finished " + note.path + " " + std::string(core::to_string(note.status)) + " " +
           core::to_json(note.value) + note.skip_reason;
  }
  std::string operator()(const VariableSet& note) const {
    return "set " + note.scope + ":" + note.name + " " +
           (note.old_value ? core::to_json(*note.old_value) : "-") + " -> " +
           core::to_json(note.new_value) + " by " + note.node_path;
  }
  std::string operator()(const Progress& note) const {
    return "progress " + note.path + " " + std::to_string(note.done);
  }
};

int attempt_of(const Effect& effect) {
  if (const auto* activity = std::get_if<ActivityEffect>(&effect)) return activity->attempt;
  if (const auto* sleep = std::get_if<SleepEffect>(&effect)) return sleep->attempt;
  if (const auto* child = std::get_if<ChildEffect>(&effect)) return child->attempt;
  return 1;
}

}  // namespace

EffectId FakeRuntime::begin(Effect effect, EffectDone done) {
  if (!holds_yields && std::holds_alternative<YieldEffect>(effect)) {
    yields_.emplace(next_id_, std::move(done));
    return next_id_++;
  }
  log.push_back("begin " + key_of(effect));
  pending_.emplace(next_id_, Pending{.effect = std::move(effect), .done = std::move(done)});
  most_pending = std::max(most_pending, pending_.size());
  return next_id_++;
}

void FakeRuntime::cancel(EffectId id) {
  if (yields_.contains(id)) return;
  REQUIRE(pending_.contains(id));
  log.push_back("cancel " + key_of(pending_.at(id).effect));
  pending_.at(id).is_cancelled = true;
}

core::Timestamp FakeRuntime::note(Note note) {
  log.push_back(std::visit(Describe(), note));
  notes.push_back(std::move(note));
  return core::Timestamp(std::chrono::seconds(1000 + notes.size()));
}

std::optional<EffectOutcome> FakeRuntime::remembered(const std::string& path, int attempt) {
  const auto found = memory.find(attempt == 1 ? path : path + "#" + std::to_string(attempt));
  return found == memory.end() ? std::nullopt : std::optional(found->second);
}

std::optional<bool> FakeRuntime::remembered_when(const std::string& path) {
  const auto found = remembered_whens.find(path);
  return found == remembered_whens.end() ? std::nullopt : std::optional(found->second);
}

std::string FakeRuntime::key_of(const Effect& effect) {
  const int attempt = attempt_of(effect);
  const std::string path = std::visit([](const auto& any) { return any.path; }, effect);
  return attempt == 1 ? path : path + "#" + std::to_string(attempt);
}

std::vector<std::string> FakeRuntime::pending_keys() const {
  std::vector<std::string> keys;
  for (const auto& [id, pending] : pending_)
    keys.push_back(key_of(pending.effect));
  return keys;
}

const FakeRuntime::Pending& FakeRuntime::pending(const std::string& key) const {
  const auto found = std::find_if(pending_.begin(), pending_.end(), [&](const auto& entry) {
    return key_of(entry.second.effect) == key;
  });
  REQUIRE_MESSAGE(found != pending_.end(), key);
  return found->second;
}

void FakeRuntime::answer(const std::string& key, EffectOutcome outcome) {
  const auto found = std::find_if(pending_.begin(), pending_.end(), [&](const auto& entry) {
    return key_of(entry.second.effect) == key;
  });
  REQUIRE_MESSAGE(found != pending_.end(), key);
  const EffectDone done = std::move(found->second.done);
  pending_.erase(found);
  done(std::move(outcome));
}

bool FakeRuntime::answer_yields() {
  const auto yields = std::exchange(yields_, {});
  for (const auto& [id, done] : yields)
    done({});
  return !yields.empty();
}

NodeFinished FakeRuntime::finished(const std::string& path) const {
  const auto ends = all<NodeFinished>();
  const auto found =
      std::find_if(ends.rbegin(), ends.rend(), [&](const auto& note) { return note.path == path; });
  REQUIRE_MESSAGE(found != ends.rend(), path);
  return *found;
}

std::string FakeRuntime::status_of(const std::string& path) const {
  for (const auto& note : all<NodeFinished>()) {
    if (note.path == path) return std::string(core::to_string(note.status));
  }
  return "";
}

TestRun::TestRun(const core::Workflow& workflow, core::Object inputs)
    : run_(workflow,
           std::move(inputs),
           RunIdentity{.execution_id = "wex-test", .started_at = {}, .default_concurrency = 8},
           runtime) {}

void TestRun::start() {
  run_.start();
  settle();
}

void TestRun::complete(const std::string& key, core::Value value) {
  answer(key, EffectOutcome{.value = std::move(value)});
}

void TestRun::fail(const std::string& key, core::Failure failure) {
  answer(key,
         EffectOutcome{.status = EffectOutcome::Status::failed, .failure = std::move(failure)});
}

void TestRun::answer(const std::string& key, EffectOutcome outcome) {
  runtime.answer(key, std::move(outcome));
  settle();
}

void TestRun::end_cancelled() {
  for (const auto& key : pending()) {
    if (!runtime.pending(key).is_cancelled) continue;
    answer(key, EffectOutcome{.status = EffectOutcome::Status::cancelled});
  }
}

void TestRun::cancel(core::ExecutionStatus status) {
  run_.cancel(status, failure_of(std::string(core::to_string(status)), "somebody stopped it"));
  settle();
}

const RunResult& TestRun::result() const {
  REQUIRE(is_over());
  return *run_.result();
}

core::Value TestRun::return_value() const {
  REQUIRE(result().status == core::ExecutionStatus::completed);
  return result().return_value;
}

void TestRun::settle() {
  while (run_.step(100) || runtime.answer_yields()) {
  }
}

}  // namespace goflow::engine
