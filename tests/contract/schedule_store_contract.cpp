#include "tests/contract/schedule_store_contract.hpp"

#include "tests/contract/contract_case.hpp"
#include "tests/support/history_rows.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

namespace goflow::test {
namespace {

using core::ScheduleState;
using core::ScheduleStore;
using std::chrono::hours;

ScheduleState state_of(ScheduleStore& store, const std::string& workflow) {
  const auto state = store.find_or_begin(workflow, noon + hours(100));
  REQUIRE(state.ok());
  return *state;
}

void a_new_schedule_begins_now(ScheduleStore& store) {
  const auto state = store.find_or_begin("nightly", noon);
  REQUIRE(state.ok());
  CHECK(state->workflow_id == "nightly");
  CHECK(state->enabled);
  CHECK(state->looked_after_until == noon);
}

void a_known_schedule_does_not_begin_again(ScheduleStore& store) {
  REQUIRE(store.find_or_begin("nightly", noon).ok());
  CHECK(state_of(store, "nightly").looked_after_until == noon);
}

void it_goes_on_and_never_back(ScheduleStore& store) {
  REQUIRE(store.find_or_begin("nightly", noon).ok());
  REQUIRE(store.advance("nightly", noon + hours(2), noon + hours(2)).ok());
  REQUIRE(store.advance("nightly", noon + hours(1), noon + hours(3)).ok());
  CHECK(state_of(store, "nightly").looked_after_until == noon + hours(2));
}

void advancing_begins_what_was_never_seen(ScheduleStore& store) {
  REQUIRE(store.advance("nightly", noon + hours(2), noon).ok());
  CHECK(state_of(store, "nightly").looked_after_until == noon + hours(2));
  CHECK(state_of(store, "nightly").enabled);
}

void what_comes_while_disabled_is_let_go(ScheduleStore& store) {
  REQUIRE(store.find_or_begin("nightly", noon).ok());
  REQUIRE(store.set_enabled("nightly", false, noon + hours(1)).ok());
  CHECK_FALSE(state_of(store, "nightly").enabled);
  REQUIRE(store.set_enabled("nightly", true, noon + hours(5)).ok());
  CHECK(state_of(store, "nightly").enabled);
  CHECK(state_of(store, "nightly").looked_after_until == noon + hours(5));
}

void enabling_what_is_enabled_lets_nothing_go(ScheduleStore& store) {
  REQUIRE(store.find_or_begin("nightly", noon).ok());
  REQUIRE(store.set_enabled("nightly", true, noon + hours(5)).ok());
  CHECK(state_of(store, "nightly").looked_after_until == noon);
}

void one_can_be_disabled_before_it_was_seen(ScheduleStore& store) {
  REQUIRE(store.set_enabled("nightly", false, noon).ok());
  CHECK_FALSE(state_of(store, "nightly").enabled);
}

void lists_by_workflow(ScheduleStore& store) {
  CHECK(store.list()->empty());
  for (const char* workflow : {"triage", "nightly", "onboard"}) {
    REQUIRE(store.find_or_begin(workflow, noon).ok());
  }
  const auto listed = store.list();
  REQUIRE(listed.ok());
  std::vector<std::string> ids;
  for (const ScheduleState& state : *listed) {
    ids.push_back(state.workflow_id);
  }
  CHECK(ids == std::vector<std::string>{"nightly", "onboard", "triage"});
}

}  // namespace

void schedule_store_contract(const std::function<std::unique_ptr<ScheduleStore>()>& make) {
  GOFLOW_CONTRACT_CASE(a_new_schedule_begins_now)
  GOFLOW_CONTRACT_CASE(a_known_schedule_does_not_begin_again)
  GOFLOW_CONTRACT_CASE(it_goes_on_and_never_back)
  GOFLOW_CONTRACT_CASE(advancing_begins_what_was_never_seen)
  GOFLOW_CONTRACT_CASE(what_comes_while_disabled_is_let_go)
  GOFLOW_CONTRACT_CASE(enabling_what_is_enabled_lets_nothing_go)
  GOFLOW_CONTRACT_CASE(one_can_be_disabled_before_it_was_seen)
  GOFLOW_CONTRACT_CASE(lists_by_workflow)
}

}  // namespace goflow::test
