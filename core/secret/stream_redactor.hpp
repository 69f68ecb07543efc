// Keeps known secrets out of a text that comes in chunks, wherever its borders are.
#pragma once

#include "core/secret/redactor.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace goflow::core {

/// For one stream. All that it gives is what Redactor makes of the whole text. It holds back no
/// more than what may be the beginning of a secret.
class StreamRedactor {
 public:
  /// The redactor outlives the stream, and may learn between two chunks.
  explicit StreamRedactor(const Redactor& redactor) : redactor_(redactor) {}

  /// What is certain by now.
  std::string redact(std::string_view chunk);
  /// The rest, when the stream has ended. Another may begin then.
  std::string finish();

 private:
  const Redactor& redactor_;
  WipedBytes held_;
  std::size_t covered_ = 0;  // of what is held: belongs to a mask that was given out already
};

}  // namespace goflow::core
