#include "tests/contract/contract_case.hpp"
#include "tests/contract/execution_store_contract.hpp"
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

void changes_are_numbered_past_those_of_others(Store& store) {
  OwnedRun run(store);
  run.commit({.nodes = {a_node("a")}});
  REQUIRE(store.request_cancel("wex-1", {.requested_at = noon, .by = "ann"}).ok());
  const auto counted = (*store.find("wex-1"))->change_seq;
  JournalBatch next{.nodes = {a_node("b")}};
  REQUIRE(run.journal->commit(next).ok());
  CHECK(next.nodes[0].change_seq == counted + 1);
  CHECK((*store.find("wex-1"))->change_seq == counted + 1);
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
  CHECK(store.spooled_logs("wex-1")->empty());

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
  run.commit(
      {.logs = {
           {.path = "a", .attempt = 1, .stream = "stdout", .size_bytes = 9, .spool = "long.log"}}});
  REQUIRE(store.spooled_logs("wex-1")->size() == 1);
  CHECK(store.spooled_logs("wex-1")->front().spool == "long.log");

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

void a_run_that_is_reopened_forgets_the_request_to_cancel(Store& store) {
  OwnedRun run(store);
  REQUIRE(store.request_cancel("wex-1", {.requested_at = noon, .by = "ann"}).ok());
  Execution change = an_execution("wex-1");
  change.status = ExecutionStatus::cancelled;
  run.commit({.execution = change});
  CHECK((*store.find("wex-1"))->cancel.has_value());
  change.status = ExecutionStatus::running;
  run.commit({.execution = change});
  CHECK_FALSE(run.journal->heartbeat(noon)->has_value());
}

void a_run_that_is_reopened_remembers_how_it_had_ended(Store& store) {
  OwnedRun run(store);
  Execution change = an_execution("wex-1");
  change.audit = core::new_audit("ann", noon);
  REQUIRE(store
              .update("wex-1",
                      [&](Execution& execution) {
                        execution.audit = change.audit;
                        return core::Result<void>();
                      })
              .ok());
  const core::Failure failure{"execution", "exit status 1", "fetch", "fetch", {{"exit_code", 1}}};
  change.audit->earlier_ends = {{ExecutionStatus::failed, noon + 1s, failure, noon + 2s},
                                {ExecutionStatus::cancelled, noon + 3s, std::nullopt, noon + 4s}};
  run.commit({.execution = change});
  const auto ends = (*store.find("wex-1"))->audit->earlier_ends;
  REQUIRE(ends.size() == 2);
  CHECK(ends[0].status == ExecutionStatus::failed);
  CHECK(ends[0].completed_at == noon + 1s);
  CHECK(ends[0].error == failure);
  CHECK(ends[0].retried_at == noon + 2s);
  CHECK(ends[1].status == ExecutionStatus::cancelled);
  CHECK_FALSE(ends[1].error.has_value());
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

core::Signal a_signal(const std::string& id, const std::string& name, Value payload) {
  return core::Signal{id, name, std::move(payload), "ann", noon};
}

void a_signal_is_given_once_and_in_the_order_of_arrival(Store& store) {
  OwnedRun run(store);
  REQUIRE(store.send_signal("wex-1", a_signal("sig-b", "go", 1)).ok());
  REQUIRE(store.send_signal("wex-1", a_signal("sig-a", "go", Object{{"n", 2.0}})).ok());
  REQUIRE(store.send_signal("wex-1", a_signal("sig-c", "stop", nullptr)).ok());

  const auto first = run.journal->take_signal("ask", "go", std::nullopt, noon);
  REQUIRE(first.ok());
  REQUIRE(first->has_value());
  CHECK((*first)->id == "sig-b");
  CHECK((*first)->payload == Value(1));
  CHECK((*first)->sent_by == "ann");
  CHECK((*first)->sent_at == noon);
  CHECK((*run.journal->take_signal("each[1]/ask", "go", std::nullopt, noon))->id == "sig-a");
  CHECK_FALSE(run.journal->take_signal("third", "go", std::nullopt, noon)->has_value());
  CHECK((*run.journal->take_signal("third", "stop", std::nullopt, noon))->payload.is_null());
}

void a_node_is_given_the_same_signal_again(Store& store) {
  OwnedRun run(store);
  REQUIRE(store.send_signal("wex-1", a_signal("sig-1", "go", 1)).ok());
  REQUIRE(store.send_signal("wex-1", a_signal("sig-2", "go", 2)).ok());
  REQUIRE(run.journal->take_signal("ask", "go", std::nullopt, noon).ok());
  const auto successor = own(store, "wex-1");
  CHECK((*successor->take_signal("ask", "go", std::nullopt, noon + 1h))->id == "sig-1");
}

void a_signal_that_was_sent_too_late_is_kept_for_others(Store& store) {
  OwnedRun run(store);
  REQUIRE(store.send_signal("wex-1", a_signal("sig-1", "go", 1)).ok());
  CHECK_FALSE(run.journal->take_signal("ask", "go", noon - 1s, noon)->has_value());
  CHECK(run.journal->take_signal("ask", "go", noon, noon)->has_value());
}

void signals_are_refused_where_nobody_can_hear_them(Store& store) {
  CHECK(store.send_signal("wex-none", a_signal("sig-1", "go", 1)).error().code ==
        ErrorCode::not_found);
  OwnedRun run(store);
  const auto changes = (*store.find("wex-1"))->change_seq;
  REQUIRE(store.send_signal("wex-1", a_signal("sig-1", "go", 1)).ok());
  CHECK((*store.find("wex-1"))->change_seq == changes + 1);
  const auto successor = own(store, "wex-1");
  CHECK(run.journal->take_signal("ask", "go", std::nullopt, noon).error().code ==
        ErrorCode::failed_precondition);
  JournalBatch end;
  end.execution = an_execution("wex-1");
  end.execution->status = ExecutionStatus::completed;
  REQUIRE(successor->commit(end).ok());
  const auto refused = store.send_signal("wex-1", a_signal("sig-2", "go", 1));
  CHECK(refused.error().code == ErrorCode::failed_precondition);
  CHECK(refused.error().message == "execution 'wex-1' has ended: it is completed");
}

void warnings_and_facts_are_read_as_they_were_committed(Store& store) {
  OwnedRun run(store);
  JournalBatch batch{.nodes = {a_node("each")}};
  batch.nodes[0].facts = Object{{"iteration_count", 3}, {"broken", true}};
  batch.execution = an_execution("wex-1");
  batch.execution->warnings = {"on_exit: node 'tell' failed: no network"};
  run.commit(batch);
  CHECK(store.nodes("wex-1")->at(0).facts == batch.nodes[0].facts);
  CHECK((*store.find("wex-1"))->warnings == batch.execution->warnings);
}

}  // namespace

void run_journal_contract(const MakeStore& make) {
  GOFLOW_CONTRACT_CASE(a_node_is_read_as_it_was_committed)
  GOFLOW_CONTRACT_CASE(a_later_row_of_a_path_replaces_the_earlier_one)
  GOFLOW_CONTRACT_CASE(nodes_come_in_the_order_of_their_start)
  GOFLOW_CONTRACT_CASE(each_changed_row_gets_the_next_number)
  GOFLOW_CONTRACT_CASE(changes_are_numbered_past_those_of_others)
  GOFLOW_CONTRACT_CASE(the_end_of_a_run_is_recorded)
  GOFLOW_CONTRACT_CASE(attempts_logs_and_variables_belong_to_their_node)
  GOFLOW_CONTRACT_CASE(a_batch_is_committed_as_a_whole_or_not_at_all)
  GOFLOW_CONTRACT_CASE(a_run_has_one_owner)
  GOFLOW_CONTRACT_CASE(who_lost_the_run_writes_nothing_more)
  GOFLOW_CONTRACT_CASE(a_run_that_was_given_up_is_free_and_its_epoch_stays_used)
  GOFLOW_CONTRACT_CASE(a_heartbeat_brings_back_a_request_to_cancel)
  GOFLOW_CONTRACT_CASE(a_run_that_is_reopened_forgets_the_request_to_cancel)
  GOFLOW_CONTRACT_CASE(a_run_that_is_reopened_remembers_how_it_had_ended)
  GOFLOW_CONTRACT_CASE(a_run_that_has_ended_cannot_be_cancelled)
  GOFLOW_CONTRACT_CASE(a_run_that_never_started_has_no_start)
  GOFLOW_CONTRACT_CASE(a_signal_is_given_once_and_in_the_order_of_arrival)
  GOFLOW_CONTRACT_CASE(a_node_is_given_the_same_signal_again)
  GOFLOW_CONTRACT_CASE(a_signal_that_was_sent_too_late_is_kept_for_others)
  GOFLOW_CONTRACT_CASE(signals_are_refused_where_nobody_can_hear_them)
  GOFLOW_CONTRACT_CASE(warnings_and_facts_are_read_as_they_were_committed)
}

}  // namespace goflow::test
