#include "tests/contract/execution_store_contract.hpp"

#include "core/base/sha256.hpp"
#include "tests/contract/contract_case.hpp"
#include "tests/support/history_rows.hpp"

#include <doctest/doctest.h>

namespace goflow::test {
namespace {

using namespace std::chrono_literals;
using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::Object;
using Store = core::ExecutionStore;

std::vector<std::string> ids(const core::ExecutionPage& page) {
  std::vector<std::string> names;
  for (const Execution& execution : page.executions) {
    names.push_back(execution.id);
  }
  return names;
}

/// Walks all pages of the given size.
std::vector<std::string> walk(Store& store, const core::ExecutionFilter& filter, int limit) {
  std::vector<std::string> names;
  std::optional<core::PagePosition> after;
  do {
    const auto page = store.list(filter, limit, after);
    REQUIRE(page.ok());
    for (const std::string& id : ids(*page)) {
      names.push_back(id);
    }
    after = page->next;
  } while (after);
  return names;
}

void an_execution_is_found_as_it_was_created(Store& store) {
  Execution execution = an_execution("wex-1");
  execution.inputs = Object{{"region", "eu"}, {"factor", 5.0}, {"none", nullptr}};
  execution.deadline_at = noon + 1h;
  execution.working_directory = "/srv/data";
  REQUIRE(store.create(execution, "name: nightly").ok());

  const auto found = store.find("wex-1");
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  const Execution& read = **found;
  CHECK(read.workflow_id == "nightly");
  CHECK(read.workflow_version == "1.0");
  CHECK(read.status == ExecutionStatus::pending);
  CHECK(read.created_at == noon);
  CHECK_FALSE(read.started_at.has_value());
  CHECK(read.deadline_at == noon + 1h);
  CHECK(read.working_directory == "/srv/data");
  CHECK(read.inputs == execution.inputs);
  CHECK(read.inputs.find("factor")->is_float());
  CHECK(read.return_value.is_null());
  CHECK_FALSE(read.owner.has_value());
  CHECK(read.definition_sha256 == core::sha256_hex("name: nightly"));
  CHECK(*store.definition(read.definition_sha256) == "name: nightly");
}

void what_is_not_there_is_told_apart_from_failure(Store& store) {
  const auto found = store.find("wex-none");
  REQUIRE(found.ok());
  CHECK_FALSE(found->has_value());
  CHECK_FALSE(store.latest(std::nullopt)->has_value());
  CHECK(store.latest_by_workflow()->empty());
  CHECK(store.nodes("wex-none")->empty());
  CHECK(store.logs("wex-none")->empty());
  CHECK(store.definition("00").error().code == ErrorCode::not_found);
  CHECK(store.request_cancel("wex-none", {.requested_at = noon, .by = "ann"}).error().code ==
        ErrorCode::not_found);
  CHECK(store.take_ownership("wex-none", an_owner(), always).error().message ==
        "no execution 'wex-none'");
}

void an_id_is_taken_once_and_a_definition_is_shared(Store& store) {
  REQUIRE(store.create(an_execution("wex-1"), "same").ok());
  REQUIRE(store.create(an_execution("wex-2"), "same").ok());
  const auto again = store.create(an_execution("wex-1"), "other");
  REQUIRE_FALSE(again.ok());
  CHECK(again.error().code == ErrorCode::already_exists);
  CHECK((*store.find("wex-1"))->definition_sha256 == core::sha256_hex("same"));
  CHECK_FALSE(store.definition(core::sha256_hex("other")).ok());
}

void an_id_may_be_shortened_to_its_beginning_or_ending(Store& store) {
  for (const char* id : {"wex-01kf8m2q5v7d3x", "wex-01kf8m9zzzzz4y", "0aa6-uuid"}) {
    REQUIRE(store.create(an_execution(id), "").ok());
  }
  using Ids = std::vector<std::string>;
  CHECK(*store.matching_ids("01kf8m", 9) == Ids{"wex-01kf8m9zzzzz4y", "wex-01kf8m2q5v7d3x"});
  CHECK(*store.matching_ids("01kf8m", 1) == Ids{"wex-01kf8m9zzzzz4y"});
  CHECK(*store.matching_ids("wex-01kf8m2", 9) == Ids{"wex-01kf8m2q5v7d3x"});
  CHECK(*store.matching_ids("7d3x", 9) == Ids{"wex-01kf8m2q5v7d3x"});
  CHECK(*store.matching_ids("m2q5v7d3x", 9) == Ids{"wex-01kf8m2q5v7d3x"});
  CHECK(*store.matching_ids("wex-01kf8m2q5v7d3x", 9) == Ids{"wex-01kf8m2q5v7d3x"});
  CHECK(*store.matching_ids("0aa", 9) == Ids{"0aa6-uuid"});
  CHECK(store.matching_ids("1kf8m", 9)->empty());
  CHECK(store.matching_ids("%", 9)->empty());
  CHECK(store.matching_ids("", 9)->empty());
}

void a_listing_shows_the_newest_first(Store& store) {
  REQUIRE(create_series(store));
  using Ids = std::vector<std::string>;
  CHECK(walk(store, {}, 50) == Ids{"wex-5", "wex-4", "wex-3", "wex-2", "wex-1"});
  CHECK((*store.latest(std::nullopt))->id == "wex-5");
  CHECK((*store.latest("weekly"))->id == "wex-4");
  CHECK_FALSE(store.latest("yearly")->has_value());
  const auto latest = store.latest_by_workflow();
  REQUIRE(latest.ok());
  REQUIRE(latest->size() == 2);
  CHECK(latest->at("nightly").id == "wex-5");
  CHECK(latest->at("weekly").id == "wex-4");
}

void filters_of_a_listing_must_all_hold(Store& store) {
  REQUIRE(create_series(store));
  using enum ExecutionStatus;
  using Ids = std::vector<std::string>;
  CHECK(walk(store, {.workflow_id = "nightly"}, 50) == Ids{"wex-5", "wex-3", "wex-1"});
  CHECK(walk(store, {.statuses = {failed}}, 50) == Ids{"wex-4", "wex-3"});
  CHECK(walk(store, {.statuses = {running, failed, failed}}, 50) == Ids{"wex-5", "wex-4", "wex-3"});
  CHECK(walk(store, {.workflow_id = "nightly", .statuses = {failed}}, 50) == Ids{"wex-3"});
  CHECK(walk(store, {.since = noon + 2min, .until = noon + 4min}, 50) == Ids{"wex-4", "wex-3"});
  CHECK(walk(store, {.workflow_id = "yearly"}, 50).empty());
}

void a_walk_over_pages_shows_everything_once(Store& store) {
  REQUIRE(create_series(store));
  // Born in the same microsecond: the id decides.
  Execution twin = an_execution("wex-3b");
  twin.created_at = noon + 2min;
  REQUIRE(store.create(twin, "").ok());
  const std::vector<std::string> all{"wex-5", "wex-4", "wex-3b", "wex-3", "wex-2", "wex-1"};
  for (int limit = 1; limit <= 7; ++limit) {
    CHECK(walk(store, {}, limit) == all);
  }
  using enum ExecutionStatus;
  CHECK(walk(store, {.statuses = {failed, running}}, 1) ==
        std::vector<std::string>{"wex-5", "wex-4", "wex-3"});
  CHECK_FALSE(store.list({}, 6, std::nullopt)->next.has_value());
}

void runs_that_go_on_are_listed_if_the_caller_keeps_them(Store& store) {
  REQUIRE(create_series(store));
  own(store, "wex-5");
  std::vector<std::string> asked;
  core::ExecutionFilter filter;
  filter.keep = [&](const Execution& execution) {
    asked.push_back(execution.id);
    return !execution.owner.has_value();
  };
  CHECK(walk(store, filter, 50) == std::vector<std::string>{"wex-4", "wex-3", "wex-2", "wex-1"});
  CHECK(asked == std::vector<std::string>{"wex-5"});
}

void a_listing_leaves_out_what_may_be_large(Store& store) {
  Execution execution = an_execution("wex-1");
  execution.inputs = Object{{"a", 1}};
  REQUIRE(store.create(execution, "").ok());
  const auto page = store.list({}, 1, std::nullopt);
  CHECK(page->executions.at(0).inputs.empty());
  CHECK((*store.latest(std::nullopt))->inputs.size() == 1);
}

void runs_within_a_run_are_found_by_it_and_left_out_of_lists(Store& store) {
  core::Execution outer = an_execution("wex-outer");
  core::Execution inner = an_execution("wex-inner");
  inner.workflow_id = "weekly";
  inner.created_at = noon + std::chrono::seconds{1};
  inner.parent = core::ParentNode{"wex-outer", "nex-call"};
  inner.inputs = core::Object{{"n", 1}};
  REQUIRE(store.create(outer, "nodes: []").ok());
  REQUIRE(store.create(inner, "nodes: []").ok());

  const auto children = store.children("wex-outer");
  REQUIRE(children.ok());
  REQUIRE(children->size() == 1);
  CHECK(children->front().id == "wex-inner");
  CHECK(children->front().parent->node_execution_id == "nex-call");
  CHECK(store.children("wex-inner")->empty());
  CHECK((*store.find("wex-inner"))->parent->execution_id == "wex-outer");
  CHECK_FALSE((*store.find("wex-outer"))->parent.has_value());

  CHECK(store.list({}, 10, std::nullopt)->executions.size() == 1);
  CHECK(store.list({.with_children = true}, 10, std::nullopt)->executions.size() == 2);
  CHECK((*store.latest(std::nullopt))->id == "wex-outer");
  CHECK((*store.latest("weekly"))->id == "wex-inner");
  CHECK(store.latest_by_workflow()->at("weekly").id == "wex-inner");
}

}  // namespace

void execution_store_contract(const MakeStore& make) {
  GOFLOW_CONTRACT_CASE(an_execution_is_found_as_it_was_created)
  GOFLOW_CONTRACT_CASE(what_is_not_there_is_told_apart_from_failure)
  GOFLOW_CONTRACT_CASE(an_id_is_taken_once_and_a_definition_is_shared)
  GOFLOW_CONTRACT_CASE(an_id_may_be_shortened_to_its_beginning_or_ending)
  GOFLOW_CONTRACT_CASE(a_listing_shows_the_newest_first)
  GOFLOW_CONTRACT_CASE(filters_of_a_listing_must_all_hold)
  GOFLOW_CONTRACT_CASE(a_walk_over_pages_shows_everything_once)
  GOFLOW_CONTRACT_CASE(runs_that_go_on_are_listed_if_the_caller_keeps_them)
  GOFLOW_CONTRACT_CASE(a_listing_leaves_out_what_may_be_large)
  GOFLOW_CONTRACT_CASE(runs_within_a_run_are_found_by_it_and_left_out_of_lists)
}

}  // namespace goflow::test
