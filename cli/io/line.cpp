#include "cli/io/line.hpp"

#include "cli/io/width.hpp"

#include <utility>

namespace goflow::cli {

Line& Line::add(std::string_view text, Tone tone) {
  pieces_.push_back(Piece{std::string(text), tone});
  width_ += display_width(text);
  return *this;
}

Line& Line::add(const Line& other) {
  pieces_.insert(pieces_.end(), other.pieces_.begin(), other.pieces_.end());
  width_ += other.width_;
  return *this;
}

Line& Line::pad_to(std::size_t column) {
  return column > width_ ? add(std::string(column - width_, ' ')) : *this;
}

Line& Line::cut_to(std::size_t width, std::string_view ellipsis) {
  if (width_ <= width) return *this;
  // One column too many asks for the ellipsis, also when the cut falls between two pieces.
  std::vector<Piece> pieces = std::exchange(pieces_, {});
  width_ = 0;
  for (Piece& piece : pieces) {
    const std::size_t room = width - width_;
    if (display_width(piece.text) + display_width(ellipsis) > room) {
      const std::string rest = piece.text + std::string(room, ' ');
      return add(cli::cut_to(rest, room, ellipsis), piece.tone);
    }
    add(piece.text, piece.tone);
  }
  return *this;
}

std::string Line::painted(const Style& style) const {
  std::string text;
  for (const Piece& piece : pieces_) {
    text += style.paint(piece.tone, piece.text);
  }
  const std::size_t end = text.find_last_not_of(' ');
  text.resize(end == std::string::npos ? 0 : end + 1);
  return text;
}

}  // namespace goflow::cli
