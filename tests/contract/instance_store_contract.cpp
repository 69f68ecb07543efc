#include "tests/contract/instance_store_contract.hpp"

#include "tests/contract/contract_case.hpp"
#include "tests/support/instance_rows.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace goflow::test {
namespace {

using namespace std::chrono_literals;
using core::Error;
using core::ErrorCode;
using core::Instance;
using core::Object;
using core::Result;

Instance instance_of(const std::string& workflow_id,
                     const std::string& id,
                     core::Timestamp created_at) {
  Instance instance = an_instance(id, "slug-of-" + id);
  instance.workflow_id = workflow_id;
  instance.created_at = created_at;
  return instance;
}

std::vector<std::string> ids(const Result<std::vector<Instance>>& listed) {
  REQUIRE(listed.ok());
  std::vector<std::string> found;
  for (const Instance& instance : *listed) {
    found.push_back(instance.id);
  }
  return found;
}

Instance found_by(InstancePlace& place, const std::string& id_or_slug) {
  const auto found = place.instances().find(id_or_slug);
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  return **found;
}

void record_run(InstancePlace& place,
                const std::string& id,
                const std::string& instance_id,
                core::ExecutionStatus status) {
  core::Execution execution = an_execution(id);
  execution.instance_id = instance_id;
  execution.status = status;
  REQUIRE(place.executions().create(execution, "nodes: []").ok());
}

void every_member_comes_back(InstancePlace& place) {
  Instance instance = an_instance("win-1", "nightly-eu");
  instance.name = "Nightly EU";
  instance.description = "the \"large\" one\nof \xC3\xA9t\xC3\xA9";
  instance.inputs =
      Object{{"region", "eu"}, {"factor", 5.0}, {"none", nullptr}, {"list", core::Array{1, "b"}}};
  instance.env = {{"STAGE", "blue"}, {"EMPTY", ""}};
  instance.credentials = {"tenant-a", {{"github", "prod/github"}}};
  instance.labels = {{"env", "prod"}, {"owner", ""}};
  instance.audit.updated_by = "bob";
  instance.audit.updated_at = noon + 1h;
  instance.audit.event = "updated";
  REQUIRE(place.instances().create(instance).ok());

  const Instance read = found_by(place, "win-1");
  CHECK(read.id == "win-1");
  CHECK(read.name == "Nightly EU");
  CHECK(read.slug == "nightly-eu");
  CHECK(read.workflow_id == "nightly");
  CHECK(read.description == instance.description);
  CHECK(read.inputs == instance.inputs);
  CHECK(read.inputs.find("factor")->is_float());
  CHECK(read.env == instance.env);
  CHECK(read.credentials == instance.credentials);
  CHECK(read.labels == instance.labels);
  CHECK(read.audit.created_by == "ann");
  CHECK(read.audit.created_at == noon);
  CHECK(read.audit.updated_by == "bob");
  CHECK(read.audit.updated_at == noon + 1h);
  CHECK(read.audit.event == "updated");
  CHECK(read.created_at == noon);
}

void what_was_not_said_is_empty(InstancePlace& place) {
  REQUIRE(place.instances().create(an_instance("win-1", "eu")).ok());
  const Instance read = found_by(place, "win-1");
  CHECK(read.description.empty());
  CHECK(read.inputs.empty());
  CHECK(read.env.empty());
  CHECK(read.credentials == core::CredentialBindings());
  CHECK(read.labels.empty());
}

void an_id_wins_over_a_slug(InstancePlace& place) {
  REQUIRE(place.instances().create(an_instance("win-1", "win-2")).ok());
  REQUIRE(place.instances().create(an_instance("win-2", "eu")).ok());
  CHECK(found_by(place, "win-2").slug == "eu");
  CHECK(found_by(place, "eu").id == "win-2");
  CHECK(found_by(place, "win-1").slug == "win-2");
}

void absence_is_a_value(InstancePlace& place) {
  const auto found = place.instances().find("none");
  REQUIRE(found.ok());
  CHECK_FALSE(found->has_value());
  CHECK(ids(place.instances().list(std::nullopt)).empty());
  const auto recorded = place.instances().default_of("nightly");
  REQUIRE(recorded.ok());
  CHECK_FALSE(recorded->has_value());
}

void a_slug_is_taken_once(InstancePlace& place) {
  Instance first = an_instance("win-1", "eu");
  first.name = "EU";
  REQUIRE(place.instances().create(first).ok());
  Instance second = an_instance("win-2", "eu");
  second.workflow_id = "weekly";
  const auto refused = place.instances().create(second);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::already_exists);
  CHECK(refused.error().message == "instance 'EU' already exists (slug eu, id win-1)");
  CHECK(ids(place.instances().list(std::nullopt)) == std::vector<std::string>{"win-1"});
}

