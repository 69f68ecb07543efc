// Manual pages about what no single command explains.
#pragma once

#include "cli/generate/generated_file.hpp"

#include <vector>

namespace goflow::cli {

/// goflow-workflow.5, goflow-expressions.7 and goflow-environment.7, made from the tables by which
/// the program itself goes; and goflow-credentials.7, a guide.
std::vector<GeneratedFile> topic_pages();

}  // namespace goflow::cli
