#include "engine/local/local_runtime.hpp"

#include "core/base/duration.hpp"
#include "core/value/payload.hpp"
#include "engine/interpreter/outcome.hpp"
#include "engine/local/masking.hpp"
#include "engine/local/running_child.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace goflow::engine {
namespace {

// Output shows up in the record within 200 ms. A step that ends sooner costs no record of its
// process: were goflow killed before, the process is found by its environment.
constexpr std::chrono::milliseconds progress_interval{100};

core::Failure missed(const std::string& signal,
                     const std::optional<std::chrono::milliseconds>& timeout) {
  std::string message = "timed out waiting for signal '" + signal + "'";
  if (timeout) message += " after " + core::spell_duration(*timeout);
  return core::Failure{"timeout", std::move(message)};
}

const std::string& path_of(const Effect& effect) {
  return std::visit([](const auto& what) -> const std::string& { return what.path; }, effect);
}

bool is_container(std::string_view node_type) {
  return node_type == "loop" || node_type == "parallel";
}

/// "each[3]/step" is within "each", and so is "each@2[3]/step", in its second attempt.
bool is_within(std::string_view path, std::string_view container) {
  if (!path.starts_with(container)) return false;
  path.remove_prefix(container.size());
  return path.empty() || path.front() == '[' || path.front() == '/' || path.front() == '@';
}

/// What the activity is given may be kept elsewhere, and gone.
core::Result<void, core::Failure> start_reading(RunningActivity& activity,
                                                ActivityServices& services) {
  try {
    return activity.start(services);
  } catch (const core::PayloadUnavailable& lost) {
    return to_failure(lost);
  }
}

}  // namespace

LocalRuntime::LocalRuntime(EventLoop& loop,
                           const core::Clock& clock,
                           Journal& journal,
                           Memory memory,
                           ActivityServices& services,
                           const LocalRunRequest& request,
                           const core::RunSecrets& secrets,
                           core::LargeValues& large_values,
                           RunObserver& observer)
    : loop_(loop),
      clock_(clock),
      journal_(journal),
      memory_(std::move(memory)),
      services_(services),
      request_(request),
      secrets_(secrets),
      large_values_(large_values),
      logs_{loop, large_values, services.execution_id, request.spool_folder},
      observer_(observer),
      now_(clock.now()),
      is_replaying_(!memory_.empty()),
      progress_timer_(loop, [this] { progress_is_due_ = true; }) {}

LocalRuntime::~LocalRuntime() = default;

EffectId LocalRuntime::begin(Effect effect, EffectDone done) {
  const EffectId id = ++last_id_;
  Running& running = effects_[id];
  running.effect = std::move(effect);
  running.done = std::move(done);
  if (is_replaying_) {
    if (const auto answer = memory_.answer(running.effect)) running.place = answer->order;
  }
  const bool is_yield = std::holds_alternative<YieldEffect>(running.effect);
  (is_yield ? yields_ : begun_).push_back(id);
  return id;
}

void LocalRuntime::cancel(EffectId id) {
  const auto found = effects_.find(id);
  if (found == effects_.end() || found->second.is_answered) return;
  Running& running = found->second;
  running.is_unwanted = true;
  if (running.activity) {
    running.activity->cancel();
  } else if (running.child) {
    running.child->cancel(RunningChild::End::gently);
  } else if (running.alarm ||
             (!memory_.answer(running.effect) && !may_have_begun(running.effect))) {
    line_up(id, cancelled());
  }
}

/// A run that was interrupted, which is not ended by leaving it alone.
bool LocalRuntime::may_have_begun(const Effect& effect) const {
  const auto* child = std::get_if<ChildEffect>(&effect);
  return child != nullptr && memory_.has_begun(child->path, child->attempt);
}

core::Timestamp LocalRuntime::note(Note note) {
  keep_open_containers(note);
  if (is_remembered(note)) return remembered_time(note);
  journal_.note(engine::masked(as_recorded(std::move(note)), services_.redactor), now_);
  return now_;
}

