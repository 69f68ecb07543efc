#include "storage/sqlite/blob_index.hpp"

#include "storage/sqlite/blob_references.hpp"
#include "tests/contract/blob_index_contract.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/opened_database.hpp"
#include "tests/support/raw_database.hpp"
#include "tests/support/stored_blobs.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using namespace std::chrono_literals;
using test::RawDatabase;

namespace {

class SqlitePlace final : public test::BlobIndexPlace {
 public:
  core::BlobIndex& index() override { return *index_; }

  void record_run(const std::string& id,
                  core::ExecutionStatus status,
                  std::optional<core::Timestamp> end) override {
    const std::string time = end ? "'" + core::format_rfc3339(*end) + "'" : "NULL";
    run("INSERT INTO executions (id, workflow_id, workflow_version, status, started_at, "
        "completed_at) VALUES ('" +
        id + "', 'nightly', '1.0', '" + std::string(to_string(status)) +
        "', '2026-01-19T12:00:00.000000Z', " + time +
        ") ON CONFLICT (id) DO UPDATE SET status = excluded.status, completed_at = "
        "excluded.completed_at");
  }
  void put_within(const std::string& id, const std::string& outer_id) override {
    run("UPDATE executions SET parent_execution_id = '" + outer_id + "' WHERE id = '" + id + "'");
  }
  void delete_run(const std::string& id) override {
    run("DELETE FROM executions WHERE id = '" + id + "'");
  }
  core::Result<void> refer(const std::vector<core::BlobReference>& references) override {
    return database_->write([&] { return storage::write_references(*database_, references); });
  }

  std::string rows(const std::string& sql) { return RawDatabase(path_).run(sql); }

 private:
  std::unique_ptr<core::BlobIndex> open() {
    auto opened = storage::open_blob_index(path_, clock_);
    REQUIRE(opened.ok());
    return *std::move(opened);
  }
  void run(const std::string& sql) { REQUIRE(test::execute(*database_, sql).ok()); }

  test::TempDir dir_;
  std::string path_ = dir_.path() + "/goflow.db";
  test::FixedClock clock_{test::noon};
  std::unique_ptr<core::BlobIndex> index_ = open();
  // As the journal of a run has one.
  std::unique_ptr<storage::Database> database_ = test::open_database(path_);
};

std::unique_ptr<test::BlobIndexPlace> make_place() {
  return std::make_unique<SqlitePlace>();
}

}  // namespace

TEST_CASE("the register in SQLite keeps the contract of the register of blobs") {
  test::blob_index_contract(make_place);
}

TEST_CASE("the register in SQLite keeps the contract of what gc asks") {
  test::blob_collection_contract(make_place);
}

TEST_CASE("a blob and what refers to it are rows that other programs can read") {
  SqlitePlace place;
  place.record_run("wex-1", core::ExecutionStatus::running, std::nullopt);
  core::BlobDraft draft = test::a_draft("\"hello\"");
  REQUIRE(place.index().begin_put(draft, test::noon).ok());
  REQUIRE(place.index().note_stored(draft.key, 3, core::Codec::gzip, test::noon + 1s).ok());
  REQUIRE(place.refer({test::a_reference(draft.key, "wex-1")}).ok());
  CHECK(place.rows("SELECT * FROM blobs") ==
        "5aa762ae-383f-8b72-baf3-c7a36d4940a5|" + draft.sha256 +
            "|7|3|gzip|filesystem:@home/blobs|present|run|2026-01-19T12:00:00.000000Z|"
            "2026-01-19T12:00:01.000000Z|");
  CHECK(place.rows("SELECT * FROM blob_refs") ==
        "wex-1|execution|wex-1|inputs/x|5aa762ae-383f-8b72-baf3-c7a36d4940a5|json");
}

TEST_CASE("a reference to a blob that expired says when that was") {
  SqlitePlace place;
  place.record_run("wex-1", core::ExecutionStatus::completed, test::noon);
  const auto key = test::store_blob(place.index(), test::a_draft("hello"), test::noon);
  REQUIRE(place.refer({test::a_reference(*key, "wex-1")}).ok());
  REQUIRE(place.index().mark_one(*key, /*force=*/true, test::noon + 24h).ok());
  REQUIRE(place.index().settle({*key}).ok());
  place.record_run("wex-2", core::ExecutionStatus::running, std::nullopt);
  const auto refused = place.refer({test::a_reference(*key, "wex-2")});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message == "blob '" + key->text() + "' expired on 2026-01-20");
}

TEST_CASE("a row that makes no sense is left out and left alone") {
  SqlitePlace place;
  place.rows(
      "INSERT INTO blobs (key, sha256, size_bytes, codec, store, state, origin, stored_at, "
      "touched_at) VALUES ('../etc/passwd', 'x', 1, 'none', 's', 'present', 'run', 'x', 'x'), "
      "('5aa762ae-383f-8b72-baf3-c7a36d4940a5', 'x', 1, 'brotli', 's', 'present', 'run', 'x', "
      "'x')");
  CHECK(place.index().list({})->empty());
  const auto survey = place.index().survey({}, test::noon);
  REQUIRE(survey.ok());
  CHECK(survey->can_go.empty());
  CHECK(survey->in_use == 2);
}

TEST_CASE("the register outlives its connection") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  const test::FixedClock clock(test::noon);
  REQUIRE(
      (*storage::open_blob_index(path, clock))->begin_put(test::a_draft("hello"), test::noon).ok());
  CHECK((*storage::open_blob_index(path, clock))->find(test::a_draft("hello").key)->has_value());
}
