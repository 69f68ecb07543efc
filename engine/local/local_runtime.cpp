#include "engine/local/local_runtime.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace goflow::engine {
namespace {

// Output shows up in the record within 200 ms. A step that ends sooner costs no record of its
// process: were goflow killed before, the process is found by its environment.
constexpr std::chrono::milliseconds progress_interval{100};

EffectOutcome cancelled() {
  EffectOutcome outcome;
  outcome.status = EffectOutcome::Status::cancelled;
  return outcome;
}

EffectOutcome failed(core::Failure failure) {
  EffectOutcome outcome;
  outcome.status = EffectOutcome::Status::failed;
  outcome.failure = std::move(failure);
  return outcome;
}

const std::string& path_of(const Effect& effect) {
  return std::visit([](const auto& what) -> const std::string& { return what.path; }, effect);
}

bool is_activity(const Effect& effect) {
  return std::holds_alternative<ActivityEffect>(effect);
}

}  // namespace

LocalRuntime::LocalRuntime(EventLoop& loop,
                           const core::Clock& clock,
                           Journal& journal,
                           Memory memory,
                           ActivityServices& services,
                           RunObserver& observer)
    : loop_(loop),
      clock_(clock),
      journal_(journal),
      memory_(std::move(memory)),
      services_(services),
      observer_(observer),
      now_(clock.now()),
      is_replaying_(!memory_.empty()),
      progress_timer_(loop, [this] { progress_is_due_ = true; }) {}

EffectId LocalRuntime::begin(Effect effect, EffectDone done) {
  const EffectId id = ++last_id_;
  if (is_activity(effect)) ++activity_count_;
  effects_.emplace(id, Running{std::move(effect), std::move(done)});
  begun_.push_back(id);
  return id;
}

void LocalRuntime::cancel(EffectId id) {
  const auto found = effects_.find(id);
  if (found == effects_.end() || found->second.is_answered) return;
  Running& running = found->second;
  if (running.activity) {
    running.activity->cancel();
  } else if (running.alarm || !memory_.answer(running.effect)) {
    line_up(id, cancelled());
  }
}

core::Timestamp LocalRuntime::note(Note note) {
  if (is_remembered(note)) return remembered_time(note);
  journal_.note(as_recorded(std::move(note)), now_);
  return now_;
}

std::optional<core::Value> LocalRuntime::remembered(const std::string& path) {
  const core::NodeExecution* node = memory_.find(path);
  if (node == nullptr || node->status != core::NodeStatus::completed) return std::nullopt;
  return node->outputs;
}

std::optional<bool> LocalRuntime::remembered_when(const std::string& path) {
  const core::NodeExecution* node = memory_.find(path);
  // A failed one may have failed because of its `when`, and be pending again because of a retry.
  const bool is_known = node != nullptr && node->status != core::NodeStatus::failed &&
                        node->status != core::NodeStatus::pending;
  if (!is_known) return std::nullopt;
  return node->status != core::NodeStatus::skipped;
}

std::optional<std::string> LocalRuntime::process_variable(const std::string& name) {
  const std::string beginning = name + "=";
  for (const std::string& entry : services_.environment) {
    if (entry.starts_with(beginning)) return entry.substr(beginning.size());
  }
  return std::nullopt;
}

core::Result<core::Value> LocalRuntime::secret(const std::string& name) {
  return core::Error{core::ErrorCode::credential,
                     "the credential '" + name +
                         "' cannot be read: this version of goflow has no "
                         "keyring yet"}
      .with_hint("hand it over in the environment instead: env_allow and env('NAME')");
}

bool LocalRuntime::is_remembered(const Note& note) const {
  if (memory_.empty()) return false;
  if (const auto* started = std::get_if<NodeStarted>(&note)) {
    return memory_.has_begun(started->path, started->attempt);
  }
  if (const auto* attempt = std::get_if<AttemptFailed>(&note)) {
    return memory_.has_ended(attempt->path) || memory_.has_failed(attempt->path, attempt->attempt);
  }
  if (const auto* finished = std::get_if<NodeFinished>(&note)) {
    return memory_.has_ended(finished->path);
  }
  if (const auto* variable = std::get_if<VariableSet>(&note)) {
    return memory_.has_ended(variable->node_path);
  }
  return is_replaying_;
}

core::Timestamp LocalRuntime::remembered_time(const Note& note) const {
  std::optional<core::Timestamp> time;
  if (const auto* started = std::get_if<NodeStarted>(&note)) {
    if (const auto* node = memory_.find(started->path)) time = node->started_at;
  } else if (const auto* finished = std::get_if<NodeFinished>(&note)) {
    if (const auto* node = memory_.find(finished->path)) time = node->completed_at;
  }
  return time.value_or(now_);
}

Note LocalRuntime::as_recorded(Note note) const {
  if (auto* started = std::get_if<NodeStarted>(&note)) {
    started->attempt = memory_.recorded_attempt(started->path, started->attempt);
  } else if (auto* attempt = std::get_if<AttemptFailed>(&note)) {
    attempt->attempt = memory_.recorded_attempt(attempt->path, attempt->attempt);
  }
  return note;
}

bool LocalRuntime::answer() {
  auto answers = std::exchange(answers_, {});
  for (Answer& answer : answers) {
    auto ended = effects_.extract(answer.id);
    Running& running = ended.mapped();
    if (is_activity(running.effect)) --activity_count_;
    if (is_abandoned_) continue;
    if (running.activity) record_logs_of(*running.activity);
    running.done(std::move(answer.outcome));
  }
  return !answers.empty();
}

