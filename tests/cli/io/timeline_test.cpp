#include "cli/io/timeline.hpp"

#include "cli/io/bar.hpp"
#include "cli/io/time_scale.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using namespace goflow::cli;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

const Style utf8(Colour::off, Charset::utf8);
const Style ascii(Colour::off, Charset::ascii);

/// An execution whose nodes a test adds one by one.
struct Recorded {
  core::Timestamp begin = *core::parse_rfc3339("2026-11-20T02:00:04Z");
  core::Execution execution{.id = "wex-01m7vaxa507xk2p9tn5ywz6r0b",
                            .workflow_id = "nightly",
                            .workflow_version = "7",
                            .status = core::ExecutionStatus::completed,
                            .created_at = begin,
                            .started_at = begin,
                            .completed_at = begin + 6900ms};
  std::vector<core::NodeExecution> nodes;
  std::vector<std::string> planned;

  core::NodeExecution& add(const std::string& path,
                           milliseconds from,
                           milliseconds to,
                           const std::string& type = "shell") {
    nodes.push_back({.id = "nex",
                     .execution_id = execution.id,
                     .node_id = path,
                     .node_type = type,
                     .path = path,
                     .status = core::NodeStatus::completed,
                     .created_at = begin + from,
                     .started_at = begin + from,
                     .completed_at = begin + to});
    return nodes.back();
  }

  [[nodiscard]] std::string drawn(std::size_t width = 79,
                                  Rounds rounds = Rounds::folded,
                                  const Style& style = utf8) const {
    return draw_timeline({execution, nodes, planned, begin + 10s, rounds}, style, width);
  }
};

Recorded nightly() {
  Recorded recorded;
  recorded.execution.inputs.set("since", "2026-11-19");
  recorded.execution.return_value = "200 orders enriched";
  recorded.add("login", 0ms, 312ms);
  recorded.add("list-orders", 312ms, 1412ms);
  recorded.add("enrich", 1420ms, 5620ms, "loop");
  recorded.add("report", 5630ms, 6210ms);
  recorded.add("publish", 6215ms, 6895ms);
  return recorded;
}

}  // namespace

TEST_CASE("a timeline shows where the time went") {
  CHECK(nightly().drawn() ==
        "wex-01m7vaxa507xk2p9tn5ywz6r0b   nightly, version 7           ✓ completed  6.9s\n"
        "started 20 Nov 02:00:04 UTC      since=2026-11-19\n"
        "\n"
        "NODE         STATUS        TOOK   0s        2s        4s        6s\n"
        "login        ✓ completed  312ms   █▌\n"
        "list-orders  ✓ completed   1.1s    ▐█████\n"
        "enrich       ✓ completed   4.2s          █████████████████████▏\n"
        "report       ✓ completed  580ms                               ███\n"
        "publish      ✓ completed  680ms                                  ███▌\n"
        "result: 200 orders enriched\n");
}

TEST_CASE("a run that waits for a worker says so") {
  Recorded recorded;
  recorded.execution.status = core::ExecutionStatus::pending;
  recorded.execution.started_at.reset();
  recorded.execution.completed_at.reset();
  recorded.execution.queue.emplace();
  CHECK(recorded.drawn().find("· pending  in the queue\n") != std::string::npos);
  recorded.execution.queue->state = core::QueueState::taken;
  CHECK(recorded.drawn().find("queue") == std::string::npos);
}

TEST_CASE("outside UTF-8 bars are number signs") {
  CHECK(nightly()
            .drawn(79, Rounds::folded, ascii)
            .find("list-orders  ok completed   1.1s    ######\n") != std::string::npos);
}

TEST_CASE("in a narrow terminal the scale becomes coarser, then goes, and nothing is wider") {
  CHECK(nightly().drawn(60).find("0s     2s     4s     6s\n") != std::string::npos);
  const std::string narrow = nightly().drawn(40);
  CHECK(narrow.find("login        ✓ completed  312ms\n") != std::string::npos);
  CHECK(narrow.find("█") == std::string::npos);
}

TEST_CASE("retries, skipped nodes and nodes that did not run are told") {
  Recorded recorded;
  recorded.execution.status = core::ExecutionStatus::failed;
  recorded.execution.completed_at = recorded.begin + 1s;
  recorded.execution.error = core::Failure{"connection", "HTTP 503", "fetch", "fetch"};
  recorded.planned = {"fetch", "publish"};
  auto& fetch = recorded.add("fetch", 0ms, 1000ms);
  fetch.status = core::NodeStatus::failed;
  fetch.attempt = 3;
  auto& alert = recorded.add("alert", 1000ms, 1000ms);
  alert.status = core::NodeStatus::skipped;
  alert.started_at = alert.completed_at = std::nullopt;
  alert.skip_reason = "not_taken";
  CHECK(recorded.drawn() ==
        "wex-01m7vaxa507xk2p9tn5ywz6r0b   nightly, version 7              ✗ failed  1.0s\n"
        "started 20 Nov 02:00:04 UTC\n"
        "\n"
        "NODE     STATUS     TOOK   0ms     200ms   400ms   600ms   800ms   1000ms\n"
        "fetch    ✗ failed   1.0s   ████████████████████████████████████████  3 tries\n"
        "alert    - skipped         not taken\n"
        "publish  · not run\n"
        "error: 'fetch': HTTP 503\n");
}

