#include "engine/nodes/http.hpp"

#include "core/value/json.hpp"
#include "engine/loop/timer.hpp"
#include "engine/nodes/http_redirect.hpp"
#include "engine/nodes/http_request.hpp"
#include "engine/nodes/http_value.hpp"
#include "engine/nodes/scratch.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace goflow::engine {
namespace {

using core::Failure;
using core::Result;

constexpr std::size_t largest_body = 64UL * 1024 * 1024;
constexpr int most_redirects = 10;

EffectOutcome to_outcome(Result<core::Value, Failure> result) {
  EffectOutcome outcome;
  if (result) {
    outcome.value = *std::move(result);
  } else {
    outcome.status = EffectOutcome::Status::failed;
    outcome.failure = std::move(result).error();
  }
  return outcome;
}

Failure failure_of(const HttpFault& fault) {
  switch (fault.kind) {
    case HttpFault::Kind::request:
      return Failure{"validation", fault.message};
    case HttpFault::Kind::connection:
      return Failure{"connection", fault.message};
    case HttpFault::Kind::too_large:
      return Failure{"data", fault.message + ", 64 MiB is most"};
  }
  return Failure{"connection", fault.message};
}

/// A server may send back what it got in the Authorization header.
void learn_identity(const core::Value& input, core::Redactor& redactor) {
  const core::Value* auth = input.find("auth");
  const core::Value* password = auth != nullptr ? auth->find("password") : nullptr;
  if (password == nullptr) return;
  redactor.learn_basic_auth(core::to_text(*auth->find("user")), core::to_text(*password));
}

class HttpActivity final : public Activity {
 public:
  HttpActivity(HttpExchange exchange, ActivityServices& services, ActivityEvents events)
      : exchange_(std::move(exchange)),
        loop_(services.loop),
        redactor_(services.redactor),
        events_(std::move(events)),
        end_(loop_, [this] { end_now(); }) {}

  Result<void, Failure> start() {
    auto transfer =
        HttpTransfer::start(loop_, exchange_.request, largest_body, [this](auto response) {
          heard(std::move(response));
        });
    if (!transfer) {
      Failure failure{"validation", transfer.error().message};
      failure.context.set("hint", transfer.error().hint);
      return failure;
    }
    transfer_ = *std::move(transfer);
    return {};
  }

  void cancel() override {
    transfer_.reset();
    EffectOutcome cancelled;
    cancelled.status = EffectOutcome::Status::cancelled;
    end(std::move(cancelled));
  }

  void kill() override { cancel(); }

  [[nodiscard]] std::optional<std::int64_t> process_group() const override { return std::nullopt; }

 private:
  void heard(Result<HttpResponse, HttpFault> response) {
    transfer_.reset();
    if (!response) return end(to_outcome(failure_of(response.error())));
    if (exchange_.follow_redirects && is_redirect(*response)) return follow(*response);
    std::vector<std::string> warnings;
    mask(*response);
    EffectOutcome outcome = to_outcome(http_value(exchange_, *std::move(response), warnings));
    outcome.warnings = std::move(warnings);
    end(std::move(outcome));
  }

  /// Before it is read: as part of a value in base64 a secret would be seen no more.
  void mask(HttpResponse& response) const {
    response.body = redactor_.redact(std::move(response.body));
    for (HttpHeader& header : response.headers) {
      if (header.value) *header.value = redactor_.redact(*std::move(header.value));
    }
  }

  void follow(const HttpResponse& response) {
    if (++redirects_ > most_redirects) {
      return end(to_outcome(Failure{
          "execution", "more than 10 redirects, the last from '" + host_of(exchange_) + "'"}));
    }
    auto next = redirected(exchange_.request, response);
    if (!next) return end(to_outcome(Failure{"execution", next.error()}));
    exchange_.request = *std::move(next);
    auto started = start();
    if (!started) end(to_outcome(std::move(started).error()));
  }

  // Not from here: whoever hears of the end may destroy this.
  void end(EffectOutcome outcome) {
    if (outcome_) return;
    outcome_ = std::move(outcome);
    end_.start(std::chrono::milliseconds{0});
  }

  void end_now() {
    const auto on_done = std::move(events_.on_done);
    EffectOutcome outcome = *std::move(outcome_);
    on_done(std::move(outcome));  // may destroy this
  }

  HttpExchange exchange_;
  EventLoop& loop_;
  const core::Redactor& redactor_;
  ActivityEvents events_;
  Timer end_;
  int redirects_ = 0;
  std::optional<EffectOutcome> outcome_;
  std::unique_ptr<HttpTransfer> transfer_;
};

Result<std::optional<std::string>, Failure> file_of_body(const core::Value& input,
                                                         Scratch& scratch) {
  const core::Value* body = input.find("body");
  if (body == nullptr) return std::optional<std::string>();
  auto file = scratch.shared_text(*body);
  if (!file) return Failure{"execution", file.error().message};
  return *std::move(file);
}

}  // namespace

Result<std::unique_ptr<Activity>, Failure> start_http(const ActivityEffect& effect,
                                                      ActivityServices& services,
                                                      ActivityEvents events) {
  learn_identity(effect.input, services.redactor);
  GOFLOW_TRY(const auto body_file, file_of_body(effect.input, services.scratch));
  GOFLOW_TRY(
      HttpExchange exchange,
      make_exchange(effect.input, services.environment, services.working_directory, body_file));
  auto activity = std::make_unique<HttpActivity>(std::move(exchange), services, std::move(events));
  GOFLOW_TRY(activity->start());
  return std::unique_ptr<Activity>(std::move(activity));
}

}  // namespace goflow::engine
