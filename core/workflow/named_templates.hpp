// Maps from names to templates: environments, headers, parameters, inputs.
#pragma once

#include "core/workflow/compiler.hpp"
#include "core/workflow/fields.hpp"
#include "core/workflow/form.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// From a name to a text; null says that there is none.
Form named_texts_form();
/// From a name to any value.
Form named_values_form();

/// `env`: the names are those of environment variables.
std::vector<NamedText> read_environment(Fields& fields,
                                        Compiler& compiler,
                                        const FormulaPlace& place);
/// `headers`: the names are those of HTTP.
std::vector<NamedText> read_headers(Fields& fields, Compiler& compiler, const FormulaPlace& place);

std::vector<NamedValue> read_named_values(Fields& fields,
                                          std::string_view key,
                                          Compiler& compiler,
                                          const FormulaPlace& place);

/// A literal text where a secret belongs (V91); `called`: "'TOKEN' in env of server 'files'".
void warn_of_written_secret(const YamlNode& value, const std::string& called, Fields& fields);

}  // namespace goflow::core
