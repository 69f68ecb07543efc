#include "cli/generate/environment_page.hpp"

#include "cli/generate/mdoc.hpp"
#include "core/settings/setting.hpp"

#include <array>
#include <string_view>
#include <utility>

namespace goflow::cli {
namespace {

using mdoc::heading;
using mdoc::item;
using mdoc::list;
using mdoc::paragraphs;
using Row = std::pair<std::string_view, std::string_view>;

constexpr std::array<Row, 11> read_by_goflow{{
    {"GOFLOW_HOME", "where goflow keeps everything, unless --home is given"},
    {"GOFLOW_CONFIG_DIR", "a synonym of GOFLOW_HOME, which wins"},
    {"HOME", "holds .goflow, where neither of them is set"},
    {"GOFLOW_PAGER", "pages long output; else PAGER, else less -FRX"},
    {"NO_COLOR", "no colour when set and not empty"},
    {"CLICOLOR_FORCE", "colour in pipes too"},
    {"TERM", "no colour and no redrawing when it is dumb"},
    {"LC_ALL", "symbols beyond ASCII when it names UTF-8; else LC_CTYPE, else LANG"},
    {"COLUMNS", "the width of the output"},
    {"TMPDIR", "where the text lies that is being edited"},
    {"PATH", "where the programs of steps are looked for"},
}};

constexpr std::array<Row, 5> set_for_steps{{
    {"GOFLOW_EXECUTION_ID", "the id of the run"},
    {"GOFLOW_WORKFLOW", "the id of the workflow"},
    {"GOFLOW_NODE", "the id of the node"},
    {"GOFLOW_ATTEMPT", "1 for the first attempt"},
    {"GOFLOW_OUTPUT", "a file into which a step may write key=value lines for its outputs"},
}};

template <std::size_t size>
std::string items(const std::array<Row, size>& rows) {
  std::string text;
  for (const auto& [name, meaning] : rows) {
    text += item("Ev " + std::string(name), meaning);
  }
  return text;
}

std::string setting_items() {
  std::string text;
  for (const core::Setting* setting : core::all_settings()) {
    std::string meaning(setting->meaning);
    meaning += "; " + core::describe(setting->type);
    if (!setting->default_value.empty()) {
      meaning += ", " + std::string(setting->default_value) + " if nothing is set";
    }
    for (const std::string_view variable : setting->environment) {
      meaning += "; in the environment: " + std::string(variable);
    }
    text += item("Cm " + std::string(setting->name), meaning);
  }
  return text;
}

}  // namespace

std::string environment_page() {
  return mdoc::page_head("goflow-environment", 7, "variables and settings that goflow goes by") +
         heading("DESCRIPTION") +
         paragraphs(
             "A flag wins over the environment, the environment over the settings in config.yaml, "
             "and these over the defaults.") +
         heading("READ BY GOFLOW") + list(items(read_by_goflow)) + heading("SET FOR STEPS") +
         paragraphs(
             "A shell step inherits the environment of goflow and what the workflow and the node "
             "set under env. A script finds the variables of the workflow there too, as text. "
             "And") +
         list(items(set_for_steps)) + heading("SETTINGS") +
         paragraphs("Shown by goflow config list, changed by goflow config set.") +
         list(setting_items()) + heading("SEE ALSO") +
         ".Xr goflow 1 ,\n.Xr goflow-config-list 1 ,\n.Xr goflow-config-set 1\n";
}

}  // namespace goflow::cli
