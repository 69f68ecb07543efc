#include "core/settings/secret_key.hpp"

#include "core/settings/setting.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::looks_like_secret;

TEST_CASE("a name that ends in the word for a secret looks like one, however it is written") {
  for (const char* name : {"password",
                           "DB_PASSWORD",
                           "token",
                           "github.token",
                           "secret_access_key",
                           "blob_storage.secret-access-key",
                           "secretAccessKey",
                           "access_key_id",
                           "clientSecret",
                           "apikey",
                           "api-key",
                           "private_key",
                           "credentials.passphrase"}) {
    CAPTURE(name);
    CHECK(looks_like_secret(name));
  }
}

TEST_CASE("a name that only speaks of a secret is that of a setting") {
  for (const char* name : {"editor",
                           "token_url",
                           "max_tokens",
                           "password_file",
                           "passphrase_file",
                           "key_file",
                           "keyboard",
                           "author",
                           "blob_storage.access_key_id_credential",
                           "secrets.backend",
                           "sort_key",
                           ""}) {
    CAPTURE(name);
    CHECK_FALSE(looks_like_secret(name));
  }
  for (const core::Setting* setting : core::all_settings()) {
    CAPTURE(setting->name);
    CHECK_FALSE(looks_like_secret(setting->name));
  }
}

TEST_CASE("what keeps a secret is named with its key, if it can be one") {
  CHECK(core::secret_in_config("s3/secret_access_key").hint ==
        "keep it in the keyring: goflow cred set s3/secret_access_key");
  CHECK(core::secret_in_config("my password").hint ==
        "keep it in the keyring: goflow cred set KEY");
}
