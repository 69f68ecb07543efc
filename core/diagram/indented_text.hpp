// A text of lines, each as deep as what it belongs to.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace goflow::core {

class IndentedText {
 public:
  void line(std::size_t depth, std::string_view content) {
    text_.append(2 * depth, ' ').append(content).push_back('\n');
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace goflow::core
