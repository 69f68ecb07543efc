// What happened in a run and what its nodes wrote, line by line.
#pragma once

#include "core/claimcheck/byte_stream.hpp"
#include "core/execution/execution_store.hpp"

#include <cstdint>
#include <functional>
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

/// Where logs lie that are not part of their record.
class LogTexts {
 public:
  virtual ~LogTexts() = default;
  /// From this byte on, as far as it is recorded to be written.
  virtual Result<ByteStream> open(const NodeLog& log, std::uint64_t from) = 0;
};

class LogCursor;

/// Makes lines of what is recorded, each of them once, however often it looks. Of long logs it
/// holds a piece at a time.
class LogReader {
 public:
  /// `is_wanted`: of a line whose text is not known yet. `texts` outlives it.
  using IsWanted = std::function<bool(const LogLine& line)>;
  explicit LogReader(LogTexts& texts, IsWanted is_wanted = {})
      : texts_(texts), is_wanted_(std::move(is_wanted)) {}

  using Visit = std::function<void(const LogLine& line)>;
  /// Visits what is new since the last call, by time. A line without its end waits for it, or for
  /// the end of its attempt. An Error, once the rest was visited: a log cannot be read.
  Result<void> read(const ExecutionChanges& changes, const Visit& visit);

 private:
  using StreamName = std::tuple<std::string, int, std::string>;  // path, attempt, stream

  enum class Rank { begin, between, end };
  struct Event {
    LogLine line;
    Rank rank = Rank::begin;
    std::int64_t order = 0;  // of those that are recorded with one time: the order of the record
  };
  using Place = std::tuple<Timestamp, std::int64_t, std::size_t, int, Rank>;
  static Place place_of(const LogLine& line, std::int64_t order, Rank rank) {
    return {line.time, order, line.path.size(), line.attempt, rank};
  }

  void read_execution(const Execution& execution);
  void read_node(const NodeExecution& node);
  void read_attempt(const NodeAttempt& attempt, const std::string& node_id);
  void tell(LogLine line, Rank rank, std::int64_t order);
  [[nodiscard]] std::int64_t order_of(const std::string& path) const;
  [[nodiscard]] std::string id_of(const std::string& path) const;
  void put_outer_starts_first();
  std::vector<LogCursor> cursors_over(const std::vector<NodeLog>& logs);
  Result<void> merge(std::vector<LogCursor> logs, const Visit& visit);

  LogTexts& texts_;
  IsWanted is_wanted_;
  std::set<std::tuple<std::string, int, std::string>> told_;  // events, by path and attempt
  std::map<StreamName, std::int64_t> read_;                   // bytes
  std::map<std::string, NodeExecution> nodes_;                // as last seen, by path
  std::vector<Event> events_;
};

}  // namespace goflow::core
