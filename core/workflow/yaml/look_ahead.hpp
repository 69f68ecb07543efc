// Bounds what the YAML parser keeps in memory before it tells of anything.
#pragma once

#include "core/workflow/problems.hpp"
#include "core/workflow/yaml/source_text.hpp"

#include <cstddef>
#include <streambuf>
#include <string>

namespace goflow::core {

/// Hands a file to yaml-cpp in pieces. Whatever stands in brackets may turn out to be a key, so the
/// parser keeps all of its tokens, at some 90 bytes each, until the bracket is closed.
class LookAhead final : public std::streambuf {
 public:
  /// Both must outlive this.
  LookAhead(const SourceText& source, Problems& problems);

  /// The parser has told of a text that begins here, perhaps within brackets.
  void told_text(std::size_t offset, bool in_brackets);
  /// It has told that a list or map begins here.
  void told_begin(std::size_t offset, bool in_brackets);

 protected:
  int_type underflow() override;

 private:
  void told(std::size_t offset, bool in_brackets);
  void check();
  [[nodiscard]] bool is_bracket_next() const;
  [[nodiscard]] std::size_t after_text(std::size_t at) const;

  const SourceText& source_;
  Problems& problems_;
  std::string piece_;
  std::size_t read_ = 0;  // handed out so far
  std::size_t told_ = 0;  // where what was told last begins
  bool told_text_ = false;
  std::size_t counted_ = 0;  // as far as separators were counted, since then
  std::size_t separators_ = 0;
  bool in_brackets_ = false;
};

}  // namespace goflow::core
