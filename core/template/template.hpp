// A workflow template: a file with parameters out of which workflows are made.
#pragma once

#include "core/value/value.hpp"
#include "core/workflow/diagnostic.hpp"
#include "core/workflow/workflow.hpp"
#include "core/workflow/yaml/yaml_tree.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// What an argument has to keep to besides its type.
struct ParameterBounds {
  std::optional<double> min = std::nullopt;  // of a number
  std::optional<double> max = std::nullopt;
  std::optional<std::int64_t> min_length = std::nullopt;  // of a string or an array
  std::optional<std::int64_t> max_length = std::nullopt;
  std::string pattern = {};  // RE2, searched in a string; empty: none
};

struct TemplateParameter {
  // Of the type string, number, boolean or array.
  Variable variable;
  ParameterBounds bounds = {};
};

struct Template {
  std::string name;
  std::string version;  // the template's own, free text
  std::string description = {};
  std::vector<TemplateParameter> parameters = {};
  YamlPtr workflow_spec;  // a map

  /// nullptr: it has no such parameter.
  [[nodiscard]] const TemplateParameter* find(std::string_view parameter) const;
  [[nodiscard]] std::vector<std::string> parameter_names() const;
};

struct TemplateReading {
  std::optional<Template> content;      // absent when there is an error
  std::vector<Diagnostic> diagnostics;  // all of them, by position
};

/// Reads and checks; never fails otherwise than by diagnostics, whatever the bytes.
TemplateReading read_template(std::string_view text);

}  // namespace goflow::core
