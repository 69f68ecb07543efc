#include "core/workflow/workflow.hpp"

#include <doctest/doctest.h>

using namespace goflow::core;

TEST_CASE("the id of a workflow is the slug of its name") {
  CHECK(workflow_id_of("Nightly Report") == "nightly-report");
  CHECK(workflow_id_of("ETL (v2) \xE2\x80\x93 prod") == "etl-v2-prod");
  CHECK(workflow_id_of("my_flow") == "my_flow");
  CHECK(workflow_id_of("  --a\t-\nb-- ") == "a-b");
  CHECK(workflow_id_of("../etc/passwd") == "etcpasswd");
  CHECK(workflow_id_of("\xC3\xA4\xC3\xB6!").empty());
}
