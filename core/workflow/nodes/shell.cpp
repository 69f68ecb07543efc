#include "core/workflow/named_templates.hpp"
#include "core/workflow/nodes/node_reading.hpp"
#include "core/workflow/words.hpp"

#include <array>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::array<std::pair<std::string_view, OutputParse>, 4> parses{{
    {"text", OutputParse::text},
    {"json", OutputParse::json},
    {"lines", OutputParse::lines},
    {"none", OutputParse::none},
}};

using Interpreter = std::vector<std::string>;

const Interpreter sh{"/bin/sh", "-e"};

const std::array<std::pair<std::string_view, Interpreter>, 3> shells{{
    {"sh", sh},
    {"bash", {"bash", "-e", "-o", "pipefail"}},
    {"python3", {"python3"}},
}};

void read_interpreter(NodeReading& reading, ShellNode& node) {
  const YamlNode* shell = reading.fields.find("shell");
  if (shell == nullptr) return;
  if (shell->is_list()) {
    node.shell = reading.fields.texts("shell");
    if (node.shell.empty()) reading.report_missing("a program in 'shell'");
    return;
  }
  node.shell = reading.fields.word(*shell, "shell", Words<Interpreter>(shells)).value_or(sh);
}

void read_script(NodeReading& reading, ShellNode& node) {
  const YamlNode* script = reading.required("run");
  node.script = reading.fields.text("run");
  if (script != nullptr && node.script) reading.draft.script = script;
}

void read_command(NodeReading& reading, ShellNode& node) {
  const YamlNode* command = reading.required("command");
  if (command == nullptr) return;
  if (!command->is_list()) {
    reading.fields.report_type(*command, "command", "a list of arguments");
    return;
  }
  for (const YamlNode* argument : command->items) {
    if (!argument->is_scalar() || argument->is_null()) {
      reading.fields.report_type(*argument, "command", "a list of texts");
    } else if (auto text = reading.compiler.text(*argument, reading.place("command"))) {
      node.command.push_back(*std::move(text));
    }
  }
}

void read_work(NodeReading& reading, ShellNode& node) {
  const auto keys = reading.exclusive({"run", "command"});
  if (keys.empty()) return reading.report_missing("'run' or 'command'");
  if (keys.size() == 1) {
    keys[0] == "run" ? read_script(reading, node) : read_command(reading, node);
  }
}

void read_outputs(NodeReading& reading, ShellNode& node) {
  node.outputs = reading.fields.texts("outputs");
  for (const std::string& name : node.outputs) {
    if (is_variable_name(name)) continue;
    reading.fields.problems().add(Rule::bad_variable_name,
                                  reading.fields.find("outputs")->at,
                                  "'" + name + "' cannot be an output of " + reading.fields.owner(),
                                  "use letters, digits and '_', and begin with a letter");
  }
}

}  // namespace

const Keys& shell_keys() {
  static const Keys keys{
      {"run", forms::text(), "text of a script; never templated, variables are in its environment"},
      {"command", forms::list_of(forms::text()), "arguments, started without a shell"},
      {"shell",
       forms::either({forms::word(shells), forms::list_of(forms::text())}),
       "what runs the script: a word, or the arguments before its file"},
      {"cwd", forms::text(), "the directory it starts in"},
      {"env", named_texts_form(), "environment variables; null removes one"},
      {"stdin", forms::anything(), "what it reads; lists and maps are sent as JSON"},
      {"parse", forms::word(parses), "what becomes of its output; text"},
      {"outputs",
       forms::some(forms::text_like(variable_pattern)),
       "keys that the script promises to write to $GOFLOW_OUTPUT"},
  };
  return keys;
}

std::optional<NodeWork> read_shell(NodeReading& reading) {
  ShellNode node;
  read_work(reading, node);
  read_interpreter(reading, node);
  node.cwd = reading.text("cwd");
  node.env = read_environment(reading.fields, reading.compiler, reading.place("env"));
  if (const YamlNode* input = reading.fields.find("stdin")) {
    node.stdin_value = reading.compiler.value(*input, reading.place("stdin"));
  }
  node.parse = reading.fields.word("parse", Words<OutputParse>(parses)).value_or(OutputParse::text);
  read_outputs(reading, node);
  return node;
}

}  // namespace goflow::core
