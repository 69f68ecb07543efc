// The options that every command takes, wherever they stand on the line.
#pragma once

#include "cli/command/command.hpp"

#include <optional>
#include <string>

namespace goflow::cli {

enum class ColorChoice { automatic, always, never };

struct GlobalOptions {
  std::optional<std::string> home = std::nullopt;  // --home; the environment is asked elsewhere
  bool quiet = false;
  bool verbose = false;
  bool debug = false;
  ColorChoice color = ColorChoice::automatic;
  bool no_pager = false;
  bool no_input = false;
  bool help = false;
  bool version = false;
};

void declare(Command& command, GlobalOptions& options);

/// Errors have to be JSON too when the result would have been: `--json` or `--output json` is
/// among the words. Works on words that cannot be parsed.
bool asks_for_json(const std::vector<std::string>& words);

}  // namespace goflow::cli
