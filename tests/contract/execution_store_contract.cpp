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
using core::JournalBatch;
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
  execution.environment = core::TextMap{{"STAGE", "blue"}, {"EMPTY", ""}};
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
  CHECK(read.environment == execution.environment);
  CHECK(read.inputs == execution.inputs);
  CHECK(read.inputs.find("factor")->is_float());
  CHECK(read.return_value.is_null());
  CHECK_FALSE(read.owner.has_value());
  CHECK(read.definition_sha256 == core::sha256_hex("name: nightly"));
  CHECK(*store.definition(read.definition_sha256) == "name: nightly");
}

void a_run_may_have_an_owner_from_the_first(Store& store) {
  Execution execution = an_execution("wex-1");
  execution.owner = an_owner();
  REQUIRE(store.create(execution, "").ok());
  CHECK((*store.find("wex-1"))->owner->pid == an_owner().pid);
  CHECK((*store.find("wex-1"))->owner->epoch == 1);
  CHECK(store.take_ownership("wex-1", an_owner(), never).error().code ==
        ErrorCode::failed_precondition);
  REQUIRE(store.take_ownership("wex-1", an_owner(), always).ok());
  CHECK((*store.find("wex-1"))->owner->epoch == 2);
}

void a_run_may_be_left_to_a_worker(Store& store) {
  Execution execution = an_execution("wex-1");
  execution.queue = core::QueuePlace{.max_active_runs = 3};
  REQUIRE(store.create(execution, "").ok());
  const Execution read = **store.find("wex-1");
  REQUIRE(read.queue.has_value());
  CHECK(read.queue->max_active_runs == 3);
  CHECK(read.queue->state == core::QueueState::waiting);
  CHECK_FALSE(read.owner.has_value());
  CHECK(store.list({}, 1, std::nullopt)->executions[0].queue.has_value());

  execution.id = "wex-2";
  execution.queue = core::QueuePlace();
  REQUIRE(store.create(execution, "").ok());
  CHECK_FALSE((*store.find("wex-2"))->queue->max_active_runs.has_value());
}

void who_takes_a_run_takes_it_out_of_the_queue(Store& store) {
  Execution execution = an_execution("wex-1");
  execution.queue = core::QueuePlace();
  REQUIRE(store.create(execution, "").ok());
  const auto journal = own(store, "wex-1");
  CHECK_FALSE((*store.find("wex-1"))->queue.has_value());
  REQUIRE(journal->release().ok());
  CHECK_FALSE((*store.find("wex-1"))->queue.has_value());
}

