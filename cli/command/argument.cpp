#include "cli/command/argument.hpp"

#include <cassert>
#include <utility>

namespace goflow::cli {
namespace {

bool drop_suffix(std::string_view& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.remove_suffix(suffix.size());
  return true;
}

bool drop_prefix(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

}  // namespace

std::string_view to_string(CompletesWith kind) {
  switch (kind) {
    case CompletesWith::nothing:
      return "nothing";
    case CompletesWith::file:
      return "file";
    case CompletesWith::folder:
      return "folder";
    case CompletesWith::workflow_id:
      return "workflow_id";
    case CompletesWith::template_id:
      return "template_id";
    case CompletesWith::workflow_version:
      return "workflow_version";
    case CompletesWith::execution_id:
      return "execution_id";
    case CompletesWith::node_id:
      return "node_id";
    case CompletesWith::instance_id:
      return "instance_id";
    case CompletesWith::credential:
      return "credential";
    case CompletesWith::server:
      return "server";
    case CompletesWith::tool:
      return "tool";
    case CompletesWith::blob:
      return "blob";
    case CompletesWith::schedule:
      return "schedule";
    case CompletesWith::setting:
      return "setting";
    case CompletesWith::status:
      return "status";
    case CompletesWith::command:
      return "command";
  }
  return "nothing";
}

const std::vector<CompletesWith>& live_kinds() {
  static const std::vector<CompletesWith> kinds{CompletesWith::workflow_id,
                                                CompletesWith::template_id,
                                                CompletesWith::workflow_version,
                                                CompletesWith::execution_id,
                                                CompletesWith::node_id,
                                                CompletesWith::instance_id,
                                                CompletesWith::credential,
                                                CompletesWith::server,
                                                CompletesWith::tool,
                                                CompletesWith::blob,
                                                CompletesWith::schedule,
                                                CompletesWith::setting,
                                                CompletesWith::status,
                                                CompletesWith::command};
  return kinds;
}

Positional& Positional::values(std::vector<std::string> words) {
  binding.values = std::move(words);
  return *this;
}

Positional& Positional::completes(CompletesWith kind) {
  live = kind;
  return *this;
}

std::string Positional::usage() const {
  const std::string text = binding.repeats ? name + "..." : name;
  return required ? text : "[" + text + "]";
}

Option& Option::values(std::vector<std::string> words) {
  binding.values = std::move(words);
  return *this;
}

Option& Option::completes(CompletesWith kind) {
  live = kind;
  return *this;
}

Option& Option::hidden() {
  is_hidden = true;
  return *this;
}

Option& Option::also(std::string spelling, std::string_view alias) {
  if (alias.empty() || alias == called_as) other_spellings.push_back(std::move(spelling));
  return *this;
}

std::string Option::usage() const {
  std::string text = letter == 0 ? name : std::string{'-', letter} + ", " + name;
  if (takes_value == TakesValue::yes) text += " " + value_name;
  if (takes_value == TakesValue::optionally) text += "[=" + value_name + "]";
  return text;
}

std::vector<std::string> Option::spellings() const {
  std::vector<std::string> all{name};
  if (letter != 0) all.push_back(std::string{'-', letter});
  all.insert(all.end(), other_spellings.begin(), other_spellings.end());
  return all;
}

Positional make_positional(std::string_view spec, Binding binding, std::string help) {
  const bool optional = drop_prefix(spec, "[") && drop_suffix(spec, "]");
  [[maybe_unused]] const bool dots = drop_suffix(spec, "...");
  assert(dots == binding.repeats && "ID... belongs to a vector, and a vector to ID...");
  return {.name = std::string(spec),
          .help = std::move(help),
          .binding = std::move(binding),
          .required = !optional};
}

Option make_option(std::string_view spec, Binding binding, std::string help) {
  char letter = 0;
  if (spec.size() > 4 && spec[0] == '-' && spec[1] != '-') {
    letter = spec[1];
    assert(spec.substr(2, 2) == ", " && "a letter has a long name behind it");
    spec.remove_prefix(4);
  }
  assert(spec.starts_with("--"));
  const bool optionally = drop_suffix(spec, "]");
  const std::size_t end = spec.find_first_of(optionally ? "[" : " ");
  const bool flag = end == std::string_view::npos;
  std::string_view value = flag ? std::string_view{} : spec.substr(end + (optionally ? 2 : 1));
  return {.name = std::string(spec.substr(0, end)),
          .letter = letter,
          .value_name = std::string(value),
          .takes_value = flag         ? TakesValue::no
                         : optionally ? TakesValue::optionally
                                      : TakesValue::yes,
          .help = std::move(help),
          .group = {},
          .binding = std::move(binding)};
}

}  // namespace goflow::cli
