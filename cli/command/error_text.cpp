#include "cli/command/error_text.hpp"

#include "core/value/json.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

core::Value text_or_null(std::string_view text) {
  return text.empty() ? core::Value() : core::Value(text);
}

core::Value number_or_null(int number) {
  return number == 0 ? core::Value() : core::Value(number);
}

}  // namespace

std::string error_text(const core::Error& error) {
  std::string text = "error: " + error.message + "\n";
  // One line for each way out.
  for (std::string_view rest = error.hint; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    text += "hint: " + std::string(line) + "\n";
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  }
  return text;
}

std::string error_json(const core::Error& error) {
  return core::to_json(core::Object{{"code", core::to_string(error.code)},
                                    {"message", error.message},
                                    {"hint", text_or_null(error.hint)},
                                    {"file", nullptr},
                                    {"line", nullptr},
                                    {"column", nullptr}}) +
         "\n";
}

std::string error_json(const core::Diagnostic& diagnostic, std::string_view file) {
  return core::to_json(core::Object{{"code", diagnostic.code},
                                    {"message", diagnostic.message},
                                    {"hint", text_or_null(diagnostic.hint)},
                                    {"file", text_or_null(file)},
                                    {"line", number_or_null(diagnostic.at.line)},
                                    {"column", number_or_null(diagnostic.at.column)}}) +
         "\n";
}

}  // namespace goflow::cli
