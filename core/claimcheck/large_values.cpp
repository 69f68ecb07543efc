#include "core/claimcheck/large_values.hpp"

#include "core/expression/budget.hpp"

#include <chrono>
#include <utility>

namespace goflow::core {
namespace {

// A store that is down is not asked for every value.
constexpr std::chrono::seconds pause_after_failure{30};

bool has_claims(const Object& members) {
  for (const auto& [name, member] : members) {
    if (member.payload()) return true;
  }
  return false;
}

}  // namespace

Value LargeValues::kept(Value value, const std::string& name, std::string_view path) {
  if (is_off() || value.payload()) return value;
  const bool has_left = value.is_object() && has_claims(value.as_object());
  if (has_left || !is_large(value)) return value;
  return put_away(std::move(value), made_at(name, execution_id_, path));
}

Value LargeValues::kept_fields(Value record, const std::string& name, std::string_view path) {
  if (is_off() || record.payload() || !record.is_object()) {
    return kept(std::move(record), name, path);
  }
  if (!may_be_large(record)) return record;
  return kept_members(record.as_object(), [&](const std::string& member) {
    return made_at(member, execution_id_, path);
  });
}

Object LargeValues::kept_inputs(const Object& inputs) {
  if (is_off()) return inputs;
  return kept_members(inputs,
                      [&](const std::string& input) { return given_as(input, execution_id_); });
}

// What is kept elsewhere deep within a member comes back to become part of it.
template <class OriginOf>
Object LargeValues::kept_members(const Object& members, const OriginOf& origin_of) {
  Object kept;
  for (const auto& [name, member] : members) {
    const bool stays = member.payload() || !is_large(member);
    kept.set(name, stays ? member : put_away(member, origin_of(name)));
  }
  return kept;
}

std::size_t LargeValues::threshold_bytes() const {
  return claim_check_ != nullptr ? claim_check_->settings().threshold_bytes
                                 : ClaimCheckSettings().threshold_bytes;
}

void LargeValues::note(const Result<Claim>& put) {
  if (put) return failed_at_.reset();
  failed_at_ = clock_.now();
  if (!warnings_.empty()) return;
  warnings_.push_back("large values stay in the history: " + put.error().message);
}

Value LargeValues::behind(const Claim& claim, Encoding encoding, ValueOrigin origin) const {
  return Value(std::make_shared<ClaimedValue>(claim, encoding, std::move(origin), *claim_check_));
}

void LargeValues::let_go() {
  if (claim_check_ != nullptr) claim_check_->let_go();
}

bool LargeValues::is_off() const {
  if (claim_check_ == nullptr || !claim_check_->settings().enabled) return true;
  return failed_at_ && clock_.now() - *failed_at_ < pause_after_failure;
}

// Escapes make a text longer than it is counted, six times at most.
bool LargeValues::may_be_large(const Value& value) const {
  constexpr std::size_t longest_escape = 6;
  const std::size_t threshold = threshold_bytes();
  return !expression::json_size(value, (threshold - 1) / longest_escape);
}

bool LargeValues::is_large(const Value& value) const {
  const std::size_t threshold = threshold_bytes();
  if (!expression::json_size(value, threshold - 1)) return true;
  return may_be_large(value) && encoded(value).size() >= threshold;
}

Value LargeValues::put_away(Value value, ValueOrigin origin) {
  value = redactor_.redact(value);
  const std::string payload = encoded(value);
  // Without its secrets it may be small.
  if (payload.size() < threshold_bytes()) return value;
  auto claim = claim_check_->put(payload, {.execution_id = execution_id_});
  note(claim);
  if (!claim) return value;
  return behind(*claim, Encoding::json, std::move(origin));
}

}  // namespace goflow::core
