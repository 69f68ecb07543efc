#include "credentials/encrypted_file/entries.hpp"

#include "core/secret/secret_json.hpp"
#include "core/value/json.hpp"
#include "credentials/encrypted_file/sodium.hpp"

#include <algorithm>

namespace goflow::credentials {
namespace {

using core::JsonMember;
using core::Secret;
using core::SecretBuffer;

/// The text of that name, as it is written; empty when there is none.
std::string_view quoted(const std::vector<JsonMember>& members, std::string_view name) {
  const auto member = std::find_if(members.begin(), members.end(), [&](const JsonMember& other) {
    return core::decode_json_text(other.name).expose() == name;
  });
  const bool is_text = member != members.end() && member->value.starts_with('"');
  return is_text ? member->value : std::string_view();
}

std::string public_text(std::string_view quoted) {
  return quoted.empty() ? "" : std::string(core::decode_json_text(quoted).expose());
}

std::optional<FileEntry> read_entry(std::string_view json) {
  const auto members = core::json_members(json);
  if (!members) return std::nullopt;
  const std::string_view value = quoted(*members, "value");
  // Base64 has no escapes: what stands between the marks is the text itself.
  auto bytes = value.empty() ? std::nullopt : decoded_secret(value.substr(1, value.size() - 2));
  FileEntry entry{.service = public_text(quoted(*members, "service")),
                  .account = public_text(quoted(*members, "account")),
                  .value = bytes ? *std::move(bytes) : Secret(),
                  .modified_at = core::parse_rfc3339(public_text(quoted(*members, "modified")))};
  if (entry.service.empty() || entry.account.empty() || entry.value.empty()) return std::nullopt;
  return entry;
}

void append_member(SecretBuffer& text, std::string_view name, std::string_view value) {
  text.append(core::to_json(name));
  text.append(':');
  text.append(core::to_json(value));
  text.append(',');
}

void append_entry(SecretBuffer& text, const FileEntry& entry) {
  text.append('{');
  append_member(text, "service", entry.service);
  append_member(text, "account", entry.account);
  if (entry.modified_at) {
    append_member(text, "modified", core::format_rfc3339_seconds(*entry.modified_at));
  }
  text.append("\"value\":\"");
  append_encoded(text, entry.value.expose());
  text.append("\"}");
}

}  // namespace

std::optional<std::vector<FileEntry>> read_entries(const Secret& text) {
  const auto members = core::json_members(text.expose());
  if (!members || members->size() != 1 || members->front().name != "\"entries\"") {
    return std::nullopt;
  }
  const auto items = core::json_items(members->front().value);
  if (!items) return std::nullopt;
  std::vector<FileEntry> entries;
  for (const std::string_view item : *items) {
    auto entry = read_entry(item);
    if (!entry) return std::nullopt;
    entries.push_back(*std::move(entry));
  }
  return entries;
}

Secret write_entries(const std::vector<FileEntry>& entries) {
  SecretBuffer text;
  text.append("{\"entries\":[");
  for (const FileEntry& entry : entries) {
    if (&entry != &entries.front()) text.append(',');
    append_entry(text, entry);
  }
  text.append("]}");
  return std::move(text).finish();
}

}  // namespace goflow::credentials
