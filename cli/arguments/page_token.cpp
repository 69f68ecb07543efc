#include "cli/arguments/page_token.hpp"

#include "core/base/base64.hpp"
#include "core/base/sha256.hpp"
#include "core/value/json.hpp"

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;
using core::Object;
using core::Result;
using core::Value;

constexpr std::int64_t version = 1;

/// Tells filters apart, and a damaged token from a whole one.
std::string seal_of(const Object& token, const FilterArguments& filters) {
  const auto words = [](const std::vector<std::string>& list) {
    return core::Array(list.begin(), list.end());
  };
  const auto word = [](const std::optional<std::string>& text) {
    return text ? Value(*text) : Value();
  };
  const core::Array all{token,
                        word(filters.workflow),
                        word(filters.instance),
                        words(filters.statuses),
                        word(filters.since),
                        word(filters.until),
                        words(filters.tags),
                        words(filters.labels),
                        word(filters.search),
                        filters.all_levels};
  constexpr std::size_t enough = 16;
  return core::sha256_hex(core::to_json(all)).substr(0, enough);
}

Value time_or_null(const std::optional<core::Timestamp>& time) {
  return time ? Value(core::format_rfc3339(*time)) : Value();
}

std::optional<core::Timestamp> time_member(const Value& token, std::string_view name) {
  const Value* member = token.find(name);
  if (member == nullptr || !member->is_text()) return std::nullopt;
  return core::parse_rfc3339(member->as_text());
}

Error unusable() {
  return Error{ErrorCode::invalid_argument, "--after: the token is damaged or of another list"}
      .with_hint("use 'next' of --json --paged, with the same filters");
}

}  // namespace

std::string make_page_token(const core::PagePosition& position,
                            const FilterArguments& arguments,
                            const core::ExecutionFilter& filter) {
  Object token{{"v", version},
               {"c", core::format_rfc3339(position.created_at)},
               {"i", position.id},
               {"s", time_or_null(filter.since)},
               {"u", time_or_null(filter.until)}};
  token.set("f", seal_of(token, arguments));
  return core::encode_base64(core::to_json(token));
}

Result<core::PagePosition> read_page_token(const std::string& text,
                                           const FilterArguments& arguments,
                                           core::ExecutionFilter& filter) {
  const auto json = core::decode_base64(text);
  if (!json) return unusable();
  const auto token = core::parse_json(*json);
  if (!token || !token->is_object()) return unusable();
  Object unsealed = token->as_object();
  unsealed.remove("f");
  const Value* seal = token->find("f");
  if (seal == nullptr || *seal != Value(seal_of(unsealed, arguments))) return unusable();
  const auto created_at = time_member(*token, "c");
  const Value* id = token->find("i");
  if (!created_at || id == nullptr || !id->is_text()) return unusable();
  filter.since = time_member(*token, "s");
  filter.until = time_member(*token, "u");
  return core::PagePosition{*created_at, id->as_text()};
}

}  // namespace goflow::cli
