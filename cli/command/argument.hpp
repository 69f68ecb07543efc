// What a command takes: options, flags and positional arguments, each declared once.
#pragma once

#include "cli/command/binding.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace goflow::cli {

/// What a shell may offer for a word. All but files and folders are asked of `goflow __complete`.
enum class CompletesWith {
  nothing,
  file,
  folder,
  workflow_id,
  template_id,
  workflow_version,
  execution_id,
  node_id,
  instance_id,
  credential,
  server,
  tool,
  blob,
  schedule,
  setting,
  status,
  command,
};

/// The word of the kind, as `goflow __complete` takes it: "workflow_id".
std::string_view to_string(CompletesWith kind);
/// Every kind that has live names.
const std::vector<CompletesWith>& live_kinds();

/// A word by its place: WORKFLOW in `goflow exec run WORKFLOW`.
struct Positional {
  std::string name;
  std::string help;
  Binding binding;
  bool required = true;
  CompletesWith live = CompletesWith::nothing;

  Positional& values(std::vector<std::string> words);
  Positional& completes(CompletesWith kind);

  /// As the usage line shows it: "WORKFLOW", "[WORKFLOW]", "ID...".
  [[nodiscard]] std::string usage() const;
};

enum class TakesValue { no, yes, optionally };

/// A word by its name: `--limit 5`, `-n 5`, `--quiet`, `--json=id`.
struct Option {
  std::string name;        // "--limit"
  char letter = 0;         // 'n' for -n; 0: none
  std::string value_name;  // "N"
  TakesValue takes_value = TakesValue::yes;
  std::string help;
  std::string group;
  Binding binding;
  CompletesWith live = CompletesWith::nothing;
  bool is_hidden = false;
  std::vector<std::string> other_spellings = {};  // work, but no page shows them
  std::string called_as = {};                     // how the command was addressed: "run"

  Option& values(std::vector<std::string> words);
  Option& completes(CompletesWith kind);
  Option& hidden();
  /// A further spelling ("--config-dir", "-w"). With `alias`, only where the command is called by
  /// that alias: `-w` is known to `goflow run` and not to `goflow exec run`.
  Option& also(std::string spelling, std::string_view alias = {});

  /// As the help shows it: "-n, --limit N".
  [[nodiscard]] std::string usage() const;
  /// Every spelling, the long name first.
  [[nodiscard]] std::vector<std::string> spellings() const;
};

/// Reads "WORKFLOW", "[WORKFLOW]", "ID..." or "[ID...]".
Positional make_positional(std::string_view spec, Binding binding, std::string help);
/// Reads "-n, --limit N", "--json[=FIELDS]" or, for a flag, "-q, --quiet".
Option make_option(std::string_view spec, Binding binding, std::string help);

}  // namespace goflow::cli
