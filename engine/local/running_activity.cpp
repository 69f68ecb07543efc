#include "engine/local/running_activity.hpp"

#include "core/base/duration.hpp"
#include "engine/local/process_identity.hpp"

#include <utility>

namespace goflow::engine {

RunningActivity::RunningActivity(ActivityEffect effect, EventLoop& loop, Events events)
    : effect_(std::move(effect)), events_(std::move(events)), time_limit_(loop, [this] {
        is_out_of_time_ = true;
        cancel();
      }) {}

core::Result<void, core::Failure> RunningActivity::start(ActivityServices& services) {
  const ActivityRunner run = find_runner(effect_.type);
  if (run == nullptr) {
    return core::Failure{"validation", "there is no way to run a '" + effect_.type + "' node"};
  }
  ActivityEvents events;
  events.on_output = [this](std::string_view stream, std::string_view text) {
    heard(stream, text);
  };
  events.on_done = [this](EffectOutcome outcome) { ended(std::move(outcome)); };
  GOFLOW_TRY(activity_, run(effect_, services, std::move(events)));
  if (effect_.timeout) time_limit_.start(*effect_.timeout);
  return {};
}

std::optional<core::ProcessRecord> RunningActivity::take_new_process() {
  if (std::exchange(is_process_taken_, true)) return std::nullopt;
  const auto group = activity_->process_group();
  if (!group) return std::nullopt;
  core::ProcessRecord process{*group, process_start_time(*group)};
  if (process.started.empty()) return std::nullopt;  // it has ended already
  return process;
}

std::vector<core::NodeLog> RunningActivity::take_grown_logs(core::Timestamp now) {
  std::vector<core::NodeLog> logs;
  if (std::exchange(out_.has_grown, false)) logs.push_back(to_row("stdout", out_, now));
  if (std::exchange(err_.has_grown, false)) logs.push_back(to_row("stderr", err_, now));
  return logs;
}

void RunningActivity::heard(std::string_view stream, std::string_view text) {
  Stream& into = stream == "stdout" ? out_ : err_;
  into.log.append(text);
  into.has_grown = true;
  events_.on_output(stream, text);
}

void RunningActivity::ended(EffectOutcome outcome) {
  time_limit_.stop();
  if (is_out_of_time_) {
    core::Failure failure = outcome.failure.value_or(core::Failure{});
    failure.type = "timeout";
    failure.message = "timed out after " + core::spell_duration(*effect_.timeout);
    outcome.status = EffectOutcome::Status::failed;
    outcome.failure = std::move(failure);
  }
  events_.on_done(std::move(outcome));
}

core::NodeLog RunningActivity::to_row(std::string_view name,
                                      Stream& stream,
                                      core::Timestamp now) const {
  const auto size = static_cast<std::int64_t>(stream.log.size());
  // Once the middle is left out one mark does for the end, which moves with each line.
  if (!stream.log.is_whole() && !stream.marks.empty()) stream.marks.pop_back();
  stream.marks.push_back(core::LogMark{size, now});
  return core::NodeLog{
      effect_.path, effect_.attempt, std::string(name), stream.log.content(), size, stream.marks};
}

}  // namespace goflow::engine
