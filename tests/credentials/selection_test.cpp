#include "credentials/selection.hpp"

#include "core/settings/setting.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using credentials::Backend;
using credentials::Standing;

TEST_CASE("backends are asked for by their names, and those of other systems are refused") {
  for (const Backend backend : credentials::built_backends()) {
    CHECK(*credentials::parse_backend(to_string(backend)) == backend);
  }
  for (const char* name : {"", "File", "pass", "keychain", "wincred"}) {
    const auto refused = credentials::parse_backend(name);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == core::ErrorCode::invalid_argument);
    CHECK(refused.error().message ==
          "'" + std::string(name) + "' is no keyring that this goflow can use");
    CHECK(refused.error().hint == "use one of: secret-service, file, memory");
  }
}

TEST_CASE("the setting offers the backends that are built, and no other") {
  for (const Backend backend : credentials::built_backends()) {
    const std::string name(to_string(backend));
    CHECK(core::check_setting(core::settings::credentials_backend, name).ok());
    CHECK(core::describe(core::settings::credentials_backend.type).find(name) != std::string::npos);
  }
  CHECK(core::settings::credentials_backend.default_value ==
        to_string(credentials::built_backends().front()));
  CHECK_FALSE(core::check_setting(core::settings::credentials_backend, "wincred").ok());
}

TEST_CASE("where there is no keyring, each candidate says why and each way out is told") {
  const test::TempDir home;
  const credentials::CredentialOptions options{.home = home.path()};
  const auto opened = credentials::open_credentials(options, "'prod/api-key'");
  REQUIRE_FALSE(opened.ok());
  CHECK(opened.error().code == core::ErrorCode::credential);
  CHECK(opened.error().message ==
        "no keyring is available for 'prod/api-key'\n"
        "  secret-service  refused  no session bus (DBUS_SESSION_BUS_ADDRESS is not set and none "
        "could be found)\n"
        "  file            off      only used on request");
  CHECK(opened.error().hint ==
        "log in to a desktop session, or start a session: dbus-run-session -- bash\n"
        "or keep credentials in an encrypted file: export GOFLOW_KEYRING=file");
  CHECK(home.entries().empty());

  const auto candidates = credentials::credential_candidates(options);
  REQUIRE(candidates.size() == 2);
  CHECK(candidates[0].backend == Backend::secret_service);
  CHECK(candidates[0].standing == Standing::refused);
  CHECK(candidates[1].standing == Standing::off);
}

TEST_CASE("what is asked for by name is never replaced by another") {
  const test::TempDir home;
  const auto opened = credentials::open_credentials(
      {.home = home.path(), .wanted = Backend::secret_service}, "'github'");
  REQUIRE_FALSE(opened.ok());
  CHECK(opened.error().message ==
        "no keyring is available for 'github'\n"
        "  secret-service  refused  no session bus (DBUS_SESSION_BUS_ADDRESS is not set and none "
        "could be found)");
}

TEST_CASE("the file and the memory are used on request") {
  const test::TempDir home;
  const auto key = *core::CredentialKey::parse("github");
  REQUIRE(credentials::create_key_file(home.path() + "/key").ok());
  credentials::CredentialOptions options{.home = home.path(),
                                         .wanted = Backend::file,
                                         .file_keys = {.key_file = home.path() + "/key"}};
  const auto file = credentials::open_credentials(options, "'github'");
  REQUIRE(file.ok());
  CHECK(file->backend == Backend::file);
  CHECK(file->store->set(key, core::Secret::copy_of("token")).ok());
  CHECK(home.entries() == std::vector<std::string>{"credentials.enc", "credentials.lock", "key"});
  CHECK(credentials::credential_candidates(options).at(0).standing == Standing::usable);

  options.wanted = Backend::memory;
  REQUIRE(
      credentials::open_credentials(options, "")->store->set(key, core::Secret::copy_of("m")).ok());
  const auto memory = credentials::open_credentials(options, "");
  CHECK((*memory->store->get(key))->expose() == "m");
  CHECK(memory->store->remove(key).ok());
}
