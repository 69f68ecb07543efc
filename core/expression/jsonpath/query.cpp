#include "core/expression/jsonpath/query.hpp"

#include <algorithm>

namespace goflow::core::expression::jsonpath {
namespace {

bool selects_one(const Segment& segment) {
  if (segment.descends || segment.selectors.size() != 1) return false;
  const Selector& only = segment.selectors.front();
  return std::holds_alternative<Name>(only) || std::holds_alternative<Index>(only);
}

}  // namespace

bool Query::is_singular() const {
  return std::all_of(segments.begin(), segments.end(), selects_one);
}

}  // namespace goflow::core::expression::jsonpath
