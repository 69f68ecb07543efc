#include "cli/command/parser.hpp"

#include "cli/command/text_layout.hpp"
#include "core/base/suggest.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <unordered_map>

namespace goflow::cli {
namespace {

using core::Error;
using core::ErrorCode;

/// What CLI11 makes of a flag that stands alone, without `=value`.
constexpr const char* alone = "*";

struct Target {
  const Command* owner;
  const Binding* binding;
  std::string name;
  TakesValue takes_value;
  std::size_t used = 0;  // results handed out so far
};

/// The CLI11 side of a declaration. CLI11 only tells the words apart: its messages, its numbers
/// (030 is 24) and its lists ([a,b] is two) are not what we want, so it sees text and no rule.
class WordSorter {
 public:
  WordSorter() {
    app_.set_help_flag();
    app_.allow_extras();
  }

  void add(const Command& command) {
    for (const Option& option : command.options())
      add_option(command, option);
    for (const Positional& positional : command.positionals())
      add_positional(command, positional);
  }

  core::Result<SortedWords> sort(const std::vector<std::string>& words) {
    std::vector<std::string> reversed = with_empty_values_apart(words);
    std::reverse(reversed.begin(), reversed.end());
    try {
      app_.parse(reversed);
    } catch (const CLI::ArgumentMismatch&) {
      return missing_value(words.back());
    } catch (const CLI::Error& fault) {
      return Error{ErrorCode::invalid_argument, fault.what()};
    }
    return SortedWords{assignments(), strays()};
  }

 private:
  void add_option(const Command& command, const Option& option) {
    const bool valued = option.takes_value == TakesValue::yes;
    std::string names;
    for (const std::string& spelling : option.spellings()) {
      names += (names.empty() ? "" : ",") + spelling + (valued ? "" : "{*}");
      if (valued) valued_spellings_.push_back(spelling);
    }
    CLI::Option* added = valued ? app_.add_option(names)->expected(1) : app_.add_flag(names);
    targets_.emplace(take_all(added),
                     Target{&command, &option.binding, option.name, option.takes_value});
  }

  void add_positional(const Command& command, const Positional& positional) {
    CLI::Option* added = app_.add_option("positional" + std::to_string(targets_.size()));
    const int most = positional.binding.repeats ? CLI::detail::expected_max_vector_size : 1;
    added->expected(1, most);
    targets_.emplace(take_all(added),
                     Target{&command, &positional.binding, positional.name, TakesValue::yes});
    added->allow_extra_args(positional.binding.repeats);
  }

  /// Repeated options keep every value, and none swallows the words behind it.
  static CLI::Option* take_all(CLI::Option* option) {
    return option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->allow_extra_args(false);
  }

  /// CLI11 takes `--reason= next` for `--reason next`; two words say what was meant.
  [[nodiscard]] std::vector<std::string> with_empty_values_apart(
      const std::vector<std::string>& words) const {
    std::vector<std::string> apart;
    bool only_positionals = false;
    for (const std::string& word : words) {
      only_positionals = only_positionals || word == "--";
      const std::string spelling = word.ends_with('=') ? word.substr(0, word.size() - 1) : "";
      const bool empty_value = !only_positionals && std::find(valued_spellings_.begin(),
                                                              valued_spellings_.end(),
                                                              spelling) != valued_spellings_.end();
      apart.push_back(empty_value ? spelling : word);
      if (empty_value) apart.emplace_back();
    }
    return apart;
  }

  std::vector<Assignment> assignments() {
    std::vector<Assignment> result;
    for (const CLI::Option* option : app_.parse_order()) {
      Target& target = targets_.at(option);
      std::string word = option->results().at(target.used++);
      result.push_back(Assignment{target.owner, target.binding, target.name, std::move(word)});
      if (target.takes_value == TakesValue::yes) continue;
      std::string& value = result.back().word;
      if (value == alone) value.clear();
    }
    return result;
  }

  [[nodiscard]] std::vector<Stray> strays() const {
    std::vector<Stray> result;
    bool options_ended = false;
    for (std::string& word : app_.remaining()) {
      // The mark that ends the options is left over too.
      const bool is_mark = word == "--" && !options_ended;
      options_ended = options_ended || is_mark;
      const bool is_option = word.starts_with('-') && !options_ended;
      if (!is_mark) result.push_back(Stray{std::move(word), is_option});
    }
    return result;
  }

