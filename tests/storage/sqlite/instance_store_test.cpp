#include "storage/sqlite/instance_store.hpp"

#include "storage/sqlite/migrations.hpp"
#include "storage/sqlite/sqlite_execution_store.hpp"
#include "tests/contract/instance_store_contract.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/instance_rows.hpp"
#include "tests/support/raw_database.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

using namespace goflow;

namespace {

/// Both stores over one connection, as in the program.
class SqlitePlace final : public test::InstancePlace {
 public:
  SqlitePlace() {
    auto opened = storage::open_history(path_, test::FixedClock{test::noon}, [](const auto&) {});
    REQUIRE(opened.ok());
    instances_ = storage::make_instance_store(*opened);
    executions_ = storage::make_execution_store(*opened);
  }

  core::InstanceStore& instances() override { return *instances_; }
  core::ExecutionStore& executions() override { return *executions_; }
  std::string rows(const std::string& sql) { return test::RawDatabase(path_).run(sql); }

 private:
  test::TempDir dir_;
  std::string path_ = dir_.path() + "/goflow.db";
  std::unique_ptr<core::InstanceStore> instances_;
  std::unique_ptr<core::ExecutionStore> executions_;
};

}  // namespace

TEST_CASE("the SQLite store keeps the contract of instance stores") {
  test::instance_store_contract([] { return std::make_unique<SqlitePlace>(); });
}

TEST_CASE("an instance and the default of a workflow are rows that other programs can read") {
  SqlitePlace place;
  core::Instance instance = test::an_instance("win-1", "nightly-eu");
  instance.inputs = core::Object{{"region", "eu"}};
  instance.credentials = {"tenant-a", {{"github", "prod/github"}}};
  REQUIRE(place.instances().create(instance).ok());
  REQUIRE(place.instances().set_default("nightly", "win-1", test::noon).ok());
  CHECK(place.rows("SELECT id, slug, workflow_id, inputs, env, credentials, labels, created_at "
                   "FROM instances") ==
        "win-1|nightly-eu|nightly|{\"region\":\"eu\"}|{}|"
        "{\"namespace\":\"tenant-a\",\"bind\":{\"github\":\"prod/github\"}}|{}|"
        "2026-01-19T12:00:00.000000Z");
  CHECK(place.rows("SELECT * FROM workflow_status") == "nightly|win-1|2026-01-19T12:00:00.000000Z");
}
