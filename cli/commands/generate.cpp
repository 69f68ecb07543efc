#include "cli/commands/commands.hpp"
#include "cli/generate/completions.hpp"
#include "cli/generate/man_pages.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>

namespace goflow::cli {
namespace {

using MakeFiles = std::vector<GeneratedFile> (*)(const CommandTree& tree);

struct GenerateOptions {
  MakeFiles make = nullptr;
  std::string folder;
};

std::vector<GeneratedFile> completions(const CommandTree& tree) {
  return {{"goflow.bash", bash_completion(tree)},
          {"goflow.fish", fish_completion(tree)},
          {"_goflow", zsh_completion(tree)}};
}

void declare(Command& command, GenerateOptions& options) {
  const Choices<MakeFiles> makers{{"man", man_pages}, {"completions", completions}};
  command.summary("write the pages that are made from the commands");
  command.positional("WHAT", options.make, makers, "which pages");
  command.positional("DIR", options.folder, "where to").completes(CompletesWith::folder);
}

core::Result<void> run(const GenerateOptions& options, Context&) {
  std::error_code fault;
  std::filesystem::create_directories(options.folder, fault);
  for (const GeneratedFile& file : options.make(commands())) {
    const std::string path = options.folder + "/" + file.name;
    errno = 0;
    std::ofstream out(path, std::ios::binary);
    out << file.content << std::flush;
    if (!out) {
      return core::Error{core::ErrorCode::internal,
                         "write '" + path + "': " + core::errno_text(errno)};
    }
  }
  return {};
}

}  // namespace

std::unique_ptr<Action> generate() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
