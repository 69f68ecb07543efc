#include "core/workflow/variables.hpp"

#include "core/expression/template.hpp"
#include "core/workflow/fields.hpp"
#include "core/workflow/words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::core {
namespace {

constexpr std::size_t most_values = 10'000;
constexpr std::array<std::pair<std::string_view, VariableType>, 6> types{{
    {"string", VariableType::string},
    {"number", VariableType::number},
    {"boolean", VariableType::boolean},
    {"object", VariableType::object},
    {"array", VariableType::array},
    {"any", VariableType::any},
}};

void check_name(Fields& fields, const std::string& name, Problems& problems) {
  const YamlNode* written = fields.find("name");
  if (written == nullptr) {
    problems.add(Rule::bad_variable_name, fields.map().at, "a variable lacks 'name'");
  } else if (written->is_scalar() && (!is_variable_name(name) || is_reserved_word(name))) {
    problems.add(Rule::bad_variable_name,
                 written->at,
                 "a variable cannot be called '" + name + "'",
                 is_reserved_word(name)
                     ? "the word is reserved by the language of expressions"
                     : "begin with a letter, go on with letters, digits and '_'");
  }
}

VariableType read_type(Fields& fields, const std::string& name, Problems& problems) {
  const auto word = fields.text("type");
  if (!word) return VariableType::any;
  std::vector<std::string> known;
  for (const auto& [type, meaning] : types) {
    if (type == *word) return meaning;
    known.emplace_back(type);
  }
  problems.add(Rule::bad_variable,
               fields.find("type")->at,
               "unknown type '" + *word + "' of variable '" + name + "'",
               problems.suggest(*word, "types", known));
  return VariableType::any;
}

bool asks_for_secret(std::string_view text) {
  // Few texts are worth to be compiled.
  if (text.find("secret") == std::string_view::npos) return false;
  const auto compiled = TextTemplate::compile(std::string(text));
  if (!compiled) return false;
  const std::vector<Lookup> lookups = compiled->lookups();
  return std::any_of(lookups.begin(), lookups.end(), [](const Lookup& lookup) {
    return lookup.of == Lookup::Of::secret;
  });
}

/// A default is taken as it is written: who asks for a secret in it would get the question.
void check_no_secret(const YamlNode& value, const std::string& variable, Problems& problems) {
  if (value.is_scalar() && asks_for_secret(value.text)) {
    problems.add(Rule::misplaced_secret,
                 value.at,
                 "secret() is not allowed in the default of variable '" + variable + "'",
                 "it may stand in env, headers, auth, form, body, parameters and stdin");
  }
  for (const YamlNode* item : value.items) {
    check_no_secret(*item, variable, problems);
  }
  for (const YamlMember& member : value.members) {
    check_no_secret(*member.value, variable, problems);
  }
}

void read_default(Fields& fields, Variable& variable, Problems& problems) {
  const YamlNode* value = fields.find_aliased("default");
  if (value == nullptr) return;
  variable.default_value = to_value(*value);
  // Aliases can make a short text a huge value: nobody writes such a default.
  if (value->values <= most_values) check_no_secret(*value, variable.name, problems);
  if (!has_type(*variable.default_value, variable.type)) {
    problems.add(Rule::bad_variable,
                 value->at,
                 "the default of variable '" + variable.name + "' must be of type " +
                     std::string(to_string(variable.type)) + ", got " + describe(*value));
  }
  if (variable.required) {
    problems.add(Rule::bad_variable,
                 value->at,
                 "variable '" + variable.name + "' is required and has a default",
                 "remove 'required', or the default");
  }
}

Variable read_variable(const YamlNode& map, Problems& problems) {
  const YamlMember* name = map.find("name");
  const bool is_named = name != nullptr && name->value->is_scalar() && !name->value->is_null();
  Fields fields(map,
                variable_keys(),
                is_named ? "variable '" + std::string(name->value->text) + "'" : "the variable",
                problems);
  Variable variable;
  variable.at = problems.source().position(map.at.begin);
  variable.name = fields.text("name").value_or("");
  check_name(fields, variable.name, problems);
  variable.type = read_type(fields, variable.name, problems);
  variable.required = fields.boolean("required").value_or(false);
  variable.description = fields.text("description").value_or("");
  read_default(fields, variable, problems);
  fields.warn_about_unknown_keys();
  return variable;
}

}  // namespace

const Keys& variable_keys() {
  static const Keys keys{
      {"name", forms::text_like(variable_pattern), "how expressions and scripts call it", {}, true},
      {"type", forms::word(types), "what values it takes; any if it is not written"},
      {"default",
       forms::anything(),
       "its value when no input gives one, of the declared type",
       "default_value"},
      {"required", forms::boolean(), "whether a run must be given a value; not with a default"},
      {"description", forms::text(), "what it is for"},
  };
  return keys;
}

void read_variables(const YamlNode& list, Draft& draft, Problems& problems) {
  if (!list.is_list()) {
    problems.add(Rule::wrong_type,
                 list.at,
                 "'variables' must be a list, got " + describe(list),
                 "write '- {name: x, default: 1}' for each");
  }
  for (const YamlNode* item : list.items) {
    if (!item->is_map()) {
      problems.add(Rule::wrong_type, item->at, "a variable must be a map, got " + describe(*item));
      continue;
    }
    Variable variable = read_variable(*item, problems);
    const YamlMember* name = item->find("name");
    const Span at = name == nullptr ? item->at : name->value->at;
    const auto [first, is_new] = draft.variables.emplace(variable.name, at);
    if (!is_new && !variable.name.empty()) {
      problems.add(Rule::duplicate_variable,
                   at,
                   "duplicate variable name '" + variable.name + "', line " +
                       std::to_string(problems.source().position(first->second.begin).line) +
                       " has it already");
    }
    draft.workflow.variables.push_back(std::move(variable));
  }
}

std::string_view to_string(VariableType type) {
  for (const auto& [word, meaning] : types) {
    if (meaning == type) return word;
  }
  return "any";
}

bool has_type(const Value& value, VariableType type) {
  switch (type) {
    case VariableType::any:
      return true;
    case VariableType::string:
      return value.is_text();
    case VariableType::number:
      return value.is_number();
    case VariableType::boolean:
      return value.is_boolean();
    case VariableType::object:
      return value.is_object();
    case VariableType::array:
      return value.is_array();
  }
  return false;
}

}  // namespace goflow::core