  [[nodiscard]] static Error missing_value(const std::string& option) {
    return Error{ErrorCode::invalid_argument, "'" + option + "' needs a value"};
  }

  CLI::App app_;
  std::unordered_map<const CLI::Option*, Target> targets_;
  std::vector<std::string> valued_spellings_;
};

Error not_a_value(const Assignment& assignment) {
  const std::vector<std::string>& values = assignment.binding->values;
  const std::string guess = core::did_you_mean(assignment.word, values);
  return Error{ErrorCode::invalid_argument,
               assignment.name + ": '" + assignment.word + "' is none of " + joined(values, ", ")}
      .with_hint(guess);
}

core::Result<void> assign(const Assignment& assignment) {
  const std::vector<std::string>& values = assignment.binding->values;
  const bool known = std::find(values.begin(), values.end(), assignment.word) != values.end();
  if (!values.empty() && !known) return not_a_value(assignment);
  auto set = assignment.binding->set(assignment.word);
  if (!set) return std::move(set).error().with_context(assignment.name);
  return {};
}

std::string name_of(const Command& command) {
  return command.called_as().empty() ? "'goflow'" : "'goflow " + command.called_as() + "'";
}

std::string help_of(const Command& command) {
  return command.called_as().empty() ? "try: goflow --help"
                                     : "try: goflow " + command.called_as() + " --help";
}

/// "--limt" of "--limt=3".
std::string spelling_of(const std::string& word) {
  return word.starts_with("--") ? word.substr(0, word.find('=')) : word;
}

Error unknown_option(const Command& command, const Command& global, const std::string& word) {
  std::vector<std::string> names;
  for (const Command* declared : {&command, &global}) {
    for (const Option& option : declared->options()) {
      if (!option.is_hidden) names.push_back(option.name);
    }
  }
  const std::string spelling = spelling_of(word);
  const std::string guess = core::did_you_mean(spelling, names);
  if (guess.empty() && !command.private_words_hint().empty()) {
    return Error{ErrorCode::invalid_argument, name_of(command) + " has no such option"}.with_hint(
        command.private_words_hint());
  }
  return Error{ErrorCode::invalid_argument, name_of(command) + " has no option '" + spelling + "'"}
      .with_hint(guess.empty() ? help_of(command) : guess);
}

Error no_place(const Command& command, const std::string& word) {
  if (!command.private_words_hint().empty()) {
    return Error{ErrorCode::invalid_argument, name_of(command) + " has no place for another word"}
        .with_hint(command.private_words_hint());
  }
  return Error{ErrorCode::invalid_argument, name_of(command) + " has no place for '" + word + "'"}
      .with_hint(help_of(command));
}

bool is_given(const Positional& positional, const SortedWords& sorted) {
  return std::any_of(
      sorted.assignments.begin(), sorted.assignments.end(), [&](const Assignment& assignment) {
        return assignment.binding == &positional.binding;
      });
}

}  // namespace

core::Result<SortedWords> sort_words(const Command& command,
                                     const Command& global,
                                     const std::vector<std::string>& words) {
  WordSorter sorter;
  sorter.add(command);
  sorter.add(global);
  return sorter.sort(words);
}

core::Result<void> assign(const Command& declared, const SortedWords& sorted) {
  for (const Assignment& assignment : sorted.assignments) {
    if (assignment.owner == &declared) GOFLOW_TRY(assign(assignment));
  }
  return {};
}

core::Result<void> check_complete(const Command& command,
                                  const Command& global,
                                  const SortedWords& sorted) {
  if (!sorted.strays.empty()) {
    const Stray& stray = sorted.strays.front();
    if (stray.is_option) return unknown_option(command, global, stray.word);
    return no_place(command, stray.word);
  }
  for (const Positional& positional : command.positionals()) {
    if (!positional.required || is_given(positional, sorted)) continue;
    return Error{ErrorCode::invalid_argument, name_of(command) + " needs " + positional.usage()}
        .with_hint(help_of(command));
  }
  return {};
}

}  // namespace goflow::cli
