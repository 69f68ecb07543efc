#include "tests/contract/execution_store_contract.hpp"

#include "core/base/sha256.hpp"
#include "tests/support/history_rows.hpp"

#include <doctest/doctest.h>

namespace goflow::test {
namespace {

using namespace std::chrono_literals;
using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::JournalBatch;
using core::NodeStatus;
using core::Object;
using core::Value;
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

/// A run in its store, with an owner.
struct OwnedRun {
  explicit OwnedRun(Store& in) : store(in) {
    REQUIRE(store.create(an_execution("wex-1"), "nodes: []").ok());
    journal = own(store, "wex-1");
  }
  void commit(JournalBatch batch) { REQUIRE(journal->commit(batch).ok()); }

  Store& store;
  std::unique_ptr<core::RunJournal> journal;
};

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

void a_node_is_read_as_it_was_committed(Store& store) {
  OwnedRun run(store);
  core::NodeExecution node = a_node("each[3]/load");
  node.attempt = 2;
  node.status = NodeStatus::failed;
  node.completed_at = noon + 7s;
  node.inputs = Object{{"command", "false"}};
  node.outputs = Object{{"half", 0.5}};
  node.error = core::Failure{.type = "execution",
                             .message = "exit status 3",
                             .node = "load",
                             .path = "each[3]/load",
                             .context = Object{{"exit_code", 3}}};
  node.wait = core::WaitRecord{.until = noon + 1h, .signal = "go"};
  node.process = core::ProcessRecord{.group = 4711, .started = "99"};
  node.warnings = {"slow", "odd"};
  run.commit({.nodes = {node}});

  const auto nodes = store.nodes("wex-1");
  REQUIRE(nodes.ok());
  REQUIRE(nodes->size() == 1);
  const core::NodeExecution& read = nodes->front();
  CHECK(read.id == node.id);
  CHECK(read.execution_id == "wex-1");
  CHECK(read.node_id == "load");
  CHECK(read.node_type == "shell");
  CHECK(read.path == "each[3]/load");
  CHECK(read.status == NodeStatus::failed);
  CHECK(read.attempt == 2);
  CHECK(read.started_at == node.started_at);
  CHECK(read.completed_at == noon + 7s);
  CHECK(read.inputs == node.inputs);
  CHECK(read.outputs == node.outputs);
  CHECK(read.error == node.error);
  CHECK(read.wait->until == noon + 1h);
  CHECK(read.wait->signal == "go");
  CHECK(read.process->group == 4711);
  CHECK(read.process->started == "99");
  CHECK(read.warnings == node.warnings);
  CHECK(read.change_seq == 1);
}

void a_later_row_of_a_path_replaces_the_earlier_one(Store& store) {
  OwnedRun run(store);
  core::NodeExecution started = a_node("load");
  started.wait = core::WaitRecord{.until = noon, .signal = ""};
  core::NodeExecution ended = started;
  ended.id = "nex-another";
  ended.status = NodeStatus::completed;
  ended.outputs = 42;
  ended.wait.reset();
  run.commit({.nodes = {started}});
  run.commit({.nodes = {started, ended}});
  const auto nodes = store.nodes("wex-1");
  REQUIRE(nodes->size() == 1);
  CHECK(nodes->front().id == started.id);
  CHECK(nodes->front().status == NodeStatus::completed);
  CHECK(nodes->front().outputs == Value(42));
  CHECK_FALSE(nodes->front().wait.has_value());
}

void nodes_come_in_the_order_of_their_start(Store& store) {
  OwnedRun run(store);
  core::NodeExecution late = a_node("a");
  late.started_at = noon + 3s;
  core::NodeExecution skipped = a_node("c");
  skipped.status = NodeStatus::skipped;
  skipped.skip_reason = "not_taken";
  skipped.started_at.reset();
  skipped.created_at = noon + 2s;
  core::NodeExecution early = a_node("b");
  run.commit({.nodes = {late, skipped, early}});
  const auto nodes = store.nodes("wex-1");
  REQUIRE(nodes->size() == 3);
  CHECK(nodes->at(0).path == "b");
  CHECK(nodes->at(1).path == "c");
  CHECK(nodes->at(1).skip_reason == "not_taken");
  CHECK_FALSE(nodes->at(1).started_at.has_value());
  CHECK(nodes->at(1).created_at == noon + 2s);
  CHECK(nodes->at(2).path == "a");
}

void each_changed_row_gets_the_next_number(Store& store) {
  OwnedRun run(store);
  JournalBatch first{.nodes = {a_node("a"), a_node("b")}};
  REQUIRE(run.journal->commit(first).ok());
  JournalBatch second{.nodes = {a_node("a")}};
  second.execution = an_execution("wex-1");
  REQUIRE(run.journal->commit(second).ok());
  CHECK(first.nodes[0].change_seq == 1);
  CHECK(first.nodes[1].change_seq == 2);
  CHECK(second.nodes[0].change_seq == 3);
  CHECK(second.execution->change_seq == 4);
  CHECK((*store.find("wex-1"))->change_seq == 4);
  CHECK(store.nodes("wex-1")->at(0).change_seq == 3);
}

void the_end_of_a_run_is_recorded(Store& store) {
  OwnedRun run(store);
  Execution end = an_execution("wex-1");
  end.status = ExecutionStatus::failed;
  end.started_at = noon;
  end.completed_at = noon + 5s;
  end.return_value = Object{{"n", 1}};
  end.error = core::Failure{.type = "execution",
                            .message = "exit status 3",
                            .node = "load",
                            .path = "each[2]/load",
                            .context = Object{{"exit_code", 3}}};
  run.commit({.execution = end});
  const Execution read = **store.find("wex-1");
  CHECK(read.status == ExecutionStatus::failed);
  CHECK(read.started_at == noon);
  CHECK(read.completed_at == noon + 5s);
  CHECK(read.return_value == end.return_value);
  CHECK(read.error == end.error);
}

void attempts_logs_and_variables_belong_to_their_node(Store& store) {
  OwnedRun run(store);
  JournalBatch batch{.nodes = {a_node("b"), a_node("a")}};
  const core::Failure failure{.type = "timeout", .message = "too slow", .node = "a", .path = "a"};
  batch.attempts = {
      {.path = "a", .attempt = 2, .started_at = noon + 1s, .error = failure},
      {.path = "a", .attempt = 1, .started_at = noon, .completed_at = noon + 1s, .error = failure}};
  batch.logs = {
      {.path = "a", .attempt = 1, .stream = "stdout", .content = "one"},
      {.path = "a", .attempt = 1, .stream = "stderr", .content = std::string("\0\xff", 2)}};
  batch.variables = {
      {.scope = "", .node_path = "a", .name = "n", .new_value = nullptr, .at = noon},
      {.scope = "each[0]", .name = "n", .old_value = Value(), .new_value = 1.0, .at = noon}};
  run.commit(std::move(batch));
  run.commit({.logs = {{.path = "a", .attempt = 1, .stream = "stdout", .content = "one two"}}});

  const auto attempts = store.attempts("wex-1");
  REQUIRE(attempts->size() == 2);
  CHECK(attempts->at(0).attempt == 1);
  CHECK(attempts->at(0).completed_at == noon + 1s);
  CHECK(attempts->at(0).error == failure);
  CHECK_FALSE(attempts->at(1).completed_at.has_value());

  const auto logs = store.logs("wex-1");
  REQUIRE(logs->size() == 2);
  CHECK(logs->at(0).stream == "stderr");
  CHECK(logs->at(0).content == std::string("\0\xff", 2));
  CHECK(logs->at(1).content == "one two");

  const auto variables = store.variables("wex-1");
  REQUIRE(variables->size() == 2);
  CHECK(variables->at(0).node_path == "a");
  CHECK_FALSE(variables->at(0).old_value.has_value());
  CHECK(variables->at(0).new_value.is_null());
  CHECK(variables->at(1).scope == "each[0]");
  CHECK(variables->at(1).node_path.empty());
  CHECK(variables->at(1).old_value == std::optional<Value>(Value()));
  CHECK(variables->at(1).new_value.is_float());
}

void a_batch_is_committed_as_a_whole_or_not_at_all(Store& store) {
  OwnedRun run(store);
  JournalBatch batch{.nodes = {a_node("a")}};
  batch.attempts = {{.path = "nowhere", .attempt = 1, .started_at = noon}};
  CHECK(run.journal->commit(batch).error().code == ErrorCode::internal);
  CHECK(store.nodes("wex-1")->empty());
  CHECK((*store.find("wex-1"))->change_seq == 0);
  run.commit({.nodes = {a_node("a")}});
  CHECK(store.nodes("wex-1")->size() == 1);
}

void a_run_has_one_owner(Store& store) {
  OwnedRun run(store);
  CHECK((*store.find("wex-1"))->owner->pid == 4711);
  CHECK((*store.find("wex-1"))->owner->boot_id == "boot");
  core::Owner asked_about;
  const auto refused = store.take_ownership("wex-1", an_owner(), [&](const core::Owner& recorded) {
    asked_about = recorded;
    return false;
  });
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::failed_precondition);
  CHECK(refused.error().message == "execution 'wex-1' is run by process 4711 on 'here'");
  CHECK(asked_about.pid_started == "123");
  run.commit({.nodes = {a_node("a")}});
}

void who_lost_the_run_writes_nothing_more(Store& store) {
  OwnedRun run(store);
  const auto successor = own(store, "wex-1");
  CHECK((*store.find("wex-1"))->owner->epoch == 2);
  JournalBatch batch{.nodes = {a_node("a")}};
  const auto refused = run.journal->commit(batch);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::failed_precondition);
  CHECK(refused.error().message == "another process has taken over execution 'wex-1'");
  CHECK(run.journal->heartbeat(noon).error().code == ErrorCode::failed_precondition);
  CHECK(run.journal->release().ok());
  CHECK((*store.find("wex-1"))->owner.has_value());
  CHECK(store.nodes("wex-1")->empty());
  CHECK(successor->commit(batch).ok());
}

