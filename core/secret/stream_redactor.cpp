#include "core/secret/stream_redactor.hpp"

#include "core/secret/masking.hpp"

namespace goflow::core {

std::string StreamRedactor::redact(std::string_view chunk) {
  if (!held_.empty()) held_.insert(held_.end(), chunk.begin(), chunk.end());
  const std::string_view text = held_.empty() ? chunk : as_text(held_);
  const Sightings sightings = redactor_.index_.find(text, TextEnd::open);
  std::string certain = masked_text(text, sightings, covered_);
  if (held_.empty()) {
    held_.assign(chunk.begin() + static_cast<std::ptrdiff_t>(sightings.undecided), chunk.end());
  } else {
    held_.erase(held_.begin(), held_.begin() + static_cast<std::ptrdiff_t>(sightings.undecided));
  }
  return certain;
}

std::string StreamRedactor::finish() {
  const Sightings sightings = redactor_.index_.find(as_text(held_), TextEnd::reached);
  std::string rest = masked_text(as_text(held_), sightings, covered_);
  held_.clear();
  return rest;
}

}  // namespace goflow::core