bool LocalRuntime::recall() {
  if (!is_replaying_) return false;
  std::optional<Memory::Answer> next;
  EffectId next_id = 0;
  for (const EffectId id : begun_) {
    auto answer = memory_.answer(effects_.at(id).effect);
    if (!answer || (next && next->order <= answer->order)) continue;
    next = std::move(answer);
    next_id = id;
  }
  is_replaying_ = next.has_value();
  if (next) line_up(next_id, std::move(next->outcome));
  return is_replaying_;
}

bool LocalRuntime::record_begun() {
  if (is_replaying_) return false;
  // A lane that was full before the interruption may be free later now, and come to what is known.
  const std::vector<EffectId> begun = begun_;
  for (const EffectId id : begun) {
    Running& running = effects_.at(id);
    if (auto known = memory_.answer(running.effect)) {
      line_up(id, std::move(known->outcome));
    } else if (const auto* activity = std::get_if<ActivityEffect>(&running.effect)) {
      record(*activity);
    } else if (const auto* sleep = std::get_if<SleepEffect>(&running.effect)) {
      running.due = record(*sleep);
    }
  }
  return !begun_.empty();
}

void LocalRuntime::record(const ActivityEffect& activity) {
  if (!memory_.has_begun(activity.path, activity.attempt)) return;
  journal_.note_interruption(activity.path, now_);
  memory_.count_interruption(activity.path);
}

core::Timestamp LocalRuntime::record(const SleepEffect& sleep) {
  if (const auto due = memory_.due(sleep)) return *due;
  const core::Timestamp due = due_of(sleep);
  journal_.note_wait(sleep.path, memory_.recorded_attempt(sleep.path, sleep.attempt), due);
  return due;
}

core::Timestamp LocalRuntime::due_of(const SleepEffect& sleep) {
  if (const auto* time = std::get_if<core::Timestamp>(&sleep.until)) return *time;
  std::uniform_real_distribution<double> factor(1 - sleep.jitter, 1 + sleep.jitter);
  const std::chrono::duration<double, std::milli> wanted =
      std::get<std::chrono::milliseconds>(sleep.until) * factor(random_);
  const auto delay = std::chrono::ceil<std::chrono::milliseconds>(wanted);
  return now_ + std::max(std::min(delay, sleep.longest), sleep.shortest);
}

void LocalRuntime::carry_out() {
  const auto begun = std::exchange(begun_, {});
  for (const EffectId id : begun) {
    Running& running = effects_.at(id);
    if (const auto* activity = std::get_if<ActivityEffect>(&running.effect)) {
      start(id, running, *activity);
    } else if (running.due) {
      running.alarm = std::make_unique<Alarm>(loop_, clock_, [this, id] { line_up(id, {}); });
      running.alarm->set(*running.due);
    } else {
      line_up(id, failed(core::Failure{"validation", "signals cannot be waited for"}));
    }
  }
}

void LocalRuntime::start(EffectId id, Running& running, ActivityEffect effect) {
  effect.attempt = memory_.recorded_attempt(effect.path, effect.attempt);
  RunningActivity::Events events;
  events.on_output = [this, path = effect.path](std::string_view stream, std::string_view text) {
    schedule_progress();
    observer_.on_output(path, stream, text);
  };
  events.on_done = [this, id](EffectOutcome outcome) { line_up(id, std::move(outcome)); };
  auto activity = std::make_unique<RunningActivity>(std::move(effect), loop_, std::move(events));
  if (auto started = activity->start(services_); !started) {
    line_up(id, failed(std::move(started).error()));
    return;
  }
  running.activity = std::move(activity);
  schedule_progress();
}

void LocalRuntime::schedule_progress() {
  if (!progress_timer_.is_running()) progress_timer_.start(progress_interval);
}

void LocalRuntime::line_up(EffectId id, EffectOutcome outcome) {
  Running& running = effects_.at(id);
  if (running.alarm) running.alarm->stop();
  running.is_answered = true;
  std::erase(begun_, id);
  answers_.push_back(Answer{id, std::move(outcome)});
}

bool LocalRuntime::record_progress() {
  if (!std::exchange(progress_is_due_, false)) return false;
  for (auto& [id, running] : effects_) {
    if (!running.activity) continue;
    if (auto process = running.activity->take_new_process()) {
      journal_.note_process(path_of(running.effect), *std::move(process));
    }
    record_logs_of(*running.activity);
  }
  return true;
}

void LocalRuntime::record_logs_of(RunningActivity& activity) {
  for (core::NodeLog& log : activity.take_grown_logs(now_)) {
    journal_.note_log(std::move(log));
  }
}

void LocalRuntime::kill() {
  for (auto& [id, running] : effects_) {
    if (running.activity && !running.is_answered) running.activity->kill();
  }
}

void LocalRuntime::abandon() {
  is_abandoned_ = true;
  kill();
  for (auto& [id, running] : effects_) {
    if (!running.activity && !running.is_answered) line_up(id, cancelled());
  }
}

std::vector<std::string> LocalRuntime::active_paths() const {
  std::vector<std::string> paths;
  for (const auto& [id, running] : effects_) {
    const auto* sleep = std::get_if<SleepEffect>(&running.effect);
    if (sleep != nullptr && sleep->limited) continue;
    const std::string& path = path_of(running.effect);
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
  }
  return paths;
}

}  // namespace goflow::engine