void an_id_is_taken_once(InstancePlace& place) {
  REQUIRE(place.instances().create(an_instance("win-1", "eu")).ok());
  const auto refused = place.instances().create(an_instance("win-1", "us"));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::already_exists);
  CHECK(found_by(place, "win-1").slug == "eu");
}

void lists_by_workflow_and_from_the_oldest_on(InstancePlace& place) {
  REQUIRE(place.instances().create(instance_of("weekly", "win-1", noon)).ok());
  REQUIRE(place.instances().create(instance_of("nightly", "win-2", noon + 1h)).ok());
  REQUIRE(place.instances().create(instance_of("nightly", "win-4", noon)).ok());
  REQUIRE(place.instances().create(instance_of("nightly", "win-3", noon)).ok());
  CHECK(ids(place.instances().list(std::nullopt)) ==
        std::vector<std::string>{"win-3", "win-4", "win-2", "win-1"});
  CHECK(ids(place.instances().list("nightly")) ==
        std::vector<std::string>{"win-3", "win-4", "win-2"});
  CHECK(ids(place.instances().list("none")).empty());
}

void an_update_changes_all_but_who_it_is(InstancePlace& place) {
  Instance before = an_instance("win-1", "eu");
  before.inputs = Object{{"region", "eu"}, {"day", 1}};
  REQUIRE(place.instances().create(before).ok());
  const auto updated = place.instances().update("win-1", [](Instance& instance) -> Result<void> {
    instance.id = "win-9";
    instance.slug = "other";
    instance.workflow_id = "weekly";
    instance.created_at = noon + 9h;
    instance.name = "Europe";
    instance.description = "changed";
    instance.inputs = Object{{"day", 2}};
    instance.env = {{"A", "b"}};
    instance.credentials.keys = {{"github", "x"}};
    instance.labels = {{"env", "prod"}};
    instance.audit.updated_by = "bob";
    return {};
  });
  REQUIRE(updated.ok());
  CHECK_FALSE(place.instances().find("win-9")->has_value());
  CHECK_FALSE(place.instances().find("other")->has_value());
  for (const Instance& instance : {*updated, found_by(place, "eu")}) {
    CHECK(instance.id == "win-1");
    CHECK(instance.slug == "eu");
    CHECK(instance.workflow_id == "nightly");
    CHECK(instance.created_at == noon);
    CHECK(instance.name == "Europe");
    CHECK(instance.description == "changed");
    CHECK(instance.inputs == Object{{"day", 2}});
    CHECK(instance.env == core::TextMap{{"A", "b"}});
    CHECK(instance.credentials.keys == core::TextMap{{"github", "x"}});
    CHECK(instance.labels == core::TextMap{{"env", "prod"}});
    CHECK(instance.audit.created_by == "ann");
    CHECK(instance.audit.updated_by == "bob");
  }
}

void a_refused_update_changes_nothing(InstancePlace& place) {
  REQUIRE(place.instances().create(an_instance("win-1", "eu")).ok());
  const auto refused = place.instances().update("win-1", [](Instance& instance) -> Result<void> {
    instance.description = "changed";
    return Error{ErrorCode::invalid_argument, "not like this"};
  });
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message == "not like this");
  CHECK(found_by(place, "win-1").description.empty());
  const auto unknown =
      place.instances().update("win-none", [](Instance&) -> Result<void> { return {}; });
  REQUIRE_FALSE(unknown.ok());
  CHECK(unknown.error().code == ErrorCode::not_found);
}

