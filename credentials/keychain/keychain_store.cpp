#include "credentials/keychain/keychain_store.hpp"

#include "core/secret/credential_value.hpp"
#include "credentials/keychain/keychain_text.hpp"

#include <Security/Security.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <type_traits>

namespace goflow::credentials {
namespace {

using core::CredentialKey;
using core::Error;
using core::ErrorCode;
using core::LockState;
using core::Result;
using core::Secret;
using core::StoredCredential;

struct Release {
  void operator()(const void* object) const {
    if (object != nullptr) CFRelease(object);
  }
};
/// An object of CoreFoundation that we own.
template <class Reference>
using Owned = std::unique_ptr<std::remove_pointer_t<Reference>, Release>;

Owned<CFStringRef> text_of(const std::string& text) {
  return Owned<CFStringRef>(
      CFStringCreateWithCString(kCFAllocatorDefault, text.c_str(), kCFStringEncodingUTF8));
}

std::string text_from(CFStringRef text) {
  if (text == nullptr) return "";
  const CFIndex room =
      CFStringGetMaximumSizeForEncoding(CFStringGetLength(text), kCFStringEncodingUTF8) + 1;
  std::string bytes(static_cast<std::size_t>(room), '\0');
  if (CFStringGetCString(text, bytes.data(), room, kCFStringEncodingUTF8) == 0) return "";
  bytes.resize(bytes.find('\0'));
  return bytes;
}

/// Points at the bytes of the secret, which must live as long.
Owned<CFDataRef> data_of(const Secret& text) {
  const std::string_view bytes = text.expose();
  return Owned<CFDataRef>(CFDataCreateWithBytesNoCopy(kCFAllocatorDefault,
                                                      reinterpret_cast<const UInt8*>(bytes.data()),
                                                      static_cast<CFIndex>(bytes.size()),
                                                      kCFAllocatorNull));
}

/// In the milliseconds of the system's calendar, which begins in 2001.
std::optional<core::Timestamp> time_of(const void* date) {
  if (date == nullptr) return std::nullopt;
  const double seconds =
      CFDateGetAbsoluteTime(static_cast<CFDateRef>(date)) + kCFAbsoluteTimeIntervalSince1970;
  return core::Timestamp(std::chrono::duration_cast<core::Timestamp::duration>(
      std::chrono::duration<double>(seconds)));
}

Error failure(OSStatus status) {
  const Owned<CFStringRef> words(SecCopyErrorMessageString(status, nullptr));
  const std::string said =
      words == nullptr ? "status " + std::to_string(status) : text_from(words.get());
  if (status == errSecInteractionNotAllowed) {
    return Error{ErrorCode::credential, "the keychain is locked: " + said}.with_hint(
        "unlock it: security unlock-keychain");
  }
  if (status == errSecUserCanceled) {
    return Error{ErrorCode::credential, "the keychain is locked: the prompt was dismissed"}
        .with_hint("try again, and allow goflow to use the keychain");
  }
  return Error{ErrorCode::credential, "the keychain refused: " + said}.with_hint(
      "see Keychain Access, or keep credentials in an encrypted file: export GOFLOW_KEYRING=file");
}

/// A question to the keychain, or a description of an entry.
class Query {
 public:
  explicit Query(const std::string& service)
      : terms_(CFDictionaryCreateMutable(kCFAllocatorDefault,
                                         0,
                                         &kCFTypeDictionaryKeyCallBacks,
                                         &kCFTypeDictionaryValueCallBacks)) {
    with(kSecClass, kSecClassGenericPassword);
    with(kSecAttrService, text_of(service).get());
  }
  Query& with(CFTypeRef name, CFTypeRef value) {
    CFDictionarySetValue(terms_.get(), name, value);
    return *this;
  }
  [[nodiscard]] CFDictionaryRef get() const { return terms_.get(); }

 private:
  Owned<CFMutableDictionaryRef> terms_;
};

class KeychainStore final : public core::CredentialStore {
 public:
  explicit KeychainStore(std::string service) : service_(std::move(service)) {}

  Result<void> set(const CredentialKey& key, const Secret& value) override;
  Result<std::optional<Secret>> get(const CredentialKey& key) override;
  Result<bool> remove(const CredentialKey& key) override;
  Result<bool> exists(const CredentialKey& key) override;
  Result<std::vector<StoredCredential>> list() override;
  Result<LockState> lock_state() override;

 private:
  [[nodiscard]] Query entry(const CredentialKey& key) const {
    Query query(service_);
    query.with(kSecAttrAccount, text_of(key.text()).get());
    return query;
  }
  Result<void> write(const CredentialKey& key, const Secret& text);

