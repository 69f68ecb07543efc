#include "cli/io/timeline.hpp"

#include "cli/io/bar.hpp"
#include "cli/io/line.hpp"
#include "cli/io/run_outline.hpp"
#include "cli/io/run_words.hpp"
#include "cli/io/time_scale.hpp"
#include "cli/io/timeline_rows.hpp"
#include "cli/io/times.hpp"
#include "cli/io/width.hpp"
#include "core/base/duration.hpp"
#include "core/value/json.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>

namespace goflow::cli {
namespace {

using core::Execution;
using core::NodeExecution;
using core::Timestamp;
using std::chrono::microseconds;

constexpr std::size_t gap = 2;
constexpr std::size_t scale_gap = 3;  // before the scale
constexpr std::string_view took_title = "TOOK";
constexpr std::size_t narrowest_scale = 15;  // below that, bars say nothing

std::optional<microseconds> took(std::optional<Timestamp> from,
                                 std::optional<Timestamp> to,
                                 bool goes_on,
                                 Timestamp now) {
  if (!from || (!to && !goes_on)) return std::nullopt;
  return std::max(microseconds{0}, to.value_or(now) - *from);
}

std::optional<microseconds> took(const NodeExecution& node, Timestamp now) {
  const bool runs = node.status == core::NodeStatus::running;
  return took(node.started_at, node.completed_at, runs, now);
}

std::optional<microseconds> took(const Execution& execution, Timestamp now) {
  const bool runs = !core::is_terminal(execution.status);
  return took(execution.started_at, execution.completed_at, runs, now);
}

Mark mark_of_row(const TimelineRow& row) {
  if (row.node == nullptr) {
    Mark mark = mark_of(core::NodeStatus::pending);
    mark.word = "not run";
    return mark;
  }
  if (row.node->status == core::NodeStatus::running && row.node->wait) {
    return mark_of(core::ExecutionStatus::waiting);
  }
  return mark_of(row.node->status);
}

/// Of its latest attempt.
const Execution* child_of(const TimelineRequest& request, const NodeExecution& node) {
  const Execution* latest = nullptr;
  for (const Execution& child : request.children) {
    if (child.parent && child.parent->node_execution_id == node.id) latest = &child;
  }
  return latest;
}

std::vector<std::string> never_reached(const TimelineRequest& request) {
  std::set<std::string_view> reached;
  for (const NodeExecution& node : request.nodes) {
    reached.insert(node.path);
  }
  std::vector<std::string> ids = request.planned;
  std::erase_if(ids, [&](const std::string& id) { return reached.contains(id); });
  return ids;
}

bool is_waiting_for_signal(const NodeExecution& node) {
  return node.status == core::NodeStatus::running && node.wait && !node.wait->signal.empty();
}

std::string inputs_text(const Execution& execution) {
  std::string text;
  for (const auto& [name, value] : execution.inputs) {
    if (!text.empty()) text += "  ";
    text += name + "=" + core::to_text(value);
  }
  return one_line(text);
}

std::string names_text(const Execution& execution) {
  std::string text = execution.name.empty() ? "" : "name: " + execution.name;
  const auto add = [&](const std::string& word) { text += (text.empty() ? "" : "  ") + word; };
  for (const std::string& tag : execution.tags) {
    add("#" + tag);
  }
  for (const auto& [key, value] : execution.labels) {
    add(key + "=" + value);
  }
  return one_line(text);
}

std::string error_text(const core::Failure& failure) {
  const std::string message = one_line(failure.message);
  return failure.path.empty() ? message : "'" + one_line(failure.path) + "': " + message;
}

class TimelinePicture {
 public:
  TimelinePicture(const TimelineRequest& request, const Style& style, std::size_t width)
      : request_(request),
        style_(style),
        width_(width),
        rows_(timeline_rows(request)),
        begin_(request.execution.started_at.value_or(request.execution.created_at)),
        label_width_(label_width()),
        status_width_(status_width()),
        time_width_(time_width()) {}

  std::string draw() {
    facts();
    if (!rows_.empty()) nodes();
    for (const NodeExecution& node : request_.nodes) {
      for (const std::string& warning : node.warnings) {
        end(Line().add("warning: ", Tone::yellow).add(node.path + ": " + one_line(warning)));
      }
    }
    for (const std::string& warning : request_.execution.warnings) {
      end(Line().add("warning: ", Tone::yellow).add(one_line(warning)));
    }
    for (const core::NodeAttempt& attempt : request_.attempts) {
      earlier_attempt(attempt);
    }
    children();
    requests();
    outcome();
    return std::move(text_);
  }