void what_is_removed_is_gone_and_its_slug_is_free(InstancePlace& place) {
  REQUIRE(place.instances().create(an_instance("win-1", "eu")).ok());
  REQUIRE(place.instances().create(an_instance("win-2", "us")).ok());
  REQUIRE(place.instances().remove("win-1").ok());
  CHECK_FALSE(place.instances().find("win-1")->has_value());
  CHECK(ids(place.instances().list(std::nullopt)) == std::vector<std::string>{"win-2"});
  const auto again = place.instances().remove("win-1");
  REQUIRE_FALSE(again.ok());
  CHECK(again.error().code == ErrorCode::not_found);
  CHECK(place.instances().create(an_instance("win-3", "eu")).ok());
}

void what_is_in_use_stays(InstancePlace& place) {
  REQUIRE(place.instances().create(an_instance("win-1", "eu")).ok());
  for (const auto status : {core::ExecutionStatus::pending,
                            core::ExecutionStatus::running,
                            core::ExecutionStatus::waiting}) {
    const std::string run = "wex-" + std::string(to_string(status));
    record_run(place, run, "win-1", status);
    const auto refused = place.instances().remove("win-1");
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::failed_precondition);
    CHECK(refused.error().message ==
          "instance 'eu' is in use: execution '" + run + "' is " + std::string(to_string(status)));
    CHECK(refused.error().hint.find("goflow exec cancel " + run) != std::string::npos);
    CHECK(place.instances().find("win-1")->has_value());
    REQUIRE(place.executions().remove({run}, [](const auto&) { return Result<void>(); }).ok());
  }
  CHECK(place.instances().remove("win-1").ok());
}

void runs_that_have_ended_or_are_of_others_keep_nothing(InstancePlace& place) {
  using enum core::ExecutionStatus;
  REQUIRE(place.instances().create(an_instance("win-1", "eu")).ok());
  REQUIRE(place.instances().create(an_instance("win-2", "us")).ok());
  for (const auto status : {completed, failed, cancelled, timed_out}) {
    record_run(place, "wex-" + std::string(to_string(status)), "win-1", status);
  }
  record_run(place, "wex-other", "win-2", running);
  record_run(place, "wex-none", "", running);
  CHECK(place.instances().remove("win-1").ok());
  CHECK((*place.executions().find("wex-failed"))->instance_id == "win-1");
}

void the_default_is_recorded_for_each_workflow(InstancePlace& place) {
  REQUIRE(place.instances().set_default("nightly", "win-1", noon).ok());
  REQUIRE(place.instances().set_default("weekly", "win-2", noon).ok());
  REQUIRE(place.instances().set_default("nightly", "win-3", noon + 1h).ok());
  CHECK(place.instances().default_of("nightly")->value() == "win-3");
  CHECK(place.instances().default_of("weekly")->value() == "win-2");
}

void the_record_of_a_default_outlives_it(InstancePlace& place) {
  REQUIRE(place.instances().create(an_instance("win-1", "nightly-default")).ok());
  REQUIRE(place.instances().set_default("nightly", "win-1", noon).ok());
  REQUIRE(place.instances().remove("win-1").ok());
  CHECK(place.instances().default_of("nightly")->value() == "win-1");
}

}  // namespace

void instance_store_contract(const std::function<std::unique_ptr<InstancePlace>()>& make) {
  GOFLOW_CONTRACT_CASE(every_member_comes_back)
  GOFLOW_CONTRACT_CASE(what_was_not_said_is_empty)
  GOFLOW_CONTRACT_CASE(an_id_wins_over_a_slug)
  GOFLOW_CONTRACT_CASE(absence_is_a_value)
  GOFLOW_CONTRACT_CASE(a_slug_is_taken_once)
  GOFLOW_CONTRACT_CASE(an_id_is_taken_once)
  GOFLOW_CONTRACT_CASE(lists_by_workflow_and_from_the_oldest_on)
  GOFLOW_CONTRACT_CASE(an_update_changes_all_but_who_it_is)
  GOFLOW_CONTRACT_CASE(a_refused_update_changes_nothing)
  GOFLOW_CONTRACT_CASE(what_is_removed_is_gone_and_its_slug_is_free)
  GOFLOW_CONTRACT_CASE(what_is_in_use_stays)
  GOFLOW_CONTRACT_CASE(runs_that_have_ended_or_are_of_others_keep_nothing)
  GOFLOW_CONTRACT_CASE(the_default_is_recorded_for_each_workflow)
  GOFLOW_CONTRACT_CASE(the_record_of_a_default_outlives_it)
}

}  // namespace goflow::test