void a_run_that_was_given_up_is_free_and_its_epoch_stays_used(Store& store) {
  OwnedRun run(store);
  REQUIRE(run.journal->release().ok());
  CHECK_FALSE((*store.find("wex-1"))->owner.has_value());
  JournalBatch batch{.nodes = {a_node("a")}};
  CHECK_FALSE(run.journal->commit(batch).ok());
  const auto next = store.take_ownership("wex-1", an_owner(), never);
  REQUIRE(next.ok());
  CHECK((*store.find("wex-1"))->owner->epoch == 2);
  CHECK_FALSE(run.journal->commit(batch).ok());
}

void a_heartbeat_brings_back_a_request_to_cancel(Store& store) {
  OwnedRun run(store);
  const auto nothing = run.journal->heartbeat(noon + 5s);
  REQUIRE(nothing.ok());
  CHECK_FALSE(nothing->has_value());
  CHECK((*store.find("wex-1"))->owner->heartbeat_at == noon + 5s);

  const core::CancelRequest forced{
      .requested_at = noon, .by = "ann", .force = true, .reason = "wrong data"};
  REQUIRE(store.request_cancel("wex-1", forced).ok());
  REQUIRE(store.request_cancel("wex-1", {.requested_at = noon + 1s, .by = "bob"}).ok());
  const auto request = run.journal->heartbeat(noon + 6s);
  REQUIRE(request.ok());
  REQUIRE(request->has_value());
  CHECK((*request)->by == "ann");
  CHECK((*request)->force);
  CHECK((*request)->reason == "wrong data");
  CHECK((*request)->requested_at == noon);
  CHECK((*store.find("wex-1"))->cancel->by == "ann");
}

