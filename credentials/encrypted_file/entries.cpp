#include "credentials/encrypted_file/entries.hpp"

#include "core/secret/secret_json.hpp"
#include "credentials/encrypted_file/sodium.hpp"

#include <algorithm>

namespace goflow::credentials {
namespace {

using core::Secret;
using core::SecretBuffer;

std::optional<FileEntry> read_entry(std::string_view json) {
  const auto members = core::json_members(json);
  if (!members) return std::nullopt;
  // None of these has a letter that JSON would escape.
  FileEntry entry{.service = std::string(core::plain_text_of(*members, "service")),
                  .account = std::string(core::plain_text_of(*members, "account")),
                  .modified_at = core::parse_rfc3339(core::plain_text_of(*members, "modified")),
                  .encoded = core::plain_text_of(*members, "value")};
  const bool is_whole = !entry.service.empty() && !entry.account.empty() && !entry.encoded.empty();
  return is_whole ? std::optional(std::move(entry)) : std::nullopt;
}

void append_member(SecretBuffer& text, std::string_view quoted_name, std::string_view value) {
  text.append(quoted_name);
  text.append(":\"");
  text.append(value);
  text.append("\",");
}

void append_entry(SecretBuffer& text, const FileEntry& entry) {
  text.append('{');
  append_member(text, "\"service\"", entry.service);
  append_member(text, "\"account\"", entry.account);
  if (entry.modified_at) {
    append_member(text, "\"modified\"", core::format_rfc3339_seconds(*entry.modified_at));
  }
  append_member(text, "\"value\"", entry.encoded);
  text.shrink_to(text.size() - 1);  // the last comma
  text.append('}');
}

}  // namespace

std::optional<FileEntries> FileEntries::read(Secret text) {
  const auto members = core::json_members(text.expose());
  if (!members || members->size() != 1 || members->front().name != "\"entries\"") {
    return std::nullopt;
  }
  const auto items = core::json_items(members->front().value);
  if (!items) return std::nullopt;
  FileEntries entries;
  for (const std::string_view item : *items) {
    auto entry = read_entry(item);
    if (!entry) return std::nullopt;
    entries.entries_.push_back(*std::move(entry));
  }
  // Its bytes stay where they are when it moves.
  entries.texts_.push_back(std::move(text));
  return entries;
}

Secret FileEntries::write() const {
  SecretBuffer text;
  text.append("{\"entries\":[");
  for (const FileEntry& entry : entries_) {
    if (&entry != &entries_.front()) text.append(',');
    append_entry(text, entry);
  }
  text.append("]}");
  return std::move(text).finish();
}

const FileEntry* FileEntries::find(std::string_view service, std::string_view account) const {
  const auto entry = std::find_if(entries_.begin(), entries_.end(), [&](const FileEntry& other) {
    return other.service == service && other.account == account;
  });
  return entry == entries_.end() ? nullptr : &*entry;
}

std::optional<Secret> FileEntries::value_of(const FileEntry& entry) {
  return decoded_secret(entry.encoded);
}

void FileEntries::set(const std::string& service,
                      const std::string& account,
                      const Secret& value,
                      core::Timestamp now) {
  remove(service, account);
  texts_.push_back(encoded_secret(value));
  entries_.push_back({.service = service,
                      .account = account,
                      .modified_at = now,
                      .encoded = texts_.back().expose()});
}

bool FileEntries::remove(std::string_view service, std::string_view account) {
  return std::erase_if(entries_, [&](const FileEntry& entry) {
           return entry.service == service && entry.account == account;
         }) > 0;
}

}  // namespace goflow::credentials
