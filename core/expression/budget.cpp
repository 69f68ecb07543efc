#include "core/expression/budget.hpp"

#include "core/value/json.hpp"
#include "core/value/payload.hpp"

#include <algorithm>
#include <utility>

namespace goflow::core::expression {
namespace {

std::size_t scalar_size(const Value& value) {
  if (!value.is_integer()) return value.is_boolean() && !value.as_boolean() ? 5 : 4;
  std::size_t digits = value.as_integer() < 0 ? 2 : 1;
  for (std::int64_t rest = value.as_integer() / 10; rest != 0; rest /= 10) {
    ++digits;
  }
  return digits;
}

/// Values are small trees that may share parts, so their size as JSON can be far beyond the memory
/// they take: counting stops at the limit.
class SizeCounter {
 public:
  explicit SizeCounter(std::size_t limit) : left_(limit) {}

  bool count(const Value& value, int depth) {
    // What is read back from the history may not be nested more deeply either.
    constexpr int deepest = 512;
    if (depth > deepest) return false;
    if (const auto payload = value.payload()) return take(payload->size());
    switch (value.kind()) {
      case Kind::text:
        return take(value.as_text().size() + 2);
      case Kind::array:
        return take(2) && count_items(value.as_array(), depth);
      case Kind::object:
        return take(2) && count_members(value.as_object(), depth);
      case Kind::floating:
        return take(to_json(value).size());
      default:
        return take(scalar_size(value));
    }
  }
  [[nodiscard]] std::size_t left() const { return left_; }

 private:
  bool take(std::size_t bytes) {
    if (bytes > left_) return false;
    left_ -= bytes;
    return true;
  }
  bool count_items(const Array& items, int depth) {
    return std::all_of(items.begin(), items.end(), [&](const Value& item) {
      return take(1) && count(item, depth + 1);
    });
  }
  bool count_members(const Object& members, int depth) {
    return std::all_of(members.begin(), members.end(), [&](const Object::Member& member) {
      return take(member.first.size() + 4) && count(member.second, depth + 1);
    });
  }

  std::size_t left_;
};

}  // namespace

std::optional<std::size_t> json_size(const Value& value, std::size_t limit) {
  SizeCounter counter(limit);
  if (!counter.count(value, 1)) return std::nullopt;
  return limit - counter.left();
}

Check Budget::produce(std::size_t bytes, Place place) {
  if (bytes > largest_value) {
    return fault(Code::limit,
                 place,
                 "this would make at least " + std::to_string(bytes) +
                     " bytes, 64 MiB is most for one value");
  }
  return spend(bytes / 1024, place);
}

Check Budget::walk(const Value& value, Place place) {
  if (!value.is_array() && !value.is_object()) return {};
  const auto size = json_size(value);
  if (!size) return too_large(place);
  return spend(*size / 1024, place);
}

ExpressionError Budget::too_many_steps(Place place) {
  return fault(Code::limit, place, "the evaluation takes more than 1000000 steps");
}

bool within_limits(const Value& value) {
  const bool container = value.is_array() || value.is_object();
  return !container || json_size(value).has_value();
}

ExpressionError too_large(Place place) {
  return fault(
      Code::limit, place, "the value is larger than 64 MiB or nested deeper than 512 levels");
}

}  // namespace goflow::core::expression
