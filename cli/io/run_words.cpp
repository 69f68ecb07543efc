#include "cli/io/run_words.hpp"

#include "cli/io/width.hpp"
#include "core/value/json.hpp"
#include "engine/interpreter/retry.hpp"

namespace goflow::cli {

std::string failure_words(std::string_view message, int attempt) {
  if (attempt <= 1) return one_line(message);
  const std::string last = engine::without_exhaustion(std::string(message));
  return one_line(last) + " after " + std::to_string(attempt) + " attempts";
}

std::string signal_words(std::string_view node_type, const core::Value& inputs) {
  const core::Value* name = node_type == "signal" ? inputs.find("signal") : nullptr;
  if (name == nullptr) return {};
  std::string words = "waits for '" + core::to_text(*name) + "'";
  if (const core::Value* description = inputs.find("description")) {
    words += ": " + core::to_text(*description);
  }
  return one_line(words);
}

std::string skip_words(std::string_view reason) {
  if (reason == "not_taken") return "not taken";
  if (reason == "when") return "its condition 'when' is false";
  return one_line(reason);
}

}  // namespace goflow::cli
