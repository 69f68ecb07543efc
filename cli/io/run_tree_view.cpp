#include "cli/io/run_tree_view.hpp"

#include "cli/io/bar.hpp"
#include "cli/io/run_tree_rows.hpp"
#include "cli/io/run_words.hpp"
#include "cli/io/width.hpp"
#include "core/base/duration.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace goflow::cli {
namespace {

constexpr std::size_t gap = 3;            // between a label and its detail
constexpr std::size_t room_for_time = 8;  // two spaces and "59.9m"
constexpr std::size_t longest_bar = 25;
constexpr std::size_t shortest_bar = 5;

std::string_view spinner(const Style& style, std::size_t number) {
  constexpr std::array<std::string_view, 10> turns{
      "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏", "⠋", "⠙"};
  return style.choose(turns.at(number % turns.size()), "*");
}

/// The lines of a tree that lead to a row.
std::string branches(const RunTreeRow& row, const Style& style) {
  std::string text;
  for (std::size_t level = 0; level + 1 < row.is_last.size(); ++level) {
    text += row.is_last[level] ? "   " : style.choose("│  ", "|  ");
  }
  return text.append(row.is_last.back() ? style.choose("└─ ", "`- ") : style.choose("├─ ", "|- "));
}

std::string time_of(const RunTreeNode& node, core::Timestamp now) {
  if (!node.started_at) return {};
  if (node.status == core::NodeStatus::running)
    return core::format_duration(now - *node.started_at);
  return node.ended_at ? core::format_duration(*node.ended_at - *node.started_at) : std::string();
}

std::string counted(std::int64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count).append(" ").append(count == 1 ? one : many);
}

/// How much there was of what is over: "200 items".
std::string amount(const RunTreeNode& node) {
  if (node.type == "parallel") return counted(node.done, "branch", "branches");
  return node.total ? counted(node.done, "item", "items") : counted(node.done, "round", "rounds");
}

std::string time_left(const RunTreeNode& node, core::Timestamp now) {
  if (node.done == 0 || node.done >= *node.total || !node.started_at) return {};
  const auto per_round = (now - *node.started_at) / node.done;
  return core::format_duration(per_round * (*node.total - node.done)) + " left";
}

void add_bar(
    Line& line, const RunTreeNode& node, std::size_t end, const Style& style, core::Timestamp now) {
  const std::string total = std::to_string(*node.total);
  const std::string count = pad_left(std::to_string(node.done), total.size()) + "/" + total;
  const std::size_t beside = 2 + count.size() + gap + std::string_view("59.9m left").size();
  const std::size_t room = end > line.width() + beside ? end - line.width() - beside : 0;
  if (room >= shortest_bar) {
    const double fraction = static_cast<double>(node.done) / static_cast<double>(*node.total);
    line.add(progress_bar(fraction, std::min(room, longest_bar), style), Tone::cyan).add("  ");
  }
  line.add(count);
  const std::string left = time_left(node, now);
  const bool fits = line.width() + gap + left.size() <= end;
  if (!left.empty() && fits) line.add(std::string(gap, ' ')).add(left, Tone::dim);
}

struct Words {
  std::string text;
  Tone tone = Tone::dim;
};

Words words_of_running(const RunTreeNode& node) {
  if (node.waits_for_retry) return {node.trouble + ", trying again", Tone::yellow};
  if (node.attempt > 1 && !node.trouble.empty()) {
    return {"attempt " + std::to_string(node.attempt) + ", before: " + node.trouble, Tone::yellow};
  }
  if (node.done > 0) return {amount(node)};
  return {node.detail};
}

Words words_of(const RunTreeNode& node) {
  switch (node.status) {
    case core::NodeStatus::running:
      return words_of_running(node);
    case core::NodeStatus::failed:
      return {failure_words(node.trouble, node.attempt),
              node.failure_is_handled ? Tone::yellow : Tone::red};
    case core::NodeStatus::skipped:
      return {skip_words(node.skip_reason)};
    case core::NodeStatus::completed:
      if (node.done > 0) return {amount(node)};
      return {node.detail};
    case core::NodeStatus::pending:
    case core::NodeStatus::cancelled:
      return {node.detail};
  }
  return {};
}

