#include "engine/jq/check.hpp"

#include "engine/jq/worker.hpp"

#include <chrono>
#include <utility>

namespace goflow::engine {
namespace {

constexpr std::chrono::seconds longest_check{10};

std::vector<core::JqFault> fault_of_each(std::span<const core::JqProgram> programs,
                                         const JqFailure& failure) {
  std::vector<core::JqFault> faults;
  for (std::size_t index = 0; index < programs.size(); ++index) {
    core::ExpressionError error;
    error.message = failure.message;
    error.hint = failure.hint;
    error.end = programs[index].text().size();
    faults.push_back({index, std::move(error)});
  }
  return faults;
}

}  // namespace

std::vector<core::JqFault> check_jq_programs(std::vector<std::string> command,
                                             std::span<const core::JqProgram> programs) {
  EventLoop loop;
  JqWorker worker(loop, std::move(command), {programs.begin(), programs.end()});
  std::vector<core::JqFault> faults = fault_of_each(
      programs, JqFailure{JqFailure::Kind::timeout, "jq did not come to an end within 10s"});
  Timer patience(loop, [&] { loop.stop(); });
  patience.start(longest_check);
  bool is_told = false;
  worker.check([&](auto verdict) {
    faults = verdict ? *std::move(verdict) : fault_of_each(programs, verdict.error());
    is_told = true;
    loop.stop();
  });
  if (!is_told) loop.run();
  return faults;
}

}  // namespace goflow::engine
