#include "core/expression/pattern.hpp"
#include "core/template/arguments.hpp"
#include "core/template/placeholder.hpp"
#include "core/template/template.hpp"
#include "core/workflow/compiler.hpp"
#include "core/workflow/fields.hpp"
#include "core/workflow/problems.hpp"
#include "core/workflow/variables.hpp"
#include "core/workflow/yaml/text_check.hpp"

#include <array>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

constexpr std::array<std::pair<std::string_view, VariableType>, 4> types{{
    {"string", VariableType::string},
    {"number", VariableType::number},
    {"boolean", VariableType::boolean},
    {"array", VariableType::array},
}};

constexpr std::int64_t longest = std::int64_t{64} << 20U;

const Keys& bounds_keys() {
  static const Keys keys{
      {"min", forms::anything(), "the least number"},
      {"max", forms::anything(), "the greatest number"},
      {"pattern", forms::text(), "an RE2 pattern, found somewhere in the text"},
      {"min_length", forms::whole(0, longest), "the least number of characters or elements"},
      {"max_length", forms::whole(0, longest), "the greatest number of characters or elements"},
  };
  return keys;
}

const Keys& parameter_keys() {
  static const Keys keys{
      {"name", forms::text(), "what it is called between {{ and }}", {}, true},
      {"type", forms::word(types), "what it takes; text if it is not written"},
      {"required", forms::boolean(), "whether it has to be given"},
      {"default", forms::anything(), "what it is when it is not given"},
      {"description", forms::text(), "what it is for"},
      {"validation", forms::object(bounds_keys), "what a value must keep to"},
  };
  return keys;
}

const Keys& template_keys() {
  static const Keys keys{
      {"name", forms::text(), "what it is called", {}, true},
      {"version", forms::text(), "the template's own", {}, true},
      {"description", forms::text(), "what it is for"},
      {"parameters", forms::list_of(forms::object(parameter_keys)), "what can be set"},
      {"workflow_spec", forms::anything(), "the workflow, with placeholders", {}, true},
  };
  return keys;
}

std::string required_text(Fields& fields, std::string_view key) {
  const YamlNode* value = fields.find(key);
  if (value != nullptr && !(value->is_scalar() && value->text.empty())) {
    return fields.text(key).value_or("");
  }
  fields.problems().add(Rule::missing_key,
                        value == nullptr ? fields.map().at : value->at,
                        fields.owner() + " lacks '" + std::string(key) + "'");
  return {};
}

std::optional<double> bound(Fields& fields, std::string_view key) {
  const YamlNode* value = fields.find(key);
  return value == nullptr ? std::nullopt : fields.number(*value, key);
}

/// Each bound is of some types only.
bool suits(std::string_view bound, VariableType type) {
  if (bound == "pattern") return type == VariableType::string;
  if (bound == "min" || bound == "max") return type == VariableType::number;
  return type == VariableType::string || type == VariableType::array;
}

void check_bounds_suit(Fields& fields, VariableType type) {
  for (const Key& key : bounds_keys()) {
    if (fields.find(key.name) == nullptr || suits(key.name, type)) continue;
    fields.problems().add(Rule::bad_template_parameter,
                          fields.written(key.name)->key_at,
                          "'" + std::string(key.name) + "' means nothing for the type " +
                              std::string(to_string(type)) + ", as in " + fields.owner());
  }
}

void read_pattern(Fields& fields, ParameterBounds& bounds) {
  const auto text = fields.text("pattern");
  if (!text) return;
  bounds.pattern = *text;
  const auto pattern = expression::Pattern::compile(*text);
  if (pattern) return;
  fields.problems().add(Rule::bad_template_parameter,
                        fields.find("pattern")->at,
                        "bad pattern in " + fields.owner() + ": " + pattern.error());
}

