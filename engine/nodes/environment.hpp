// The environment of a child, put together from several layers of which the later wins.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"
#include "engine/nodes/scratch.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::engine {

class Environment {
 public:
  /// `inherited`, which has to outlive this: "NAME=value", as the operating system has them.
  explicit Environment(const std::vector<std::string>& inherited) : inherited_(inherited) {}

  void set(std::string_view name, std::string value);
  void remove(std::string_view name);
  [[nodiscard]] std::vector<std::string> entries() const;

 private:
  const std::vector<std::string>& inherited_;
  std::map<std::string, std::optional<std::string>, std::less<>> changes_;  // nothing: removed
};

struct ExportedVariables {
  std::vector<std::unique_ptr<ScratchFile>> files = {};  // that have to last as long as the child
  std::vector<std::string> warnings = {};
};

/// Exports the variables of a workflow under their own names, but for those that would change how
/// the script itself is run. What the system does not take (128 KiB a value, NUL characters), and
/// the largest where all together exceed 1 MiB, is put into files that `NAME_FILE` points to. One
/// whose value is not to be had any more is left out with a warning; if the script mentions it,
/// PayloadUnavailable is thrown.
core::Result<ExportedVariables> export_variables(const core::Object& variables,
                                                 std::string_view script,
                                                 Environment& environment,
                                                 Scratch& scratch);

}  // namespace goflow::engine
