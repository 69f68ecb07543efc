#include "core/execution/pipeline/retrieval.hpp"

#include "tests/support/history_rows.hpp"
#include "tests/support/memory_execution_store.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <vector>

using namespace goflow::core;
using namespace goflow;

TEST_CASE("an execution is looked up in the steps of the specification") {
  CHECK(retrieval_pipeline().names() ==
        std::vector<std::string_view>{"ValidateInput", "LoadTarget"});
}

TEST_CASE("an execution is retrieved by id or what stands for it, and nothing by nothing") {
  test::MemoryExecutionStore executions;
  REQUIRE(test::create_series(executions));
  NoStepObserver unseen;
  const auto retrieve = [&](const char* written) {
    return retrieval_pipeline().run({written, &executions}, unseen);
  };
  CHECK(retrieve("wex-3")->execution.id == "wex-3");
  CHECK(retrieve("@latest:weekly")->execution.id == "wex-4");
  CHECK(retrieve("").error().code == ErrorCode::invalid_argument);
  CHECK(retrieve("wex-9").error().code == ErrorCode::not_found);
}
