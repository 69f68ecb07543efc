#include "cli/generate/man_pages.hpp"

#include "cli/command/exit_code.hpp"
#include "cli/command/help.hpp"
#include "cli/command/text_layout.hpp"
#include "cli/generate/declared_commands.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

namespace goflow::cli {
namespace {

constexpr std::size_t widest_line = 76;

std::string page_name(std::string_view path) {
  std::string name = path.empty() ? "goflow" : "goflow-" + std::string(path);
  std::replace(name.begin(), name.end(), ' ', '-');
  return name;
}

/// Text on a line of its own: nothing in it is a macro or an escape.
std::string escaped(std::string_view text) {
  std::string line = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  for (const char c : text)
    line += c == '\\' ? std::string("\\e") : std::string(1, c);
  return line;
}

/// Words behind a macro, none of which is read as a macro itself.
std::string quoted(std::string_view text) {
  std::string line;
  for (const char c : escaped(text))
    line += c == '"' ? std::string("\"\"") : std::string(1, c);
  return "\"" + line + "\"";
}

std::string heading(std::string_view title) {
  return ".Sh " + std::string(title) + "\n";
}

std::string list(const std::string& items) {
  return items.empty() ? "" : ".Bl -tag -width Ds\n" + items + ".El\n";
}

/// Each sentence on a line of its own, as mdoc wants it, and none too long for an editor.
std::string paragraphs(std::string_view text) {
  std::string lines(text);
  for (std::size_t end = lines.find(". "); end != std::string::npos; end = lines.find(". ", end)) {
    lines[end + 1] = '\n';
  }
  std::string out;
  std::istringstream wrapped(wrap(lines, widest_line));
  for (std::string line; std::getline(wrapped, line);) {
    out += line.empty() ? ".Pp\n" : escaped(line) + "\n";
  }
  return out;
}

std::string sentence(std::string text) {
  text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return paragraphs(text + ".");
}

std::string item(const std::string& macro, std::string_view meaning) {
  return ".It " + macro + "\n" + paragraphs(meaning);
}

/// The section's list, or nothing where the list is empty.
std::string section(std::string_view title, const std::string& items) {
  return items.empty() ? "" : heading(title) + list(items);
}

std::string page_head(std::string_view path, std::string_view summary) {
  std::string title = page_name(path);
  std::transform(title.begin(), title.end(), title.begin(), [](unsigned char c) {
    return static_cast<char>(std::toupper(c));
  });
  return ".\\\" Made from the commands' declarations: make generate\n.Dd $Mdocdate$\n.Dt " + title +
         " 1\n.Os\n" + heading("NAME") + ".Nm " + page_name(path) + "\n.Nd " + escaped(summary) +
         "\n";
}

std::string option_macro(const Option& option) {
  std::string macro = option.letter == 0 ? "" : std::string("Fl ") + option.letter + " , ";
  macro += "Fl " + option.name.substr(1);
  if (option.takes_value == TakesValue::yes) macro += " Ar " + option.value_name;
  if (option.takes_value == TakesValue::optionally) {
    macro += " Ns Op Ns = Ns Ar " + option.value_name;
  }
  return macro;
}

std::string option_items(const Command& command) {
  std::string items;
  for (const Option& option : shown_options(command)) {
    items += item(option_macro(option), meaning_of(option));
  }
  return items;
}

std::string positional_items(const Command& command) {
  std::string items;
  for (const Positional& positional : command.positionals()) {
    items += item("Ar " + positional.name, meaning_of(positional));
  }
  return items;
}

std::string synopsis(const Command& command) {
  std::string text = heading("SYNOPSIS") + ".Nm goflow " + command.path() + "\n";
  for (const Positional& positional : command.positionals()) {
    const std::string dots = positional.binding.repeats ? " ..." : "";
    text += (positional.required ? ".Ar " : ".Op Ar ") + positional.name + dots + "\n";
  }
  return text + ".Op Ar options\n";
}

std::string field_items(const Command& command) {
  std::string items;
  for (const Field& field : command.fields()) {
    items += item("Cm " + std::string(field.name), field.meaning);
  }
  return items;
}

std::string example_items(const Command& command) {
  std::string items;
  for (const Example& example : command.examples()) {
    items += item("Li " + quoted(example.line), example.shows);
  }
  return items;
}

std::string exit_section(const Command& command) {
  std::string items;
  for (const ExitMeaning& exit : command.exit_codes()) {
    items += item(std::to_string(exit.code), exit.meaning);
  }
  const std::string rest = "All exit codes are explained in\n.Xr goflow 1 .\n";
  return heading("EXIT STATUS") + list(items) + rest;
}

std::string command_page(const Command& command) {
  return page_head(command.path(), command.summary()) + synopsis(command) + heading("DESCRIPTION") +
         sentence(command.summary()) +
         (command.description().empty() ? "" : ".Pp\n" + paragraphs(command.description())) +
         list(positional_items(command)) + section("OPTIONS", option_items(command)) +
         section("JSON FIELDS", field_items(command)) + exit_section(command) +
         section("EXAMPLES", example_items(command)) + heading("SEE ALSO") + ".Xr goflow 1\n";
}

struct Variable {
  std::string_view name;
  std::string_view meaning;
};

constexpr std::array<Variable, 9> environment{{
    {"GOFLOW_HOME", "where goflow keeps everything, unless --home is given"},
    {"GOFLOW_CONFIG_DIR", "a synonym of GOFLOW_HOME, which wins"},
    {"GOFLOW_PAGER", "pages long output; else PAGER, else less -FRX"},
    {"VISUAL", "the editor; else EDITOR"},
    {"NO_COLOR", "no colour when set and not empty"},
    {"CLICOLOR_FORCE", "colour in pipes too"},
    {"COLUMNS", "the width of the output"},
    {"TMPDIR", "where temporary files go"},
    {"HTTPS_PROXY", "the proxy for requests, but for the hosts in NO_PROXY"},
}};

std::string environment_items() {
  std::string items;
  for (const Variable& variable : environment) {
    items += item("Ev " + std::string(variable.name), variable.meaning);
  }
  return items;
}

std::string exit_code_items() {
  std::string items;
  for (const ExitCodeMeaning& exit : exit_code_meanings()) {
    items += item(std::to_string(exit.code), exit.meaning);
  }
  return items;
}

std::string command_items(const std::vector<Command>& commands) {
  std::string items;
  for (const Command& command : commands) {
    items += item("Xr " + page_name(command.path()) + " 1", command.summary());
  }
  return items;
}

std::string alias_items(const CommandTree& tree) {
  std::string items;
  for (const Alias& alias : tree.aliases) {
    items += item("Nm goflow Cm " + std::string(alias.name), alias_note(alias));
  }
  return items;
}

std::string program_page(const CommandTree& tree) {
  return page_head("", "run workflows on your own machine") + heading("SYNOPSIS") +
         ".Nm\n.Ar command\n.Op Ar options\n" + heading("DESCRIPTION") +
         paragraphs(
             "Runs workflows from YAML files. Every step is recorded as it happens, so that a run "
             "which was cut off goes on where it was.") +
         list(alias_items(tree)) + section("COMMANDS", command_items(declared_commands(tree))) +
         section("OPTIONS", option_items(global_command())) +
         section("ENVIRONMENT", environment_items()) +
         section("FILES", item("Pa ~/.goflow", "workflows, history and everything else")) +
         section("EXIT STATUS", exit_code_items());
}

}  // namespace

std::vector<GeneratedFile> man_pages(const CommandTree& tree) {
  std::vector<GeneratedFile> pages{{"goflow.1", program_page(tree)}};
  for (const Command& command : declared_commands(tree)) {
    pages.push_back({page_name(command.path()) + ".1", command_page(command)});
  }
  return pages;
}

}  // namespace goflow::cli
