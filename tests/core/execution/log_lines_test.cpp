#include "core/execution/log_lines.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

using namespace goflow::core;
using namespace std::chrono_literals;

namespace {

constexpr Timestamp start = std::chrono::sys_days{std::chrono::year{2026} / 1 / 19};

NodeExecution running_node() {
  NodeExecution node;
  node.node_id = "say";
  node.path = "each[1]/say";
  node.created_at = start;
  node.started_at = start;
  return node;
}

NodeLog log_of(const std::string& content, Timestamp at) {
  const auto size = static_cast<std::int64_t>(content.size());
  return NodeLog{"each[1]/say", 1, "stdout", content, size, {{size, at}}};
}

/// Logs that lie elsewhere, by path; whatever is not there cannot be read.
class ElsewhereLogs final : public LogTexts {
 public:
  std::map<std::string, std::string> texts;
  std::vector<std::string> opened;

  Result<ByteStream> open(const NodeLog& log, std::uint64_t from) override {
    opened.push_back(log.path);
    const auto found = texts.find(log.path);
    if (found == texts.end()) return Error{ErrorCode::not_found, "blob 5aa7 expired"};
    return memory_stream(found->second.substr(from));
  }
};

/// Looks again and again.
class Look {
 public:
  explicit Look(LogReader::IsWanted is_wanted = {}) : reader_(elsewhere, std::move(is_wanted)) {}

  std::vector<LogLine> read(const ExecutionChanges& changes) {
    std::vector<LogLine> lines;
    result = reader_.read(changes, [&](const LogLine& line) { lines.push_back(line); });
    return lines;
  }

  ElsewhereLogs elsewhere;
  Result<void> result;