std::optional<EffectOutcome> LocalRuntime::remembered(const std::string& path, int attempt) {
  return memory_.computed(path, attempt);
}

std::optional<bool> LocalRuntime::remembered_when(const std::string& path) {
  const core::NodeExecution* node = memory_.find(path);
  // A failed one may have failed because of its `when`, and be pending again because of a retry.
  const bool is_known = node != nullptr && node->status != core::NodeStatus::failed &&
                        node->status != core::NodeStatus::pending;
  if (!is_known) return std::nullopt;
  return node->status != core::NodeStatus::skipped;
}

std::optional<core::Value> LocalRuntime::remembered_inputs(const std::string& path, int attempt) {
  const core::NodeExecution* node = memory_.find(path);
  const bool is_known = node != nullptr && node->attempt == memory_.recorded_attempt(path, attempt);
  return is_known ? std::optional(node->inputs) : std::nullopt;
}

std::optional<bool> LocalRuntime::remembered_round(const std::string& loop_path,
                                                   int attempt,
                                                   const std::string& round_path) {
  if (memory_.empty()) return std::nullopt;
  if (memory_.has_something_in(round_path)) return true;
  const core::NodeExecution* loop = memory_.find(loop_path);
  const bool has_ended = loop != nullptr && loop->status == core::NodeStatus::completed &&
                         loop->attempt == memory_.recorded_attempt(loop_path, attempt);
  return has_ended ? std::optional(false) : std::nullopt;
}

core::Timestamp LocalRuntime::now(const std::string& path, int attempt) {
  return memory_.start_of(path, attempt).value_or(now_);
}

std::optional<std::string> LocalRuntime::process_variable(const std::string& name) {
  if (const auto& recorded = request_.execution.environment) {
    const auto found = recorded->find(name);
    return found != recorded->end() ? std::optional(found->second) : std::nullopt;
  }
  const std::string beginning = name + "=";
  for (const std::string& entry : services_.environment) {
    if (entry.starts_with(beginning)) return entry.substr(beginning.size());
  }
  return std::nullopt;
}

core::Result<core::Value> LocalRuntime::secret(const std::string& name) {
  return secrets_.find(name);
}

bool LocalRuntime::can_mask(const std::string& secret_name) const {
  return secrets_.can_mask(secret_name);
}

core::Failure LocalRuntime::masked(core::Failure failure) const {
  return engine::masked(std::move(failure), services_.redactor);
}

void LocalRuntime::keep_open_containers(const Note& note) {
  if (const auto* started = std::get_if<NodeStarted>(&note)) {
    if (is_container(started->type)) open_containers_.insert(started->path);
  } else if (const auto* attempt = std::get_if<AttemptFailed>(&note)) {
    open_containers_.erase(attempt->path);
  } else if (const auto* finished = std::get_if<NodeFinished>(&note)) {
    if (is_container(finished->type)) open_containers_.erase(finished->path);
  }
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
    if (is_abandoned_) continue;
    if (running.activity) record_logs_of(*running.activity);
    running.done(std::move(answer.outcome));
  }
  return !answers.empty();
}

bool LocalRuntime::recall() {
  if (!is_replaying_) return false;
  const auto next = next_recalled();
  is_replaying_ = next.has_value();
  if (next) line_up(*next, memory_.answer(effects_.at(*next).effect)->outcome);
  return is_replaying_;
}

bool LocalRuntime::answer_yields() {
  if (is_replaying_) return false;
  const auto yields = std::exchange(yields_, {});
  for (const EffectId id : yields) {
    const auto ended = effects_.extract(id);
    ended.mapped().done({});
  }
  return !yields.empty();
}

bool LocalRuntime::has_come_to_a_stop() const {
  const auto next = is_replaying_ ? next_recalled() : std::nullopt;
  if (!next) return true;
  const Running& running = effects_.at(*next);
  return memory_.answer(running.effect)->outcome.status == EffectOutcome::Status::cancelled &&
         !running.is_unwanted;
}

