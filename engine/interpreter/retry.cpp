#include "engine/interpreter/retry.hpp"

#include <fmt/format.h>
#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::engine {

namespace {

constexpr std::array<std::string_view, 5> kinds{
    "validation", "connection", "execution", "data", "timeout"};
constexpr std::string_view kind_suffix = "_error";
constexpr std::string_view exit_prefix = "exit:";
constexpr std::string_view exhausted_prefix = "retry exhausted after ";

/// The error kind that the item names: `connection` or `connection_error`.
std::optional<std::string_view> kind_in(std::string_view item) {
  if (item.ends_with(kind_suffix)) item.remove_suffix(kind_suffix.size());
  const auto found = std::find(kinds.begin(), kinds.end(), item);
  return found == kinds.end() ? std::nullopt : std::optional(*found);
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

bool has_number(const core::Failure& failure, std::string_view member, std::int64_t number) {
  const core::Value* value = failure.context.find(member);
  return value && *value == core::Value(number);
}

struct StatusRange {
  std::int64_t first = 0;
  std::int64_t last = 0;
};

/// `503` or `5xx`.
std::optional<StatusRange> status_in(std::string_view item) {
  if (item.size() != 3 || item[0] < '1' || item[0] > '5') return std::nullopt;
  if (item.substr(1) == "xx") {
    const std::int64_t first = (item[0] - '0') * 100;
    return StatusRange{.first = first, .last = first + 99};
  }
  const auto status = number_in(item);
  return status ? std::optional(StatusRange{.first = *status, .last = *status}) : std::nullopt;
}

bool has_status(const core::Failure& failure, StatusRange range) {
  const core::Value* status = failure.context.find("status");
  return status && status->is_number() && range.first <= status->as_number() &&
         status->as_number() <= range.last;
}

bool message_matches(const core::Failure& failure, const std::string& pattern) {
  RE2::Options options;
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  return RE2::PartialMatch(failure.message, RE2(pattern, options));
}

bool matches(const core::Failure& failure, const std::string& item) {
  if (const auto kind = kind_in(item)) return failure.type == *kind;
  if (const auto range = status_in(item)) return has_status(failure, *range);
  if (item.starts_with(exit_prefix)) {
    if (const auto code = number_in(std::string_view(item).substr(exit_prefix.size()))) {
      return has_number(failure, "exit_code", *code);
    }
  }
  return message_matches(failure, item);
}

bool matches_any(const core::Failure& failure, const std::vector<std::string>& items) {
  return std::any_of(
      items.begin(), items.end(), [&](const auto& item) { return matches(failure, item); });
}

bool is_usually_repeatable(const core::Failure& failure) {
  if (failure.type == "validation" || failure.type == "cancelled") return false;
  if (!failure.context.contains("status")) return true;
  return matches_any(failure, {"408", "425", "429", "5xx"});
}

double factor(const core::RetryPolicy& policy, int failed_attempts) {
  switch (policy.backoff) {
    case core::Backoff::constant:
      return 1;
    case core::Backoff::linear:
      return failed_attempts;
    case core::Backoff::exponential:
      return std::pow(policy.multiplier, failed_attempts - 1);
  }
  return 1;
}

}  // namespace

bool is_repeatable(const core::RetryPolicy& policy, const core::Failure& failure) {
  // Somebody has decided on it.
  if (failure.type == interrupted_type) return false;
  if (matches_any(failure, policy.skip_on)) return false;
  if (policy.on.empty()) return is_usually_repeatable(failure);
  return matches_any(failure, policy.on);
}

std::chrono::milliseconds wanted_pause(const core::Failure& failure) {
  const core::Value* seconds = failure.context.find("retry_after");
  if (!seconds || !seconds->is_integer()) return std::chrono::milliseconds{0};
  // As far as it makes a difference: any number of seconds may have been written there.
  constexpr std::int64_t most = 10L * 365 * 24 * 3600;
  return std::chrono::seconds(std::clamp<std::int64_t>(seconds->as_integer(), 0, most));
}

std::chrono::milliseconds delay_after(const core::RetryPolicy& policy, int failed_attempts) {
  // In floating point, because the hundredth power of a multiplier fits into nothing else.
  const double delay =
      static_cast<double>(policy.initial_delay.count()) * factor(policy, failed_attempts);
  const double longest = static_cast<double>(policy.max_delay.count());
  return std::chrono::milliseconds(std::llround(std::min(delay, longest)));
}

std::string exhausted_message(int attempts, const std::string& last_message) {
  return fmt::format("{}{} attempts: {}", exhausted_prefix, attempts, last_message);
}

std::string without_exhaustion(const std::string& message) {
  const std::size_t colon = message.find(": ");
  if (!message.starts_with(exhausted_prefix) || colon == std::string::npos) return message;
  return message.substr(colon + 2);
}

}  // namespace goflow::engine
