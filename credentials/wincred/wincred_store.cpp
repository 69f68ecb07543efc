#include "credentials/wincred/wincred_store.hpp"

#include "core/secret/credential_value.hpp"
#include "credentials/wincred/parts.hpp"

// After it, since it needs what that one declares.
// clang-format off
#include <windows.h>
#include <wincred.h>
// clang-format on

#include <algorithm>
#include <chrono>
#include <string>

namespace goflow::credentials {
namespace {

using core::CredentialKey;
using core::Error;
using core::ErrorCode;
using core::LockState;
using core::Result;
using core::Secret;
using core::StoredCredential;

struct CredentialFree {
  void operator()(CREDENTIALW* entry) const {
    SecureZeroMemory(entry->CredentialBlob, entry->CredentialBlobSize);
    CredFree(entry);
  }
};
using Entry = std::unique_ptr<CREDENTIALW, CredentialFree>;

/// Names are letters, digits and marks: one unit each.
std::wstring wide(const std::string& text) {
  return {text.begin(), text.end()};
}

std::string narrow(std::wstring_view text) {
  std::string bytes;
  for (const wchar_t unit : text) {
    bytes += unit < 0x80 ? static_cast<char>(unit) : '?';
  }
  return bytes;
}

Error failure(DWORD reason) {
  wchar_t* words = nullptr;
  FormatMessageW(
      FORMAT_MESSAGE_ALLOCATE_BUFFER | FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS,
      nullptr,
      reason,
      0,
      reinterpret_cast<wchar_t*>(&words),
      0,
      nullptr);
  std::string said = words == nullptr ? "code " + std::to_string(reason) : narrow(words);
  LocalFree(words);
  said.erase(said.find_last_not_of(" .\r\n") + 1);
  return Error{ErrorCode::credential, "the Credential Manager refused: " + said}.with_hint(
      "log in to a desktop session, or keep credentials in an encrypted file: "
      "set GOFLOW_KEYRING=file");
}

std::optional<core::Timestamp> time_of(const FILETIME& written) {
  // Tenths of microseconds since 1601.
  constexpr std::int64_t until_1970 = 116'444'736'000'000'000;
  const std::int64_t ticks = (static_cast<std::int64_t>(written.dwHighDateTime) << 32) |
                             static_cast<std::int64_t>(written.dwLowDateTime);
  if (ticks <= until_1970) return std::nullopt;
  return core::Timestamp(std::chrono::microseconds((ticks - until_1970) / 10));
}

/// How a large value is replaced without ever being short: the parts are written first, the main
/// entry last, and what it says of them must hold when it is read. A crash in between leaves a
/// value that is told to be damaged.
class WincredStore final : public core::CredentialStore {
 public:
  explicit WincredStore(std::string service) : service_(std::move(service)) {}

  Result<void> set(const CredentialKey& key, const Secret& value) override;
  Result<std::optional<Secret>> get(const CredentialKey& key) override;
  Result<bool> remove(const CredentialKey& key) override;
  Result<bool> exists(const CredentialKey& key) override;
  Result<std::vector<StoredCredential>> list() override;
  Result<LockState> lock_state() override { return LockState::unlocked; }  // as the login is

 private:
  /// nullptr: there is none.
  Result<Entry> read(const std::string& account) const;
  Result<void> write(const std::string& account, std::string_view bytes) const;
  Result<bool> erase(const std::string& account) const;
  Result<std::size_t> parts_of(const CredentialKey& key) const;
  Result<void> erase_parts(const CredentialKey& key, std::size_t first, std::size_t end) const;
  Result<std::optional<Secret>> join_parts(const CredentialKey& key,
                                           const PartsHeader& header) const;
  [[nodiscard]] std::wstring target(const std::string& account) const {
    return wide(service_ + ":" + account);
  }

