// A value that a blob store keeps, as the rest of the program sees it.
#pragma once

#include "core/base/result.hpp"
#include "core/claimcheck/claim.hpp"
#include "core/claimcheck/value_origin.hpp"
#include "core/value/payload.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace goflow::core {

class ClaimedValue;
class PayloadSink;

/// Where the values behind claims come from.
class ClaimReader {
 public:
  virtual ~ClaimReader() = default;
  /// Checked against what had been stored. The Error says what became of it, and has a hint only
  /// when making the value again is not what helps.
  virtual Result<Value> read(const Claim& claim, Encoding encoding) = 0;
  /// The same of its bytes as they are, a piece at a time.
  virtual Result<void> copy(const Claim& claim, PayloadSink& sink) = 0;
  /// It was read, and keeps what it read until it is told to let it go.
  virtual void note_read(std::weak_ptr<const ClaimedValue> value) = 0;
};

class ClaimedValue final : public Payload, public std::enable_shared_from_this<ClaimedValue> {
 public:
  /// The reader outlives it.
  ClaimedValue(Claim claim, Encoding encoding, ValueOrigin origin, ClaimReader& reader)
      : claim_(std::move(claim)),
        encoding_(encoding),
        origin_(std::move(origin)),
        reader_(reader) {}

  [[nodiscard]] const Claim& claim() const { return claim_; }
  [[nodiscard]] Encoding encoding() const { return encoding_; }
  [[nodiscard]] const Value& value() const override;
  [[nodiscard]] std::uint64_t size() const override { return claim_.size_bytes; }
  /// Writes its text into an empty file, straight from where it lies. False: its text is not what
  /// lies there, or is in memory. May throw PayloadUnavailable, as value() may.
  [[nodiscard]] bool write_text(int file) const;
  /// Sees to it that value() and write_text() have not far to go; what fails, they will tell.
  void fetch() const;
  /// Forgets what was read. Nobody may hold a reference into it.
  void let_go() const;

 private:
  [[noreturn]] void throw_missing(Error error) const;

  Claim claim_;
  Encoding encoding_;
  ValueOrigin origin_;
  ClaimReader& reader_;
  mutable std::mutex mutex_;
  mutable std::optional<Value> here_ = std::nullopt;
};

/// For who has no blobs: nothing can be read.
ClaimReader& no_claims();

/// nullptr: the value is not kept in a blob store.
std::shared_ptr<const ClaimedValue> claimed(const Value& value);

/// The bytes that stand for a value, and back. Of a text that was taken from a stream the bytes are
/// those of the stream, the line ends at its end included.
std::string encoded(const Value& value);
Result<Value> decoded(std::string bytes, Encoding encoding);

/// What is recorded: claims instead of the values behind them.
Value with_claims(const Value& value);

}  // namespace goflow::core