std::optional<EffectId> LocalRuntime::next_recalled() const {
  std::optional<EffectId> next;
  std::int64_t first = 0;
  for (const auto* ids : {&begun_, &yields_}) {
    for (const EffectId id : *ids) {
      const auto place = effects_.at(id).place;
      if (!place || (next && first <= *place)) continue;
      next = id;
      first = *place;
    }
  }
  return next;
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
      running.wait = record(*sleep);
    } else if (const auto* signal = std::get_if<SignalEffect>(&running.effect)) {
      running.wait = record(*signal);
    }
  }
  return !begun_.empty();
}

void LocalRuntime::record(const ActivityEffect& activity) {
  if (!memory_.has_begun(activity.path, activity.attempt)) return;
  journal_.note_interruption(activity.path, now_);
  memory_.count_interruption(activity.path);
}

core::WaitRecord LocalRuntime::record(const SleepEffect& sleep) {
  if (auto begun = memory_.wait(sleep.path, sleep.attempt)) return *std::move(begun);
  core::WaitRecord wait{due_of(sleep), {}};
  journal_.note_wait(sleep.path, memory_.recorded_attempt(sleep.path, sleep.attempt), wait);
  return wait;
}

core::WaitRecord LocalRuntime::record(const SignalEffect& signal) {
  if (auto begun = memory_.wait(signal.path, 1)) return *std::move(begun);
  core::WaitRecord wait{std::nullopt, signal.name};
  if (signal.timeout) wait.until = now_ + *signal.timeout;
  journal_.note_wait(signal.path, memory_.recorded_attempt(signal.path, 1), wait);
  return wait;
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
    } else if (const auto* child = std::get_if<ChildEffect>(&running.effect)) {
      start(id, running, *child);
    } else if (std::holds_alternative<SleepEffect>(running.effect)) {
      set_alarm(running, [this, id] { line_up(id, {}); });
    } else {
      set_alarm(running, [this] { signals_may_have_come_ = true; });
      awaited_signals_.push_back(id);
      signals_may_have_come_ = true;
    }
  }
}

void LocalRuntime::set_alarm(Running& running, std::function<void()> ring) {
  if (!running.wait.until) return;
  running.alarm = std::make_unique<Alarm>(loop_, clock_, std::move(ring));
  running.alarm->set(*running.wait.until);
}

core::Result<void> LocalRuntime::look_for_signals() {
  if (!std::exchange(signals_may_have_come_, false)) return {};
  for (const EffectId id : std::vector<EffectId>(awaited_signals_)) {
    GOFLOW_TRY(look_for_signal(id));
  }
  return {};
}

// What was sent in time counts, even if nobody has looked since.
core::Result<void> LocalRuntime::look_for_signal(EffectId id) {
  const Running& running = effects_.at(id);
  const auto& [until, name] = running.wait;
  GOFLOW_TRY(auto signal, journal_.take_signal(path_of(running.effect), name, until, now_));
  if (signal) {
    EffectOutcome outcome;
    outcome.value = std::move(signal->payload);
    line_up(id, std::move(outcome));
  } else if (until && *until <= now_) {
    line_up(id, failed(missed(name, std::get<SignalEffect>(running.effect).timeout)));
  }
  return {};
}

void LocalRuntime::start(EffectId id, Running& running, ActivityEffect effect) {
  effect.attempt = memory_.recorded_attempt(effect.path, effect.attempt);
  RunningActivity::Events events;
  events.on_output = [this, path = effect.path](std::string_view stream, std::string_view text) {
    schedule_progress();
    observer_.on_output(path, stream, text);
  };
  events.on_done = [this, id](EffectOutcome outcome) {
    line_up(id, engine::masked(std::move(outcome), services_.redactor));
  };
  auto activity = std::make_unique<RunningActivity>(std::move(effect), logs_, std::move(events));
  if (auto started = start_reading(*activity, services_); !started) {
    line_up(id, failed(masked(std::move(started).error())));
    return;
  }
  running.activity = std::move(activity);
  schedule_progress();
}