void read_bounds(Fields& parameter_fields, TemplateParameter& parameter) {
  const YamlNode* map = parameter_fields.find("validation");
  if (map == nullptr) return;
  if (!map->is_map()) return parameter_fields.report_type(*map, "validation", "a map");
  Fields fields(*map,
                bounds_keys(),
                "the validation of " + parameter_fields.owner(),
                parameter_fields.problems());
  parameter.bounds.min = bound(fields, "min");
  parameter.bounds.max = bound(fields, "max");
  parameter.bounds.min_length = fields.whole("min_length");
  parameter.bounds.max_length = fields.whole("max_length");
  read_pattern(fields, parameter.bounds);
  check_bounds_suit(fields, parameter.variable.type);
  fields.warn_about_unknown_keys();
}

void read_default(Fields& fields, TemplateParameter& parameter) {
  const YamlNode* value = fields.find("default");
  if (value == nullptr) return;
  parameter.variable.default_value = to_value(*value);
  if (const auto why = misfit(parameter, *parameter.variable.default_value)) {
    fields.problems().add(
        Rule::bad_template_parameter, value->at, "the default of " + fields.owner() + " " + *why);
  }
}

void check_parameter_name(Fields& fields, const std::string& name) {
  // What can stand in {{ }}.
  if (name.empty() || sole_parameter("{{" + name + "}}") == name) return;
  fields.problems().add(Rule::bad_template_parameter,
                        fields.find("name")->at,
                        "a parameter cannot be called '" + name + "'",
                        "begin with a letter, go on with letters, digits and '_'");
}

TemplateParameter read_parameter(const YamlNode& map, Problems& problems) {
  const YamlMember* name = map.find("name");
  const bool is_named = name != nullptr && name->value->is_scalar() && !name->value->is_null();
  Fields fields(map,
                parameter_keys(),
                is_named ? "parameter '" + std::string(name->value->text) + "'" : "the parameter",
                problems);
  TemplateParameter parameter;
  parameter.variable.name = required_text(fields, "name");
  check_parameter_name(fields, parameter.variable.name);
  parameter.variable.type =
      fields.word("type", Words<VariableType>(types)).value_or(VariableType::string);
  parameter.variable.required = fields.boolean("required").value_or(false);
  parameter.variable.description = fields.text("description").value_or("");
  read_bounds(fields, parameter);
  read_default(fields, parameter);
  fields.warn_about_unknown_keys();
  return parameter;
}

void read_parameters(Fields& fields, Template& content) {
  const YamlNode* list = fields.find("parameters");
  if (list == nullptr) return;
  if (!list->is_list()) return fields.report_type(*list, "parameters", "a list");
  for (const YamlNode* item : list->items) {
    if (!item->is_map()) {
      fields.problems().add(Rule::wrong_type,
                            item->at,
                            "a parameter must be a map, got " + describe(*item),
                            "write '- {name: x, default: 1}' for each");
      continue;
    }
    TemplateParameter parameter = read_parameter(*item, fields.problems());
    const std::string& name = parameter.variable.name;
    if (!name.empty() && content.find(name) != nullptr) {
      fields.problems().add(Rule::bad_template_parameter,
                            item->find("name")->value->at,
                            "duplicate parameter name '" + name + "'");
    }
    content.parameters.push_back(std::move(parameter));
  }
}

/// What the workflow is made of: the placeholders name parameters, and `include` can be decided.
class SpecCheck {
 public:
  SpecCheck(const Template& content, Problems& problems) : content_(content), problems_(problems) {}

  void check(const YamlNode& node) {
    if (node.is_scalar() && node.scalar.is_text()) check_placeholders(node);
    for (const YamlNode* item : node.items) {
      check(*item);
    }
    for (const YamlMember& member : node.members) {
      check(*member.value);
    }
  }

  void check_nodes(const YamlNode& part) {
    for (const YamlNode* item : part.items) {
      check_nodes(*item);
    }
    if (!part.is_map()) return;
    if (const YamlMember* include = part.find("include")) check_include(*include->value);
    for (const std::string_view key : {"branches", "then", "else", "config"}) {
      if (const YamlMember* inner = part.find(key)) check_nodes(*inner->value);
    }
    // Of a loop: the body of an http node is data.
    const YamlMember* body = part.find("body");
    const bool is_loop = part.find("collection") != nullptr || part.find("while") != nullptr ||
                         (part.find("type") != nullptr && part.find("type")->value->text == "loop");
    if (body != nullptr && is_loop) check_nodes(*body->value);
  }

