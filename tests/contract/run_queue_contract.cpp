#include "tests/contract/run_queue_contract.hpp"

#include "tests/contract/contract_case.hpp"
#include "tests/support/history_rows.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>
#include <utility>

namespace goflow::test {
namespace {

using core::ErrorCode;
using core::Execution;
using core::ExecutionStatus;
using core::JournalBatch;
using core::QueueState;

/// A worker of this PID.
core::Owner worker(std::int64_t pid) {
  core::Owner owner = an_owner();
  owner.pid = pid;
  return owner;
}

/// The queue as one sees it who knows which processes have died.
struct Queue {
  explicit Queue(QueuedHistory opened)
      : made(std::move(opened)), store(*made.store), queue(*made.queue) {}

  void add(const std::string& id,
           const std::string& workflow_id = "nightly",
           std::optional<int> max_active_runs = std::nullopt) {
    Execution execution = an_execution(id);
    execution.workflow_id = workflow_id;
    execution.queue = core::QueuePlace{max_active_runs};
    REQUIRE(store.create(execution, "nodes: []").ok());
  }

  std::optional<core::TakenRun> take(std::int64_t pid = 1) {
    auto taken = queue.take_next(
        worker(pid), limit, [&](const core::Owner& owner) { return !dead.contains(owner.pid); });
    REQUIRE(taken.ok());
    return *std::move(taken);
  }

  /// The id of what the worker takes; empty when there is nothing.
  std::string taken_id(std::int64_t pid = 1) {
    const auto taken = take(pid);
    return taken ? taken->execution.id : std::string();
  }

  void end(core::RunJournal& journal, const std::string& id) {
    JournalBatch batch;
    batch.execution = an_execution(id);
    batch.execution->status = ExecutionStatus::completed;
    REQUIRE(journal.commit(batch).ok());
  }

