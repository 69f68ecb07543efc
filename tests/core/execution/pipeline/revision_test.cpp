#include "core/execution/pipeline/revision.hpp"

#include "tests/support/fixed_clock.hpp"
#include "tests/support/history_rows.hpp"
#include "tests/support/memory_execution_store.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace goflow::core;
using namespace goflow;

namespace {

struct Home {
  Home() {
    Execution execution = test::an_execution("wex-1");
    execution.tags = {"eu"};
    execution.labels = {{"env", "prod"}};
    REQUIRE(executions.create(execution, "nodes: []").ok());
  }
  Revision revision(RevisionRequest request) {
    request.by = "ann";
    return {std::move(request), &executions, &clock};
  }
  Result<Revision> revise(RevisionRequest request) {
    return revision_pipeline().run(revision(std::move(request)), unseen);
  }
  Execution recorded() { return executions.find("wex-1")->value(); }

  test::FixedClock clock{test::noon + std::chrono::hours{1}};
  test::MemoryExecutionStore executions;
  NoStepObserver unseen;
};

}  // namespace

TEST_CASE("an execution is updated in the steps of the specification") {
  CHECK(revision_pipeline().names() ==
        std::vector<std::string_view>{
            "ValidateInput", "LoadExisting", "BuildUpdateState", "Persist"});
}

TEST_CASE("a revision changes what is asked for, and who did it when") {
  Home home;
  RevisionRequest request{.written = "wex-1", .name = "Nightly EU"};
  request.tags = {"daily"};
  request.untags = {"eu", "never-there"};
  request.labels = {"team=data"};
  request.unlabels = {"env"};
  request.annotations = {"note=by hand"};
  REQUIRE(home.revise(request).ok());
  const Execution execution = home.recorded();
  CHECK(execution.name == "Nightly EU");
  CHECK(execution.slug == "nightly-eu");
  CHECK(execution.tags == std::vector<std::string>{"daily"});
  CHECK(execution.labels == TextMap{{"team", "data"}});
  CHECK(execution.annotations == TextMap{{"note", "by hand"}});
  CHECK(execution.created_at == test::noon);
  CHECK(execution.audit->spec.updated_by == "ann");
  CHECK(execution.audit->spec.updated_at == test::noon + std::chrono::hours{1});
}

TEST_CASE("the slug stays when the name changes, and finds the execution") {
  Home home;
  REQUIRE(home.revise({.written = "wex-1", .name = "Nightly EU"}).ok());
  REQUIRE(home.revise({.written = "nightly-eu", .name = "Nightly Europe"}).ok());
  CHECK(home.recorded().name == "Nightly Europe");
  CHECK(home.recorded().slug == "nightly-eu");
}

TEST_CASE("a revision of nothing, of no execution and with nothing to change is refused") {
  Home home;
  CHECK(home.revise({.written = "", .name = "x"}).error().code == ErrorCode::invalid_argument);
  CHECK(home.revise({.written = "wex-2", .name = "x"}).error().code == ErrorCode::not_found);
  CHECK(home.revise({.written = "wex-1"}).error().message == "nothing to change");
}

TEST_CASE("what is wrong with a revision is found before anything is written") {
  Home home;
  Revision loaded = home.revision({.written = "wex-1", .tags = {"not a tag"}});
  loaded.execution = home.recorded();
  CHECK(revision::build_update_state(std::move(loaded)).error().code ==
        ErrorCode::invalid_argument);
  CHECK(home.recorded().tags == std::vector<std::string>{"eu"});
}

TEST_CASE("Persist keeps what somebody else has changed meanwhile") {
  Home home;
  Revision loaded = home.revision({.written = "wex-1", .tags = {"daily"}});
  loaded.execution = home.recorded();
  REQUIRE(home.revise({.written = "wex-1", .tags = {"meanwhile"}}).ok());
  REQUIRE(revision::persist(std::move(loaded)).ok());
  CHECK(home.recorded().tags == std::vector<std::string>{"daily", "eu", "meanwhile"});
}
