#include "core/execution/pipeline/creation.hpp"

#include "core/workflow/reader.hpp"
#include "tests/support/fixed_clock.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/instance_rows.hpp"
#include "tests/support/memory_execution_store.hpp"
#include "tests/support/memory_instance_store.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace goflow::core;
using namespace goflow;

namespace {

const std::string nightly = R"(
name: nightly
version: "1.2"
max_active_runs: 3
env_allow: [REGION]
variables:
  - {name: region, type: string, required: true}
  - {name: limit, type: number, default: 10}
nodes: [{id: a, run: ls}]
)";

/// Knows one workflow, and whether its credentials are there and it can be taken over.
class FakeSurroundings final : public CreationSurroundings {
 public:
  FakeSurroundings() : workflow_(*read_workflow(nightly).workflow) {}

  Result<FoundWorkflow> find_workflow(const std::string& written) override {
    if (written == "nightly") return FoundWorkflow{&workflow_, &nightly};
    return Error{ErrorCode::not_found, "no workflow named '" + written + "'"};
  }
  Result<void> check_credentials(const Workflow&, const CredentialBindings& bindings) override {
    asked_for = bindings;
    return credentials;
  }
  Result<std::unique_ptr<RunJournal>> take_over(const Execution& execution) override {
    if (refusal) return *refusal;
    return store->take_ownership(execution.id, test::an_owner(), test::always);
  }

  ExecutionStore* store = nullptr;
  CredentialBindings asked_for;
  Result<void> credentials = {};
  std::optional<Error> refusal;

 private:
  Workflow workflow_;
};

/// A home in memory, with what a creation needs of it.
struct Home {
  Home() : instances(executions) { surroundings.store = &executions; }

  Creation creation(CreationRequest request) {
    Creation creation;
    creation.request = std::move(request);
    creation.request.created_by = "ann";
    creation.executions = &executions;
    creation.instances = &instances;
    creation.clock = &clock;
    creation.surroundings = &surroundings;
    return creation;
  }
  Result<Creation> create(CreationRequest request) {
    return creation_pipeline().run(creation(std::move(request)), unseen);
  }
  std::size_t count() { return executions.list({}, 100, std::nullopt)->executions.size(); }

  test::FixedClock clock{test::noon};
  test::MemoryExecutionStore executions;
  test::MemoryInstanceStore instances;
  FakeSurroundings surroundings;
  NoStepObserver unseen;
};

Instance an_instance_of_nightly() {
  Instance instance = test::an_instance("win-1", "eu");
  instance.workflow_id = "nightly";
  instance.inputs = {{"region", "eu"}, {"limit", 20}};
  instance.env = {{"REGION", "eu"}};
  instance.credentials = {"team", {{"api", "prod/api"}, {"db", "prod/db"}}};
  return instance;
}

const CreationRequest of_nightly{.workflow = "nightly", .inputs = {{"region", "us"}}};

}  // namespace

TEST_CASE("an execution is created in the steps of the specification") {
  CHECK(creation_and_start_pipeline().names() ==
        std::vector<std::string_view>{"ValidateInput",
                                      "ResolveWorkflowOrInstance",
                                      "CreateDefaultInstanceIfNeeded",
                                      "ResolveName",
                                      "CheckDuplicate",
                                      "BuildNewState",
                                      "SetInitialPhase",
                                      "Persist",
                                      "Start"});
}

