// How values travel between a run and the process that computes jq: JSON texts behind their length.
#pragma once

#include "core/value/value.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::engine {

/// "13\n{"program":0}"
std::string to_frame(const core::Value& value);

/// Puts frames together out of pieces as they come.
class FrameReader {
 public:
  void append(std::string_view bytes) { bytes_ += bytes; }
  /// The text of the next frame, once all of it is there.
  [[nodiscard]] std::optional<std::string> next();

 private:
  std::string bytes_;
};

}  // namespace goflow::engine
