#include "core/workflow/schema.hpp"

#include "core/workflow/form.hpp"
#include "core/workflow/nodes/node_types.hpp"
#include "core/workflow/workflow_keys.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::core {
namespace {

// What parse_duration takes: seconds, or numbers with units, largest first, each once.
constexpr std::string_view duration_pattern =
    "^([0-9]+([.][0-9]+)?|([0-9]+([.][0-9]+)?d)?([0-9]+([.][0-9]+)?h)?([0-9]+([.][0-9]+)?m)?"
    "([0-9]+([.][0-9]+)?s)?([0-9]+([.][0-9]+)?ms)?)$";

Object typed(std::string_view type) {
  return {{"type", type}};
}

Object reference(const std::string& name) {
  return {{"$ref", "#/$defs/" + name}};
}

/// An unquoted number or boolean is taken as it is written.
Object scalar() {
  return {{"type", Array{"string", "number", "boolean"}}};
}

std::string definition_of(const NodeTypeFacts& facts) {
  return std::string(facts.word) + "_node";
}

Object object_of(const Keys& keys, bool has_further_keys);
Object schema_of(const Form& form);

Object schema_of_text(const Form& form) {
  Object schema = scalar();
  if (!form.pattern.empty()) schema.set("pattern", form.pattern);
  return schema;
}

Object schema_of_number(const Form& form, std::string_view type) {
  Object schema = typed(type);
  if (form.least) schema.set("minimum", *form.least);
  if (form.most) schema.set("maximum", *form.most);
  return schema;
}

Object schema_of_duration() {
  Object text = typed("string");
  text.set("pattern", duration_pattern);
  text.set("minLength", 1);
  Object seconds = typed("number");
  seconds.set("minimum", 0);
  return {{"anyOf", Array{std::move(text), std::move(seconds)}}};
}

Object schema_of_word(const Form& form) {
  Array words;
  for (const std::string_view word : form.words) {
    words.emplace_back(word);
  }
  return {{"enum", std::move(words)}};
}

Object schema_of_list(const Form& form) {
  Object schema = typed("array");
  schema.set("items", schema_of(form.parts.front()));
  return schema;
}

Object schema_of_map(const Form& form) {
  Object schema = typed("object");
  schema.set("additionalProperties", schema_of(form.parts.front()));
  if (!form.pattern.empty()) schema.set("propertyNames", Object{{"pattern", form.pattern}});
  return schema;
}

Object schema_of_alternatives(const Form& form) {
  Array parts;
  for (const Form& part : form.parts) {
    parts.emplace_back(schema_of(part));
  }
  return {{"anyOf", std::move(parts)}};
}

Object schema_of(const Form& form) {
  switch (form.kind) {
    case Form::Kind::anything:
      return {};
    case Form::Kind::nothing:
      return typed("null");
    case Form::Kind::text:
      return schema_of_text(form);
    case Form::Kind::expression:
      return scalar();
    case Form::Kind::boolean:
      return typed("boolean");
    case Form::Kind::number:
      return schema_of_number(form, "number");
    case Form::Kind::whole:
      return schema_of_number(form, "integer");
    case Form::Kind::duration:
      return schema_of_duration();
    case Form::Kind::word:
      return schema_of_word(form);
    case Form::Kind::list:
      return schema_of_list(form);
    case Form::Kind::map:
      return schema_of_map(form);
    case Form::Kind::object:
      return object_of(form.keys(), form.has_further_keys);
    case Form::Kind::either:
      return schema_of_alternatives(form);
    case Form::Kind::node:
      return reference("node");
    case Form::Kind::sequence:
      return reference("sequence");
  }
  return {};
}

Array with(const Value* items, Value another) {
  Array all = items->is_array() ? items->as_array() : Array{*items};
  all.push_back(std::move(another));
  return all;
}

/// A key without a value counts as absent.
Object or_nothing(Object schema) {
  if (schema.empty()) return schema;
  if (const Value* type = schema.find("type")) {
    schema.set("type", with(type, "null"));
  } else if (const Value* words = schema.find("enum")) {
    schema.set("enum", with(words, nullptr));
  } else if (const Value* parts = schema.find("anyOf")) {
    schema.set("anyOf", with(parts, typed("null")));
  } else {
    schema = {{"anyOf", Array{std::move(schema), typed("null")}}};
  }
  return schema;
}

/// What is required may not be empty either.
Object not_empty(Object schema) {
  if (const Value* parts = schema.find("anyOf")) {
    Array filled;
    for (const Value& part : parts->as_array()) {
      filled.emplace_back(not_empty(part.as_object()));
    }
    schema.set("anyOf", std::move(filled));
  }
  const Value* written = schema.find("type");
  if (written == nullptr) return schema;
  const Value type = *written;
  if (type.is_array()) schema.set("minLength", 1);
  if (type == Value("array")) schema.set("minItems", 1);
  if (type == Value("object")) schema.set("minProperties", 1);
  return schema;
}

Object described(Object schema, std::string_view about) {
  schema.set("description", about);
  return schema;
}

Object properties_of(const Keys& keys) {
  Object properties;
  for (const Key& key : keys) {
    Object schema = schema_of(key.form);
    schema = key.is_required ? not_empty(std::move(schema)) : or_nothing(std::move(schema));
    if (!key.alias.empty()) {
      properties.set(std::string(key.alias),
                     described(schema, "another spelling of '" + std::string(key.name) + "'"));
    }
    properties.set(std::string(key.name), described(std::move(schema), key.about));
  }
  return properties;
}

Array required_of(const Keys& keys) {
  Array names;
  for (const Key& key : keys) {
    if (key.is_required) names.emplace_back(key.name);
  }
  return names;
}

/// Two spellings of one key are refused.
Array one_spelling_of(const Keys& keys) {
  Array rules;
  for (const Key& key : keys) {
    if (key.alias.empty()) continue;
    rules.emplace_back(Object{{"not", Object{{"required", Array{key.name, key.alias}}}}});
  }
  return rules;
}

Object object_of(const Keys& keys, bool has_further_keys) {
  Object schema = typed("object");
  schema.set("properties", properties_of(keys));
  if (Array required = required_of(keys); !required.empty()) {
    schema.set("required", std::move(required));
  }
  if (Array rules = one_spelling_of(keys); !rules.empty()) schema.set("allOf", std::move(rules));
  if (!has_further_keys) schema.set("additionalProperties", false);
  return schema;
}

/// One of the keys that tell the type is there.
Object has_mark(const NodeTypeFacts& facts) {
  Array marks;
  for (const std::string_view mark : facts.marks) {
    marks.emplace_back(Object{{"required", Array{mark}}});
  }
  return {{"anyOf", std::move(marks)}};
}

Object has_type_written() {
  return {{"required", Array{"type"}}};
}

/// By its word, or by a key that tells it.
Object is_of_type(const NodeTypeFacts& facts) {
  Object written = has_type_written();
  written.set("properties", Object{{"type", Object{{"const", facts.word}}}});
  if (facts.marks.empty()) return written;
  Object inferred = has_mark(facts);
  inferred.set("not", has_type_written());
  return {{"anyOf", Array{std::move(written), std::move(inferred)}}};
}

/// Whatever its type; the rest of its keys hangs on that.
Object any_node() {
  Array words;
  Array told{has_type_written()};
  Array cases;
  for (const NodeTypeFacts& facts : node_types()) {
    words.emplace_back(facts.word);
    if (!facts.marks.empty()) told.emplace_back(has_mark(facts));
    cases.emplace_back(
        Object{{"if", is_of_type(facts)}, {"then", reference(definition_of(facts))}});
  }
  Object properties = properties_of(common_node_keys());
  properties.set("type",
                 Object{{"enum", std::move(words)},
                        {"description", find_key(common_node_keys(), "type")->about}});
  Object node = typed("object");
  node.set("properties", std::move(properties));
  node.set("required", required_of(common_node_keys()));
  node.set("anyOf", std::move(told));
  node.set("allOf", std::move(cases));
  return node;
}

Object node_of_type(const NodeTypeFacts& facts) {
  return described(object_of(facts.keys, false), facts.about);
}

Object sequence() {
  const Object member{{"anyOf", Array{scalar(), reference("node")}}};
  Object list = typed("array");
  list.set("items", member);
  list.set("minItems", 1);
  return {{"anyOf", Array{scalar(), reference("node"), std::move(list)}}};
}

Object definitions() {
  Object all;
  all.set("sequence", described(sequence(), "ids and nodes that run one after the other"));
  all.set("node", any_node());
  for (const NodeTypeFacts& facts : node_types()) {
    all.set(definition_of(facts), node_of_type(facts));
  }
  return all;
}

}  // namespace

Value workflow_schema() {
  Object schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                {"title", "goflow workflow"}};
  for (const auto& [key, value] : object_of(workflow_keys(), false)) {
    schema.set(key, value);
  }
  schema.set("$defs", definitions());
  return schema;
}

}  // namespace goflow::core
