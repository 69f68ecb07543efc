// The values that were given to a run on the command line.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"
#include "core/workflow/workflow.hpp"

#include <functional>
#include <string>
#include <vector>

namespace goflow::cli {

struct InputArguments {
  std::vector<std::string> inputs;  // k=v, k=@file, k:=JSON; without '=': a file as in `file`
  std::string file;                 // a JSON or YAML object; "-" is stdin
};

/// Reads a file, or stdin for "-"; the second reader of stdin gets an Error.
using ReadInput = std::function<core::Result<std::string>(const std::string& path)>;

/// Later ones win, and single inputs win over the file. Undeclared names are refused with the
/// nearest declared one.
core::Result<core::Object> collect_inputs(const InputArguments& arguments,
                                          const core::Workflow& workflow,
                                          const ReadInput& read);

}  // namespace goflow::cli