void what_has_ended_waits_for_nobody(Store& store) {
  Execution execution = an_execution("wex-1");
  execution.queue = core::QueuePlace();
  REQUIRE(store.create(execution, "").ok());
  const auto ended = store.update("wex-1", [](Execution& changed) -> core::Result<void> {
    changed.status = ExecutionStatus::cancelled;
    return {};
  });
  REQUIRE(ended.ok());
  CHECK_FALSE((*store.find("wex-1"))->queue.has_value());
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
  CHECK(walk(store, {.since = noon + 1min, .until = noon + 4min}, 1) ==
        Ids{"wex-4", "wex-3", "wex-2"});
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

/// One with everything that it can be called.
Execution a_named_execution(const std::string& id) {
  Execution execution = an_execution(id);
  execution.name = "Nightly EU";
  execution.slug = "nightly-eu";
  execution.instance_id = "win-1";
  execution.tags = {"a", "eu"};
  execution.labels = {{"env", "prod"}, {"note", "x y"}};
  execution.annotations = {{"why", "because"}};
  execution.runner = core::Runner::external;
  execution.rerun_of = "wex-0";
  execution.audit = core::new_audit("ann", noon);
  return execution;
}

void names_and_words_are_read_back(Store& store) {
  const Execution made = a_named_execution("wex-1");
  REQUIRE(store.create(made, "").ok());
  const auto found = store.find_by_slug("nightly-eu");
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  const Execution& read = **found;
  CHECK(read.id == "wex-1");
  CHECK(read.name == made.name);
  CHECK(read.slug == made.slug);
  CHECK(read.instance_id == "win-1");
  CHECK(read.tags == made.tags);
  CHECK(read.labels == made.labels);
  CHECK(read.annotations == made.annotations);
  CHECK(read.runner == core::Runner::external);
  CHECK(read.rerun_of == "wex-0");
  REQUIRE(read.audit.has_value());
  CHECK(read.audit->spec.created_by == "ann");
  CHECK(read.audit->status.updated_at == noon);
  CHECK_FALSE(store.find_by_slug("nightly")->has_value());
}

void a_slug_is_taken_once(Store& store) {
  REQUIRE(store.create(a_named_execution("wex-1"), "").ok());
  const auto again = store.create(a_named_execution("wex-2"), "");
  REQUIRE_FALSE(again.ok());
  CHECK(again.error().code == ErrorCode::already_exists);
  CHECK(again.error().message ==
        "execution 'Nightly EU' already exists (slug nightly-eu, id wex-1)");
  CHECK_FALSE(store.find("wex-2")->has_value());
  REQUIRE(store.create(an_execution("wex-3"), "").ok());
  CHECK(store
            .update("wex-3",
                    [](Execution& execution) -> core::Result<void> {
                      execution.slug = "nightly-eu";
                      return {};
                    })
            .error()
            .code == ErrorCode::already_exists);
}

void a_listing_filters_by_words(Store& store) {
  REQUIRE(create_series(store));
  Execution named = a_named_execution("wex-6");
  named.created_at = noon + 1h;
  named.error = core::Failure{"execution", "Ärger with 100% of it"};
  REQUIRE(store.create(named, "").ok());
  using Ids = std::vector<std::string>;
  const Ids only{"wex-6"};
  const auto by_words = [&](std::vector<std::string> tags, std::vector<core::LabelFilter> labels) {
    core::ExecutionFilter filter;
    filter.tags = std::move(tags);
    filter.labels = std::move(labels);
    return walk(store, filter, 1);
  };
  CHECK(by_words({"eu"}, {}) == only);
  CHECK(by_words({"eu", "a"}, {}) == only);
  CHECK(by_words({"eu", "b"}, {}).empty());
  CHECK(by_words({}, {{"env", std::nullopt}}) == only);
  CHECK(by_words({}, {{"env", "prod"}, {"note", std::nullopt}}) == only);
  CHECK(by_words({"a"}, {{"env", "test"}}).empty());
  for (const char* text : {"NIGHTLY eu", "ärger", "100%", "wex-6", "EU"}) {
    CAPTURE(text);
    CHECK(walk(store, {.search = text}, 50) == only);
  }
  CHECK(walk(store, {.search = "100_"}, 50).empty());
  CHECK(walk(store, {.search = "örger"}, 50).empty());
  CHECK(walk(store, {.instance_id = "win-1"}, 50) == only);
}

void what_matches_is_counted(Store& store) {
  REQUIRE(create_series(store));
  using core::Counting;
  using enum ExecutionStatus;
  CHECK(store.count({}, Counting::quick)->total == 5);
  CHECK(store.count({.workflow_id = "nightly", .statuses = {failed}}, Counting::quick)->total == 1);
  CHECK(store.count({.since = noon + 3min}, Counting::quick)->total == 2);
  CHECK(store.count({.search = "week"}, Counting::exact)->total == 2);
  CHECK(store.count({.search = "week"}, Counting::exact)->is_exact);
  CHECK(store.count({.tags = {"none"}}, Counting::quick)->total == 0);
}

void runs_within_a_run_are_counted_when_asked_for(Store& store) {
  REQUIRE(create_series(store));
  Execution inner = an_execution("wex-inner");
  inner.parent = core::ParentNode{"wex-1", "nex-call"};
  inner.tags = {"inner"};
  REQUIRE(store.create(inner, "").ok());
  using core::Counting;
  const auto count_pending = [&](bool with_children) {
    return store
        .count({.statuses = {ExecutionStatus::pending}, .with_children = with_children},
               Counting::exact)
        ->total;
  };
  const std::int64_t before = count_pending(false);
  CHECK(count_pending(true) == before + 1);
  CHECK(store.count({}, Counting::exact)->total == 5);
  CHECK(store.count({.with_children = true}, Counting::quick)->total == 6);
  CHECK(store.count({.tags = {"inner"}}, Counting::quick)->total == 0);
  CHECK(store.count({.tags = {"inner"}, .with_children = true}, Counting::quick)->total == 1);
  CHECK(walk(store, {.search = "wex-inner"}, 50).empty());
  CHECK(walk(store, {.search = "wex-inner", .with_children = true}, 50).size() == 1);

  const auto journal = own(store, "wex-inner");
  inner.status = ExecutionStatus::running;
  JournalBatch batch{.execution = inner};
  REQUIRE(journal->commit(batch).ok());
  CHECK(count_pending(false) == before);
  CHECK(store.count({}, Counting::exact)->total == 5);
  REQUIRE(store.remove({"wex-inner"}, [](const Execution&) { return core::Result<void>(); }).ok());
  CHECK(store.count({}, Counting::exact)->total == 5);
  CHECK(store.count({.with_children = true}, Counting::quick)->total == 5);
}

void how_runs_and_their_nodes_went_is_summed_up(Store& store) {
  REQUIRE(create_series(store));
  const auto runs = store.statistics({.workflow_id = "nightly"});
  REQUIRE(runs.ok());
  REQUIRE(runs->size() == 1);
  CHECK(runs->at("nightly").runs() == 3);
  CHECK(runs->at("nightly").failed() == 1);
  CHECK(store.statistics({.since = noon + 3min})->size() == 2);

  for (const char* id : {"wex-1", "wex-2"}) {
    core::NodeExecution step = a_node("each[0]/step");
    step.id += id;
    step.status = core::NodeStatus::completed;
    step.completed_at = *step.started_at + 3s;
    step.attempt = 3;
    core::NodeExecution other = a_node("each[1]/step");
    other.id += id;
    other.status = core::NodeStatus::failed;
    other.completed_at = *other.started_at + 1s;
    JournalBatch batch{.nodes = {step, other}};
    REQUIRE(own(store, id)->commit(batch).ok());
  }
  const auto nodes = store.node_statistics({.workflow_id = "nightly"});
  REQUIRE(nodes.ok());
  REQUIRE(nodes->size() == 1);
  const core::Statistics& step = nodes->at("step");
  CHECK(step.runs() == 2);
  CHECK(step.completed() == 1);
  CHECK(step.retries() == 2);
  CHECK(step.percentile(50) == 1s);
  CHECK(step.percentile(95) == 3s);
  CHECK(store.node_statistics({})->at("step").runs() == 4);
}

void an_update_changes_what_may_change(Store& store) {
  REQUIRE(store.create(a_named_execution("wex-1"), "").ok());
  const auto updated = store.update("wex-1", [](Execution& execution) -> core::Result<void> {
    execution.name = "Other";
    execution.tags = {"b"};
    execution.labels.clear();
    execution.annotations = {{"k", "v"}};
    return {};
  });
  REQUIRE(updated.ok());
  const Execution read = **store.find("wex-1");
  CHECK(read.name == "Other");
  CHECK(read.slug == "nightly-eu");
  CHECK(read.tags == std::vector<std::string>{"b"});
  CHECK(read.labels.empty());
  CHECK(read.annotations == core::TextMap{{"k", "v"}});
  CHECK(read.change_seq == 1);
  const auto refused = store.update("wex-1", [](Execution& execution) -> core::Result<void> {
    execution.name = "Third";
    return core::Error{ErrorCode::failed_precondition, "no"};
  });
  CHECK(refused.error().message == "no");
  CHECK((*store.find("wex-1"))->name == "Other");
  CHECK(store.update("wex-2", [](Execution&) { return core::Result<void>(); }).error().code ==
        ErrorCode::not_found);
}

void an_update_may_replace_the_nodes(Store& store) {
  REQUIRE(store.create(an_execution("wex-1"), "").ok());
  const auto put = [&](std::vector<core::NodeExecution> wanted) {
    REQUIRE(store
                .update_with_nodes(
                    "wex-1",
                    [&](Execution&, std::vector<core::NodeExecution>& nodes) -> core::Result<void> {
                      nodes = wanted;
                      return {};
                    })
                .ok());
  };
  put({a_node("a"), a_node("b")});
  put({a_node("b"), a_node("c")});
  const auto nodes = store.nodes("wex-1");
  REQUIRE(nodes->size() == 2);
  CHECK(nodes->at(0).path == "b");
  CHECK(nodes->at(1).path == "c");
  CHECK((*store.find("wex-1"))->change_seq == nodes->at(1).change_seq + 1);
}

void an_execution_goes_with_all_that_hangs_on_it(Store& store) {
  REQUIRE(store.create(an_execution("wex-1"), "").ok());
  Execution child = an_execution("wex-2");
  child.parent = core::ParentNode{"wex-1", "nex-call"};
  REQUIRE(store.create(child, "").ok());
  REQUIRE(store.create(an_execution("wex-3"), "").ok());
  JournalBatch batch{.nodes = {a_node("a")}};
  REQUIRE(own(store, "wex-2")->commit(batch).ok());

  std::vector<std::string> asked;
  const auto refused =
      store.remove({"wex-1"}, [&](const Execution& execution) -> core::Result<void> {
        asked.push_back(execution.id);
        if (execution.id == "wex-2") return core::Error{ErrorCode::failed_precondition, "alive"};
        return {};
      });
  CHECK(refused.error().message == "alive");
  CHECK(asked == std::vector<std::string>{"wex-1", "wex-2"});
  CHECK(store.find("wex-1")->has_value());

  const auto yes = [](const Execution&) { return core::Result<void>(); };
  REQUIRE(store.remove({"wex-1"}, yes).ok());
  CHECK_FALSE(store.find("wex-1")->has_value());
  CHECK_FALSE(store.find("wex-2")->has_value());
  CHECK(store.nodes("wex-2")->empty());
  CHECK(store.find("wex-3")->has_value());
  CHECK(store.remove({"wex-3", "wex-1"}, yes).error().code == ErrorCode::not_found);
  CHECK(store.find("wex-3")->has_value());
}

void changes_are_what_came_since_the_last_look(Store& store) {
  CHECK_FALSE(store.changes("wex-1", -1)->execution.has_value());
  REQUIRE(store.create(an_execution("wex-1"), "").ok());
  const auto journal = own(store, "wex-1");
  core::NodeExecution done = a_node("done");
  done.status = core::NodeStatus::completed;
  JournalBatch first{.nodes = {done, a_node("going")}};
  REQUIRE(journal->commit(first).ok());
  const auto all = store.changes("wex-1", -1);
  REQUIRE(all->nodes.size() == 2);
  const std::int64_t seen = all->execution->change_seq;
  CHECK(store.changes("wex-1", seen)->nodes.empty());

  JournalBatch second{.logs = {core::NodeLog{"done", 1, "stdout", "x", 1, {{1, noon}}},
                               core::NodeLog{"going", 1, "stdout", "y", 1, {{1, noon}}}}};
  REQUIRE(journal->commit(second).ok());
  const auto grown = store.changes("wex-1", seen);
  REQUIRE(grown->logs.size() == 1);
  CHECK(grown->logs[0].path == "going");
  CHECK(grown->logs[0].marks == std::vector<core::LogMark>{{1, noon}});
}

}  // namespace

