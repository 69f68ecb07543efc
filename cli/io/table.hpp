// Rows for the eye, aligned and cut to the terminal, or for a program, bare and whole.
#pragma once

#include "cli/io/style.hpp"
#include "cli/io/terminal.hpp"
#include "core/base/clock.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::cli {

enum class Align { left, right };

struct Column {
  std::string title;  // empty: belongs to the column before
  Align align = Align::left;
};

struct Age {
  core::Timestamp time;
  core::Timestamp now;
};

/// What a place in a table says, to a person and to a program. A long list has many: each holds
/// what it was made of, and is put into words only by the one who asks.
struct Cell {
  std::string text = {};
  Tone tone = Tone::plain;
  std::optional<std::int64_t> number = std::nullopt;  // in place of the text
  std::optional<Mark> mark = std::nullopt;            // likewise
  std::optional<Age> age = std::nullopt;              // likewise
  std::optional<std::string> piped = std::nullopt;    // where a program is told something else
};

Cell text_cell(std::string_view text, Tone tone = Tone::plain);
/// Shown short, piped whole: an id, a digest.
Cell short_cell(std::string_view shown, std::string_view whole);
Cell number_cell(std::int64_t number);
Cell mark_cell(const Mark& mark);
Cell status_cell(core::ExecutionStatus status);
Cell status_cell(core::NodeStatus status);
/// Relative to now, or RFC 3339.
Cell time_cell(core::Timestamp time, core::Timestamp now);
Cell duration_cell(std::chrono::microseconds duration);
Cell size_cell(std::int64_t bytes);
/// Nothing to tell: blank, or "-".
Cell blank_cell();

/// Rows as a pipe gets them: tab-separated, nothing cut. Each is written at once, so that a long
/// list is never in memory as a whole.
class BareRows {
 public:
  explicit BareRows(Output& out) : out_(out) {}

  template <std::size_t size>
  void add(const Cell (&row)[size]) {
    add(std::span<const Cell>(row));
  }
  void add(std::span<const Cell> row);

 private:
  Output& out_;
  std::string line_;
};

/// `bare`: without a header, as in a pipe.
enum class TableForm { automatic, bare };

/// Whether the rows will be written as a pipe gets them.
bool is_bare(const Output& out, TableForm form);

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  /// One cell per column. An array, for its cells can be moved; those of a list would be copied.
  template <std::size_t size>
  void add(Cell (&&row)[size]) {
    add_row({std::make_move_iterator(std::begin(row)), std::make_move_iterator(std::end(row))});
  }
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  /// To stdout; nothing at all when there are no rows.
  void write(Terminal& terminal, TableForm form = TableForm::automatic) const;

 private:
  void add_row(std::vector<Cell> row);
  void write_aligned(Output& out, std::size_t width) const;
  [[nodiscard]] std::vector<std::size_t> column_widths(const Style& style, std::size_t room) const;

  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

}  // namespace goflow::cli
