#include "engine/interpreter/gathered_size.hpp"

#include "core/expression/budget.hpp"
#include "engine/interpreter/outcome.hpp"

#include <fmt/format.h>

namespace goflow::engine {

using core::expression::largest_value;

core::Result<void, core::Failure> GatheredSize::add(const core::Value& part) {
  const auto size = core::expression::json_size(part);
  bytes_ += size.value_or(largest_value) + 1;  // the comma
  if (bytes_ <= largest_value) return {};
  return data_failure(fmt::format(
      "the values of the {} make at least {} bytes, 64 MiB is most for one value", parts_, bytes_));
}

}  // namespace goflow::engine
