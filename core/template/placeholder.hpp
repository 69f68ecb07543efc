// The `{{ name }}` of templates. `${ }` is the business of the workflow that is made.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// A part of a text: literal, or the name of a parameter.
struct TemplatePiece {
  std::string text;
  bool is_parameter = false;
  std::size_t begin = 0;  // of a parameter: where its braces stand in the text
  std::size_t end = 0;
};

/// `\{{` is a literal `{{`; braces that hold no identifier are ordinary text.
std::vector<TemplatePiece> template_pieces(std::string_view text);

/// The parameter of a text that is one placeholder and nothing else; else empty.
std::string sole_parameter(std::string_view text);

}  // namespace goflow::core