 private:
  LogReader reader_;
};

NodeLog kept_log(const std::string& path, std::int64_t size, std::vector<LogMark> marks) {
  NodeLog log{path, 1, "stdout", {}, size, std::move(marks)};
  log.claim =
      Claim{.key = *BlobKey::parse("5aa762ae-383f-8b72-baf3-c7a36d4940a5"), .stored_at = start};
  return log;
}

std::vector<std::string> texts(const std::vector<LogLine>& lines) {
  std::vector<std::string> all;
  for (const LogLine& line : lines) {
    all.push_back(line.stream + " " + line.line);
  }
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("each line is told once, when it is complete") {
  Look reader;
  ExecutionChanges changes;
  changes.nodes = {running_node()};
  changes.logs = {log_of("one\ntw", start + 1s)};
  CHECK(texts(reader.read(changes)) == Texts{"event started", "stdout one"});

  changes.logs = {log_of("one\ntwo\n", start + 2s)};
  CHECK(texts(reader.read(changes)) == Texts{"stdout two"});
  CHECK(reader.read(changes).empty());

  changes.nodes[0].status = NodeStatus::failed;
  changes.nodes[0].completed_at = start + 3s;
  changes.nodes[0].error = Failure{"execution", "exit status 1"};
  changes.logs = {log_of("one\ntwo\nend", start + 3s)};
  CHECK(texts(reader.read(changes)) == Texts{"stdout end", "event failed: exit status 1"});
}

TEST_CASE("of a run that was retried every end is told, and that it was taken up again") {
  Look reader;
  ExecutionChanges changes;
  Execution execution;
  execution.started_at = start;
  execution.status = ExecutionStatus::running;
  execution.reopened = 2;
  execution.audit = new_audit("ann", start);
  execution.audit->earlier_ends = {
      {ExecutionStatus::failed, start + 1s, Failure{"execution", "exit status 1"}, start + 5s},
      {ExecutionStatus::cancelled, start + 6s, Failure{"cancelled", "by ann"}, start + 7s}};
  changes.execution = execution;
  NodeExecution node = running_node();
  node.attempt = 3;
  node.started_at = start + 7s;
  changes.nodes = {node};
  changes.attempts = {
      {node.path, 1, start, start + 1s, Failure{"execution", "exit status 1"}, true},
      {node.path, 2, start + 5s, start + 6s, std::nullopt, true}};
  CHECK(texts(reader.read(changes)) == Texts{"event started",
                                             "event started",
                                             "event failed: exit status 1",
                                             "event failed: exit status 1",
                                             "event retried",
                                             "event started",
                                             "event cancelled",
                                             "event cancelled: by ann",
                                             "event retried",
                                             "event started"});
  changes.execution->status = ExecutionStatus::completed;
  changes.execution->completed_at = start + 8s;
  CHECK(texts(reader.read(changes)) == Texts{"event completed"});
}

TEST_CASE("a line has the time at which it had been written") {
  Look reader;
  ExecutionChanges changes;
  changes.nodes = {running_node()};
  NodeLog log = log_of("one\ntwo\n", start + 2s);
  log.marks.insert(log.marks.begin(), LogMark{4, start + 1s});
  changes.logs = {log};
  const auto lines = reader.read(changes);
  REQUIRE(lines.size() == 3);
  CHECK(lines[1].time == start + 1s);
  CHECK(lines[2].time == start + 2s);
  CHECK(lines[2].node == "say");
  CHECK(lines[2].path == "each[1]/say");
}

TEST_CASE("of a long log whose middle is left out, the reader goes on with its end") {
  Look reader;
  ExecutionChanges changes;
  changes.nodes = {running_node()};
  changes.logs = {log_of("aaa\nbbb\n", start)};
  REQUIRE(reader.read(changes).size() == 3);
  changes.logs[0].content = "aaa\n… 8 bytes left out …\nddd\n";
  changes.logs[0].size_bytes = 12;
  CHECK(texts(reader.read(changes)) == Texts{"stdout ddd"});
}

TEST_CASE("earlier attempts and skipped nodes are told in the order of their times") {
  Look reader;
  ExecutionChanges changes;
  NodeExecution node = running_node();
  node.attempt = 2;
  node.started_at = start + 2s;
  NodeExecution skipped = running_node();
  skipped.path = "other";
  skipped.status = NodeStatus::skipped;
  skipped.started_at.reset();
  skipped.created_at = start + 5s;
  skipped.skip_reason = "when";
  changes.nodes = {skipped, node};
  changes.attempts = {
      NodeAttempt{"each[1]/say", 1, start, start + 1s, Failure{"execution", "no"}, false}};
  CHECK(texts(reader.read(changes)) ==
        Texts{"event started", "event failed: no", "event started", "event skipped: when"});
}

TEST_CASE("what is recorded with one time is told in the order in which it happened") {
  const auto node = [](const std::string& path, Timestamp begin, Timestamp end, std::int64_t seq) {
    NodeExecution made = running_node();
    made.path = path;
    made.status = NodeStatus::completed;
    made.started_at = begin;
    made.completed_at = end;
    made.change_seq = seq;
    return made;
  };
  const auto events = [](const std::vector<LogLine>& lines) {
    Texts all;
    for (const LogLine& line : lines) {
      all.push_back(line.path + " " + line.line);
    }
    return all;
  };
  ExecutionChanges changes;

  SUBCASE("a node ends before the next one starts, and its output is before its end") {
    changes.nodes = {node("a", start, start + 1s, 5), node("b", start + 1s, start + 2s, 8)};
    changes.logs = {NodeLog{"a", 1, "stdout", "one\n", 4, {{4, start + 1s}}}};
    Look reader;
    CHECK(events(reader.read(changes)) ==
          Texts{"a started", "a one", "a completed", "b started", "b completed"});
  }
  SUBCASE("quick nodes, one after the other") {
    changes.nodes = {node("x", start, start, 1), node("a", start, start, 2)};
    Look reader;
    CHECK(events(reader.read(changes)) ==
          Texts{"x started", "x completed", "a started", "a completed"});
  }
  SUBCASE("a node starts before those within it, and ends after them") {
    changes.nodes = {node("before", start, start, 2),
                     node("each[0]/in[left]/square", start, start, 3),
                     node("each[0]/in", start, start, 4),
                     node("each[1]/in[left]/square", start, start + 1s, 9),
                     node("each[1]/in", start, start + 1s, 10),
                     node("each", start, start + 1s, 11)};
    Look reader;
    CHECK(events(reader.read(changes)) == Texts{"before started",
                                                "before completed",
                                                "each started",
                                                "each[0]/in started",
                                                "each[0]/in[left]/square started",
                                                "each[0]/in[left]/square completed",
                                                "each[0]/in completed",
                                                "each[1]/in started",
                                                "each[1]/in[left]/square started",
                                                "each[1]/in[left]/square completed",
                                                "each[1]/in completed",
                                                "each completed"});
  }
}

TEST_CASE("logs that lie elsewhere are read a line at a time, by the time of each") {
  Look reader;
  reader.elsewhere.texts = {{"a", "a1\na2\na3"}, {"b", "b1\nb2\n"}};
  ExecutionChanges changes;
  changes.logs = {kept_log("a", 8, {{3, start + 1s}, {8, start + 5s}}),
                  kept_log("b", 6, {{3, start + 2s}, {6, start + 4s}})};
  CHECK(texts(reader.read(changes)) ==
        Texts{"stdout a1", "stdout b1", "stdout b2", "stdout a2", "stdout a3"});
  CHECK(reader.read(changes).empty());
  CHECK(reader.elsewhere.opened == Texts{"a", "b"});
}

TEST_CASE("a log that grew in a file and was put away meanwhile goes on where it was") {
  Look reader;
  reader.elsewhere.texts = {{"each[1]/say", "one\ntwo\nthree\n"}};
  ExecutionChanges changes;
  changes.nodes = {running_node()};
  NodeLog log{"each[1]/say", 1, "stdout", {}, 6, {{6, start}}};
  log.spool = "wex-1.x";
  changes.logs = {log};
  SUBCASE("in the middle of a line") {
    reader.elsewhere.texts["each[1]/say"] = "one\ntw";
    CHECK(texts(reader.read(changes)) == Texts{"event started", "stdout one"});
    reader.elsewhere.texts["each[1]/say"] = "one\ntwo\nthree\n";
    changes.logs = {kept_log("each[1]/say", 14, {{6, start}, {14, start + 1s}})};
    CHECK(texts(reader.read(changes)) == Texts{"stdout two", "stdout three"});
  }
  SUBCASE("when nothing was added it is not opened again") {
    log.size_bytes = 14;
    changes.logs = {log};
    CHECK(reader.read(changes).size() == 4);
    changes.logs = {kept_log("each[1]/say", 14, {{14, start}})};
    CHECK(reader.read(changes).empty());
    CHECK(reader.elsewhere.opened.size() == 1);
  }
}

TEST_CASE("a log that cannot be read is told of once all others were read") {
  Look reader;
  reader.elsewhere.texts = {{"b", "b1\n"}};
  ExecutionChanges changes;
  changes.logs = {kept_log("a", 3, {{3, start}}), kept_log("b", 3, {{3, start + 1s}})};
  CHECK(texts(reader.read(changes)) == Texts{"stdout b1"});
  REQUIRE_FALSE(reader.result.ok());
  CHECK(reader.result.error().message == "cannot read the stdout of 'a': blob 5aa7 expired");
}

TEST_CASE("what nobody wants is not opened") {
  Look reader([](const LogLine& line) { return line.path == "b"; });
  reader.elsewhere.texts = {{"b", "b1\n"}};
  ExecutionChanges changes;
  changes.logs = {kept_log("a", 3, {{3, start}}), kept_log("b", 3, {{3, start + 1s}})};
  CHECK(texts(reader.read(changes)) == Texts{"stdout b1"});
  CHECK(reader.result.ok());
  CHECK(reader.elsewhere.opened == Texts{"b"});
}
