#include "engine/jq/server.hpp"

#include "core/value/json.hpp"
#include "engine/jq/frames.hpp"
#include "engine/jq/machine.hpp"

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::engine {
namespace {

using core::Error;
using core::Object;
using core::Value;

constexpr std::size_t largest_result = std::size_t{64} << 20U;

/// A program that gathers without end is to end this process, not the machine.
void limit_memory() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  constexpr rlim_t most = rlim_t{4} << 30U;
  const rlimit limit{most, most};
  setrlimit(RLIMIT_AS, &limit);
#endif
  // No dump of the memory of a run is to lie about when libjq gives up.
  const rlimit none{0, 0};
  setrlimit(RLIMIT_CORE, &none);
}

/// In the middle of a program without end nobody would notice that whoever asked is gone.
void end_with_parent() {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
}

Value to_answer(const Error& error) {
  return Object{{"error", error.message}, {"hint", error.hint}};
}

Value to_answer(const std::vector<core::JqFault>& faults) {
  core::Array rows;
  for (const core::JqFault& fault : faults) {
    rows.emplace_back(Object{{"program", static_cast<std::int64_t>(fault.program)},
                             {"message", fault.error.message},
                             {"begin", static_cast<std::int64_t>(fault.error.begin)},
                             {"end", static_cast<std::int64_t>(fault.error.end)}});
  }
  return Object{{"faults", std::move(rows)}};
}

class Server {
 public:
  Server(int in, int out) : in_(in), out_(out) {}

  void run() {
    const auto programs = read();
    if (!programs || !prepare(*programs)) return;
    while (auto call = read()) {
      if (!write(answer(*call))) return;
    }
  }

 private:
  bool prepare(const std::string& request) {
    auto library = load_jq_library();
    if (!library) return write(to_frame(to_answer(library.error()))) && false;
    library_ = *library;
    auto machine = JqMachine::compile(*library_, programs_of(request));
    if (!machine) return write(to_frame(to_answer(machine.error()))) && false;
    machine_ = *std::move(machine);
    return write(to_frame(to_answer(std::vector<core::JqFault>())));
  }

  static std::vector<core::JqProgram> programs_of(const std::string& request) {
    std::vector<core::JqProgram> programs;
    const auto parsed = core::parse_json(request);
    const Value* texts = parsed ? parsed->find("programs") : nullptr;
    if (texts == nullptr) return programs;
    for (const Value& text : texts->as_array()) {
      auto program = core::JqProgram::compile(text.as_text());
      if (program) programs.push_back(*std::move(program));
    }
    return programs;
  }

  std::string answer(const std::string& call) {
    auto value = machine_->run(call);
    if (!value) return to_frame(to_answer(value.error()));
    std::string frame = to_frame(Value(Object{{"value", *std::move(value)}}));
    if (frame.size() <= largest_result) return frame;
    return to_frame(
        to_answer(Error{core::ErrorCode::execution_failed, "the result is larger than 64 MiB"}));
  }

  std::optional<std::string> read() {
    std::array<char, 65536> buffer{};
    while (true) {
      if (auto frame = frames_.next()) return frame;
      const ssize_t size = ::read(in_, buffer.data(), buffer.size());
      if (size <= 0) return std::nullopt;
      frames_.append({buffer.data(), static_cast<std::size_t>(size)});
    }
  }

  [[nodiscard]] bool write(std::string_view frame) const {
    while (!frame.empty()) {
      const ssize_t size = ::write(out_, frame.data(), frame.size());
      if (size < 0) return false;
      frame.remove_prefix(static_cast<std::size_t>(size));
    }
    return true;
  }

  int in_;
  int out_;
  FrameReader frames_;
  std::optional<JqLibrary> library_;
  std::unique_ptr<JqMachine> machine_;
};

}  // namespace

void serve_jq(int in, int out) {
  limit_memory();
  end_with_parent();
  Server(in, out).run();
}

}  // namespace goflow::engine