  const std::string service_;
};

Result<void> KeychainStore::set(const CredentialKey& key, const Secret& value) {
  GOFLOW_TRY(core::check_credential_value(value.expose()));
  GOFLOW_TRY(write(key, to_keychain_text(value)));
  GOFLOW_TRY(const auto stored, get(key));
  if (stored && stored->has_same_bytes(value)) return {};
  return Error{ErrorCode::credential,
               "the keychain does not give back what was stored for '" + key.text() + "'"}
      .with_hint("try again; if it stays so: export GOFLOW_KEYRING=file");
}

Result<void> KeychainStore::write(const CredentialKey& key, const Secret& text) {
  const auto data = data_of(text);
  const Owned<CFMutableDictionaryRef> change(CFDictionaryCreateMutable(
      kCFAllocatorDefault, 0, &kCFTypeDictionaryKeyCallBacks, &kCFTypeDictionaryValueCallBacks));
  CFDictionarySetValue(change.get(), kSecValueData, data.get());
  OSStatus status = SecItemUpdate(entry(key).get(), change.get());
  if (status == errSecItemNotFound) {
    const auto label = text_of("Password for '" + key.text() + "' on '" + service_ + "'");
    Query added = entry(key);
    added.with(kSecAttrLabel, label.get()).with(kSecValueData, data.get());
    status = SecItemAdd(added.get(), nullptr);
    // Another process was faster.
    if (status == errSecDuplicateItem) status = SecItemUpdate(entry(key).get(), change.get());
  }
  if (status != errSecSuccess) return failure(status);
  return {};
}

Result<std::optional<Secret>> KeychainStore::get(const CredentialKey& key) {
  Query query = entry(key);
  query.with(kSecReturnData, kCFBooleanTrue).with(kSecMatchLimit, kSecMatchLimitOne);
  CFTypeRef found = nullptr;
  const OSStatus status = SecItemCopyMatching(query.get(), &found);
  const Owned<CFTypeRef> owner(found);
  if (status == errSecItemNotFound) return std::optional<Secret>();
  if (status != errSecSuccess) return failure(status);
  const auto data = static_cast<CFDataRef>(found);
  auto value = from_keychain_text({reinterpret_cast<const char*>(CFDataGetBytePtr(data)),
                                   static_cast<std::size_t>(CFDataGetLength(data))});
  if (value) return value;
  return Error{ErrorCode::credential, "the value of '" + key.text() + "' is damaged"}.with_hint(
      "store it anew: goflow cred set " + key.text());
}

Result<bool> KeychainStore::remove(const CredentialKey& key) {
  const OSStatus status = SecItemDelete(entry(key).get());
  if (status == errSecItemNotFound) return false;
  if (status != errSecSuccess) return failure(status);
  return true;
}

Result<bool> KeychainStore::exists(const CredentialKey& key) {
  Query query = entry(key);
  query.with(kSecReturnAttributes, kCFBooleanTrue).with(kSecMatchLimit, kSecMatchLimitOne);
  CFTypeRef found = nullptr;
  const OSStatus status = SecItemCopyMatching(query.get(), &found);
  const Owned<CFTypeRef> owner(found);
  if (status == errSecItemNotFound) return false;
  if (status != errSecSuccess) return failure(status);
  return true;
}

Result<std::vector<StoredCredential>> KeychainStore::list() {
  Query query(service_);
  query.with(kSecReturnAttributes, kCFBooleanTrue).with(kSecMatchLimit, kSecMatchLimitAll);
  CFTypeRef found = nullptr;
  const OSStatus status = SecItemCopyMatching(query.get(), &found);
  const Owned<CFTypeRef> owner(found);
  std::vector<StoredCredential> listed;
  if (status == errSecItemNotFound) return listed;
  if (status != errSecSuccess) return failure(status);
  const auto entries = static_cast<CFArrayRef>(found);
  for (CFIndex i = 0; i < CFArrayGetCount(entries); ++i) {
    const auto attributes = static_cast<CFDictionaryRef>(CFArrayGetValueAtIndex(entries, i));
    const auto account =
        static_cast<CFStringRef>(CFDictionaryGetValue(attributes, kSecAttrAccount));
    auto key = CredentialKey::parse(text_from(account));
    if (!key) continue;  // reserved, or of a program that uses other names
    listed.push_back(
        {.key = *std::move(key),
         .created_at = time_of(CFDictionaryGetValue(attributes, kSecAttrCreationDate)),
         .updated_at = time_of(CFDictionaryGetValue(attributes, kSecAttrModificationDate))});
  }
  std::sort(
      listed.begin(), listed.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  return listed;
}

Result<LockState> KeychainStore::lock_state() {
  SecKeychainStatus state = 0;
  const OSStatus status = SecKeychainGetStatus(nullptr, &state);  // the default one
  if (status != errSecSuccess) return failure(status);
  return (state & kSecUnlockStateStatus) != 0 ? LockState::unlocked : LockState::locked;
}

}  // namespace

Result<std::unique_ptr<core::CredentialStore>> open_keychain(
    const core::CredentialNamespace& credential_namespace) {
  return std::unique_ptr<core::CredentialStore>(
      std::make_unique<KeychainStore>(credential_namespace.service()));
}

}  // namespace goflow::credentials
