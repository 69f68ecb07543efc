// What the process has to offer to a command.
#pragma once

#include "cli/command/global_options.hpp"
#include "core/base/result.hpp"

#include <cstddef>
#include <ostream>
#include <utility>

namespace goflow::cli {

class Context {
 public:
  /// `out` gets the result, and nothing else.
  Context(GlobalOptions options, std::ostream& out) : options_(std::move(options)), out_(out) {}

  [[nodiscard]] const GlobalOptions& options() const { return options_; }
  [[nodiscard]] std::ostream& out() { return out_; }
  /// Columns of the terminal; 80 where there is none.
  [[nodiscard]] std::size_t width() const;

 private:
  GlobalOptions options_;
  std::ostream& out_;
};

}  // namespace goflow::cli
