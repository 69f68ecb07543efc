#include "credentials/wincred/parts.hpp"

#include "core/base/sha256.hpp"
#include "core/secret/credential_value.hpp"
#include "core/value/json.hpp"

namespace goflow::credentials {
namespace {

using core::Secret;

constexpr std::string_view mark = "__goflow_parts__:";
constexpr std::size_t most_parts = core::largest_credential / largest_entry + 1;

/// nullopt: there is no such number that makes sense.
std::optional<std::size_t> size_at(const core::Value& object, std::string_view name) {
  const core::Value* number = object.find(name);
  if (number == nullptr || !number->is_integer() || number->as_integer() < 1) return std::nullopt;
  return static_cast<std::size_t>(number->as_integer());
}

}  // namespace

std::string part_name(const core::CredentialKey& key, std::size_t number) {
  return "__goflow_part__:" + key.text() + ":" + std::to_string(number);
}

std::vector<std::string_view> split(const Secret& value) {
  std::vector<std::string_view> pieces;
  for (std::string_view rest = value.expose(); !rest.empty();) {
    pieces.push_back(rest.substr(0, largest_entry));
    rest.remove_prefix(pieces.back().size());
  }
  return pieces;
}

PartsHeader header_of(const Secret& value) {
  return {.count = split(value).size(),
          .size = value.size(),
          .sha256 = core::sha256_hex(value.expose())};
}

std::string to_entry(const PartsHeader& header) {
  return std::string(mark) +
         core::to_json(core::Object{{"count", static_cast<std::int64_t>(header.count)},
                                    {"size", static_cast<std::int64_t>(header.size)},
                                    {"sha256", header.sha256}});
}

std::optional<PartsHeader> parse_header(std::string_view entry) {
  if (!entry.starts_with(mark)) return std::nullopt;
  const auto json = core::parse_json(entry.substr(mark.size()));
  if (!json || !json->is_object()) return std::nullopt;
  const auto count = size_at(*json, "count");
  const auto size = size_at(*json, "size");
  const core::Value* sha256 = json->find("sha256");
  if (!count || !size || sha256 == nullptr || !sha256->is_text()) return std::nullopt;
  if (*count > most_parts) return std::nullopt;
  return PartsHeader{.count = *count, .size = *size, .sha256 = sha256->as_text()};
}

std::optional<Secret> join(const PartsHeader& header, const std::vector<Secret>& parts) {
  core::SecretBuffer value;
  for (const Secret& part : parts) {
    value.append(part.expose());
  }
  const bool is_whole = parts.size() == header.count && value.size() == header.size &&
                        core::sha256_hex(value.expose()) == header.sha256;
  if (!is_whole) return std::nullopt;
  return std::move(value).finish();
}

}  // namespace goflow::credentials
