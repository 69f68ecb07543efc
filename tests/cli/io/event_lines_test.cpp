#include "cli/io/event_lines.hpp"

#include "cli/io/terminal.hpp"
#include "tests/cli/io/run_script.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using namespace goflow::cli;
using namespace std::chrono_literals;

namespace {

class FixedClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override { return test::RunScript::begin; }
};

struct Told {
  FixedClock clock;
  Terminal terminal = Terminal::captured();
  EventLines events{terminal.out(), "wex-1", clock};
  test::RunScript run{events};

  const std::string& lines() { return terminal.out().collected(); }
};

}  // namespace

TEST_CASE("each event is one JSON object on a line of its own") {
  Told told;
  told.run.running().start("login", "login").at(305ms).complete("login", "login");
  CHECK(
      told.lines() ==
      R"({"time":"2026-11-20T00:00:00.000000Z","event":"status","execution":"wex-1","status":"running"})"
      "\n"
      R"({"time":"2026-11-20T00:00:00.000000Z","event":"node_started","path":"login","node":"login","type":"shell","attempt":1})"
      "\n"
      R"({"time":"2026-11-20T00:00:00.305000Z","event":"node_completed","path":"login","node":"login","type":"shell","duration_ms":305})"
      "\n");
}

TEST_CASE("failures, skipped nodes and variables tell what belongs to them") {
  Told told;
  told.run.miss("a", 1, "HTTP 503").fail("a", "a", "HTTP 503").skip("b", "b");
  told.run.note(engine::VariableSet{"each[0]", "each[0]/c", "total", 1, 2});
  const std::string& lines = told.lines();
  CHECK(lines.find(
            R"("event":"attempt_failed","path":"a","attempt":1,"error":{"type":"connection")") !=
        std::string::npos);
  CHECK(lines.find(R"("event":"node_failed","path":"a")") != std::string::npos);
  CHECK(
      lines.find(
          R"("event":"node_skipped","path":"b","node":"b","type":"shell","reason":"not_taken")") !=
      std::string::npos);
  CHECK(
      lines.find(
          R"("event":"variable_set","path":"each[0]/c","scope":"each[0]","name":"total","value":2)") !=
      std::string::npos);
}

TEST_CASE("the last event carries the status and the return value") {
  Told told;
  told.events.on_finished(
      engine::RunResult{.return_value = core::Object{{"count", 200}}, .warnings = {"late"}},
      test::RunScript::begin);
  CHECK(
      told.lines() ==
      R"({"time":"2026-11-20T00:00:00.000000Z","event":"execution_finished","execution":"wex-1","status":"completed","return_value":{"count":200},"error":null,"warnings":["late"]})"
      "\n");
}

TEST_CASE("output that was cut inside a character is put together, and never breaks the JSON") {
  Told told;
  told.events.on_output("a", "stdout", "5 \xe2\x82");
  told.events.on_output("a", "stdout", "\xac\xff");
  const std::string& lines = told.lines();
  CHECK(lines.find(R"("stream":"stdout","text":"5 "})") != std::string::npos);
  CHECK(lines.find(R"("stream":"stdout","text":"€)"
                   "\uFFFD\"}") != std::string::npos);
}
