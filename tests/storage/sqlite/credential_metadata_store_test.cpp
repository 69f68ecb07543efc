#include "storage/sqlite/credential_metadata_store.hpp"

#include "tests/contract/credential_metadata_store_contract.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/raw_database.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using test::RawDatabase;

namespace {

struct StoreFolder {
  std::unique_ptr<core::CredentialMetadataStore> make() {
    auto store = storage::open_credential_metadata(path, clock);
    REQUIRE(store.ok());
    return *std::move(store);
  }

  test::TempDir dir;
  std::string path = dir.path() + "/goflow.db";
  test::FixedClock clock{test::noon};
};

const core::CredentialNamespace no_namespace;

}  // namespace

TEST_CASE("the SQLite store keeps the contract of what is known of credentials") {
  StoreFolder folder;
  test::credential_metadata_store_contract([&] { return folder.make(); });
}

TEST_CASE("what is known of a credential is a row that other programs can read") {
  StoreFolder folder;
  const auto key = core::CredentialKey::parse("prod/db");
  REQUIRE(folder.make()
              ->put(no_namespace,
                    *key,
                    {.created_at = test::noon,
                     .updated_at = test::noon,
                     .labels = {{"env", "prod"}},
                     .kind = "structured",
                     .public_fields = {"user"}})
              .ok());
  CHECK(RawDatabase(folder.path).run("SELECT * FROM credential_metadata") ==
        "|prod/db|2026-01-19T12:00:00.000000Z|2026-01-19T12:00:00.000000Z|||{\"env\":\"prod\"}|"
        "structured|[\"user\"]|");
}

TEST_CASE("a row that nobody could name is left out, and one that makes no sense stops nobody") {
  StoreFolder folder;
  auto store = folder.make();
  RawDatabase(folder.path)
      .run(
          "INSERT INTO credential_metadata (key, created_at, updated_at, labels, public_fields) "
          "VALUES ('__goflow_index__', 'x', 'x', '{}', '[]'), ('odd', 'x', 'x', '[', '7')");
  const auto listed = store->list();
  REQUIRE(listed.ok());
  REQUIRE(listed->size() == 1);
  CHECK(listed->front().key.text() == "odd");
  CHECK(listed->front().metadata.created_at == core::Timestamp());
  CHECK(listed->front().metadata.labels.empty());
  CHECK(listed->front().metadata.public_fields.empty());
}

TEST_CASE("what is known of a credential outlives the store") {
  StoreFolder folder;
  const auto key = core::CredentialKey::parse("github");
  REQUIRE(folder.make()
              ->put(no_namespace,
                    *key,
                    {.created_at = test::noon, .updated_at = test::noon, .description = "kept"})
              .ok());
  CHECK((*folder.make()->find(no_namespace, *key))->description == "kept");
}
