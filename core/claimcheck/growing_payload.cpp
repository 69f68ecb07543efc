#include "core/claimcheck/growing_payload.hpp"

#include "core/base/utf8.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::size_t piece_size = 64UL * 1024;

}  // namespace

Result<GrowingPayload> GrowingPayload::open(Descriptor file,
                                            std::string folder,
                                            const Compression& compression) {
  GOFLOW_TRY(Spool spool, Spool::open(std::move(folder), compression));
  return GrowingPayload(std::move(file), std::move(spool));
}

Result<void> GrowingPayload::read_up_to(std::uint64_t end, const std::atomic<bool>& stop) {
  std::array<char, piece_size> piece;  // NOLINT(cppcoreguidelines-pro-type-member-init)
  while (position_ < end) {
    if (stop) return Error{ErrorCode::unavailable, "it was stopped"};
    const auto wanted =
        static_cast<std::size_t>(std::min<std::uint64_t>(piece_size, end - position_));
    const ssize_t count = pread(file_.get(), piece.data(), wanted, static_cast<off_t>(position_));
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Error{ErrorCode::unavailable, "cannot read: " + errno_text(errno)};
    if (count == 0) return Error{ErrorCode::unavailable, "a file became shorter"};
    const std::string_view bytes(piece.data(), static_cast<std::size_t>(count));
    look_for_invalid(bytes);
    GOFLOW_TRY(spool_.add(bytes));
    position_ += bytes.size();
  }
  return {};
}

std::optional<std::uint64_t> GrowingPayload::first_invalid() const {
  if (first_invalid_ || unfinished_character_.empty()) return first_invalid_;
  return position_ - unfinished_character_.size();
}

void GrowingPayload::look_for_invalid(std::string_view bytes) {
  if (first_invalid_) return;
  const std::uint64_t begin = position_ - unfinished_character_.size();
  const std::string text = std::exchange(unfinished_character_, {}) + std::string(bytes);
  const std::size_t complete = utf8::complete_length(text);
  if (const auto invalid = utf8::first_invalid(std::string_view(text).substr(0, complete))) {
    first_invalid_ = begin + *invalid;
  }
  unfinished_character_ = text.substr(complete);
}

}  // namespace goflow::core
