#include "cli/generate/topic_pages.hpp"

#include "cli/generate/credentials_page.hpp"
#include "cli/generate/environment_page.hpp"
#include "cli/generate/expressions_page.hpp"
#include "cli/generate/workflow_page.hpp"

namespace goflow::cli {

std::vector<GeneratedFile> topic_pages() {
  return {{"goflow-workflow.5", workflow_page()},
          {"goflow-expressions.7", expressions_page()},
          {"goflow-credentials.7", credentials_page()},
          {"goflow-environment.7", environment_page()}};
}

}  // namespace goflow::cli
