#include "core/workflow/named_templates.hpp"

#include "core/workflow/secret_names.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace goflow::core {
namespace {

/// What a process can get at all: a name without '='; NUL is in no file.
bool is_environment_name(std::string_view name) {
  return !name.empty() && name.find('=') == std::string_view::npos;
}

/// A token of HTTP.
bool is_header_name(std::string_view name) {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || others.find(character) != std::string::npos;
  });
}

void check_secret(const YamlMember& entry, std::string_view key, Fields& fields) {
  if (!is_secret_name(entry.key)) return;
  warn_of_written_secret(
      *entry.value,
      "'" + std::string(entry.key) + "' in " + std::string(key) + " of " + fields.owner(),
      fields);
}

std::vector<NamedText> read_named_texts(const YamlNode& map,
                                        std::string_view key,
                                        Fields& fields,
                                        Compiler& compiler,
                                        const FormulaPlace& place) {
  std::vector<NamedText> entries;
  if (!map.is_map()) fields.report_type(map, key, "a map of texts");
  for (const YamlMember& member : map.members) {
    if (!member.value->is_scalar()) {
      fields.report_type(*member.value, key, "a map of texts");
    } else if (member.value->is_null()) {
      entries.push_back({std::string(member.key), std::nullopt});
    } else if (auto text = compiler.text(*member.value, place)) {
      check_secret(member, key, fields);
      entries.push_back({std::string(member.key), *std::move(text)});
    }
  }
  return entries;
}

void check_names(const YamlNode& map,
                 bool (*is_possible)(std::string_view),
                 std::string_view what,
                 Fields& fields) {
  for (const YamlMember& member : map.members) {
    if (is_possible(member.key)) continue;
    fields.problems().add(Rule::wrong_type,
                          member.key_at,
                          "'" + std::string(member.key) + "' cannot be " + std::string(what) +
                              " in " + fields.owner());
  }
}

}  // namespace

void warn_of_written_secret(const YamlNode& value, const std::string& called, Fields& fields) {
  if (value.text.empty() || value.text.find("${") != std::string::npos) return;
  fields.problems().add(Rule::written_secret,
                        value.at,
                        called + " is written out, but looks like a secret",
                        "write \"${secret('name')}\", with the name of a credential");
}

Form named_texts_form() {
  return forms::map_of(forms::either({forms::text(), forms::nothing()}));
}

Form named_values_form() {
  return forms::map_of(forms::anything());
}

std::vector<NamedText> read_environment(Fields& fields,
                                        Compiler& compiler,
                                        const FormulaPlace& place) {
  const YamlNode* env = fields.find("env");
  if (env == nullptr) return {};
  check_names(*env, is_environment_name, "an environment variable", fields);
  return read_named_texts(*env, "env", fields, compiler, place);
}

std::vector<NamedText> read_headers(Fields& fields, Compiler& compiler, const FormulaPlace& place) {
  const YamlNode* headers = fields.find("headers");
  if (headers == nullptr) return {};
  check_names(*headers, is_header_name, "a header", fields);
  return read_named_texts(*headers, "headers", fields, compiler, place);
}

std::vector<NamedValue> read_named_values(Fields& fields,
                                          std::string_view key,
                                          Compiler& compiler,
                                          const FormulaPlace& place) {
  const YamlNode* map = fields.find(key);
  if (map == nullptr) return {};
  std::vector<NamedValue> entries;
  if (!map->is_map()) fields.report_type(*map, key, "a map");
  for (const YamlMember& member : map->members) {
    auto value = compiler.value(*member.value, place);
    if (value) entries.push_back({std::string(member.key), *std::move(value)});
  }
  return entries;
}

}  // namespace goflow::core
