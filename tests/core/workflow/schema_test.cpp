#include "core/workflow/schema.hpp"

#include "core/workflow/form.hpp"
#include "core/workflow/nodes/node_types.hpp"
#include "core/workflow/workflow_keys.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow::core;

namespace {

const Value& member(const Value& value, std::string_view key) {
  const Value* found = value.find(key);
  if (found == nullptr) FAIL("no member ", std::string(key));
  return *found;
}

void check_keys(const Value& schema, const Keys& keys);

/// The schema of a form may be wrapped in alternatives: all that stand for a map are looked at.
void check_form(const Value& schema, const Form& form) {
  const Value* alternatives = schema.find("anyOf");
  if (form.kind == Form::Kind::either) {
    REQUIRE(alternatives != nullptr);
    REQUIRE(alternatives->as_array().size() >= form.parts.size());
    for (std::size_t part = 0; part < form.parts.size(); ++part) {
      check_form(alternatives->as_array()[part], form.parts[part]);
    }
  }
  if (form.kind == Form::Kind::list) check_form(member(schema, "items"), form.parts.front());
  if (form.kind == Form::Kind::map) {
    check_form(member(schema, "additionalProperties"), form.parts.front());
  }
  if (form.kind == Form::Kind::object) check_keys(schema, form.keys());
}

void check_keys(const Value& schema, const Keys& keys) {
  const Value& properties = member(schema, "properties");
  std::size_t spellings = 0;
  for (const Key& key : keys) {
    CAPTURE(std::string(key.name));
    const Value& property = member(properties, key.name);
    CHECK_FALSE(key.about.empty());
    CHECK(member(property, "description") == Value(key.about));
    check_form(property, key.form);
    ++spellings;
    if (key.alias.empty()) continue;
    check_form(member(properties, key.alias), key.form);
    ++spellings;
  }
  CHECK(properties.as_object().size() == spellings);
}

}  // namespace

TEST_CASE("the schema has every key that the loader knows, and no other") {
  const Value schema = workflow_schema();
  check_keys(schema, workflow_keys());
  for (const NodeTypeFacts& facts : node_types()) {
    CAPTURE(std::string(facts.word));
    const Value& node = member(member(schema, "$defs"), std::string(facts.word) + "_node");
    check_keys(node, facts.keys);
    CHECK(member(node, "additionalProperties") == Value(false));
  }
}

TEST_CASE("the schema offers every node type and every key that tells one") {
  const Value schema = workflow_schema();
  const Value& node = member(member(schema, "$defs"), "node");
  const Array& words = member(member(member(node, "properties"), "type"), "enum").as_array();
  CHECK(words.size() == node_types().size());
  CHECK(member(node, "allOf").as_array().size() == node_types().size());
}
