#include "cli/commands/commands.hpp"
#include "cli/context.hpp"

namespace goflow::cli {
namespace {

struct CompleteOptions {
  CompletesWith kind = CompletesWith::nothing;
  std::string prefix;
};

Choices<CompletesWith> kinds() {
  Choices<CompletesWith> choices;
  for (const CompletesWith kind : live_kinds())
    choices.emplace_back(to_string(kind), kind);
  return choices;
}

void declare(Command& command, CompleteOptions& options) {
  command.summary("answer the completion scripts: names of a kind that begin with a prefix");
  command.positional("KIND", options.kind, kinds(), "what is looked for");
  command.positional("[PREFIX]", options.prefix, "what was typed of it");
}

std::vector<Candidate> find(const CompleteOptions& options, Context& context) {
  for (const LookupEntry& lookup : commands().lookups) {
    if (lookup.kind != options.kind) continue;
    auto candidates = lookup.find(options.prefix, context);
    if (candidates) return *std::move(candidates);
  }
  // Silent about failures: they would land in the middle of the line that is being typed.
  return {};
}

core::Result<void> run(const CompleteOptions& options, Context& context) {
  std::string lines;
  for (const Candidate& candidate : find(options, context)) {
    if (!candidate.word.starts_with(options.prefix)) continue;
    lines += candidate.word + (candidate.note.empty() ? "" : "\t" + candidate.note) + "\n";
  }
  context.out().write(lines);
  return {};
}

}  // namespace

std::unique_ptr<Action> complete() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