  QueuedHistory made;
  core::ExecutionStore& store;
  core::RunQueue& queue;
  std::optional<int> limit;
  std::set<std::int64_t> dead;
};

void who_takes_a_run_owns_it(Queue& queue) {
  queue.add("wex-1");
  const auto taken = queue.take(7);
  REQUIRE(taken.has_value());
  CHECK(taken->execution.id == "wex-1");
  CHECK(taken->execution.status == ExecutionStatus::pending);
  CHECK_FALSE(taken->execution.owner.has_value());
  const Execution recorded = **queue.store.find("wex-1");
  CHECK(recorded.owner->pid == 7);
  CHECK(recorded.owner->epoch == 1);
  CHECK(recorded.queue->state == QueueState::taken);
  JournalBatch batch{.nodes = {a_node("a")}};
  CHECK(taken->journal->commit(batch).ok());
  CHECK(queue.store.take_ownership("wex-1", an_owner(), never).error().code ==
        ErrorCode::failed_precondition);
}

void the_oldest_comes_first_and_each_once(Queue& queue) {
  CHECK(queue.taken_id().empty());
  queue.add("wex-2");
  queue.add("wex-3");
  queue.add("wex-1", "weekly");
  CHECK(queue.taken_id(1) == "wex-2");
  CHECK(queue.taken_id(2) == "wex-3");
  CHECK(queue.taken_id(1) == "wex-1");
  CHECK(queue.taken_id(2).empty());
}

void what_nobody_left_to_a_worker_is_left_alone(Queue& queue) {
  REQUIRE(queue.store.create(an_execution("wex-1"), "").ok());
  CHECK(queue.taken_id().empty());
}

void what_a_dead_worker_held_comes_before_what_waits(Queue& queue) {
  queue.add("wex-1");
  queue.add("wex-2");
  const auto lost = queue.take(1);
  JournalBatch begun;
  begun.execution = an_execution("wex-1");
  begun.execution->status = ExecutionStatus::running;
  REQUIRE(lost->journal->commit(begun).ok());
  queue.dead = {1};
  const auto taken = queue.take(2);
  REQUIRE(taken.has_value());
  CHECK(taken->execution.id == "wex-1");
  CHECK(taken->execution.status == ExecutionStatus::running);
  CHECK(taken->execution.owner->pid == 1);
  CHECK((*queue.store.find("wex-1"))->owner->epoch == 2);
  CHECK(lost->journal->commit(begun).error().code == ErrorCode::failed_precondition);
  CHECK(queue.taken_id(2) == "wex-2");
  CHECK(queue.taken_id(2).empty());
}

void what_was_given_up_is_taken_up_again(Queue& queue) {
  queue.add("wex-1");
  REQUIRE(queue.take(1)->journal->release().ok());
  CHECK(queue.taken_id(1) == "wex-1");
}

void what_has_ended_or_was_started_by_hand_is_gone(Queue& queue) {
  queue.add("wex-1");
  queue.add("wex-2");
  const auto taken = queue.take(1);
  queue.end(*taken->journal, "wex-1");
  CHECK_FALSE((*queue.store.find("wex-1"))->queue.has_value());
  const auto by_hand = own(queue.store, "wex-2");
  queue.dead = {1, an_owner().pid};
  CHECK(queue.taken_id(2).empty());
}

void what_is_stuck_is_left_to_a_person(Queue& queue) {
  queue.add("wex-1");
  queue.add("wex-2");
  queue.add("wex-3");
  REQUIRE(queue.taken_id(1) == "wex-1");
  REQUIRE(queue.queue.mark_stuck("wex-1").ok());
  REQUIRE(queue.queue.mark_stuck("wex-none").ok());
  queue.dead = {1};
  CHECK(queue.taken_id(2) == "wex-2");
  CHECK((*queue.store.find("wex-1"))->queue->state == QueueState::stuck);
  const auto count = queue.queue.count();
  REQUIRE(count.ok());
  CHECK(count->waiting == 1);
  CHECK(count->taken == 1);
  CHECK(count->stuck == 1);
  REQUIRE(own(queue.store, "wex-1") != nullptr);
  CHECK(queue.queue.count()->stuck == 0);
}

void a_workflow_has_no_more_runs_at_once_than_it_allows(Queue& queue) {
  queue.add("wex-1", "nightly", 2);
  queue.add("wex-2", "nightly", 2);
  queue.add("wex-3", "nightly", 2);
  queue.add("wex-4", "nightly", 9);
  queue.add("wex-5", "weekly", 1);
  const auto first = queue.take(1);
  CHECK(queue.taken_id(2) == "wex-2");
  CHECK(queue.taken_id(3) == "wex-5");
  CHECK(queue.taken_id(4).empty());
  queue.end(*first->journal, "wex-1");
  CHECK(queue.taken_id(4) == "wex-3");
}

void the_home_has_no_more_runs_at_once_than_it_allows(Queue& queue) {
  queue.add("wex-1");
  queue.add("wex-2", "weekly");
  queue.add("wex-3");
  queue.limit = 2;
  CHECK(queue.taken_id(1) == "wex-1");
  CHECK(queue.taken_id(2) == "wex-2");
  CHECK(queue.taken_id(3).empty());
  queue.dead = {2};
  CHECK(queue.taken_id(3) == "wex-2");
  CHECK(queue.taken_id(3).empty());
  queue.limit = std::nullopt;
  CHECK(queue.taken_id(3) == "wex-3");
}

void what_a_dead_worker_held_waits_for_its_room_too(Queue& queue) {
  queue.add("wex-1", "nightly", 1);
  REQUIRE(queue.taken_id(1) == "wex-1");
  queue.dead = {1};
  REQUIRE(queue.store.create(an_execution("wex-2"), "").ok());
  const auto by_hand = own(queue.store, "wex-2");
  CHECK(queue.taken_id(2).empty());
  queue.end(*by_hand, "wex-2");
  CHECK(queue.taken_id(2) == "wex-1");
}

void runs_count_that_were_started_by_hand_but_not_those_within_others(Queue& queue) {
  REQUIRE(queue.store.create(an_execution("wex-outer"), "").ok());
  Execution inner = an_execution("wex-inner");
  inner.parent = core::ParentNode{"wex-outer", "nex-call"};
  REQUIRE(queue.store.create(inner, "").ok());
  const auto outer = own(queue.store, "wex-outer");
  const auto within = own(queue.store, "wex-inner");
  queue.add("wex-1", "nightly", 2);
  queue.add("wex-2", "nightly", 2);
  CHECK(queue.taken_id(1) == "wex-1");
  CHECK(queue.taken_id(2).empty());
  queue.limit = 2;
  queue.end(*outer, "wex-outer");
  CHECK(queue.taken_id(2) == "wex-2");
}

}  // namespace

void run_queue_contract(const std::function<QueuedHistory()>& make_history) {
  const auto make = [&] { return std::make_unique<Queue>(make_history()); };
  GOFLOW_CONTRACT_CASE(who_takes_a_run_owns_it)
  GOFLOW_CONTRACT_CASE(the_oldest_comes_first_and_each_once)
  GOFLOW_CONTRACT_CASE(what_nobody_left_to_a_worker_is_left_alone)
  GOFLOW_CONTRACT_CASE(what_a_dead_worker_held_comes_before_what_waits)
  GOFLOW_CONTRACT_CASE(what_was_given_up_is_taken_up_again)
  GOFLOW_CONTRACT_CASE(what_has_ended_or_was_started_by_hand_is_gone)
  GOFLOW_CONTRACT_CASE(what_is_stuck_is_left_to_a_person)
  GOFLOW_CONTRACT_CASE(a_workflow_has_no_more_runs_at_once_than_it_allows)
  GOFLOW_CONTRACT_CASE(the_home_has_no_more_runs_at_once_than_it_allows)
  GOFLOW_CONTRACT_CASE(what_a_dead_worker_held_waits_for_its_room_too)
  GOFLOW_CONTRACT_CASE(runs_count_that_were_started_by_hand_but_not_those_within_others)
}

}  // namespace goflow::test
