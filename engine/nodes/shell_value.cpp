#include "engine/nodes/shell_value.hpp"

#include "core/base/utf8.hpp"
#include "engine/nodes/json_text.hpp"
#include "engine/nodes/output_file.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace goflow::engine {
namespace {

constexpr std::size_t largest_value = 64UL * 1024 * 1024;
constexpr std::size_t lines_of_error = 20;
constexpr int signal_exit_code = 128;

using Parsed = core::Result<core::Value, core::Failure>;

Parsed parse_json_output(std::string_view text, std::vector<std::string>& warnings) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return data_failure("output is empty, where JSON was expected");
  }
  auto value = parse_foreign_json(text, warnings);
  if (!value) return data_failure("cannot read the output: " + value.error().message);
  return *std::move(value);
}

core::Value lines_output(std::string_view text) {
  core::Array lines;
  while (!text.empty()) {
    std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.emplace_back(line);
  }
  return lines;
}

Parsed parse_output(const ShellInput& input,
                    const KeptOutput& output,
                    std::vector<std::string>& warnings) {
  if (!input.parses_output()) return core::Value();
  const auto text = output.text();
  if (!text) return data_failure(text.error());
  if (input.parse == core::OutputParse::lines) return lines_output(*text);
  return parse_json_output(*text, warnings);
}

}  // namespace

void KeptOutput::append(std::string_view text) {
  size_ += text.size();
  if (size_ <= largest_value) {
    bytes_ += text;
  } else {
    std::string().swap(bytes_);
  }
}

core::Result<std::string_view, std::string> KeptOutput::text() const {
  if (size_ > largest_value) {
    return "output of " + std::to_string(size_) + " bytes is too large for a value, 64 MiB is most";
  }
  if (const auto invalid = core::utf8::first_invalid(bytes_)) {
    return "output is not UTF-8 text, from byte " + std::to_string(*invalid) + " on";
  }
  return std::string_view(bytes_);
}

core::Failure data_failure(std::string message) {
  return core::Failure{"data", std::move(message)};
}

core::Result<core::Value, core::Failure> shell_value(const ShellInput& input,
                                                     const KeptOutput& output,
                                                     const std::optional<std::string>& outputs,
                                                     std::vector<std::string>& warnings) {
  GOFLOW_TRY(core::Value parsed, parse_output(input, output, warnings));
  if (!outputs && input.promised_outputs.empty()) return parsed;
  auto written = parse_outputs(outputs.value_or(""));
  if (!written) return data_failure(written.error());
  for (const std::string& key : input.promised_outputs) {
    if (!written->contains(key)) {
      return data_failure("promised output '" + key + "' was not written to $GOFLOW_OUTPUT");
    }
  }
  core::Object value;
  value.set("stdout", std::move(parsed));
  value.set("exit_code", 0);
  value.set("outputs", *std::move(written));
  return core::Value(std::move(value));
}

std::optional<core::Failure> failure_of(const ChildEnd& end, const CapturedLog& standard_error) {
  if (end.signal == 0 && end.exit_code == 0) return std::nullopt;
  core::Failure failure{"execution", "exit status " + std::to_string(end.exit_code)};
  int exit_code = end.exit_code;
  if (end.signal != 0) {
    const char* name = sigabbrev_np(end.signal);
    failure.message = "killed by signal " + std::to_string(end.signal) +
                      (name != nullptr ? " (" + std::string(name) + ")" : "");
    exit_code = signal_exit_code + end.signal;
  }
  failure.context.set("exit_code", exit_code);
  failure.context.set("stderr", core::utf8::valid(standard_error.last_lines(lines_of_error)));
  return failure;
}

}  // namespace goflow::engine