 private:
  void facts() {
    const Execution& execution = request_.execution;
    const Mark mark =
        request_.is_interrupted ? warning_mark("interrupted") : mark_of(execution.status);
    Line state;
    state.add(style_.symbol(mark), mark.tone).add(" ").add(mark.word, mark.tone);
    if (const auto time = took(execution, request_.now)) {
      state.add("  ").add(core::format_duration(*time));
    }
    if (waits_for_worker(execution)) state.add("  in the queue");
    Line first;
    first.add(execution.id, Tone::bold).add("   ");
    const std::size_t second_column = first.width();
    first.add(one_line(execution.workflow_id))
        .add(", version " + one_line(execution.workflow_version));
    const std::size_t room = width_ - std::min(width_, state.width() + gap);
    end(first.cut_to(room, style_.ellipsis()).pad_to(room + gap).add(state));

    Line second;
    second.add(execution.started_at ? "started " : "created ", Tone::dim)
        .add(day_and_time(begin_, request_.now))
        .pad_to(second_column)
        .add(inputs_text(execution));
    end(std::move(second));
    const std::string words = names_text(execution);
    if (!words.empty()) end(Line().add(words));
  }

  void earlier_attempt(const core::NodeAttempt& attempt) {
    Line line;
    line.add("try " + std::to_string(attempt.attempt) + ": ", Tone::yellow).add(attempt.path);
    if (attempt.completed_at) {
      line.add("  " + core::format_duration(*attempt.completed_at - attempt.started_at));
    }
    if (attempt.error) line.add("  " + one_line(attempt.error->message));
    end(std::move(line));
  }

  void nodes() {
    text_ += '\n';
    const std::size_t bars_at = times_end() + scale_gap;
    const std::size_t tries = tries_width();
    const std::size_t room = width_ - std::min(width_, bars_at + tries);
    std::optional<TimeScale> scale;
    if (room >= narrowest_scale) scale.emplace(end_of_time() - begin_, room);

    Line header;
    header.add("NODE", Tone::dim).pad_to(label_width_ + gap).add("STATUS", Tone::dim);
    header.pad_to(times_end() - took_title.size()).add(took_title, Tone::dim).pad_to(bars_at);
    if (scale) header.add(scale->header(), Tone::dim);
    end(std::move(header));
    for (const TimelineRow& row : rows_) {
      node(row, scale, bars_at);
    }
  }

  void node(const TimelineRow& row, const std::optional<TimeScale>& scale, std::size_t bars_at) {
    Line line;
    if (row.counts_rounds) return end(std::move(line.add(row.label, Tone::dim)));
    const Mark mark = mark_of_row(row);
    line.add(cut_to(row.label, label_width_, style_.ellipsis())).pad_to(label_width_ + gap);
    line.add(style_.symbol(mark), mark.tone).add(" ").add(mark.word, mark.tone);
    if (row.node == nullptr) return end(std::move(line));
    if (const auto time = took(*row.node, request_.now)) {
      const std::string text = core::format_duration(*time);
      line.pad_to(times_end() - text.size()).add(text).pad_to(bars_at);
      if (scale) bar(line, *row.node, *time, *scale);
    }
    if (row.node->status == core::NodeStatus::skipped) {
      line.pad_to(bars_at).add(skip_words(row.node->skip_reason), Tone::dim);
    }
    if (row.node->attempt > 1) {
      line.add("  " + std::to_string(row.node->attempt) + " tries", Tone::yellow);
    }
    end(std::move(line));
  }

  void bar(Line& line, const NodeExecution& node, microseconds time, const TimeScale& scale) const {
    const microseconds from = *node.started_at - begin_;
    const Tone tone =
        node.status == core::NodeStatus::completed ? Tone::cyan : mark_of(node.status).tone;
    line.add(span_bar(scale.column_of(from), scale.column_of(from + time), style_), tone);
  }

  void children() {
    for (const NodeExecution& node : request_.nodes) {
      if (const Execution* child = child_of(request_, node)) sub_workflow(node, *child);
    }
  }

  void sub_workflow(const NodeExecution& node, const Execution& child) {
    const Mark mark = mark_of(child.status);
    Line line;
    line.add(node.path, Tone::bold).add(" ran " + one_line(child.workflow_id) + ": ");
    line.add(child.id + "  ").add(style_.symbol(mark), mark.tone).add(" ");
    end(std::move(line.add(mark.word, mark.tone)));
  }

  void requests() {
    for (const NodeExecution& node : request_.nodes) {
      if (!is_waiting_for_signal(node)) continue;
      end(Line().add(node.path, Tone::bold).add(" " + signal_words("signal", node.inputs)));
      end(Line().add(
          "  goflow exec signal " + short_id(request_.execution.id) + " " + node.wait->signal,
          Tone::dim));
    }
  }

  void outcome() {
    const Execution& execution = request_.execution;
    if (execution.error) {
      end(Line().add("error: ", Tone::red).add(error_text(*execution.error)));
    } else if (!execution.return_value.is_null()) {
      end(Line().add("result: ", Tone::dim).add(one_line(core::to_text(execution.return_value))));
    }
  }

  void end(Line line) { text_ += line.cut_to(width_, style_.ellipsis()).painted(style_) + "\n"; }

