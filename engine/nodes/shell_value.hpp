// The value of a shell node, or why there is none, from what its process left behind.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "engine/loop/captured_log.hpp"
#include "engine/loop/children.hpp"
#include "engine/nodes/shell_input.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::engine {

/// Standard output that is to be parsed: whole, as long as that is possible.
class KeptOutput {
 public:
  void append(std::string_view text);
  /// Every byte of it; the error says why it cannot be a value.
  [[nodiscard]] core::Result<std::string_view, std::string> text() const;

 private:
  std::string bytes_;
  std::size_t size_ = 0;
};

/// The failure of kind `data` that a wrong output is.
core::Failure data_failure(std::string message);

/// Without the output, where that is to be text. `outputs`: the bytes of $GOFLOW_OUTPUT, if the
/// script wrote it. What is odd is added to `warnings`.
core::Result<core::Value, core::Failure> shell_value(const ShellInput& input,
                                                     const KeptOutput& output,
                                                     const std::optional<std::string>& outputs,
                                                     std::vector<std::string>& warnings);

/// Why a process that ended like this has failed; nullopt: it has not.
std::optional<core::Failure> failure_of(const ChildEnd& end, const CapturedLog& standard_error);

}  // namespace goflow::engine
