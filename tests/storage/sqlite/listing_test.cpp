#include "storage/sqlite/listing.hpp"

#include "storage/sqlite/sqlite_execution_store.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/raw_database.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using enum core::ExecutionStatus;

TEST_CASE("every listing comes out of an index in its order, without sorting") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  const test::FixedClock clock(test::noon);
  REQUIRE(storage::open_execution_store(path, clock).ok());
  test::RawDatabase database(path);

  const auto plan = [&](const core::ExecutionFilter& filter) {
    std::string plans;
    for (const bool continued : {false, true}) {
      std::optional<core::PagePosition> after;
      if (continued) after = core::PagePosition{test::noon, "wex-1"};
      plans += database.run("EXPLAIN QUERY PLAN " + storage::make_listing(filter, after).sql);
    }
    CHECK(plans.find("TEMP B-TREE") == std::string::npos);
    CHECK(plans.find("SCAN e\n") == std::string::npos);
    return plans;
  };
  const auto uses = [](const std::string& plans, const std::string& index) {
    CAPTURE(plans);
    CHECK(plans.find("e USING INDEX " + index) != std::string::npos);
  };
  uses(plan({}), "executions_listing");
  uses(plan({.since = test::noon, .until = test::noon}), "executions_listing");
  uses(plan({.workflow_id = "nightly"}), "executions_by_workflow");
  uses(plan({.workflow_id = "nightly", .since = test::noon}), "executions_by_workflow");
  uses(plan({.statuses = {failed}}), "executions_by_status");
  uses(plan({.statuses = {failed, timed_out, running}}), "executions_by_status");
  uses(plan({.workflow_id = "nightly", .statuses = {failed}}), "executions_by_workflow_status");
  uses(plan({.workflow_id = "nightly", .statuses = {failed, running}, .until = test::noon}),
       "executions_by_workflow_status");
  uses(plan({.instance_id = "win-1"}), "executions_by_instance");

  // The seek has to begin at the page, and not at a bound that is far away.
  const core::PagePosition after{test::noon, "wex-1"};
  CHECK(storage::make_listing({.until = test::noon + std::chrono::hours(1)}, after).sql ==
        storage::make_listing({}, after).sql);

  const auto begins_with = [](const std::string& plans, const std::string& index) {
    CAPTURE(plans);
    CHECK(plans.find("INDEX " + index) != std::string::npos);
  };
  begins_with(plan({.statuses = {failed}, .tags = {"eu"}}), "tags_listing");
  begins_with(plan({.labels = {{"env", "prod"}}}), "labels_listing");
  begins_with(plan({.labels = {{"env", std::nullopt}}}), "labels_by_key");
}

TEST_CASE("a search finds what is near and what is far in the order of the listing") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  const test::FixedClock clock(test::noon);
  auto store = storage::open_execution_store(path, clock);
  REQUIRE(store.ok());
  // Of each four rows one is rare, one in 600 is rarer; the times of some pairs are the same, and
  // the order in which the rows are stored says nothing.
  test::RawDatabase database(path);
  database.run(R"(
      WITH RECURSIVE number(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i < 2999)
      INSERT INTO executions (id, workflow_id, workflow_version, status, started_at, created_at, name)
        SELECT printf('wex-%04d', i * 7 % 3000), 'w', '1.0', 'completed', '2026-01-01T00:00:00Z',
          strftime('%Y-%m-%dT%H:%M:%f000Z', 1700000000 + (i * 7 % 3000) / 2, 'unixepoch'),
          CASE WHEN i * 7 % 600 = 0 THEN 'a Rare Rarer one' WHEN i % 4 = 0 THEN 'rare' END
        FROM number)");
  for (const char* wanted : {"rare", "RARER", "wex-0004", "none of them"}) {
    CAPTURE(wanted);
    core::ExecutionFilter filter;
    filter.search = wanted;
    std::string listed;
    std::optional<core::PagePosition> after;
    do {
      const auto page = (*store)->list(filter, 7, after);
      REQUIRE(page.ok());
      CHECK(page->executions.size() <= 7);
      for (const core::Execution& execution : page->executions) {
        listed += (listed.empty() ? "" : "\n") + execution.id;
      }
      after = page->next;
    } while (after);
    const std::string text = wanted;
    CHECK(listed == database.run("SELECT id FROM executions WHERE instr(lower(coalesce(name, '')),"
                                 " lower('" +
                                 text + "')) OR instr(id, '" + text +
                                 "') ORDER BY created_at DESC, id DESC"));
  }
}

TEST_CASE("runs are counted by workflow and status, whatever happens to them") {
  test::TempDir dir;
  const std::string path = dir.path() + "/goflow.db";
  const test::FixedClock clock(test::noon);
  auto store = storage::open_execution_store(path, clock);
  REQUIRE(store.ok());
  REQUIRE(test::create_series(**store));
  test::RawDatabase database(path);
  const std::string counts =
      "SELECT workflow_id, status, n FROM execution_counts WHERE n <> 0 ORDER BY 1, 2";
  CHECK(database.run(counts) ==
        "nightly|completed|1\nnightly|failed|1\nnightly|running|1\nweekly|completed|1\n"
        "weekly|failed|1");
  core::Execution end = test::an_execution("wex-5");
  end.status = completed;
  core::JournalBatch batch{.execution = end};
  REQUIRE(test::own(**store, "wex-5")->commit(batch).ok());
  database.run("PRAGMA foreign_keys = ON; DELETE FROM executions WHERE id IN ('wex-2', 'wex-3')");
  CHECK(database.run(counts) == "nightly|completed|2\nweekly|failed|1");
}
