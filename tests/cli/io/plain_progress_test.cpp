#include "cli/io/plain_progress.hpp"

#include "cli/io/terminal.hpp"
#include "tests/cli/io/run_script.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using namespace goflow::cli;
using namespace std::chrono_literals;

namespace {

struct Logged {
  Terminal terminal = Terminal::captured();
  PlainProgress progress{terminal.err(),
                         {.title = "nightly",
                          .id = "8m4vq2dk",
                          .nodes = {{"login"}, {"list-orders", "shop/list_orders"}},
                          .nested = {{"lookup", "shop/lookup"}}}};
  test::RunScript run{progress};

  const std::string& log() { return terminal.err().collected(); }
};

}  // namespace

TEST_CASE("a log has one line per change of state") {
  Logged logged;
  logged.run.start("login", "login").at(305ms).complete("login", "login");
  logged.run.start("list-orders", "list-orders").miss("list-orders", 1, "HTTP 503");
  logged.run.at(1305ms).start("list-orders", "list-orders", "shell", 2);
  logged.run.fail("list-orders", "list-orders", "retry exhausted after 2 attempts: HTTP 503");
  logged.run.skip("publish", "publish");
  CHECK(logged.log() ==
        "start  login\n"
        "done   login        305ms\n"
        "start  list-orders  shop/list_orders\n"
        "retry  list-orders  HTTP 503\n"
        "start  list-orders  shop/list_orders  attempt 2\n"
        "failed list-orders  1.0s  HTTP 503 after 2 attempts\n"
        "skip   publish      not taken\n");
}

TEST_CASE("rounds are told by their paths, start and end nodes not at all") {
  Logged logged;
  logged.run.start("begin", "begin", "start").complete("begin", "begin", "start");
  logged.run.start("each[3]/lookup", "lookup").at(20ms).complete("each[3]/lookup", "lookup");
  CHECK(logged.log() == "start  each[3]/lookup  shop/lookup\ndone   each[3]/lookup  20ms\n");
}

TEST_CASE("warnings and handled failures are told") {
  Logged logged;
  logged.run.note(engine::NodeFinished{.path = "login",
                                       .node_id = "login",
                                       .type = "shell",
                                       .status = core::NodeStatus::failed,
                                       .failure = core::Failure{"execution", "exit status 2"},
                                       .failure_is_handled = true,
                                       .warnings = {"output was cut"}});
  CHECK(logged.log() ==
        "failed login        exit status 2, handled\nwarn   login        output was cut\n");
}
