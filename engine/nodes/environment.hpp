// The environment of a child, put together from several layers of which the later wins.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::engine {

class Scratch;
class ScratchFile;

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

/// Exports the variables of a workflow under their own names, but for those that would change how
/// the script itself is run. What the system does not take (128 KiB a value, NUL characters), and
/// the largest where all together exceed 1 MiB, is put into files that `NAME_FILE` points to; they
/// are returned.
core::Result<std::vector<std::unique_ptr<ScratchFile>>> export_variables(
    const core::Object& variables, Environment& environment, Scratch& scratch);

}  // namespace goflow::engine
