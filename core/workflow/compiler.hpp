// Compiles the expressions and templates of a workflow file, and says where their faults stand.
#pragma once

#include "core/workflow/draft.hpp"
#include "core/workflow/problems.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace goflow::core {

/// Everything it compiles is remembered among `formulas`, so that names can be checked later.
class Compiler {
 public:
  Compiler(Problems& problems, std::vector<Formula>& formulas)
      : problems_(problems), formulas_(formulas) {}

  /// An expression; a whole text `${…}` means the expression within.
  std::optional<Placed<Expression>> expression(const YamlNode& scalar, const FormulaPlace& place);
  /// A text with placeholders; numbers and booleans are taken as they are written.
  std::optional<Placed<TextTemplate>> text(const YamlNode& scalar, const FormulaPlace& place);
  /// Any value with placeholders at any depth.
  std::optional<Placed<ValueTemplate>> value(const YamlNode& value, const FormulaPlace& place);

  /// A JSONPath; the `$` in front may be missing (V76).
  std::optional<Placed<JsonPath>> json_path(const YamlNode& scalar, const FormulaPlace& place);
  /// The jq program that begins at this byte of the scalar's text.
  std::optional<Placed<JqProgram>> jq(const YamlNode& scalar,
                                      std::string program,
                                      std::size_t begin,
                                      const FormulaPlace& place);

  /// `text` stands for what the author wrote in short at `scalar`.
  std::optional<Placed<Expression>> derived(std::string_view text,
                                            const YamlNode& scalar,
                                            const FormulaPlace& place);

 private:
  std::optional<ValueTemplate> value_tree(const YamlNode& value, const FormulaPlace& place);
  std::optional<TextTemplate> compile_text(const YamlNode& scalar, const FormulaPlace& place);
  /// `text` is what was compiled.
  template <class Compiled>
  void remember(const YamlNode& scalar,
                std::string_view text,
                const Compiled& compiled,
                const FormulaPlace& place,
                std::size_t begin = 0);
  void report(Rule rule,
              const YamlNode& scalar,
              const ExpressionError& error,
              const FormulaPlace& place);
  [[nodiscard]] Position at(const YamlNode& scalar) const;
  /// Of a text that was compiled, which stands for what is written at the scalar.
  [[nodiscard]] Origin origin(const YamlNode& scalar,
                              std::string_view text,
                              const FormulaPlace& place) const;

  Problems& problems_;
  std::vector<Formula>& formulas_;
};

/// Where the bytes from `begin` on of a scalar stand in the file, if they stand there plainly: on
/// one line, or in a literal block.
std::optional<std::size_t> offset_in_file(const SourceText& source,
                                          const YamlNode& scalar,
                                          std::size_t begin);

/// A part of a text of the language; the text begins at `offset` of the scalar.
struct PartOfText {
  std::string_view text;
  std::size_t offset;
  std::size_t begin;
  std::size_t end;
};
Mark mark_of(const SourceText& source, const YamlNode& scalar, const PartOfText& part);

}  // namespace goflow::core
