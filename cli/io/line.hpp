// One line for the screen: pieces of text in their tones, laid out before they are painted.
#pragma once

#include "cli/io/style.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::cli {

class Line {
 public:
  /// What is added must be fit for a line already, see one_line().
  Line& add(std::string_view text, Tone tone = Tone::plain);
  Line& add(const Line& other);
  /// Spaces up to a column, counted from 0; nothing when the line is that long already.
  Line& pad_to(std::size_t column);
  /// Cuts what is too long, with the ellipsis at the end.
  Line& cut_to(std::size_t width, std::string_view ellipsis);

  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] std::string painted(const Style& style) const;

 private:
  struct Piece {
    std::string text;
    Tone tone;
  };
  std::vector<Piece> pieces_;
  std::size_t width_ = 0;
};

}  // namespace goflow::cli
