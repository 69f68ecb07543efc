// What happened in a run and what its nodes wrote, line by line.
#pragma once

#include "core/execution/execution_store.hpp"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace goflow::core {

struct LogLine {
  Timestamp time;
  std::string node = {};  // its id; empty: the execution itself
  std::string path = {};
  int attempt = 1;
  std::string stream;  // stdout, stderr, event
  std::string line;
};

/// Makes lines of what is recorded, each of them once, however often it looks.
class LogReader {
 public:
  /// What is new since the last call, by time. A line without its end waits for it, or for the end
  /// of its attempt.
  std::vector<LogLine> read(const ExecutionChanges& changes);

 private:
  enum class Rank { begin, between, end };
  struct Entry {
    LogLine line;
    Rank rank = Rank::between;
    std::int64_t order = 0;  // of those that are recorded with one time: the order of the record
  };

  void read_execution(const Execution& execution);
  void read_node(const NodeExecution& node);
  void read_attempt(const NodeAttempt& attempt, const std::string& node_id);
  void read_log(const NodeLog& log, const NodeExecution* node, const LogLine& like);
  void tell(LogLine line, Rank rank, std::int64_t order);
  [[nodiscard]] std::int64_t order_of(const std::string& path) const;
  void put_outer_starts_first();

  std::set<std::tuple<std::string, int, std::string>> told_;  // events, by path and attempt
  std::map<std::tuple<std::string, int, std::string>, std::int64_t> read_;  // bytes, by stream
  std::map<std::string, NodeExecution> nodes_;                              // as last seen, by path
  std::vector<Entry> entries_;
};

}  // namespace goflow::core