void LocalRuntime::start(EffectId id, Running& running, ChildEffect effect) {
  effect.attempt = memory_.recorded_attempt(effect.path, effect.attempt);
  const ChildPlace place{effect, journal_.node_id_at(effect.path), request_};
  const auto unknown = running.is_unwanted ? UnknownChild::leave : UnknownChild::create;
  auto begun = begin_child(place, unknown, loop_, clock_, observer_);
  if (!begun) {
    error_ = std::move(begun).error();
    return line_up(id, cancelled());
  }
  if (begun->outcome) return line_up(id, *std::move(begun->outcome));
  running.child = std::move(begun->running);
  if (running.is_unwanted) running.child->cancel(RunningChild::End::gently);
}

void LocalRuntime::turn_children() {
  for (auto& [id, running] : effects_) {
    if (!running.child || running.is_answered || !running.child->turn()) continue;
    auto outcome = running.child->outcome();
    if (!outcome && !error_) error_ = outcome.error();
    line_up(id, outcome ? *std::move(outcome) : cancelled());
  }
}

bool LocalRuntime::children_want_turn() const {
  return std::any_of(effects_.begin(), effects_.end(), [](const auto& entry) {
    const Running& running = entry.second;
    return running.child && !running.is_answered && running.child->wants_turn();
  });
}

void LocalRuntime::beat_children() {
  for (auto& [id, running] : effects_) {
    if (running.child && !running.is_answered) running.child->beat();
  }
}

void LocalRuntime::schedule_progress() {
  if (!progress_timer_.is_running()) progress_timer_.start(progress_interval);
}

void LocalRuntime::line_up(EffectId id, EffectOutcome outcome) {
  Running& running = effects_.at(id);
  if (running.alarm) running.alarm->stop();
  running.is_answered = true;
  std::erase(begun_, id);
  std::erase(yields_, id);
  std::erase(awaited_signals_, id);
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
  for (SpoolFile& file : activity.take_spent_files()) {
    journal_.note_spent(std::move(file));
  }
}

void LocalRuntime::kill() {
  kill_activities();
  for (auto& [id, running] : effects_) {
    if (running.child && !running.is_answered) running.child->cancel(RunningChild::End::at_once);
  }
}

void LocalRuntime::kill_activities() {
  for (auto& [id, running] : effects_) {
    if (running.activity && !running.is_answered) running.activity->kill();
  }
}

void LocalRuntime::abandon() {
  is_abandoned_ = true;
  kill_activities();
  for (auto& [id, running] : effects_) {
    if (running.is_answered || running.activity) continue;
    if (running.child) {
      running.child->abandon(core::Error{core::ErrorCode::unavailable, "the outer run is lost"});
    } else {
      line_up(id, cancelled());
    }
  }
}

bool LocalRuntime::only_waits() const {
  return !effects_.empty() && std::all_of(effects_.begin(), effects_.end(), [](const auto& entry) {
    const Running& running = entry.second;
    if (std::holds_alternative<ActivityEffect>(running.effect)) return false;
    if (!std::holds_alternative<ChildEffect>(running.effect)) return true;
    return running.child && running.child->is_waiting();
  });
}

std::vector<std::string> LocalRuntime::active_paths() const {
  std::vector<std::string> paths;
  for (const auto& [id, running] : effects_) {
    const auto* sleep = std::get_if<SleepEffect>(&running.effect);
    if (sleep != nullptr && sleep->limited) continue;
    if (std::holds_alternative<YieldEffect>(running.effect)) continue;
    const std::string& path = path_of(running.effect);
    if (std::find(paths.begin(), paths.end(), path) == paths.end()) paths.push_back(path);
  }
  // From the back: what is within a container stands after it.
  for (auto open = open_containers_.rbegin(); open != open_containers_.rend(); ++open) {
    const bool has_active = std::any_of(paths.begin(), paths.end(), [&](const std::string& path) {
      return is_within(path, *open);
    });
    if (!has_active) paths.push_back(*open);
  }
  return paths;
}

}  // namespace goflow::engine
