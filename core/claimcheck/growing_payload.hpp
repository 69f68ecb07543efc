// A payload that is still being written to a file: read along, so that little is left at its end.
#pragma once

#include "core/base/descriptor.hpp"
#include "core/base/result.hpp"
#include "core/claimcheck/spool.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

namespace goflow::core {

/// For any one thread at a time.
class GrowingPayload {
 public:
  /// Takes the file over. What comes out of it waits in `folder`.
  static Result<GrowingPayload> open(Descriptor file,
                                     std::string folder,
                                     const Compression& compression);

  /// Takes in what has been written up to this byte. An Error as soon as `stop` says so.
  Result<void> read_up_to(std::uint64_t end, const std::atomic<bool>& stop);
  [[nodiscard]] std::uint64_t position() const { return position_; }
  /// Of what was taken in, where it is not UTF-8, if it ends there.
  [[nodiscard]] std::optional<std::uint64_t> first_invalid() const;
  /// What was taken in, as it is to be stored. Nothing may be taken in after it.
  Result<SpooledPayload> finish() { return spool_.finish(); }

 private:
  GrowingPayload(Descriptor file, Spool spool) : file_(std::move(file)), spool_(std::move(spool)) {}

  void look_for_invalid(std::string_view bytes);

  Descriptor file_;
  Spool spool_;
  std::uint64_t position_ = 0;
  std::string unfinished_character_;  // at the end of what was taken in
  std::optional<std::uint64_t> first_invalid_ = std::nullopt;
};

}  // namespace goflow::core
