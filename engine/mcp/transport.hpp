// The way to an MCP server and back, whatever lies between.
#pragma once

#include "core/base/result.hpp"
#include "core/execution/execution.hpp"
#include "core/value/value.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::engine {

/// More than a value may have is never read.
inline constexpr std::size_t largest_message = 64UL * 1024 * 1024;

struct TransportEvents {
  /// One message as it came, not read yet.
  std::function<void(std::string_view message)> on_message;
  /// A request that was sent will not be answered, and why, unless it was answered before.
  std::function<void(std::int64_t request, core::Failure reason)> on_unanswered;
  /// Once, last: the way is gone, and why.
  std::function<void(core::Failure reason)> on_end;
};

/// Nothing is called back from within a call to it. Destroying it ends it at once and silently.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual void send(const core::Value& message) = 0;
  /// Of the protocol, once both sides have agreed on it.
  virtual void set_version(const std::string& /*version*/) {}
  /// In the way that the server expects, and by force should it not heed that; `on_end` still
  /// comes.
  virtual void close() = 0;
  /// Of the server, if it is a process of ours.
  [[nodiscard]] virtual std::optional<std::int64_t> process_group() const = 0;
};

}  // namespace goflow::engine
