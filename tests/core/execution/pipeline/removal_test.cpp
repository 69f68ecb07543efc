#include "core/execution/pipeline/removal.hpp"

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

/// Five runs, of which the last one goes on.
struct Home {
  Home() { REQUIRE(test::create_series(executions)); }

  Removal removal(RemovalRequest request) {
    return {std::move(request), &executions, [this](const Execution& execution) {
              return execution.id == live;
            }};
  }
  Result<Removal> remove(RemovalRequest request) {
    return removal_pipeline().run(removal(std::move(request)), unseen);
  }
  bool has(const std::string& id) { return executions.find(id)->has_value(); }

  std::string live = "wex-5";
  test::MemoryExecutionStore executions;
  NoStepObserver unseen;
};

}  // namespace

TEST_CASE("an execution is deleted in the steps of the specification") {
  CHECK(removal_pipeline().names() ==
        std::vector<std::string_view>{
            "ValidateInput", "LoadExistingForDelete", "CheckEnded", "DeleteResource"});
}

TEST_CASE("a removal returns what it removed, each once") {
  Home home;
  const auto removed = home.remove({{"wex-1", "wex-2", "wex-1"}});
  REQUIRE(removed.ok());
  CHECK(removed->found.size() == 2);
  CHECK(removed->found.front().workflow_id == "nightly");
  CHECK_FALSE(home.has("wex-1"));
  CHECK_FALSE(home.has("wex-2"));
  CHECK(home.has("wex-3"));
}

TEST_CASE("all stay when one of them is not there, is not named or goes on") {
  Home home;
  CHECK(home.remove({{"wex-1", "wex-9"}}).error().code == ErrorCode::not_found);
  CHECK(home.remove({{"wex-1", ""}}).error().code == ErrorCode::invalid_argument);
  CHECK(home.remove({{"wex-1", "wex-5"}}).error().code == ErrorCode::failed_precondition);
  CHECK(home.has("wex-1"));
}

TEST_CASE("a second removal finds nothing") {
  Home home;
  REQUIRE(home.remove({{"wex-1"}}).ok());
  CHECK(home.remove({{"wex-1"}}).error().code == ErrorCode::not_found);
}

TEST_CASE("with force somebody ends what goes on; what begins anew meanwhile stays all the same") {
  Home home;
  const auto end = [&home](Removal removal) -> Result<Removal> {
    home.live.clear();
    return removal;
  };
  const auto pipeline = removal_pipeline().with_before("DeleteResource", {"EndByForce", end});
  REQUIRE(pipeline.run(home.removal({{"wex-5"}, true}), home.unseen).ok());
  CHECK_FALSE(home.has("wex-5"));
  home.live = "wex-4";
  CHECK(home.remove({{"wex-4"}, true}).error().code == ErrorCode::failed_precondition);
}
