#include "cli/commands/worker/supervisor.hpp"

#include "cli/io/child_program.hpp"
#include "core/base/duration.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <optional>
#include <thread>

namespace goflow::cli {
namespace {

using core::Result;
using std::chrono::steady_clock;

constexpr std::chrono::milliseconds look_interval{50};
constexpr std::chrono::milliseconds first_pause{500};
constexpr std::chrono::milliseconds longest_pause{30'000};
// Who has lived so long did not die of how it was started.
constexpr std::chrono::seconds sound_life{5};

/// Ctrl-C is for the supervisor, who hands it on.
constexpr ChildSurroundings of_worker{.streams = ChildSurroundings::Streams::no_input,
                                      .group = ChildSurroundings::Group::own,
                                      .ignores_hangup_as_we_do = true};

std::string how_it_ended(int status) {
  if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
  return "exit code " + std::to_string(WEXITSTATUS(status));
}

/// One place that is filled again when its process dies.
class Place {
 public:
  enum class State { working, empty, done };

  [[nodiscard]] State state() const { return state_; }
  [[nodiscard]] bool is_due() const {
    return state_ == State::empty && steady_clock::now() >= next_start_;
  }

  Result<void> fill(const std::vector<std::string>& words) {
    GOFLOW_TRY(const ChildProgram child, ChildProgram::start_self(words, of_worker));
    child_ = child.pid();
    state_ = State::working;
    began_ = steady_clock::now();
    return {};
  }

  /// What there is to say of its end, if it was not meant to be.
  std::optional<std::string> look() {
    int status = 0;
    if (state_ != State::working || waitpid(child_, &status, WNOHANG) != child_) return {};
    const bool is_done = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    state_ = is_done ? State::done : State::empty;
    if (is_done) return {};
    if (steady_clock::now() - began_ >= sound_life) pause_ = first_pause;
    next_start_ = steady_clock::now() + pause_;
    const auto pause = std::exchange(pause_, std::min(pause_ * 2, longest_pause));
    return "a worker process has ended (" + how_it_ended(status) +
           "); another one takes its place in " + core::spell_duration(pause);
  }

  void send(int signal) const {
    if (state_ == State::working) kill(child_, signal);
  }
  void give_up() {
    if (state_ == State::empty) state_ = State::done;
  }

 private:
  State state_ = State::empty;
  pid_t child_ = 0;
  steady_clock::time_point began_ = {};
  steady_clock::time_point next_start_ = {};
  std::chrono::milliseconds pause_ = first_pause;
};

}  // namespace

Result<void> supervise(int count,
                       const std::vector<std::string>& words,
                       const StopSignals& signals,
                       const std::function<void()>& look,
                       Context& context) {
  std::vector<Place> places(static_cast<std::size_t>(count));
  int handed_on = 0;
  const auto is_done = [](const Place& place) { return place.state() == Place::State::done; };
  while (!std::all_of(places.begin(), places.end(), is_done)) {
    const int asked = std::min(signals.times(), 2);
    for (Place& place : places) {
      for (int i = handed_on; i < asked; ++i) {
        place.send(SIGTERM);
        // Two that come at once would count as one.
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
      const auto trouble = place.look();
      if (signals.is_stop_wanted()) {
        place.give_up();
      } else if (trouble) {
        context.err().line("warning: " + *trouble);
        context.err().flush();
      }
      if (place.is_due()) GOFLOW_TRY(place.fill(words));
    }
    handed_on = asked;
    if (!signals.is_stop_wanted()) look();
    std::this_thread::sleep_for(look_interval);
  }
  return {};
}

}  // namespace goflow::cli