  [[nodiscard]] Timestamp end_of_time() const {
    Timestamp last = begin_;
    if (const auto time = took(request_.execution, request_.now)) last = begin_ + *time;
    for (const NodeExecution& node : request_.nodes) {
      if (const auto time = took(node, request_.now))
        last = std::max(last, *node.started_at + *time);
    }
    return last;
  }

  [[nodiscard]] std::size_t label_width() const {
    std::size_t widest = std::string_view("NODE").size();
    for (const TimelineRow& row : rows_) {
      if (!row.counts_rounds) widest = std::max(widest, display_width(row.label));
    }
    return std::min(widest, std::max<std::size_t>(width_ / 3, 4));
  }

  [[nodiscard]] std::size_t status_width() const {
    std::size_t widest = std::string_view("STATUS").size();
    for (const TimelineRow& row : rows_) {
      const Mark mark = mark_of_row(row);
      widest = std::max(widest, display_width(style_.symbol(mark)) + 1 + mark.word.size());
    }
    return widest;
  }

  [[nodiscard]] std::size_t time_width() const {
    std::size_t widest = took_title.size();
    for (const NodeExecution& node : request_.nodes) {
      const auto time = took(node, request_.now);
      if (time) widest = std::max(widest, core::format_duration(*time).size());
    }
    return widest;
  }

  /// Where the right-aligned times end.
  [[nodiscard]] std::size_t times_end() const {
    return label_width_ + gap + status_width_ + gap + time_width_;
  }

  [[nodiscard]] std::size_t tries_width() const {
    const bool retried = std::any_of(rows_.begin(), rows_.end(), [](const TimelineRow& row) {
      return row.node != nullptr && row.node->attempt > 1;
    });
    return retried ? std::string_view("  10 tries").size() : 0;
  }

  const TimelineRequest& request_;
  const Style& style_;
  std::size_t width_;
  std::vector<TimelineRow> rows_;
  Timestamp begin_;
  std::size_t label_width_;
  std::size_t status_width_;
  std::size_t time_width_;
  std::string text_;
};

std::string seconds_or_dash(std::optional<microseconds> time) {
  return time ? plain_seconds(*time) : "-";
}

std::string time_or_dash(std::optional<Timestamp> time) {
  return time ? core::format_rfc3339_seconds(*time) : "-";
}

void append_row(std::string& text, std::initializer_list<std::string_view> cells) {
  for (const std::string_view cell : cells) {
    text.append(one_line(cell)).append("\t");
  }
  text.back() = '\n';
}

}  // namespace

std::string draw_timeline(const TimelineRequest& request, const Style& style, std::size_t width) {
  return TimelinePicture(request, style, width).draw();
}

std::string list_timeline(const TimelineRequest& request) {
  const Execution& execution = request.execution;
  std::string text;
  append_row(text, {"id", execution.id});
  append_row(text, {"workflow", execution.workflow_id, execution.workflow_version});
  if (!execution.name.empty()) append_row(text, {"name", execution.name, execution.slug});
  for (const std::string& tag : execution.tags) {
    append_row(text, {"tag", tag});
  }
  for (const auto& [key, value] : execution.labels) {
    append_row(text, {"label", key, value});
  }
  append_row(text, {"status", core::to_string(execution.status)});
  if (request.is_interrupted) append_row(text, {"interrupted", "true"});
  append_row(text, {"started", time_or_dash(execution.started_at)});
  append_row(text, {"seconds", seconds_or_dash(took(execution, request.now))});
  for (const auto& [name, value] : execution.inputs) {
    append_row(text, {"input", name, core::to_text(value)});
  }
  for (const NodeExecution& node : request.nodes) {
    append_row(text,
               {"node",
                node.path,
                core::to_string(node.status),
                time_or_dash(node.started_at),
                seconds_or_dash(took(node, request.now)),
                std::to_string(node.attempt)});
  }
  for (const std::string& id : never_reached(request)) {
    append_row(text, {"node", id, to_string(core::NodeStatus::pending), "-", "-", "0"});
  }
  for (const core::NodeAttempt& attempt : request.attempts) {
    append_row(text,
               {"attempt",
                attempt.path,
                std::to_string(attempt.attempt),
                core::format_rfc3339_seconds(attempt.started_at),
                attempt.error ? std::string_view(attempt.error->message) : "-"});
  }
  for (const NodeExecution& node : request.nodes) {
    if (const Execution* child = child_of(request, node)) {
      append_row(text, {"child", node.path, child->id, core::to_string(child->status)});
    }
    if (is_waiting_for_signal(node)) append_row(text, {"signal", node.path, node.wait->signal});
  }
  for (const std::string& warning : execution.warnings) {
    append_row(text, {"warning", warning});
  }
  if (execution.error) append_row(text, {"error", error_text(*execution.error)});
  if (!execution.return_value.is_null()) {
    append_row(text, {"result", core::to_text(execution.return_value)});
  }
  return text;
}

}  // namespace goflow::cli
