#include "cli/commands/commands.hpp"
#include "cli/context.hpp"

#include <algorithm>

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

/// Silent about failures: they would land in the middle of the line that is being typed.
core::Result<void> run(const CompleteOptions& options, Context& context) {
  const std::span<const LookupEntry> lookups = commands().lookups;
  const auto lookup = std::find_if(lookups.begin(), lookups.end(), [&](const LookupEntry& entry) {
    return entry.kind == options.kind;
  });
  if (lookup == lookups.end()) return {};
  const auto candidates = lookup->find(options.prefix, context);
  if (!candidates) return {};
  for (const Candidate& candidate : *candidates) {
    if (!candidate.word.starts_with(options.prefix)) continue;
    context.out() << candidate.word;
    if (!candidate.note.empty()) context.out() << '\t' << candidate.note;
    context.out() << '\n';
  }
  return {};
}

}  // namespace

std::unique_ptr<Action> complete() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
