// A value that is kept elsewhere until somebody looks at it.
#pragma once

#include "core/base/error.hpp"
#include "core/value/value.hpp"

#include <cstdint>
#include <exception>
#include <utility>

namespace goflow::core {

class Payload {
 public:
  virtual ~Payload() = default;
  /// Fetched when it is not here. Throws PayloadUnavailable. Never stands for a payload itself.
  [[nodiscard]] virtual const Value& value() const = 0;
  /// About how many bytes it has as JSON; known without fetching it.
  [[nodiscard]] virtual std::uint64_t size() const = 0;
};

/// A value that is wanted is not to be had any more. Reading a value has no other way to fail, and
/// nobody expects it to, so this goes to where a node, a run or a command ends.
class PayloadUnavailable : public std::exception {
 public:
  explicit PayloadUnavailable(Error error) : error_(std::move(error)) {}
  [[nodiscard]] const char* what() const noexcept override { return error_.message.c_str(); }
  [[nodiscard]] const Error& error() const { return error_; }

 private:
  Error error_;
};

}  // namespace goflow::core