/// A round and the one node at work in it share a row.
Words words_inside(const RunTreeNode& node) {
  Words words = words_of(node);
  const bool says_what_it_is = words.text == node.detail && !node.detail.empty();
  if (!says_what_it_is) words.text = node.label + (words.text.empty() ? "" : ": " + words.text);
  return words;
}

bool has_bar(const RunTreeNode& node) {
  return node.status == core::NodeStatus::running && node.total.value_or(0) > 0 &&
         !node.waits_for_retry;
}

/// Draws one row after the other of one frame.
class RowPainter {
 public:
  RowPainter(const Style& style, const RunTreeFrame& frame, std::size_t detail_column)
      : style_(style), frame_(frame), detail_column_(detail_column) {}

  [[nodiscard]] Line paint(const RunTreeRow& row) const {
    Line line;
    line.add(branches(row, style_), Tone::dim);
    if (row.node == nullptr) {
      line.add(style_.ellipsis(), Tone::dim).add(" ").add(row.count, Tone::dim);
      return line.cut_to(frame_.width, style_.ellipsis());
    }
    add_symbol(line, *row.node);
    const std::size_t label_end = std::max(detail_column_, line.width() + gap + 1) - gap;
    line.add(cut_to(row.node->label, label_end - line.width(), style_.ellipsis()));
    line.pad_to(detail_column_);
    add_detail(line, row);
    const std::string time = time_of(*row.node, frame_.now);
    line.cut_to(detail_end(), style_.ellipsis());
    return line.pad_to(frame_.width - std::min(frame_.width, time.size())).add(time, Tone::dim);
  }

 private:
  void add_symbol(Line& line, const RunTreeNode& node) const {
    Mark mark = mark_of(node.status);
    if (node.status == core::NodeStatus::running) mark.symbol = spinner(style_, frame_.number);
    line.add(pad_right(style_.symbol(mark), style_.is_utf8() ? 1 : 2), mark.tone).add(" ");
  }

  void add_detail(Line& line, const RunTreeRow& row) const {
    if (row.inside == nullptr && has_bar(*row.node)) {
      return add_bar(line, *row.node, detail_end(), style_, frame_.now);
    }
    const Words words = row.inside != nullptr ? words_inside(*row.inside) : words_of(*row.node);
    line.add(words.text, words.tone);
  }

  [[nodiscard]] std::size_t detail_end() const {
    return frame_.width - std::min(frame_.width, room_for_time);
  }

  const Style& style_;
  const RunTreeFrame& frame_;
  std::size_t detail_column_;
};

Line header(const RunOutline& outline, const RunTreeFrame& frame, const Style& style) {
  Mark mark = mark_of(frame.status);
  if (frame.status == core::ExecutionStatus::running) mark.symbol = spinner(style, frame.number);
  const std::string time = core::format_duration(frame.elapsed);
  Line state;
  state.add(style.symbol(mark), mark.tone).add(" ").add(mark.word, mark.tone).add("  ").add(time);

  Line line;
  line.add(one_line(outline.title), Tone::bold).add("  ").add(outline.id, Tone::dim);
  const std::size_t end = frame.width - std::min(frame.width, state.width() + 2);
  line.cut_to(end, style.ellipsis()).pad_to(end + 2);
  return line.add(state);
}

/// Where the details of these rows can begin.
std::size_t detail_column_of(const std::vector<RunTreeRow>& rows, const Style& style) {
  constexpr std::size_t level = 3;
  const std::size_t symbol = style.is_utf8() ? 2 : 3;
  std::size_t column = 0;
  for (const RunTreeRow& row : rows) {
    if (row.node == nullptr) continue;
    const std::size_t label = display_width(row.node->label);
    column = std::max(column, row.is_last.size() * level + symbol + label + gap);
  }
  return column;
}

}  // namespace

std::vector<Line> RunTreeView::draw(const RunTree& tree, const RunTreeFrame& frame) {
  const std::vector<RunTreeRow> rows = rows_of(tree, frame.rows - 1);
  detail_column_ = std::max(detail_column_, detail_column_of(rows, style_));
  const RowPainter painter(style_, frame, std::min(detail_column_, frame.width / 2));
  std::vector<Line> lines{header(tree.outline(), frame, style_)};
  for (const RunTreeRow& row : rows) {
    lines.push_back(painter.paint(row));
  }
  return lines;
}

}  // namespace goflow::cli