void execution_store_contract(const MakeStore& make) {
  GOFLOW_CONTRACT_CASE(an_execution_is_found_as_it_was_created)
  GOFLOW_CONTRACT_CASE(a_run_may_have_an_owner_from_the_first)
  GOFLOW_CONTRACT_CASE(a_run_may_be_left_to_a_worker)
  GOFLOW_CONTRACT_CASE(who_takes_a_run_takes_it_out_of_the_queue)
  GOFLOW_CONTRACT_CASE(what_has_ended_waits_for_nobody)
  GOFLOW_CONTRACT_CASE(what_is_not_there_is_told_apart_from_failure)
  GOFLOW_CONTRACT_CASE(an_id_is_taken_once_and_a_definition_is_shared)
  GOFLOW_CONTRACT_CASE(an_id_may_be_shortened_to_its_beginning_or_ending)
  GOFLOW_CONTRACT_CASE(a_listing_shows_the_newest_first)
  GOFLOW_CONTRACT_CASE(filters_of_a_listing_must_all_hold)
  GOFLOW_CONTRACT_CASE(a_walk_over_pages_shows_everything_once)
  GOFLOW_CONTRACT_CASE(runs_that_go_on_are_listed_if_the_caller_keeps_them)
  GOFLOW_CONTRACT_CASE(a_listing_leaves_out_what_may_be_large)
  GOFLOW_CONTRACT_CASE(runs_within_a_run_are_found_by_it_and_left_out_of_lists)
  GOFLOW_CONTRACT_CASE(names_and_words_are_read_back)
  GOFLOW_CONTRACT_CASE(a_slug_is_taken_once)
  GOFLOW_CONTRACT_CASE(a_listing_filters_by_words)
  GOFLOW_CONTRACT_CASE(what_matches_is_counted)
  GOFLOW_CONTRACT_CASE(runs_within_a_run_are_counted_when_asked_for)
  GOFLOW_CONTRACT_CASE(how_runs_and_their_nodes_went_is_summed_up)
  GOFLOW_CONTRACT_CASE(an_update_changes_what_may_change)
  GOFLOW_CONTRACT_CASE(an_update_may_replace_the_nodes)
  GOFLOW_CONTRACT_CASE(an_execution_goes_with_all_that_hangs_on_it)
  GOFLOW_CONTRACT_CASE(changes_are_what_came_since_the_last_look)
}

}  // namespace goflow::test
