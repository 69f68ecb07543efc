#include "engine/jq/worker.hpp"

#include "core/value/json.hpp"
#include "engine/jq/check.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

using namespace goflow;
using namespace goflow::engine;
using namespace std::chrono_literals;

namespace {

std::vector<core::JqProgram> one_program() {
  return {*core::JqProgram::compile(".")};
}

/// A process that says this at its start, and then echoes the `input` of its calls badly: it
/// answers each with 7, after the pause.
std::vector<std::string> impostor(const core::Value& verdict, const std::string& pause = "0") {
  const std::string frame = to_frame(verdict);
  return {"/bin/sh",
          "-c",
          "printf '%s' \"$1\"; while read -r length; do sleep " + pause +
              "; printf '11\\n{\"value\":7}'; done",
          "impostor",
          frame};
}

const core::Value sound = core::Object{{"faults", core::Array()}};

struct Asked {
  explicit Asked(std::vector<std::string> command)
      : worker(loop, std::move(command), one_program()) {}

  JqWorker::CallId ask(std::chrono::milliseconds limit = 60s) {
    ++open;
    return worker.call(".", {{"input", 1}}, limit, [this](auto result) {
      heard.push_back(result ? core::to_json(*result)
                             : result.error().message + "; " + result.error().hint);
      if (--open == 0) loop.stop();
    });
  }

  EventLoop loop;
  JqWorker worker;
  int open = 0;
  std::vector<std::string> heard;
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("calls are answered one after the other, later, never at once") {
  Asked asked(impostor(sound));
  asked.ask();
  asked.ask();
  CHECK(asked.heard.empty());
  asked.loop.run();
  CHECK(asked.heard == Texts{"7", "7"});
}

TEST_CASE("a call that takes too long fails, and so does the one behind it, each after its time") {
  Asked asked(impostor(sound, "100"));
  asked.ask(20ms);
  asked.ask(30ms);
  asked.loop.run();
  CHECK(asked.heard == Texts{"timed out after 20ms; ", "timed out after 30ms; "});
}

TEST_CASE("of a withdrawn call nothing is heard, and the others are served") {
  Asked asked(impostor(sound));
  const auto first = asked.ask();
  asked.ask();
  asked.worker.withdraw(first);
  asked.worker.withdraw(first);
  --asked.open;
  asked.loop.run();
  CHECK(asked.heard == Texts{"7"});
}

TEST_CASE("without libjq each call fails with the reason, and each program has a fault") {
  const core::Value verdict = core::Object{{"error", "needs libjq"}, {"hint", "install it"}};
  Asked asked(impostor(verdict));
  asked.ask();
  asked.loop.run();
  CHECK(asked.heard == Texts{"needs libjq; install it"});

  const auto faults = check_jq_programs(impostor(verdict), one_program());
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].error.message == "needs libjq");
  CHECK(faults[0].error.hint == "install it");
}

TEST_CASE("a process that dies, or cannot be started, is no harm") {
  Asked dying({"/bin/false"});
  dying.ask();
  dying.loop.run();
  CHECK(dying.heard == Texts{"jq gave up, as it does when it runs out of memory; "});

  Asked missing({"/no/such/program"});
  missing.ask();
  missing.loop.run();
  REQUIRE(missing.heard.size() == 1);
  CHECK(missing.heard[0].starts_with("cannot start jq: "));
  CHECK(check_jq_programs({"/no/such/program"}, one_program()).size() == 1);
}
