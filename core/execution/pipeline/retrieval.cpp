#include "core/execution/pipeline/retrieval.hpp"

#include "core/execution/finding.hpp"

#include <utility>

namespace goflow::core {
namespace retrieval {

Result<Retrieval> validate_input(Retrieval retrieval) {
  GOFLOW_TRY(check_names_execution(retrieval.written));
  return retrieval;
}

Result<Retrieval> load_target(Retrieval retrieval) {
  GOFLOW_TRY(retrieval.execution, find_execution(retrieval.written, *retrieval.executions));
  return retrieval;
}

}  // namespace retrieval

Pipeline<Retrieval> retrieval_pipeline() {
  using namespace retrieval;
  return Pipeline<Retrieval>({{"ValidateInput", validate_input}, {"LoadTarget", load_target}});
}

}  // namespace goflow::core