TEST_CASE("a created execution is recorded as pending, with all that was asked for") {
  Home home;
  CreationRequest request = of_nightly;
  request.name = "Nightly EU";
  request.tags = {"eu", "daily", "eu"};
  request.labels = {"env=prod"};
  request.environment = {"REGION=here", "TOKEN=hidden"};
  request.is_queued = true;
  const auto made = home.create(request);
  REQUIRE(made.ok());
  const auto recorded = home.executions.find(made->execution.id);
  REQUIRE(recorded.ok());
  const Execution& execution = **recorded;
  CHECK(execution.status == ExecutionStatus::pending);
  CHECK(execution.workflow_id == "nightly");
  CHECK(execution.workflow_version == "1.2");
  CHECK(execution.slug == "nightly-eu");
  CHECK(execution.tags == std::vector<std::string>{"daily", "eu"});
  CHECK(execution.labels == TextMap{{"env", "prod"}});
  CHECK(execution.inputs == Object{{"region", "us"}, {"limit", 10}});
  CHECK(execution.environment == TextMap{{"REGION", "here"}});
  CHECK(execution.audit->spec.created_by == "ann");
  CHECK(execution.queue->max_active_runs == 3);
  CHECK(*home.executions.definition(execution.definition_sha256) == nightly);
}

TEST_CASE("ValidateInput wants a workflow or an instance") {
  const auto refused = creation::validate_input({});
  CHECK(refused.error().code == ErrorCode::invalid_argument);
  CHECK(refused.error().message == "either workflow_id or workflow_instance_id must be provided");
}

TEST_CASE("ValidateInput checks tags and labels") {
  Creation creation;
  creation.request = of_nightly;
  creation.request.tags = {"not a tag"};
  CHECK(creation::validate_input(std::move(creation)).error().code == ErrorCode::invalid_argument);
}

TEST_CASE("an execution without an instance belongs to the default one, made when it is needed") {
  Home home;
  const auto first = home.create(of_nightly);
  const auto second = home.create(of_nightly);
  REQUIRE(first.ok());
  REQUIRE(second.ok());
  CHECK(first->execution.instance_slug == "nightly-default");
  CHECK(first->execution.instance_id == second->execution.instance_id);
  CHECK(home.instances.list("nightly")->size() == 1);
}

TEST_CASE("an execution of an instance has its values, and over them those that are given") {
  Home home;
  const Instance instance = an_instance_of_nightly();
  REQUIRE(home.instances.create(instance).ok());
  CreationRequest request{.instance = "eu", .inputs = {{"limit", 5}}};
  request.credentials = {"", {{"db", "test/db"}}};
  const auto made = home.create(request);
  REQUIRE(made.ok());
  const Execution& execution = made->execution;
  CHECK(execution.workflow_id == "nightly");
  CHECK(execution.instance_id == instance.id);
  CHECK(execution.instance_slug == "eu");
  CHECK(execution.inputs == Object{{"region", "eu"}, {"limit", 5}});
  CHECK(execution.instance_env == TextMap{{"REGION", "eu"}});
  const CredentialBindings layered{"team", {{"api", "prod/api"}, {"db", "test/db"}}};
  CHECK(execution.credentials == layered);
  CHECK(home.surroundings.asked_for == layered);
}

TEST_CASE("where both are given the instance has to be one of the workflow") {
  Home home;
  Instance instance = an_instance_of_nightly();
  REQUIRE(home.instances.create(instance).ok());
  CHECK(home.create({.workflow = "nightly", .instance = "eu"}).ok());
  instance.id = "win-2";
  instance.slug = "weekly-eu";
  instance.workflow_id = "weekly";
  REQUIRE(home.instances.create(instance).ok());
  const auto refused = home.create({.workflow = "nightly", .instance = "weekly-eu"});
  CHECK(refused.error().code == ErrorCode::failed_precondition);
  CHECK(refused.error().message == "instance 'weekly-eu' is one of 'weekly', not of 'nightly'");
}

TEST_CASE("an unknown workflow, an unknown instance and one whose workflow is gone are not found") {
  Home home;
  Instance orphan = an_instance_of_nightly();
  orphan.workflow_id = "gone";
  REQUIRE(home.instances.create(orphan).ok());
  const auto message = [&](CreationRequest request) {
    const auto refused = home.create(std::move(request));
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().code == ErrorCode::not_found);
    return refused.error().message;
  };
  CHECK(message({.workflow = "nightli"}) == "no workflow named 'nightli'");
  CHECK(message({.instance = "us"}) == "no instance 'us'");
  CHECK(message({.instance = "eu"}) == "instance 'eu': no workflow named 'gone'");
}

