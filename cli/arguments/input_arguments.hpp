// The values that were given to a run on the command line.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"

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

/// Later ones win, and single inputs win over the file. Whether the workflow takes them, and as
/// what, is for core::resolve_inputs() to say: it tells all problems at once.
core::Result<core::Object> collect_inputs(const InputArguments& arguments, const ReadInput& read);

}  // namespace goflow::cli
