// How large a value becomes that is put together of others: the rounds of a loop, branches.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"

#include <cstddef>
#include <string_view>

namespace goflow::engine {

class GatheredSize {
 public:
  /// What it is put together of: "rounds", "branches".
  explicit GatheredSize(std::string_view parts) : parts_(parts) {}

  /// Fails (kind `data`) once the whole would be larger than one value may be. Each part is
  /// measured when it comes, so that no more is gathered than can be kept.
  core::Result<void, core::Failure> add(const core::Value& part);

 private:
  std::string_view parts_;
  std::size_t bytes_ = 0;
};

}  // namespace goflow::engine
