#include "core/settings/secret_key.hpp"

#include "core/secret/credential_key.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace goflow::core {
namespace {

// Without what stands between the words.
constexpr std::array<std::string_view, 17> endings{"password",
                                                   "passwd",
                                                   "passphrase",
                                                   "passcode",
                                                   "secret",
                                                   "token",
                                                   "bearer",
                                                   "apikey",
                                                   "accesskey",
                                                   "accesskeyid",
                                                   "secretkey",
                                                   "privatekey",
                                                   "authkey",
                                                   "encryptionkey",
                                                   "signingkey",
                                                   "masterkey",
                                                   "connectionstring"};

/// "S3.secret_access-Key": "s3secretaccesskey".
std::string letters_of(std::string_view name) {
  std::string letters;
  for (const char character : name) {
    const bool is_upper = character >= 'A' && character <= 'Z';
    const bool is_between = character == '.' || character == '_' || character == '-' ||
                            character == ' ' || character == '/';
    if (!is_between) letters += static_cast<char>(is_upper ? character - 'A' + 'a' : character);
  }
  return letters;
}

}  // namespace

bool looks_like_secret(std::string_view name) {
  const std::string letters = letters_of(name);
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
    return letters.ends_with(ending);
  });
}

Error secret_in_config(std::string_view name) {
  const std::string key = CredentialKey::parse(name) ? std::string(name) : "KEY";
  return Error{ErrorCode::invalid_argument,
               "'" + std::string(name) + "' looks like a secret, which the settings never hold"}
      .with_hint("keep it in the keyring: goflow cred set " + key);
}

}  // namespace goflow::core
