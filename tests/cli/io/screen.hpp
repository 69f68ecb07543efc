// A very small terminal: shows what stands on the screen after everything was written.
#pragma once

#include "core/base/utf8.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::test {

/// Knows line breaks, wrapping, scrolling, and the escapes that LiveRegion and Style use.
class Screen {
 public:
  Screen(std::size_t columns, std::size_t rows) : columns_(columns), rows_(rows), cells_(1) {}

  void feed(std::string_view text) {
    while (!text.empty()) {
      if (text.starts_with("\x1b[")) {
        text.remove_prefix(2);
        const std::size_t end = text.find_first_not_of("0123456789;?");
        escape(text.substr(0, end), text[end]);
        text.remove_prefix(end + 1);
      } else {
        const std::size_t length = core::utf8::first_character(text).length;
        put(std::string(text.substr(0, length)));
        text.remove_prefix(length);
      }
    }
  }

  /// Everything, also what has scrolled away; without spaces at the ends of lines.
  [[nodiscard]] std::vector<std::string> lines() const {
    std::vector<std::string> all;
    for (const auto& cells : cells_) {
      std::string line;
      for (const std::string& cell : cells) {
        line += cell;
      }
      const std::size_t end = line.find_last_not_of(' ');
      all.push_back(line.substr(0, end == std::string::npos ? 0 : end + 1));
    }
    while (!all.empty() && all.back().empty()) {
      all.pop_back();
    }
    return all;
  }

  [[nodiscard]] bool cursor_is_visible() const { return cursor_is_visible_; }

 private:
  void put(const std::string& character) {
    if (character == "\n") return next_line();
    if (character == "\r") {
      column_ = 0;
      return;
    }
    if (column_ == columns_) next_line();
    auto& line = cells_[row_];
    if (line.size() <= column_) line.resize(column_ + 1, " ");
    line[column_++] = character;
  }

  void next_line() {
    column_ = 0;
    ++row_;
    if (row_ == cells_.size()) cells_.emplace_back();
  }

  [[nodiscard]] std::size_t top() const {
    return cells_.size() > rows_ ? cells_.size() - rows_ : 0;
  }

  void escape(std::string_view argument, char command) {
    if (command == 'A') {
      const auto up = static_cast<std::size_t>(std::stoul(std::string(argument)));
      row_ = row_ - top() > up ? row_ - up : top();
    } else if (command == 'K') {
      cells_[row_].resize(std::min(cells_[row_].size(), column_));
    } else if (command == 'J') {
      cells_[row_].resize(std::min(cells_[row_].size(), column_));
      cells_.resize(row_ + 1);
    } else if (argument == "?25") {
      cursor_is_visible_ = command == 'h';
    }
  }

  std::size_t columns_;
  std::size_t rows_;
  std::vector<std::vector<std::string>> cells_;
  std::size_t row_ = 0;
  std::size_t column_ = 0;
  bool cursor_is_visible_ = true;
};

}  // namespace goflow::test

namespace doctest {

/// So that a failed comparison of screens shows them.
template <>
struct StringMaker<std::vector<std::string>> {
  static String convert(const std::vector<std::string>& lines) {
    std::string text;
    for (const std::string& line : lines) {
      text += "\n" + line;
    }
    return text.c_str();
  }
};

}  // namespace doctest
