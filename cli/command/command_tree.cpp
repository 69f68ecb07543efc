#include "cli/command/command_tree.hpp"

#include "core/base/suggest.hpp"

#include <algorithm>
#include <array>

namespace goflow::cli {
namespace {

/// Spellings that other tools have taught; the first meaning that the noun knows counts.
struct Synonym {
  std::string_view typed;
  std::string_view meant;
};
constexpr std::array<Synonym, 4> synonyms{
    {{"ls", "list"}, {"rm", "delete"}, {"rm", "remove"}, {"get", "show"}}};

std::string_view verb_of(const CommandEntry& entry) {
  return entry.path.substr(entry.path.find(' ') + 1);
}

bool belongs_to(const CommandEntry& entry, std::string_view noun) {
  return entry.path.size() > noun.size() && entry.path.starts_with(noun) &&
         entry.path[noun.size()] == ' ';
}

const CommandEntry* find_verb(const CommandTree& tree,
                              const std::string& noun,
                              const std::string& verb) {
  if (const CommandEntry* exact = tree.find_command(noun + " " + verb)) return exact;
  for (const Synonym& synonym : synonyms) {
    if (synonym.typed != verb) continue;
    const CommandEntry* entry = tree.find_command(noun + " " + std::string(synonym.meant));
    if (entry != nullptr) return entry;
  }
  return nullptr;
}

/// `goflow resume` is a verb whose noun was left out.
std::vector<std::string> commands_with_verb(const CommandTree& tree, const std::string& verb) {
  std::vector<std::string> paths;
  for (const CommandEntry& entry : tree.commands) {
    if (verb_of(entry) == verb) paths.emplace_back(entry.path);
  }
  return paths;
}

/// Whole commands that may have been meant.
std::vector<std::string> near_commands(const CommandTree& tree,
                                       const std::string& noun,
                                       const std::string& word) {
  if (noun.empty()) {
    std::vector<std::string> same_verb = commands_with_verb(tree, word);
    return same_verb.empty() ? core::nearest(word, first_words(tree)) : same_verb;
  }
  std::vector<std::string> paths;
  for (const std::string& verb : core::nearest(word, tree.verbs_of(noun))) {
    paths.push_back(noun + " " + verb);
  }
  return paths;
}

core::Error unknown_command(const CommandTree& tree,
                            const std::string& noun,
                            const std::string& word) {
  const std::string before = noun.empty() ? "goflow " : "goflow " + noun + " ";
  std::string hint;
  const std::vector<std::string> near = near_commands(tree, noun, word);
  for (std::size_t i = 0; i < near.size(); ++i) {
    hint += i == 0 ? "did you mean '" : i + 1 == near.size() ? " or '" : ", '";
    hint += "goflow " + near[i] + "'";
  }
  hint = near.empty() ? "try: " + before + "--help" : hint + "?";
  return core::Error{core::ErrorCode::invalid_argument,
                     "there is no command '" + before + word + "'"}
      .with_hint(std::move(hint));
}

}  // namespace

const Noun* CommandTree::find_noun(std::string_view name) const {
  const auto found =
      std::find_if(nouns.begin(), nouns.end(), [&](const Noun& noun) { return noun.name == name; });
  return found == nouns.end() ? nullptr : &*found;
}

const CommandEntry* CommandTree::find_command(std::string_view path) const {
  const auto found = std::find_if(
      commands.begin(), commands.end(), [&](const CommandEntry& c) { return c.path == path; });
  return found == commands.end() ? nullptr : &*found;
}

std::vector<std::string> CommandTree::verbs_of(std::string_view noun) const {
  std::vector<std::string> verbs;
  for (const CommandEntry& entry : commands) {
    if (belongs_to(entry, noun)) verbs.emplace_back(verb_of(entry));
  }
  return verbs;
}

bool is_hidden(const CommandEntry& entry) {
  return entry.path.starts_with("__");
}

std::vector<std::string> first_words(const CommandTree& tree) {
  std::vector<std::string> words;
  for (const Noun& noun : tree.nouns)
    words.emplace_back(noun.name);
  for (const Alias& alias : tree.aliases)
    words.emplace_back(alias.name);
  for (const CommandEntry& entry : tree.commands) {
    if (entry.path.find(' ') == std::string_view::npos && !is_hidden(entry)) {
      words.emplace_back(entry.path);
    }
  }
  return words;
}

DeclaredCommand declare(const CommandEntry& entry, std::string_view called_as) {
  DeclaredCommand declared{entry.make(), Command(std::string(entry.path), std::string(called_as))};
  declared.action->declare(declared.command);
  return declared;
}

core::Result<Address> find_address(const CommandTree& tree, std::span<const std::string> words) {
  if (words.empty()) return Address{};
  const std::string& first = words[0];
  for (const Alias& alias : tree.aliases) {
    if (alias.name == first) return Address{tree.find_command(alias.target), first, 1};
  }
  if (const CommandEntry* command = tree.find_command(first)) return Address{command, first, 1};
  if (tree.find_noun(first) == nullptr) return unknown_command(tree, "", first);
  if (words.size() == 1) return Address{nullptr, first, 1};
  const CommandEntry* command = find_verb(tree, first, words[1]);
  if (command == nullptr) return unknown_command(tree, first, words[1]);
  return Address{command, std::string(command->path), 2};
}

}  // namespace goflow::cli