  const std::string service_;
};

std::string_view bytes_of(const Entry& entry) {
  return {reinterpret_cast<const char*>(entry->CredentialBlob), entry->CredentialBlobSize};
}

Result<void> WincredStore::set(const CredentialKey& key, const Secret& value) {
  GOFLOW_TRY(core::check_credential_value(value.expose()));
  GOFLOW_TRY(const std::size_t parts_before, parts_of(key));
  std::size_t parts = 0;
  // What looks like a header would be read as one.
  if (value.size() > largest_entry || parse_header(value.expose())) {
    for (const std::string_view piece : split(value)) {
      GOFLOW_TRY(write(part_name(key, parts), piece));
      ++parts;
    }
    GOFLOW_TRY(write(key.text(), to_entry(header_of(value))));
  } else {
    GOFLOW_TRY(write(key.text(), value.expose()));
  }
  GOFLOW_TRY(erase_parts(key, parts, parts_before));
  GOFLOW_TRY(const auto stored, get(key));
  if (stored && stored->has_same_bytes(value)) return {};
  return Error{ErrorCode::credential,
               "the Credential Manager does not give back what was stored for '" + key.text() + "'"}
      .with_hint("try again; if it stays so: set GOFLOW_KEYRING=file");
}

Result<std::optional<Secret>> WincredStore::get(const CredentialKey& key) {
  GOFLOW_TRY(const auto entry, read(key.text()));
  if (entry == nullptr) return std::optional<Secret>();
  const auto header = parse_header(bytes_of(entry));
  if (header) return join_parts(key, *header);
  return std::optional(Secret::copy_of(bytes_of(entry)));
}

Result<bool> WincredStore::remove(const CredentialKey& key) {
  GOFLOW_TRY(const std::size_t parts, parts_of(key));
  GOFLOW_TRY(const bool was_there, erase(key.text()));
  GOFLOW_TRY(erase_parts(key, 0, parts));
  return was_there;
}

Result<bool> WincredStore::exists(const CredentialKey& key) {
  GOFLOW_TRY(const auto entry, read(key.text()));
  return entry != nullptr;
}

Result<std::vector<StoredCredential>> WincredStore::list() {
  const std::string prefix = service_ + ":";
  DWORD count = 0;
  CREDENTIALW** entries = nullptr;
  std::vector<StoredCredential> listed;
  if (CredEnumerateW(wide(prefix + "*").c_str(), 0, &count, &entries) == FALSE) {
    const DWORD reason = GetLastError();
    if (reason == ERROR_NOT_FOUND) return listed;
    return failure(reason);
  }
  for (DWORD i = 0; i < count; ++i) {
    CREDENTIALW& entry = *entries[i];
    const std::string name = narrow(entry.TargetName);
    auto key = CredentialKey::parse(name.substr(std::min(prefix.size(), name.size())));
    if (key) {
      listed.push_back({.key = *std::move(key), .updated_at = time_of(entry.LastWritten)});
    }
    SecureZeroMemory(entry.CredentialBlob, entry.CredentialBlobSize);
  }
  CredFree(entries);
  std::sort(
      listed.begin(), listed.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return listed;
}

Result<Entry> WincredStore::read(const std::string& account) const {
  CREDENTIALW* found = nullptr;
  if (CredReadW(target(account).c_str(), CRED_TYPE_GENERIC, 0, &found) != FALSE) {
    return Entry(found);
  }
  const DWORD reason = GetLastError();
  if (reason == ERROR_NOT_FOUND) return Entry();
  return failure(reason);
}

Result<void> WincredStore::write(const std::string& account, std::string_view bytes) const {
  std::wstring target_name = target(account);
  std::wstring user_name = wide(account);
  CREDENTIALW entry{};
  entry.Type = CRED_TYPE_GENERIC;
  entry.TargetName = target_name.data();
  entry.UserName = user_name.data();
  entry.Persist = CRED_PERSIST_LOCAL_MACHINE;
  entry.CredentialBlobSize = static_cast<DWORD>(bytes.size());
  entry.CredentialBlob = reinterpret_cast<BYTE*>(const_cast<char*>(bytes.data()));
  if (CredWriteW(&entry, 0) != FALSE) return {};
  return failure(GetLastError());
}

Result<bool> WincredStore::erase(const std::string& account) const {
  if (CredDeleteW(target(account).c_str(), CRED_TYPE_GENERIC, 0) != FALSE) return true;
  const DWORD reason = GetLastError();
  if (reason == ERROR_NOT_FOUND) return false;
  return failure(reason);
}

Result<std::size_t> WincredStore::parts_of(const CredentialKey& key) const {
  GOFLOW_TRY(const auto entry, read(key.text()));
  const auto header = entry == nullptr ? std::nullopt : parse_header(bytes_of(entry));
  return header ? header->count : 0;
}

Result<void> WincredStore::erase_parts(const CredentialKey& key,
                                       std::size_t first,
                                       std::size_t end) const {
  for (std::size_t number = first; number < end; ++number) {
    GOFLOW_TRY(erase(part_name(key, number)));
  }
  return {};
}

Result<std::optional<Secret>> WincredStore::join_parts(const CredentialKey& key,
                                                       const PartsHeader& header) const {
  std::vector<Secret> parts;
  while (parts.size() < header.count) {
    GOFLOW_TRY(const auto entry, read(part_name(key, parts.size())));
    if (entry == nullptr) break;
    parts.push_back(Secret::copy_of(bytes_of(entry)));
  }
  auto value = join(header, parts);
  if (value) return value;
  return Error{ErrorCode::credential, "the value of '" + key.text() + "' is damaged"}.with_hint(
      "store it anew: goflow cred set " + key.text());
}

}  // namespace

Result<std::unique_ptr<core::CredentialStore>> open_wincred(
    const core::CredentialNamespace& credential_namespace) {
  return std::unique_ptr<core::CredentialStore>(
      std::make_unique<WincredStore>(credential_namespace.service()));
}

}  // namespace goflow::credentials