TEST_CASE("a name whose slug is taken is refused, and says by whom") {
  Home home;
  CreationRequest request = of_nightly;
  request.name = "Nightly EU";
  const auto first = home.create(request);
  REQUIRE(first.ok());
  request.name = "nightly eu";
  const auto refused = home.create(request);
  CHECK(refused.error().code == ErrorCode::already_exists);
  CHECK(refused.error().message ==
        "execution 'Nightly EU' already exists (slug nightly-eu, id " + first->execution.id + ")");
}

TEST_CASE("nothing is recorded of what a step refuses") {
  Home home;
  SUBCASE("an input of the wrong type") {
    CHECK(home.create({.workflow = "nightly", .inputs = {{"region", "eu"}, {"limit", true}}})
              .error()
              .code == ErrorCode::invalid_argument);
  }
  SUBCASE("a missing input") {
    CHECK(home.create({.workflow = "nightly"}).error().code == ErrorCode::invalid_argument);
  }
  SUBCASE("a name that leaves nothing") {
    CreationRequest request = of_nightly;
    request.name = "你好";
    CHECK(home.create(request).error().code == ErrorCode::invalid_argument);
  }
  SUBCASE("a missing credential") {
    home.surroundings.credentials = Error{ErrorCode::credential, "no key"};
    CHECK(home.create(of_nightly).error().code == ErrorCode::credential);
  }
  SUBCASE("an id that is taken") {
    CreationRequest request = of_nightly;
    request.id = "wex-taken";
    REQUIRE(home.executions.create(test::an_execution("wex-taken"), "nodes: []").ok());
    CHECK(home.create(request).error().code == ErrorCode::already_exists);
    REQUIRE(
        home.executions.remove({"wex-taken"}, [](const Execution&) -> Result<void> { return {}; })
            .ok());
  }
  CHECK(home.count() == 0);
}

TEST_CASE("Start takes the execution over") {
  Home home;
  const auto made = creation_and_start_pipeline().run(home.creation(of_nightly), home.unseen);
  REQUIRE(made.ok());
  CHECK(made->journal != nullptr);
  CHECK(home.executions.find(made->execution.id)->value().owner->pid == test::an_owner().pid);
}

TEST_CASE("what cannot be started has failed, and says why") {
  Home home;
  home.surroundings.refusal = Error{ErrorCode::unavailable, "the disk is full"};
  const auto refused = creation_and_start_pipeline().run(home.creation(of_nightly), home.unseen);
  CHECK(refused.error().code == ErrorCode::internal);
  CHECK(refused.error().message == "Failed to start: the disk is full");
  const auto page = home.executions.list({}, 10, std::nullopt);
  REQUIRE(page->executions.size() == 1);
  const Execution& execution = page->executions.front();
  CHECK(execution.status == ExecutionStatus::failed);
  CHECK(execution.completed_at == test::noon);
  CHECK(execution.error->type == "start");
  CHECK(execution.error->message == "Failed to start: the disk is full");
}

TEST_CASE("what another process has taken first goes on") {
  Home home;
  home.surroundings.refusal = Error{ErrorCode::failed_precondition, "it is run by process 7"};
  const auto refused = creation_and_start_pipeline().run(home.creation(of_nightly), home.unseen);
  CHECK(refused.error().message == "it is run by process 7");
  CHECK(home.executions.list({}, 10, std::nullopt)->executions.front().status ==
        ExecutionStatus::pending);
}

TEST_CASE("a workflow at hand is not looked for, and gets no instance") {
  Home home;
  Creation creation = home.creation({.inputs = {{"region", "eu"}}, .rerun_of = "wex-1"});
  creation.found = *home.surroundings.find_workflow("nightly");
  const auto made = creation_pipeline_of_found_workflow().run(std::move(creation), home.unseen);
  REQUIRE(made.ok());
  CHECK(made->execution.instance_id.empty());
  CHECK(made->execution.rerun_of == "wex-1");
  CHECK(home.instances.list(std::nullopt)->empty());
}
