#include "cli/command/global_options.hpp"

namespace goflow::cli {

void declare(Command& command, GlobalOptions& options) {
  const Choices<ColorChoice> colors{{"auto", ColorChoice::automatic},
                                    {"always", ColorChoice::always},
                                    {"never", ColorChoice::never}};
  command.group("Global options");
  command.option("--home DIR", options.home, "where goflow keeps everything (default ~/.goflow)")
      .completes(CompletesWith::folder)
      .also("--config-dir");
  command.flag("-q, --quiet", options.quiet, "no progress, no notes; errors are still shown");
  command.flag("-v, --verbose", options.verbose, "say more about what is being done");
  command.flag("--debug", options.debug, "show the steps of what is done, and how long each took");
  command.option("--color WHEN", options.color, colors, "colour in what is written");
  command.flag("--no-pager", options.no_pager, "do not page long output");
  command.flag("--no-input", options.no_input, "never ask; what would be asked is an error");
  command.flag("-h, --help", options.help, "show this help");
  command.flag("--version", options.version, "show goflow's version");
}

bool asks_for_json(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word == "--") return false;
    if (word == "--json" || word.starts_with("--json=") || word == "--output-json") return true;
    if (word == "--output=json") return true;
    if (word == "--output" && i + 1 < words.size() && words[i + 1] == "json") return true;
  }
  return false;
}

}  // namespace goflow::cli
