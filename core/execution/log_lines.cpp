#include "core/execution/log_lines.hpp"

#include "core/execution/log_cursor.hpp"

#include <algorithm>
#include <limits>
#include <string_view>
#include <tuple>
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

Error cannot_read(const NodeLog& log, Error error) {
  return std::move(error).with_context("cannot read the " + log.stream + " of '" + log.path + "'");
}

}  // namespace

Result<void> LogReader::read(const ExecutionChanges& changes, const Visit& visit) {
  events_.clear();
  if (changes.execution) read_execution(*changes.execution);
  for (const NodeExecution& node : changes.nodes) {
    nodes_.insert_or_assign(node.path, node);
  }
  for (const NodeAttempt& attempt : changes.attempts) {
    read_attempt(attempt, id_of(attempt.path));
  }
  for (const NodeExecution& node : changes.nodes) {
    read_node(node);
  }
  put_outer_starts_first();
  std::stable_sort(events_.begin(), events_.end(), [](const Event& a, const Event& b) {
    return place_of(a.line, a.order, a.rank) < place_of(b.line, b.order, b.rank);
  });
  return merge(cursors_over(changes.logs), visit);
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

std::vector<LogCursor> LogReader::cursors_over(const std::vector<NodeLog>& logs) {
  std::vector<LogCursor> cursors;
  for (const NodeLog& log : logs) {
    LogLine like{{}, id_of(log.path), log.path, log.attempt, log.stream, {}};
    if (is_wanted_ && !is_wanted_(like)) continue;
    const std::int64_t done = read_[{log.path, log.attempt, log.stream}];
    if (done > 0 && done >= log.size_bytes) continue;
    LogCursor::Reading reading{.from = done, .goes_on = false, .end = {}};
    if (const auto known = nodes_.find(log.path); known != nodes_.end()) {
      const NodeExecution& node = known->second;
      reading.goes_on = node.status == NodeStatus::running && node.attempt == log.attempt;
      reading.end = node.completed_at.value_or(node.created_at);
    }
    cursors.emplace_back(log, std::move(like), reading);
  }
  return cursors;
}

Result<void> LogReader::merge(std::vector<LogCursor> logs, const Visit& visit) {
  const auto place = [&](const LogCursor& log) {
    return place_of(log.line(), order_of(log.log().path), Rank::between);
  };
  const auto comes_later = [&](std::size_t a, std::size_t b) {
    return std::tuple(place(logs[a]), a) > std::tuple(place(logs[b]), b);
  };
  std::vector<std::size_t> waiting;  // a heap: in front the log whose line comes next
  for (std::size_t i = 0; i < logs.size(); ++i) {
    waiting.push_back(i);
  }
  std::make_heap(waiting.begin(), waiting.end(), comes_later);

  Result<void> result;
  auto event = events_.begin();
  while (event != events_.end() || !waiting.empty()) {
    const bool is_event_next =
        event != events_.end() &&
        (waiting.empty() ||
         place_of(event->line, event->order, event->rank) < place(logs[waiting.front()]));
    if (is_event_next) {
      if (!is_wanted_ || is_wanted_(event->line)) visit(event->line);
      ++event;
      continue;
    }
    LogCursor& log = logs[waiting.front()];
    if (log.has_begun()) visit(log.line());
    std::pop_heap(waiting.begin(), waiting.end(), comes_later);
    const auto has_next = log.step(texts_);
    if (!has_next && result.ok()) result = cannot_read(log.log(), has_next.error());
    if (has_next && *has_next) {
      std::push_heap(waiting.begin(), waiting.end(), comes_later);
      continue;
    }
    if (has_next) read_[{log.log().path, log.log().attempt, log.log().stream}] = log.position();
    log.close();
    waiting.pop_back();
  }
  return result;
}

void LogReader::tell(LogLine line, Rank rank, std::int64_t order) {
  const auto [place, is_new] =
      told_.emplace(line.path, line.attempt, rank == Rank::begin ? "begun" : "ended");
  if (is_new) events_.push_back({std::move(line), rank, order});
}

std::string LogReader::id_of(const std::string& path) const {
  const auto known = nodes_.find(path);
  return known != nodes_.end() ? known->second.node_id : path;
}

std::int64_t LogReader::order_of(const std::string& path) const {
  const auto known = nodes_.find(path);
  return known != nodes_.end() ? known->second.change_seq : 0;
}

/// A row is recorded last when its node ends: of a node with others in it, after all of those.
void LogReader::put_outer_starts_first() {
  using Start = std::pair<Timestamp, std::string_view>;
  std::map<Start, Event*> starts;
  for (Event& entry : events_) {
    if (entry.rank != Rank::begin) continue;
    starts.emplace(Start(entry.line.time, entry.line.path), &entry);
  }
  for (const Event& inner : events_) {
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
