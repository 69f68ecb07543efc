// What a shell node was told to do, out of the value that the interpreter made of it.
#pragma once

#include "core/value/value.hpp"
#include "core/workflow/workflow.hpp"

#include <optional>
#include <string>
#include <vector>

namespace goflow::engine {

struct ShellInput {
  std::string script;                // empty: a command
  std::vector<std::string> command;  // empty: a script
  std::vector<std::string> shell;    // the arguments before the script file
  std::string cwd;                   // empty: where the run was started
  core::Object variables;            // exported to a script
  core::Object environment;          // text, or null: the variable is removed
  core::Value stdin_value;
  core::OutputParse parse = core::OutputParse::text;
  std::vector<std::string> promised_outputs;
  bool value_is_used = true;

  [[nodiscard]] bool is_script() const { return command.empty(); }
  /// Standard output becomes (part of) the node's value: as it is, or as what it means.
  [[nodiscard]] bool takes_text() const {
    return value_is_used && parse == core::OutputParse::text;
  }
  [[nodiscard]] bool parses_output() const {
    return value_is_used && (parse == core::OutputParse::json || parse == core::OutputParse::lines);
  }
};

ShellInput read_shell_input(const core::Value& input);

/// What of it cannot be handed to a process as it stands, as a sentence; nullopt: nothing.
std::optional<std::string> unfit_for_a_process(const ShellInput& input);

}  // namespace goflow::engine