 private:
  void check_placeholders(const YamlNode& text) {
    for (const TemplatePiece& piece : template_pieces(text.scalar.as_text())) {
      if (!piece.is_parameter || content_.find(piece.text) != nullptr) continue;
      problems_.add(Rule::unknown_template_parameter,
                    place_of(text, piece),
                    "there is no parameter '" + piece.text + "'",
                    problems_.suggest(piece.text, "parameters", content_.parameter_names()));
    }
  }

  [[nodiscard]] Span place_of(const YamlNode& text, const TemplatePiece& piece) const {
    const auto begin = offset_in_file(problems_.source(), text, piece.begin);
    return begin ? Span{*begin, *begin + (piece.end - piece.begin)} : text.at;
  }

  void check_include(const YamlNode& value) {
    if (value.is_scalar() && value.scalar.is_boolean()) return;
    const std::string name = value.is_scalar() ? sole_parameter(value.text) : "";
    const TemplateParameter* parameter = name.empty() ? nullptr : content_.find(name);
    if (parameter != nullptr && parameter->variable.type == VariableType::boolean) return;
    // A name that does not exist is reported already.
    if (parameter == nullptr && !name.empty()) return;
    problems_.add(Rule::wrong_type,
                  value.at,
                  "'include' must be true, false or a boolean parameter, got " +
                      (parameter == nullptr ? describe(value) : "parameter '" + name + "'"),
                  "write it as include: \"{{flag}}\"");
  }

  const Template& content_;
  Problems& problems_;
};

void read_spec(Fields& fields, const YamlPtr& root, Template& content) {
  const YamlMember* spec = fields.written("workflow_spec");
  if (spec == nullptr) {
    fields.problems().add(Rule::missing_key, fields.map().at, "the template lacks 'workflow_spec'");
    return;
  }
  if (!spec->value->is_map()) return fields.report_type(*spec->value, "workflow_spec", "a map");
  content.workflow_spec = YamlPtr(root, spec->value);
  if (const YamlMember* name = spec->value->find("name")) {
    fields.problems().add(Rule::bad_name,
                          name->key_at,
                          "'workflow_spec' has no 'name': it is given when a workflow is made");
  }
  SpecCheck check(content, fields.problems());
  check.check(*spec->value);
  for (const std::string_view key : {"nodes", "on_success", "on_failure", "on_exit"}) {
    if (const YamlMember* nodes = spec->value->find(key)) check.check_nodes(*nodes->value);
  }
}

std::optional<Template> read(const SourceText& source, Problems& problems) {
  if (!check_text(source, problems)) return std::nullopt;
  const YamlPtr root = read_yaml(source, problems);
  if (root == nullptr) return std::nullopt;
  Fields fields(*root, template_keys(), "the template", problems);
  Template content;
  content.name = required_text(fields, "name");
  content.version = required_text(fields, "version");
  content.description = fields.text("description").value_or("");
  read_parameters(fields, content);
  read_spec(fields, root, content);
  fields.warn_about_unknown_keys();
  if (problems.has_errors()) return std::nullopt;
  return content;
}

}  // namespace

const TemplateParameter* Template::find(std::string_view parameter) const {
  for (const TemplateParameter& one : parameters) {
    if (one.variable.name == parameter) return &one;
  }
  return nullptr;
}

std::vector<std::string> Template::parameter_names() const {
  std::vector<std::string> names;
  for (const TemplateParameter& parameter : parameters) {
    names.push_back(parameter.variable.name);
  }
  return names;
}

TemplateReading read_template(std::string_view text) {
  if (text.substr(0, byte_order_mark.size()) == byte_order_mark) {
    text.remove_prefix(byte_order_mark.size());
  }
  const SourceText source(text);
  Problems problems(source);
  auto content = read(source, problems);
  return {std::move(content), problems.take()};
}

}  // namespace goflow::core
