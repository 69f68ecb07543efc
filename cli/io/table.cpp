#include "cli/io/table.hpp"

#include "cli/io/line.hpp"
#include "cli/io/times.hpp"
#include "cli/io/width.hpp"
#include "core/base/duration.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <limits>
#include <numeric>
#include <utility>

namespace goflow::cli {
namespace {

constexpr std::size_t gap = 2;
constexpr std::size_t narrowest = 8;

void append_number(std::string& line, std::int64_t number) {
  std::array<char, std::numeric_limits<std::int64_t>::digits10 + 2> digits{};
  line.append(digits.data(), std::to_chars(digits.begin(), digits.end(), number).ptr);
}

std::string shown(const Cell& cell, const Style& style) {
  if (cell.number) return std::to_string(*cell.number);
  if (cell.age) return relative_time(cell.age->time, cell.age->now);
  if (!cell.mark) return one_line(cell.text);
  return std::string(style.symbol(*cell.mark)).append(" ").append(cell.mark->word);
}

void append_piped(std::string& line, const Cell& cell) {
  if (cell.piped) return append_one_line(line, *cell.piped);
  if (cell.number) return append_number(line, *cell.number);
  if (cell.mark) return append_one_line(line, cell.mark->word);
  if (cell.age) return core::append_rfc3339_seconds(line, cell.age->time);
  append_one_line(line, cell.text);
}

Tone tone_of(const Cell& cell) {
  return cell.mark ? cell.mark->tone : cell.tone;
}

std::size_t total(const std::vector<std::size_t>& widths) {
  return std::accumulate(widths.begin(), widths.end(), gap * (widths.size() - 1));
}

void add_aligned(Line& line, const std::string& text, Tone tone, Align align, std::size_t width) {
  if (line.width() > 0) line.add(std::string(gap, ' '));
  const std::size_t space = width - std::min(width, display_width(text));
  const std::string padding(space, ' ');
  if (align == Align::right) line.add(padding);
  line.add(text, tone);
  if (align == Align::left) line.add(padding);
}

}  // namespace

Cell text_cell(std::string_view text, Tone tone) {
  return {.text = std::string(text), .tone = tone};
}

Cell short_cell(std::string_view shown, std::string_view whole) {
  return {.text = std::string(shown), .piped = std::string(whole)};
}

Cell number_cell(std::int64_t number) {
  return {.number = number};
}

Cell mark_cell(const Mark& mark) {
  return {.tone = mark.tone, .mark = mark};
}

Cell status_cell(core::ExecutionStatus status) {
  Cell cell = mark_cell(mark_of(status));
  cell.piped = core::to_string(status);
  return cell;
}

Cell status_cell(core::NodeStatus status) {
  return mark_cell(mark_of(status));
}

Cell time_cell(core::Timestamp time, core::Timestamp now) {
  return {.age = Age{time, now}};
}

Cell duration_cell(std::chrono::microseconds duration) {
  return short_cell(core::format_duration(duration), plain_seconds(duration));
}

Cell size_cell(std::int64_t bytes) {
  return short_cell(format_size(bytes), std::to_string(bytes));
}

Cell blank_cell() {
  return {};
}

void BareRows::add(std::span<const Cell> row) {
  line_.clear();
  for (const Cell& cell : row) {
    const std::size_t begin = line_.size();
    append_piped(line_, cell);
    if (line_.size() == begin) line_ += '-';
    line_ += '\t';
  }
  line_.pop_back();
  out_.line(line_);
}

bool is_bare(const Output& out, TableForm form) {
  return form == TableForm::bare || !out.is_terminal();
}

void Table::add_row(std::vector<Cell> row) {
  assert(row.size() == columns_.size());
  rows_.push_back(std::move(row));
}

void Table::write(Terminal& terminal, TableForm form) const {
  if (rows_.empty()) return;
  Output& out = terminal.out();
  if (!is_bare(out, form)) return write_aligned(out, terminal.size().columns);
  BareRows bare(out);
  for (const auto& row : rows_) {
    bare.add(row);
  }
}

void Table::write_aligned(Output& out, std::size_t width) const {
  const Style& style = out.style();
  const std::vector<std::size_t> widths = column_widths(style, width);
  Line header;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    add_aligned(header, columns_[i].title, Tone::dim, columns_[i].align, widths[i]);
  }
  out.line(header.cut_to(width, style.ellipsis()).painted(style));
  for (const auto& row : rows_) {
    Line line;
    for (std::size_t i = 0; i < row.size(); ++i) {
      const std::string text = cut_to(shown(row[i], style), widths[i], style.ellipsis());
      add_aligned(line, text, tone_of(row[i]), columns_[i].align, widths[i]);
    }
    out.line(line.cut_to(width, style.ellipsis()).painted(style));
  }
}

std::vector<std::size_t> Table::column_widths(const Style& style, std::size_t room) const {
  std::vector<std::size_t> widths;
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    std::size_t widest = display_width(columns_[i].title);
    for (const auto& row : rows_) {
      widest = std::max(widest, display_width(shown(row[i], style)));
    }
    widths.push_back(widest);
  }
  // The widest text gives way first; numbers are never cut.
  while (total(widths) > room) {
    std::size_t* widest = nullptr;
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const bool may_shrink = columns_[i].align == Align::left && widths[i] > narrowest;
      if (may_shrink && (widest == nullptr || widths[i] > *widest)) widest = &widths[i];
    }
    if (widest == nullptr) break;
    --*widest;
  }
  return widths;
}

}  // namespace goflow::cli
