#include "core/claimcheck/claim.hpp"

#include <string>

namespace goflow::core {
namespace {

constexpr std::string_view type_of_claims = "claim_check_ref";

const std::string* text_member(const Value& object, std::string_view name) {
  const Value* member = object.find(name);
  return member && member->is_text() ? &member->as_text() : nullptr;
}

}  // namespace

Claim claim_of(const BlobRecord& record) {
  return Claim{.key = record.key,
               .size_bytes = record.size_bytes,
               .compressed = record.codec != Codec::none,
               .stored_at = std::chrono::floor<std::chrono::seconds>(record.stored_at)};
}

Value to_value(const Claim& claim) {
  return Object{{"_type", type_of_claims},
                {"key", claim.key.text()},
                {"size_bytes", static_cast<std::int64_t>(claim.size_bytes)},
                {"compressed", claim.compressed},
                {"stored_at", format_rfc3339_seconds(claim.stored_at)}};
}

std::optional<Claim> read_claim(const Value& value) {
  const std::string* type = text_member(value, "_type");
  const std::string* key = text_member(value, "key");
  const Value* size = value.find("size_bytes");
  if (!type || *type != type_of_claims || !key || !size || !size->is_integer()) return std::nullopt;
  auto parsed = BlobKey::parse(*key);
  if (!parsed || size->as_integer() < 0) return std::nullopt;
  Claim claim{.key = *std::move(parsed),
              .size_bytes = static_cast<std::uint64_t>(size->as_integer()),
              .compressed = false,
              .stored_at = {}};
  const Value* compressed = value.find("compressed");
  claim.compressed = compressed && compressed->is_boolean() && compressed->as_boolean();
  const std::string* stored_at = text_member(value, "stored_at");
  if (const auto time = parse_rfc3339(stored_at ? *stored_at : "")) claim.stored_at = *time;
  return claim;
}

}  // namespace goflow::core
