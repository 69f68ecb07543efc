#include "engine/jq/worker.hpp"

#include "core/base/duration.hpp"
#include "core/value/json.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace goflow::engine {
namespace {

using Kind = JqFailure::Kind;
using core::Result;
using core::Value;

std::string text_in(const Value& answer, std::string_view key) {
  const Value* text = answer.find(key);
  return text != nullptr ? core::to_text(*text) : std::string();
}

std::size_t number_in(const Value& row, std::string_view key) {
  return static_cast<std::size_t>(row.find(key)->as_integer());
}

std::vector<core::JqFault> faults_in(const Value& answer) {
  std::vector<core::JqFault> faults;
  for (const Value& row : answer.find("faults")->as_array()) {
    core::ExpressionError error;
    error.message = text_in(row, "message");
    error.begin = number_in(row, "begin");
    error.end = number_in(row, "end");
    faults.push_back({number_in(row, "program"), std::move(error)});
  }
  return faults;
}

}  // namespace

JqWorker::JqWorker(EventLoop& loop,
                   std::vector<std::string> command,
                   std::vector<core::JqProgram> programs)
    : loop_(loop),
      command_(std::move(command)),
      programs_(std::move(programs)),
      next_(loop, [this] { serve_next(); }),
      limit_(loop, [this] { took_too_long(); }) {}

JqWorker::~JqWorker() = default;

JqWorker::CallId JqWorker::call(const std::string& program,
                                core::Object call,
                                std::chrono::milliseconds limit,
                                Answer answer) {
  const auto known = std::find_if(
      programs_.begin(), programs_.end(), [&](const auto& one) { return one.text() == program; });
  call.set("program", static_cast<std::int64_t>(known - programs_.begin()));
  calls_.push_back({++last_id_, to_frame(Value(std::move(call))), limit, std::move(answer)});
  if (!is_busy_) next_.start(std::chrono::milliseconds{0});
  return last_id_;
}

void JqWorker::withdraw(CallId id) {
  const auto found =
      std::find_if(calls_.begin(), calls_.end(), [id](const Call& call) { return call.id == id; });
  if (found == calls_.end()) return;
  const bool is_being_computed = is_busy_ && found == calls_.begin();
  calls_.erase(found);
  if (!is_being_computed) return;
  is_busy_ = false;
  limit_.stop();
  stop_process();
  next_.start(std::chrono::milliseconds{0});
}

void JqWorker::check(Verdict verdict) {
  verdict_ = std::move(verdict);
  if (auto started = start_process(); !started) {
    const auto tell = *std::exchange(verdict_, std::nullopt);
    tell(std::move(started).error());
  }
}

void JqWorker::serve_next() {
  if (is_busy_ || calls_.empty()) return;
  is_busy_ = true;
  if (process_ && is_compiled_) return compute();
  if (process_) return;  // compute() comes when it has compiled
  if (auto started = start_process(); !started) finish(std::move(started).error());
}

void JqWorker::compute() {
  limit_.start(calls_.front().limit);
  process_->write(calls_.front().frame);
}

Result<void, JqFailure> JqWorker::start_process() {
  ChildCommand command;
  command.arguments = command_;
  command.directory = "/";
  command.keeps_input_open = true;
  ChildEvents events;
  events.on_output = [this](ChildStream stream, std::string_view bytes) {
    if (stream == ChildStream::out) heard(bytes);
  };
  events.on_end = [this](const ChildEnd&) { process_ended(); };
  auto process = ChildProcess::start(loop_, std::move(command), std::move(events));
  if (!process) return JqFailure{Kind::unavailable, "cannot start jq: " + process.error().reason};
  frames_ = FrameReader();
  is_compiled_ = false;
  process_ = *std::move(process);
  process_->write(programs_frame());
  return {};
}

std::string JqWorker::programs_frame() const {
  core::Array texts;
  for (const core::JqProgram& program : programs_) {
    texts.emplace_back(program.text());
  }
  return to_frame(Value(core::Object{{"programs", std::move(texts)}}));
}

void JqWorker::heard(std::string_view bytes) {
  frames_.append(bytes);
  while (auto frame = frames_.next()) {
    const auto answer = core::parse_json(*frame);
    if (!answer) return process_ended();
    if (is_compiled_) {
      heard_answer(*answer);
    } else {
      heard_verdict(*answer);
    }
  }
}

void JqWorker::heard_verdict(const Value& answer) {
  if (verdict_) {
    const auto tell = *std::exchange(verdict_, std::nullopt);
    if (answer.find("faults") != nullptr) return tell(faults_in(answer));
    return tell(JqFailure{Kind::unavailable, text_in(answer, "error"), text_in(answer, "hint")});
  }
  const Value* faults = answer.find("faults");
  is_compiled_ = faults != nullptr && faults->as_array().empty();
  if (!is_busy_) return;
  if (is_compiled_) return compute();
  if (faults == nullptr) {
    return finish(JqFailure{Kind::unavailable, text_in(answer, "error"), text_in(answer, "hint")});
  }
  finish(JqFailure{Kind::data, faults_in(answer).front().error.message});
}

void JqWorker::heard_answer(const Value& answer) {
  if (!is_busy_) return;
  if (const Value* value = answer.find("value")) return finish(*value);
  finish(JqFailure{Kind::data, text_in(answer, "error"), text_in(answer, "hint")});
}

void JqWorker::process_ended() {
  stop_process();
  JqFailure failure{Kind::data, "jq gave up, as it does when it runs out of memory"};
  if (verdict_) {
    const auto tell = *std::exchange(verdict_, std::nullopt);
    return tell(std::move(failure));
  }
  if (is_busy_) finish(std::move(failure));
}

void JqWorker::took_too_long() {
  if (!is_busy_) return;
  stop_process();
  finish(JqFailure{Kind::timeout, "timed out after " + core::spell_duration(calls_.front().limit)});
}

void JqWorker::finish(Result<Value, JqFailure> result) {
  limit_.stop();
  is_busy_ = false;
  const auto answer = std::move(calls_.front().answer);
  calls_.pop_front();
  if (!calls_.empty()) next_.start(std::chrono::milliseconds{0});
  answer(std::move(result));
}

void JqWorker::stop_process() {
  is_compiled_ = false;
  process_.reset();
}

}  // namespace goflow::engine
