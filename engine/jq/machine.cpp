#include "engine/jq/machine.hpp"

#include "engine/jq/value.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <utility>

namespace goflow::engine {
namespace {

using core::Error;
using core::ErrorCode;
using core::ExpressionError;
using core::JqFault;
using core::JqProgram;
using core::Result;

/// What jq says while it compiles.
struct Complaints {
  const JqLibrary& jq;
  std::vector<std::string> texts;
};

struct Compiled {
  jq_state* state = nullptr;  // nullptr: it cannot be compiled, for these reasons
  std::vector<std::string> complaints;
};

Compiled compile_text(const JqLibrary& jq, const std::string& text) {
  Complaints complaints{jq, {}};
  jq_state* state = jq.init();
  jq.set_error_cb(
      state,
      [](void* place, jv message) {
        auto& heard = *static_cast<Complaints*>(place);
        const OwnedJv formatted(heard.jq, heard.jq.format_error(message));
        if (heard.jq.get_kind(formatted.get()) == JV_KIND_STRING) {
          heard.texts.emplace_back(heard.jq.string_value(formatted.get()));
        }
      },
      &complaints);
  if (jq.compile(state, text.c_str()) == 0) jq.teardown(&state);
  // The place of the complaints is gone when this function is.
  if (state != nullptr)
    jq.set_error_cb(
        state, [](void*, jv) {}, nullptr);
  return {state, std::move(complaints.texts)};
}

/// The number behind "line " in "syntax error, … at <top-level>, line 3:"; 0: none.
int line_in(std::string_view complaint) {
  constexpr std::string_view word = ", line ";
  const std::size_t at = complaint.find(word);
  if (at == std::string_view::npos) return 0;
  int line = 0;
  std::from_chars(complaint.data() + at + word.size(), complaint.data() + complaint.size(), line);
  return line;
}

/// "jq: error: foo/0 is not defined at <top-level>, line 2:\nfoo" → "foo/0 is not defined"
std::string reason_in(std::string_view complaint) {
  complaint = complaint.substr(0, complaint.find('\n'));
  for (const std::string_view beginning : {"jq: ", "error: ", "compile error: "}) {
    if (complaint.substr(0, beginning.size()) == beginning)
      complaint.remove_prefix(beginning.size());
  }
  complaint = complaint.substr(0, complaint.find(" at <top-level>"));
  // A hint for those who write programs on the command line of a shell.
  return std::string(complaint.substr(0, complaint.find(" (Unix shell quoting issues?)")));
}

std::size_t offset_of_line(std::string_view text, int line) {
  std::size_t offset = 0;
  for (int number = 1; number < line; ++number) {
    const std::size_t end = text.find('\n', offset);
    if (end == std::string_view::npos) break;
    offset = end + 1;
  }
  return offset;
}

/// jq names the line; of what is not defined, the name is looked for in it.
void point(ExpressionError& error, const std::string& program, int line) {
  const std::size_t begin = offset_of_line(program, line);
  const std::size_t end = std::min(program.find('\n', begin), program.size());
  const std::size_t blank = program.find_first_not_of(" \t", begin);
  error.begin = blank < end ? blank : begin;
  error.end = std::max(end, error.begin);
  const std::size_t slash = error.message.find('/');
  if (slash == std::string::npos || error.message.find(" is not defined") < slash) return;
  const std::string name = error.message.substr(0, slash);
  const std::size_t found = program.find(name, begin);
  if (found == std::string::npos || found >= end) return;
  error.begin = found;
  error.end = found + name.size();
}

ExpressionError fault_in(const JqProgram& program, const std::vector<std::string>& complaints) {
  ExpressionError error;
  error.end = program.text().size();
  error.message = complaints.empty() ? "jq refuses the program" : reason_in(complaints.front());
  const int line =
      complaints.empty() ? 0 : line_in(complaints.front()) - core::first_line_in_combined_jq() + 1;
  const auto lines = 1 + std::count(program.text().begin(), program.text().end(), '\n');
  if (line > lines) {
    // What jq did not expect is ours.
    error.message = "the program ends too early";
  } else if (line > 0) {
    point(error, program.text(), line);
  }
  return error;
}

/// Compiled one by one, to say which of them is wrong.
std::vector<JqFault> find_faults(const JqLibrary& jq, std::span<const JqProgram> programs) {
  std::vector<JqFault> faults;
  for (std::size_t index = 0; index < programs.size(); ++index) {
    Compiled alone = compile_text(jq, core::combined_jq(programs.subspan(index, 1)));
    if (alone.state == nullptr) {
      faults.push_back({index, fault_in(programs[index], alone.complaints)});
    } else {
      jq.teardown(&alone.state);
    }
  }
  return faults;
}

}  // namespace

Result<std::unique_ptr<JqMachine>, std::vector<JqFault>> JqMachine::compile(
    const JqLibrary& jq, std::span<const JqProgram> programs) {
  const Compiled together = compile_text(jq, core::combined_jq(programs));
  if (together.state != nullptr) {
    return std::unique_ptr<JqMachine>(new JqMachine(jq, together.state));
  }
  std::vector<JqFault> faults = find_faults(jq, programs);
  if (faults.empty()) {
    // Each alone is sound: there are too many of them.
    faults.push_back({0, fault_in(programs[0], together.complaints)});
  }
  return faults;
}

JqMachine::~JqMachine() {
  jq_.teardown(&state_);
}

Result<core::Value> JqMachine::run(std::string_view call) {
  jv parsed = jq_.parse_sized(call.data(), static_cast<int>(call.size()));
  if (jq_.get_kind(parsed) == JV_KIND_INVALID) return error_in(jq_, parsed);
  jq_.start(state_, parsed, 0);
  const OwnedJv first(jq_, jq_.next(state_));
  if (jq_.get_kind(first.get()) == JV_KIND_INVALID) {
    if (!jq_.invalid_has_msg(jq_.copy(first.get()))) return core::Value();
    return error_in(jq_, jq_.copy(first.get()));
  }
  const OwnedJv second(jq_, jq_.next(state_));
  if (jq_.get_kind(second.get()) != JV_KIND_INVALID) {
    return Error{ErrorCode::execution_failed, "the program yields more than one value"}.with_hint(
        "collect them in a list: [ … ]");
  }
  if (jq_.invalid_has_msg(jq_.copy(second.get()))) return error_in(jq_, jq_.copy(second.get()));
  return to_value(jq_, first.get());
}

}  // namespace goflow::engine