TEST_CASE("nested nodes stand under the node that encloses them") {
  Recorded recorded;
  recorded.add("fan", 0ms, 6900ms, "parallel");
  recorded.add("fan/right/send", 10ms, 6900ms);
  recorded.add("fan/left/write", 0ms, 3000ms);
  recorded.add("each", 6900ms, 6900ms, "loop");
  recorded.add("each[0]/get", 6900ms, 6900ms);
  const std::string drawn = recorded.drawn();
  const std::size_t table = drawn.find("fan ");
  REQUIRE(table != std::string::npos);
  CHECK(drawn.find("\n  left/write") < drawn.find("\n  right/send"));
  CHECK(drawn.find("\n  right/send") < drawn.find("\neach"));
  CHECK(drawn.find("\neach") < drawn.find("\n  [0]/get"));
}

TEST_CASE("of a long loop only the rounds that need a look are shown, unless all are asked for") {
  Recorded recorded;
  recorded.add("each", 0ms, 6900ms, "loop");
  for (int round = 0; round < 200; ++round) {
    recorded.add("each[" + std::to_string(round) + "]/get", 10ms * round, 10ms * round + 10ms);
  }
  CHECK(recorded.drawn().find("\n  200 rounds\n") != std::string::npos);
  CHECK(recorded.drawn().find("[7]/get") == std::string::npos);
  recorded.nodes[8].status = core::NodeStatus::failed;
  CHECK(recorded.drawn().find("\n  [7]/get") != std::string::npos);
  CHECK(recorded.drawn().find("\n  199 more rounds\n") != std::string::npos);
  CHECK(recorded.drawn(79, Rounds::all).find("\n  [199]/get") != std::string::npos);
}

TEST_CASE("a node that runs grows until now, one that waits says so") {
  Recorded recorded;
  recorded.execution.status = core::ExecutionStatus::waiting;
  recorded.execution.completed_at = std::nullopt;
  auto& pause = recorded.add("pause", 0ms, 0ms);
  pause.status = core::NodeStatus::running;
  pause.completed_at = std::nullopt;
  pause.wait = core::WaitRecord{};
  const std::string drawn = recorded.drawn();
  CHECK(drawn.find("◦ waiting  10.0s") != std::string::npos);
  CHECK(drawn.find("pause  ◦ waiting  10.0s   █████") != std::string::npos);
}

TEST_CASE("a program gets lines that begin with what they tell") {
  Recorded recorded;
  recorded.execution.inputs.set("since", "2026-11-19");
  recorded.execution.return_value = "two\tlines\nof text";
  recorded.add("login", 0ms, 312ms);
  CHECK(list_timeline({recorded.execution, recorded.nodes, {}, recorded.begin}) ==
        "id\twex-01m7vaxa507xk2p9tn5ywz6r0b\n"
        "workflow\tnightly\t7\n"
        "status\tcompleted\n"
        "started\t2026-11-20T02:00:04Z\n"
        "seconds\t6.900\n"
        "input\tsince\t2026-11-19\n"
        "node\tlogin\tcompleted\t2026-11-20T02:00:04Z\t0.312\t1\n"
        "result\ttwo lines of text\n");
}

TEST_CASE("a scale has round numbers and fits the room") {
  CHECK(TimeScale(6900ms, 45).header() == "0s        2s        4s        6s");
  CHECK(TimeScale(50ms, 60).header() == "0ms       10ms      20ms      30ms      40ms      50ms");
  CHECK(TimeScale(90min, 40).header() == "0m      20m     40m     60m     80m");
  CHECK(TimeScale(24h * 9, 20).header().find("5d") != std::string::npos);
  for (milliseconds whole = 1ms; whole < 24h * 3000; whole *= 3) {
    CHECK(TimeScale(whole, 30).column_of(whole) <= 30);
  }
}

TEST_CASE("bars are drawn an eighth of a column fine") {
  CHECK(progress_bar(0.62, 25, utf8) == "███████████████▌░░░░░░░░░");
  CHECK(progress_bar(0, 4, utf8) == "░░░░");
  CHECK(progress_bar(1, 4, utf8) == "████");
  CHECK(progress_bar(1.5, 4, utf8) == "████");
  CHECK(progress_bar(0.5, 4, ascii) == "##..");
  CHECK(span_bar(0, 1.56, utf8) == "█▌");
  CHECK(span_bar(1.56, 7.1, utf8) == " ▐█████▏");
  CHECK(span_bar(3, 3, utf8) == "   ▏");
  CHECK(span_bar(2.5, 2.6, utf8) == "  ▐");
  CHECK(span_bar(3, 3, ascii) == "   #");
}
