// Sees to it that what is large leaves the process as soon as it has come into being.
#pragma once

#include "core/base/clock.hpp"
#include "core/claimcheck/claim_check.hpp"
#include "core/secret/redactor.hpp"
#include "core/value/value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// Of one run. Without a claim check, and while the store cannot take anything, values stay as they
/// are.
class LargeValues {
 public:
  LargeValues(ClaimCheck* claim_check,
              std::string execution_id,
              const Redactor& redactor,
              const Clock& clock)
      : claim_check_(claim_check),
        execution_id_(std::move(execution_id)),
        redactor_(redactor),
        clock_(clock) {}

  /// The same value, kept elsewhere if it is large. One with members that are stays as it is. It
  /// came into being at this path; empty: in no node.
  Value kept(Value value, const std::string& name, std::string_view path);
  /// The same value. If it is an object, each of its members is looked at by itself. May throw
  /// PayloadUnavailable, for what is deep within them.
  Value kept_fields(Value record, const std::string& name, std::string_view path);
  /// The same of what the run was given.
  Object kept_inputs(const Object& inputs);
  /// What is not so long stays in the history.
  [[nodiscard]] std::size_t threshold_bytes() const;
  /// For what is put away without this, on whichever thread; nullptr: it stays where it is.
  [[nodiscard]] ClaimCheck* open_claim_check() const { return is_off() ? nullptr : claim_check_; }
  /// What became of it.
  void note(const Result<Claim>& put);
  /// The value that was put away so.
  [[nodiscard]] Value behind(const Claim& claim, Encoding encoding, ValueOrigin origin) const;
  /// Frees the memory of what was read. Nobody may hold a reference into it.
  void let_go();
  /// What could not be kept elsewhere, and why; one for a run is enough.
  [[nodiscard]] const std::vector<std::string>& warnings() const { return warnings_; }

 private:
  [[nodiscard]] bool is_off() const;
  [[nodiscard]] bool may_be_large(const Value& value) const;
  [[nodiscard]] bool is_large(const Value& value) const;
  template <class OriginOf>
  Object kept_members(const Object& members, const OriginOf& origin_of);
  Value put_away(Value value, ValueOrigin origin);

  ClaimCheck* claim_check_;
  std::string execution_id_;
  const Redactor& redactor_;
  const Clock& clock_;
  std::optional<Timestamp> failed_at_ = std::nullopt;
  std::vector<std::string> warnings_;
};

}  // namespace goflow::core
