// Templates for tests, as their authors write them.
#pragma once

#include "core/template/template.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>

namespace goflow::core {

/// Fails the test unless the text is a template.
inline Template template_of(const std::string& text) {
  TemplateReading reading = read_template(text);
  for (const Diagnostic& diagnostic : reading.diagnostics) {
    FAIL_CHECK(render(diagnostic, "template.yaml", text));
  }
  REQUIRE(reading.content.has_value());
  return *std::move(reading.content);
}

/// One with this `workflow_spec`, whose lines are indented by two blanks, and a parameter of each
/// type.
inline Template template_with_spec(const std::string& spec) {
  return template_of(R"(name: test
version: "1"
parameters:
  - {name: folder, type: string, default: /data}
  - {name: keep, type: number, default: 7}
  - {name: verify, type: boolean, default: true}
  - {name: names, type: array, default: [a, b]}
workflow_spec:
)" + spec);
}

}  // namespace goflow::core
