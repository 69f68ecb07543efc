#include "core/template/arguments.hpp"

#include "core/value/json.hpp"
#include "tests/core/template/template_of.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow::core;

namespace {

const std::string backup = R"(name: backup
version: "1"
parameters:
  - {name: folder, type: string, required: true, validation: {min_length: 2, max_length: 5, pattern: "^/"}}
  - {name: keep, type: number, default: 7, validation: {min: 1, max: 90}}
  - {name: verify, type: boolean, default: true}
  - {name: names, type: array, validation: {max_length: 2}}
workflow_spec: {}
)";

/// The values as JSON, or what is wrong.
std::string resolved(const std::vector<TemplateArgument>& arguments) {
  const auto values = resolve_arguments(template_of(backup), arguments);
  return values ? to_json(*values) : values.error().message;
}

TemplateArgument text(const std::string& name, const std::string& written) {
  return {.name = name, .text = written};
}

TemplateArgument value(const std::string& name, Value given) {
  return {.name = name, .value = std::move(given)};
}

}  // namespace

TEST_CASE("a text is read by the type of its parameter, and defaults fill up the rest") {
  CHECK(resolved({text("folder", "/x")}) ==
        R"({"folder":"/x","keep":7,"verify":true,"names":null})");
  CHECK(resolved({text("folder", "/1"),
                  text("keep", "3"),
                  text("verify", "no"),
                  text("names", R"(["a"])")}) ==
        R"({"folder":"/1","keep":3,"verify":false,"names":["a"]})");
  CHECK(resolved({text("folder", "/x"), text("folder", "/y")}) ==
        R"({"folder":"/y","keep":7,"verify":true,"names":null})");
}

TEST_CASE("a value is taken as it is, without conversion") {
  CHECK(resolved({value("folder", "/x"), value("keep", 2)}) ==
        R"({"folder":"/x","keep":2,"verify":true,"names":null})");
  CHECK(resolved({value("folder", "/x"), value("keep", "2")}) ==
        "parameter 'keep' must be a number, got '2'");
}

TEST_CASE("all that is wrong with arguments is said at once") {
  CHECK(resolved({}) == "required parameter missing: folder");
  CHECK(resolved({text("foldr", "/x"), text("keep", "many"), text("verify", "perhaps")}) ==
        "template 'backup' has no parameter 'foldr'; required parameter missing: folder; "
        "parameter 'keep' must be a number, got 'many'; "
        "parameter 'verify' must be a boolean, got 'perhaps'");
  const auto unknown = resolve_arguments(template_of(backup), {text("foldr", "/x")});
  CHECK(unknown.error().code == ErrorCode::invalid_argument);
  CHECK(unknown.error().hint == "did you mean 'folder'?");
  const auto missing = resolve_arguments(template_of(backup), {});
  CHECK(missing.error().hint == "give it: --set folder=…");
}

TEST_CASE("arguments keep within the bounds of their parameter") {
  CHECK(resolved({text("folder", "/")}) ==
        "parameter 'folder' must have at least 2 characters, got 1");
  CHECK(resolved({text("folder", "/éééé")}) ==
        R"({"folder":"/éééé","keep":7,"verify":true,"names":null})");
  CHECK(resolved({text("folder", "/ééééé")}) ==
        "parameter 'folder' must have at most 5 characters, got 6");
  CHECK(resolved({text("folder", "x/")}) == "parameter 'folder' must match '^/', got 'x/'");
  CHECK(resolved({text("folder", "/x"), text("keep", "0.5")}) ==
        "parameter 'keep' must be at least 1, got 0.5");
  CHECK(resolved({text("folder", "/x"), text("keep", "91")}) ==
        "parameter 'keep' must be at most 90, got 91");
  CHECK(resolved({text("folder", "/x"), text("names", "[1,2,3]")}) ==
        "parameter 'names' must have at most 2 items, got 3");
}