void a_run_that_has_ended_cannot_be_cancelled(Store& store) {
  OwnedRun run(store);
  Execution end = an_execution("wex-1");
  end.status = ExecutionStatus::completed;
  run.commit({.execution = end});
  const auto refused = store.request_cancel("wex-1", {.requested_at = noon, .by = "ann"});
  CHECK(refused.error().code == ErrorCode::failed_precondition);
  CHECK(refused.error().message == "execution 'wex-1' has ended: it is completed");
}

void a_run_that_never_started_has_no_start(Store& store) {
  OwnedRun run(store);
  Execution end = an_execution("wex-1");
  end.status = ExecutionStatus::cancelled;
  end.completed_at = noon + 1s;
  run.commit({.execution = end});
  CHECK_FALSE((*store.find("wex-1"))->started_at.has_value());
}

}  // namespace

void execution_store_contract(const std::function<std::unique_ptr<Store>()>& make) {
#define GOFLOW_CONTRACT_CASE(name) \
  SUBCASE(#name) {                 \
    const auto store = make();     \
    name(*store);                  \
  }
  GOFLOW_CONTRACT_CASE(an_execution_is_found_as_it_was_created)
  GOFLOW_CONTRACT_CASE(what_is_not_there_is_told_apart_from_failure)
  GOFLOW_CONTRACT_CASE(an_id_is_taken_once_and_a_definition_is_shared)
  GOFLOW_CONTRACT_CASE(an_id_may_be_shortened_to_its_beginning_or_ending)
  GOFLOW_CONTRACT_CASE(a_listing_shows_the_newest_first)
  GOFLOW_CONTRACT_CASE(filters_of_a_listing_must_all_hold)
  GOFLOW_CONTRACT_CASE(a_walk_over_pages_shows_everything_once)
  GOFLOW_CONTRACT_CASE(runs_that_go_on_are_listed_if_the_caller_keeps_them)
  GOFLOW_CONTRACT_CASE(a_listing_leaves_out_what_may_be_large)
  GOFLOW_CONTRACT_CASE(a_node_is_read_as_it_was_committed)
  GOFLOW_CONTRACT_CASE(a_later_row_of_a_path_replaces_the_earlier_one)
  GOFLOW_CONTRACT_CASE(nodes_come_in_the_order_of_their_start)
  GOFLOW_CONTRACT_CASE(each_changed_row_gets_the_next_number)
  GOFLOW_CONTRACT_CASE(the_end_of_a_run_is_recorded)
  GOFLOW_CONTRACT_CASE(attempts_logs_and_variables_belong_to_their_node)
  GOFLOW_CONTRACT_CASE(a_batch_is_committed_as_a_whole_or_not_at_all)
  GOFLOW_CONTRACT_CASE(a_run_has_one_owner)
  GOFLOW_CONTRACT_CASE(who_lost_the_run_writes_nothing_more)
  GOFLOW_CONTRACT_CASE(a_run_that_was_given_up_is_free_and_its_epoch_stays_used)
  GOFLOW_CONTRACT_CASE(a_heartbeat_brings_back_a_request_to_cancel)
  GOFLOW_CONTRACT_CASE(a_run_that_has_ended_cannot_be_cancelled)
  GOFLOW_CONTRACT_CASE(a_run_that_never_started_has_no_start)
#undef GOFLOW_CONTRACT_CASE
}

}  // namespace goflow::test
