#include "engine/nodes/jq.hpp"

#include "engine/jq/worker.hpp"
#include "engine/loop/timer.hpp"

#include <chrono>
#include <optional>
#include <utility>

namespace goflow::engine {
namespace {

using core::Failure;
using core::Result;
using core::Value;

Failure to_failure(JqFailure failure) {
  constexpr auto word = [](JqFailure::Kind kind) {
    switch (kind) {
      case JqFailure::Kind::unavailable:
        return "validation";
      case JqFailure::Kind::timeout:
        return "timeout";
      case JqFailure::Kind::data:
        break;
    }
    return "data";
  };
  Failure failed{word(failure.kind), std::move(failure.message)};
  if (!failure.hint.empty()) failed.context.set("hint", std::move(failure.hint));
  return failed;
}

class JqActivity final : public Activity {
 public:
  JqActivity(ActivityServices& services, ActivityEvents events)
      : worker_(*services.jq), events_(std::move(events)), end_(services.loop, [this] {
          EffectOutcome cancelled;
          cancelled.status = EffectOutcome::Status::cancelled;
          done(std::move(cancelled));
        }) {}

  ~JqActivity() override { worker_.withdraw(call_); }
  JqActivity(const JqActivity&) = delete;
  JqActivity& operator=(const JqActivity&) = delete;

  void start(const Value& input) {
    core::Object call{{"input", *input.find("input")},
                      {"variables", *input.find("variables")},
                      {"now", *input.find("now")}};
    const std::chrono::milliseconds limit(input.find("limit_ms")->as_integer());
    call_ = worker_.call(input.find("jq")->as_text(), std::move(call), limit, [this](auto result) {
      answered(std::move(result));
    });
  }

  void cancel() override {
    worker_.withdraw(call_);
    end_.start(std::chrono::milliseconds{0});
  }

  void kill() override { cancel(); }

  [[nodiscard]] std::optional<std::int64_t> process_group() const override { return std::nullopt; }

 private:
  void answered(Result<Value, JqFailure> result) {
    EffectOutcome outcome;
    if (result) {
      outcome.value = *std::move(result);
    } else {
      outcome.status = EffectOutcome::Status::failed;
      outcome.failure = to_failure(std::move(result).error());
    }
    done(std::move(outcome));
  }

  void done(EffectOutcome outcome) {
    const auto on_done = std::move(events_.on_done);
    on_done(std::move(outcome));  // may destroy this
  }

  JqWorker& worker_;
  ActivityEvents events_;
  Timer end_;
  JqWorker::CallId call_ = 0;
};

}  // namespace

Result<std::unique_ptr<Activity>, Failure> start_jq(const ActivityEffect& effect,
                                                    ActivityServices& services,
                                                    ActivityEvents events) {
  auto activity = std::make_unique<JqActivity>(services, std::move(events));
  activity->start(effect.input);
  return std::unique_ptr<Activity>(std::move(activity));
}

}  // namespace goflow::engine
