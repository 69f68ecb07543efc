#include "engine/local/running_activity.hpp"

#include "core/base/duration.hpp"
#include "core/claimcheck/fetching.hpp"
#include "engine/interpreter/outcome.hpp"
#include "engine/local/process_identity.hpp"

#include <utility>

namespace goflow::engine {
namespace {

core::Value with_output(core::Value value, core::Value text) {
  if (!value.is_object()) return text;
  core::Object members = value.as_object();
  members.set("stdout", std::move(text));
  return members;
}

}  // namespace

RunningActivity::RunningActivity(ActivityEffect effect, LogKeeping& logs, Events events)
    : effect_(std::move(effect)),
      execution_id_(logs.execution_id),
      events_(std::move(events)),
      out_("stdout", logs),
      err_("stderr", logs),
      time_limit_(logs.loop, [this] {
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
  core::fetch_together(effect_.input);
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

void RunningActivity::cancel() {
  if (!outcome_) activity_->cancel();
}

void RunningActivity::kill() {
  if (!outcome_) activity_->kill();
}

std::vector<core::NodeLog> RunningActivity::take_grown_logs(core::Timestamp now) {
  std::vector<core::NodeLog> records;
  for (StreamLog* log : {&out_, &err_}) {
    auto record = log->take_record(now);
    if (!record) continue;
    record->path = effect_.path;
    record->attempt = effect_.attempt;
    records.push_back(*std::move(record));
  }
  return records;
}

std::vector<SpoolFile> RunningActivity::take_spent_files() {
  std::vector<SpoolFile> files;
  for (StreamLog* log : {&out_, &err_}) {
    if (auto file = log->take_spent_file()) files.push_back(*std::move(file));
  }
  return files;
}

void RunningActivity::heard(std::string_view stream, std::string_view text) {
  (stream == "stdout" ? out_ : err_).append(text);
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
  outcome_ = std::move(outcome);
  settle_logs();
}

/// The end of the work is recorded together with what it wrote, and that with where it lies.
void RunningActivity::settle_logs() {
  const auto again = [this] { settle_logs(); };
  const bool is_out_settled = out_.settle(again);
  const bool is_err_settled = err_.settle(again);
  if (is_out_settled && is_err_settled) events_.on_done(with_logs(*std::move(outcome_)));
}

EffectOutcome RunningActivity::with_logs(EffectOutcome outcome) const {
  if (outcome.status != EffectOutcome::Status::completed) return outcome;
  if (outcome.output_is_value) {
    auto text = out_.text(core::made_at(effect_.value_name, execution_id_, effect_.path));
    if (!text) return failed(std::move(text).error());
    outcome.value = with_output(std::move(outcome.value), *std::move(text));
  }
  for (const StreamLog* log : {&out_, &err_}) {
    if (auto loss = log->loss()) return failed(*std::move(loss));
  }
  return outcome;
}

}  // namespace goflow::engine
