#include "cli/command/text_layout.hpp"
#include "cli/generate/completions.hpp"
#include "cli/generate/declared_commands.hpp"
#include "cli/generate/shell_text.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

/// The part that is the same whatever the commands are.
constexpr std::string_view head = R"zsh(#compdef goflow
# zsh completion for goflow. Made from the commands' declarations: make generate

# Live names, each with a word about it behind a tab.
_goflow_live() {
  local -a lines words notes
  lines=("${(@f)$(goflow __complete $1 "$PREFIX" 2>/dev/null)}")
  words=("${(@)lines%%$'\t'*}")
  notes=("${(@)lines//$'\t'/  }")
  [[ -n $words ]] && compadd -l -d notes -a words
}
)zsh";

constexpr std::string_view tail = R"zsh(
if [[ ${funcstack[1]} == _goflow ]]; then
  _goflow "$@"
else
  compdef _goflow goflow
fi
)zsh";

/// Text within an `_arguments` specification: brackets and colons have a meaning there.
std::string spec_text(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') safe += '\\';
    safe += c;
  }
  return safe;
}

std::string function_of(std::string_view path) {
  std::string name = "_goflow_" + std::string(path);
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

std::string action_of(const Binding& binding, CompletesWith live) {
  if (!binding.values.empty()) return "(" + joined(binding.values, " ") + ")";
  if (live == CompletesWith::nothing) return " ";
  if (live == CompletesWith::file) return "_files";
  if (live == CompletesWith::folder) return "_files -/";
  // The blank keeps _arguments from putting words of its own before the kind.
  return " _goflow_live " + std::string(to_string(live));
}

std::string fields_action(const Command& command) {
  return "_values -s , field " + joined(names_of(command.fields()), " ");
}

/// `{-n,--limit}'[at most so many]:N: '`
std::string option_spec(const Command& command, const Option& option) {
  const bool repeats = option.binding.repeats;
  std::string rest = "[" + spec_text(option.help) + "]";
  if (option.takes_value == TakesValue::yes) {
    rest += ":" + option.value_name + ":" + action_of(option.binding, option.live);
  }
  if (option.takes_value == TakesValue::optionally) {
    rest = "=-" + rest + "::" + option.value_name + ":" + fields_action(command);
  }
  if (option.letter == 0) return shell_quoted((repeats ? "*" : "") + option.name + rest);
  const std::string letter = std::string("-") + option.letter;
  const std::string guard = repeats ? "*" : "(" + letter + " " + option.name + ")";
  return shell_quoted(guard) + "{" + letter + "," + option.name + "}" + shell_quoted(rest);
}

std::string positional_spec(const Positional& positional) {
  const std::string place = positional.binding.repeats ? "*" : positional.required ? "" : ":";
  return shell_quoted(place + ":" + spec_text(positional.name) + ":" +
                      action_of(positional.binding, positional.live));
}

std::string option_specs(const Command& command) {
  std::string specs;
  for (const Option& option : shown_options(command)) {
    specs += " \\\n    " + option_spec(command, option);
  }
  return specs;
}

std::string function(const std::string& name, const std::string& body) {
  return "\n" + name + "() {\n" + body + "}\n";
}

/// The options of all commands, written down once.
std::string global_array() {
  return "\ntypeset -ga _goflow_global=(" + option_specs(global_command()) + "\n)\n";
}

constexpr const char* global_specs = " \\\n    $_goflow_global";

std::string command_function(const Command& command) {
  std::string specs = option_specs(command) + global_specs;
  for (const Positional& positional : command.positionals()) {
    specs += " \\\n    " + positional_spec(positional);
  }
  return function(function_of(command.path()), "  _arguments -s -S" + specs + "\n");
}

struct Branch {
  std::string word;
  std::string note;
  std::string function;
};

/// A function that offers the words and hands over to the one that was chosen.
std::string chooser(const std::string& name, const std::vector<Branch>& branches) {
  std::string body = std::string("  local curcontext=$curcontext state line\n  _arguments -C -s") +
                     global_specs +
                     " \\\n    '1: :->word' '*:: :->rest'\n  case $state in\n    word)\n"
                     "      local -a words=(\n";
  for (const Branch& branch : branches) {
    body += "        " + shell_quoted(branch.word + ":" + branch.note) + "\n";
  }
  body += "      )\n      _describe command words\n      ;;\n    rest)\n      case $line[1] in\n";
  for (const Branch& branch : branches) {
    body += "        " + branch.word + ") " + branch.function + " ;;\n";
  }
  return function(name, body + "      esac\n      ;;\n  esac\n");
}

std::string noun_function(const CommandTree& tree,
                          const Noun& noun,
                          const std::vector<Command>& commands) {
  std::vector<Branch> branches;
  for (const std::string& verb : tree.verbs_of(noun.name)) {
    const std::string path = std::string(noun.name) + " " + verb;
    const auto command = std::find_if(
        commands.begin(), commands.end(), [&](const Command& c) { return c.path() == path; });
    branches.push_back(Branch{verb, command->summary(), function_of(path)});
  }
  return chooser(function_of(noun.name), branches);
}

std::string root_function(const CommandTree& tree, const std::vector<Command>& commands) {
  std::vector<Branch> branches;
  for (const Noun& noun : tree.nouns) {
    branches.push_back(
        Branch{std::string(noun.name), std::string(noun.summary), function_of(noun.name)});
  }
  for (const Alias& alias : tree.aliases) {
    branches.push_back(
        Branch{std::string(alias.name), alias_note(alias), function_of(alias.target)});
  }
  for (const Command& command : commands) {
    if (command.path().find(' ') != std::string::npos) continue;
    branches.push_back(Branch{command.path(), command.summary(), function_of(command.path())});
  }
  return chooser("_goflow", branches);
}

}  // namespace

std::string zsh_completion(const CommandTree& tree) {
  const std::vector<Command> commands = declared_commands(tree);
  std::string script = std::string(head) + global_array();
  for (const Command& command : commands)
    script += command_function(command);
  for (const Noun& noun : tree.nouns)
    script += noun_function(tree, noun, commands);
  return script + root_function(tree, commands) + std::string(tail);
}

}  // namespace goflow::cli
