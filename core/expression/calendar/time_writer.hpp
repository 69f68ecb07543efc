// Writes a moment element by element.
#pragma once

#include "core/expression/calendar/layout.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace goflow::core::expression::calendar {

class TimeWriter {
 public:
  explicit TimeWriter(const Moment& moment) : moment_(moment), civil_(civil_of(moment)) {}

  void write(std::string_view literal) { out_ += literal; }
  void write(Element element);
  std::string take() { return std::move(out_); }

 private:
  void number(int number, int width, char padding = '0');
  void fraction(int digits);
  void offset(std::string_view separator);

  const Moment& moment_;
  const Civil civil_;
  std::string out_;
};

}  // namespace goflow::core::expression::calendar
