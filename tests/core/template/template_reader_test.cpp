#include "tests/core/template/template_of.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace goflow::core;

namespace {

/// "3:5 message", one line each.
std::string faults_of(const std::string& text) {
  std::string all;
  for (const Diagnostic& diagnostic : read_template(text).diagnostics) {
    all += std::to_string(diagnostic.at.line) + ":" + std::to_string(diagnostic.at.column) + " " +
           diagnostic.message + "\n";
  }
  return all;
}

}  // namespace

TEST_CASE("a template is read with its parameters") {
  const Template content = template_of(R"(name: backup-folder
version: "1.2.0"
description: packs a folder
parameters:
  - {name: folder, type: string, required: true, description: which, validation: {min_length: 1}}
  - {name: keep, type: number, default: 7, validation: {min: 1, max: 90}}
  - {name: free}
workflow_spec:
  nodes: [{id: pack, run: "true"}]
)");
  CHECK(content.name == "backup-folder");
  CHECK(content.version == "1.2.0");
  CHECK(content.description == "packs a folder");
  CHECK(content.parameter_names() == std::vector<std::string>{"folder", "keep", "free"});
  CHECK(content.find("folder")->variable.required);
  CHECK(content.find("folder")->variable.description == "which");
  CHECK(content.find("folder")->bounds.min_length == 1);
  CHECK(content.find("keep")->variable.type == VariableType::number);
  CHECK(*content.find("keep")->variable.default_value == Value(7));
  CHECK(content.find("keep")->bounds.max == 90.0);
  CHECK(content.find("free")->variable.type == VariableType::string);
  CHECK(content.find("nowhere") == nullptr);
}

TEST_CASE("everything that is wrong with a template is reported at once") {
  CHECK(faults_of(R"(version: ""
parameters:
  - {name: folder, type: text}
  - {name: keep, type: number, default: 95, validation: {min: 1, max: 90, pattern: "^a"}}
  - {name: keep, type: boolean, default: "yes"}
  - {name: my-name, type: string, validation: {pattern: "("}}
  - {type: array, validation: {max_length: -1}}
  - nothing
  - {name: x, tpye: string}
workflow_spec:
  name: fixed
  env: {A: "{{foldr}} and {{keep}}"}
  nodes:
    - {id: a, run: "true", include: "{{folder}}"}
    - {id: b, run: "true", include: perhaps}
    - {id: c, collection: 3, body: [{id: d, run: "true", include: 1}]}
)") ==
        R"(1:1 the template lacks 'name'
1:10 the template lacks 'version'
3:26 unknown type 'text' of parameter 'folder'
4:41 the default of parameter 'keep' must be at most 90, got 95
4:75 'pattern' means nothing for the type number, as in the validation of parameter 'keep'
5:12 duplicate parameter name 'keep'
5:42 the default of parameter 'keep' must be a boolean, got 'yes'
6:12 a parameter cannot be called 'my-name'
6:57 bad pattern in the validation of parameter 'my-name': missing ): (
7:5 the parameter lacks 'name'
7:44 'max_length' of the validation of the parameter must be from 0 to 67108864, got -1
8:5 a parameter must be a map, got text 'nothing'
9:15 unknown key 'tpye' in parameter 'x'
11:3 'workflow_spec' has no 'name': it is given when a workflow is made
12:13 there is no parameter 'foldr'
14:37 'include' must be true, false or a boolean parameter, got parameter 'folder'
15:37 'include' must be true, false or a boolean parameter, got text 'perhaps'
16:67 'include' must be true, false or a boolean parameter, got the number 1
)");
}

TEST_CASE("what is no template at all is refused") {
  CHECK(faults_of("") == "1:1 the file is empty\n");
  CHECK(faults_of("name: x\nversion: 1\n") == "1:1 the template lacks 'workflow_spec'\n");
  CHECK(faults_of("name: x\nversion: 1\nworkflow_spec: [1]\n") ==
        "3:16 'workflow_spec' of the template must be a map, got a list\n");
  CHECK(faults_of("name: x\nversion: 1\nworkflow_spec: {nodes: []}\nparameters: 3\n") ==
        "4:13 'parameters' of the template must be a list, got the number 3\n");
}
