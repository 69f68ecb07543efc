#include "core/settings/config_text.hpp"

#include "core/settings/secret_key.hpp"
#include "core/value/json.hpp"
#include "core/workflow/yaml/scalar_extent.hpp"
#include "core/workflow/yaml/text_check.hpp"
#include "core/workflow/yaml/yaml_tree.hpp"

#include <algorithm>

namespace goflow::core {
namespace {

Error fault(const Diagnostic& diagnostic, std::string_view file) {
  return Error{ErrorCode::invalid_argument,
               std::string(file) + ":" + std::to_string(diagnostic.at.line) + ":" +
                   std::to_string(diagnostic.at.column) + ": " + diagnostic.message}
      .with_hint(diagnostic.hint.empty() ? "settings are written as 'name: value', one a line"
                                         : diagnostic.hint);
}

/// Nothing but blank lines and comments: no document, but no fault either.
bool says_nothing(std::string_view text) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    const std::size_t first = line.find_first_not_of(" \t\r");
    if (first != std::string_view::npos && line[first] != '#') return false;
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
  return true;
}

/// However deep: before anything else is said of them, for they are to leave the file.
void check_secrets(const YamlNode& node, Problems& problems) {
  for (const YamlMember& member : node.members) {
    if (looks_like_secret(member.key)) {
      const Error secret = secret_in_config(member.key);
      problems.add(Rule::misplaced_secret, member.key_at, secret.message, secret.hint);
    }
    check_secrets(*member.value, problems);
  }
  for (const YamlNode* item : node.items) {
    check_secrets(*item, problems);
  }
}

void check_entries(const YamlNode& root, Problems& problems) {
  check_secrets(root, problems);
  if (problems.has_errors()) return;
  if (!root.is_map()) {
    problems.add(Rule::wrong_type, root.at, "the settings are " + describe(root) + ", not a map");
    return;
  }
  for (const YamlMember& member : root.members) {
    if (member.value->is_scalar()) continue;
    problems.add(Rule::wrong_type,
                 member.key_at,
                 "setting '" + std::string(member.key) + "' is " + describe(*member.value),
                 "write its whole name, as in 'workflow.versions: 50'");
  }
}

Result<YamlPtr> parse(const SourceText& source, std::string_view file) {
  Problems problems(source);
  YamlPtr root;
  if (check_text(source, problems)) root = read_yaml(source, problems);
  if (root != nullptr) check_entries(*root, problems);
  const std::vector<Diagnostic> found = problems.take();
  if (!found.empty()) return fault(found.front(), file);
  return root;
}

/// Plain where YAML reads it back as the same text, else quoted.
std::string scalar(const std::string& value) {
  const bool is_plain = value.find_first_not_of(
                            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                            "_./+-") == std::string::npos &&
                        !value.starts_with('-') && !value.empty();
  return is_plain ? value : to_json(Value(value));
}

/// Puts the value in place of what stands behind the key, if anything does.
std::string with_value(std::string text, const YamlMember& member, const std::string& value) {
  const YamlNode& old = *member.value;
  if (!old.is_null() || !old.text.empty()) {
    const std::size_t end = end_of_scalar(text, old.at.begin, Surroundings::block);
    return text.replace(old.at.begin, end - old.at.begin, scalar(value));
  }
  const std::size_t colon = text.find(':', member.key_at.end);
  return text.insert(colon + 1, " " + scalar(value));
}

std::string without_member(std::string text, const YamlMember& member) {
  const std::size_t end = end_of_indented(text, member.key_at.begin, 0);
  const std::size_t next = std::min(end + 1, text.size());
  return text.erase(member.key_at.begin, next - member.key_at.begin);
}

std::string with_member(std::string text, std::string_view name, const std::string& value) {
  if (!text.empty() && !text.ends_with('\n')) text += '\n';
  return text + std::string(name) + ": " + scalar(value) + "\n";
}

/// Of unusual YAML an edit may make something else than was meant.
bool says(std::string_view text, std::string_view name, const std::optional<std::string>& value) {
  const auto entries = read_config(text, "");
  if (!entries) return false;
  const auto found = std::find_if(entries->begin(),
                                  entries->end(),
                                  [name](const ConfigEntry& entry) { return entry.name == name; });
  return found == entries->end() ? !value : value == found->value;
}

}  // namespace

Result<std::vector<ConfigEntry>> read_config(std::string_view text, std::string_view file) {
  std::vector<ConfigEntry> entries;
  if (says_nothing(text)) return entries;
  const SourceText source(text);
  GOFLOW_TRY(const YamlPtr root, parse(source, file));
  for (const YamlMember& member : root->members) {
    if (member.value->is_null()) continue;
    entries.push_back({std::string(member.key),
                       std::string(member.value->text),
                       source.position(member.key_at.begin).line});
  }
  return entries;
}

Result<std::string> with_setting(std::string_view text,
                                 std::string_view file,
                                 std::string_view name,
                                 const std::optional<std::string>& value) {
  const SourceText source(text);
  YamlPtr root;
  if (!says_nothing(text)) {
    GOFLOW_TRY(root, parse(source, file));
  }
  const YamlMember* member = root == nullptr ? nullptr : root->find(name);
  std::string changed(text);
  if (member != nullptr && value) {
    changed = with_value(std::move(changed), *member, *value);
  } else if (member != nullptr) {
    changed = without_member(std::move(changed), *member);
  } else if (value) {
    changed = with_member(std::move(changed), name, *value);
  }
  if (says(changed, name, value)) return changed;
  return Error{ErrorCode::failed_precondition,
               "cannot change '" + std::string(name) + "' in '" + std::string(file) + "'"}
      .with_hint("its YAML is unusual, edit it by hand");
}

}  // namespace goflow::core
