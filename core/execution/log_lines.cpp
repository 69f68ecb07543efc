#include "core/execution/log_lines.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::int64_t before_all = -1;
constexpr std::int64_t after_all = std::numeric_limits<std::int64_t>::max();

std::string with_reason(std::string_view status, const std::optional<Failure>& error) {
  std::string text(status);
  if (error && !error->message.empty()) text += ": " + error->message;
  return text;
}

std::string end_of(const NodeExecution& node) {
  if (node.status != NodeStatus::skipped) return with_reason(to_string(node.status), node.error);
  return node.skip_reason.empty() ? "skipped" : "skipped: " + node.skip_reason;
}

/// When the byte at `offset` had been written, as far as that is known.
std::optional<Timestamp> time_of(const NodeLog& log, std::int64_t offset) {
  const auto mark = std::find_if(log.marks.begin(), log.marks.end(), [&](const LogMark& candidate) {
    return candidate.size_bytes >= offset;
  });
  if (mark != log.marks.end()) return mark->at;
  return std::nullopt;
}

}  // namespace

std::vector<LogLine> LogReader::read(const ExecutionChanges& changes) {
  entries_.clear();
  if (changes.execution) read_execution(*changes.execution);
  for (const NodeExecution& node : changes.nodes) {
    nodes_.insert_or_assign(node.path, node);
  }
  const auto id_of = [&](const std::string& path) {
    const auto known = nodes_.find(path);
    return known != nodes_.end() ? known->second.node_id : path;
  };
  for (const NodeAttempt& attempt : changes.attempts) {
    read_attempt(attempt, id_of(attempt.path));
  }
  for (const NodeLog& log : changes.logs) {
    const auto known = nodes_.find(log.path);
    const NodeExecution* node = known != nodes_.end() ? &known->second : nullptr;
    read_log(log, node, LogLine{{}, id_of(log.path), log.path, log.attempt, log.stream, {}});
  }
  for (const NodeExecution& node : changes.nodes) {
    read_node(node);
  }
  put_outer_starts_first();
  const auto place_of = [](const Entry& entry) {
    const LogLine& line = entry.line;
    return std::tuple(line.time, entry.order, line.path.size(), line.attempt, entry.rank);
  };
  std::stable_sort(entries_.begin(), entries_.end(), [&](const Entry& a, const Entry& b) {
    return place_of(a) < place_of(b);
  });
  std::vector<LogLine> lines;
  for (Entry& entry : entries_) {
    lines.push_back(std::move(entry.line));
  }
  return lines;
}

void LogReader::read_execution(const Execution& execution) {
  const auto tell_of_run = [&](Timestamp time, int round, std::string what, Rank rank) {
    const std::int64_t order = rank == Rank::begin ? before_all : after_all;
    tell({time, {}, {}, round, "event", std::move(what)}, rank, order);
  };
  if (execution.started_at) tell_of_run(*execution.started_at, 1, "started", Rank::begin);
  int round = 1;
  if (execution.audit) {
    for (const EarlierEnd& end : execution.audit->earlier_ends) {
      tell_of_run(
          end.completed_at, round, with_reason(to_string(end.status), end.error), Rank::end);
      tell_of_run(end.retried_at, ++round, "retried", Rank::begin);
    }
  }
  if (!execution.completed_at) return;
  tell_of_run(*execution.completed_at,
              round,
              with_reason(to_string(execution.status), execution.error),
              Rank::end);
}

void LogReader::read_node(const NodeExecution& node) {
  LogLine line{node.created_at, node.node_id, node.path, node.attempt, "event", {}};
  const bool has_started = node.started_at && node.status != NodeStatus::pending;
  if (has_started) {
    line.time = *node.started_at;
    line.line = "started";
    tell(line, Rank::begin, node.change_seq);
  }
  if (!is_terminal(node.status)) return;
  line.time = node.completed_at.value_or(node.created_at);
  line.line = end_of(node);
  tell(std::move(line), Rank::end, node.change_seq);
}

void LogReader::read_attempt(const NodeAttempt& attempt, const std::string& node_id) {
  const std::int64_t order = order_of(attempt.path);
  LogLine line{attempt.started_at, node_id, attempt.path, attempt.attempt, "event", "started"};
  tell(line, Rank::begin, order);
  line.time = attempt.completed_at.value_or(attempt.started_at);
  line.line = attempt.error ? with_reason("failed", attempt.error) : "cancelled";
  tell(std::move(line), Rank::end, order);
}

void LogReader::read_log(const NodeLog& log, const NodeExecution* node, const LogLine& like) {
  std::int64_t& done = read_[{log.path, log.attempt, log.stream}];
  const bool goes_on =
      node != nullptr && node->status == NodeStatus::running && node->attempt == log.attempt;
  const auto held = static_cast<std::int64_t>(log.content.size());
  const std::int64_t total = log.size_bytes > 0 ? log.size_bytes : held;
  // Of a long log the middle is gone: the first look shows it as it is kept, a later one its end.
  const bool is_whole = held == total;
  const std::int64_t fresh = done == 0 && !is_whole ? held : std::min(total - done, held);
  std::string_view text(log.content);
  text.remove_prefix(static_cast<std::size_t>(held - fresh));
  std::int64_t offset = total - fresh;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos && goes_on) break;
    const std::string_view one = text.substr(0, end);
    const std::size_t length = std::min(text.size(), one.size() + 1);
    offset += static_cast<std::int64_t>(length);
    LogLine line = like;
    Timestamp time = node != nullptr ? node->completed_at.value_or(node->created_at) : Timestamp();
    line.time = time_of(log, std::max<std::int64_t>(offset, 0)).value_or(time);
    line.line = std::string(one);
    entries_.push_back({std::move(line), Rank::between, order_of(log.path)});
    text.remove_prefix(length);
  }
  done = total - static_cast<std::int64_t>(text.size());
}

void LogReader::tell(LogLine line, Rank rank, std::int64_t order) {
  const auto [place, is_new] =
      told_.emplace(line.path, line.attempt, rank == Rank::begin ? "begun" : "ended");
  if (is_new) entries_.push_back({std::move(line), rank, order});
}

std::int64_t LogReader::order_of(const std::string& path) const {
  const auto known = nodes_.find(path);
  return known != nodes_.end() ? known->second.change_seq : 0;
}

/// A row is recorded last when its node ends: of a node with others in it, after all of those.
void LogReader::put_outer_starts_first() {
  using Start = std::pair<Timestamp, std::string_view>;
  std::map<Start, Entry*> starts;
  for (Entry& entry : entries_) {
    if (entry.rank != Rank::begin) continue;
    starts.emplace(Start(entry.line.time, entry.line.path), &entry);
  }
  for (const Entry& inner : entries_) {
    const std::string_view path = inner.line.path;
    for (std::size_t end = path.find_first_of("/["); end != std::string_view::npos;
         end = path.find_first_of("/[", end + 1)) {
      const auto outer = starts.find(Start(inner.line.time, path.substr(0, end)));
      if (outer == starts.end()) continue;
      outer->second->order = std::min(outer->second->order, inner.order);
    }
  }
}

}  // namespace goflow::core
