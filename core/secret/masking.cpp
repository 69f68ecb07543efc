#include "core/secret/masking.hpp"

#include <algorithm>

namespace goflow::core {

std::string masked_text(std::string_view text, const Sightings& sightings, std::size_t& covered) {
  std::string masked;
  masked.reserve(sightings.undecided);
  for (const Sighting& sighting : sightings.found) {
    if (sighting.begin >= covered) {
      // Touching is not overlapping: two secrets in a row are two masks.
      masked.append(text.substr(covered, sighting.begin - covered)).append(secret_mask);
      covered = sighting.end;
    }
    covered = std::max(covered, sighting.end);
  }
  if (covered < sightings.undecided) {
    masked.append(text.substr(covered, sightings.undecided - covered));
  }
  covered -= std::min(covered, sightings.undecided);
  return masked;
}

}  // namespace goflow::core
