#include "core/claimcheck/claimed_value.hpp"

#include "core/claimcheck/unpacking.hpp"
#include "core/value/json.hpp"

#include <unistd.h>

#include <cerrno>

namespace goflow::core {
namespace {

Value text_of_stream(std::string bytes) {
  const std::size_t last = bytes.find_last_not_of("\r\n");
  bytes.resize(last == std::string::npos ? 0 : last + 1);
  return bytes;
}

/// Into a file, and knows how long the text is without the line ends at its end.
class TextSink final : public PayloadSink {
 public:
  explicit TextSink(int file) : file_(file), sink_(file) {}

  Result<void> begin(std::uint64_t size_bytes) override {
    size_ = 0;
    line_ends_ = 0;
    return sink_.begin(size_bytes);
  }
  Result<void> take(std::string_view bytes) override {
    size_ += bytes.size();
    const std::size_t last = bytes.find_last_not_of("\r\n");
    line_ends_ =
        last == std::string_view::npos ? line_ends_ + bytes.size() : bytes.size() - last - 1;
    return sink_.take(bytes);
  }
  Result<void> cut_line_ends() const {
    if (ftruncate(file_, static_cast<off_t>(size_ - line_ends_)) == 0) return {};
    return Error{ErrorCode::unavailable, "cannot write: " + errno_text(errno)};
  }

 private:
  int file_;
  FileSink sink_;
  std::size_t size_ = 0;
  std::size_t line_ends_ = 0;
};

class NoClaims final : public ClaimReader {
 public:
  Result<Value> read(const Claim& claim, Encoding) override { return nowhere(claim); }
  Result<void> copy(const Claim& claim, PayloadSink&) override { return nowhere(claim); }
  void note_read(std::weak_ptr<const ClaimedValue>) override {}

 private:
  static Error nowhere(const Claim& claim) {
    return Error{ErrorCode::unavailable, "blob " + claim.key.text() + " is in no store of ours"};
  }
};

}  // namespace

ClaimReader& no_claims() {
  static NoClaims none;
  return none;
}

const Value& ClaimedValue::value() const {
  const std::lock_guard lock(mutex_);
  if (here_) return *here_;
  auto value = reader_.read(claim_, encoding_);
  if (!value) throw_missing(std::move(value).error());
  here_ = *std::move(value);
  reader_.note_read(weak_from_this());
  return *here_;
}

bool ClaimedValue::write_text(int file) const {
  const std::lock_guard lock(mutex_);
  if (here_ || encoding_ != Encoding::text) return false;
  TextSink sink(file);
  auto written = reader_.copy(claim_, sink);
  if (written) written = sink.cut_line_ends();
  if (!written) throw_missing(std::move(written).error());
  return true;
}

// A text need not become a value: its bytes do, where stores keep what was read.
void ClaimedValue::fetch() const {
  try {
    NoSink nowhere;
    if (encoding_ == Encoding::text) {
      (void)reader_.copy(claim_, nowhere).ok();
    } else {
      (void)value();
    }
  } catch (const PayloadUnavailable&) {  // NOLINT(bugprone-empty-catch)
  }
}

void ClaimedValue::throw_missing(Error error) const {
  error.message = "needs '" + origin_.name + "', but " + error.message;
  if (error.hint.empty()) error.hint = how_to_make_again(origin_);
  throw PayloadUnavailable(std::move(error));
}

void ClaimedValue::let_go() const {
  const std::lock_guard lock(mutex_);
  here_.reset();
}

std::shared_ptr<const ClaimedValue> claimed(const Value& value) {
  return std::dynamic_pointer_cast<const ClaimedValue>(value.payload());
}

std::string encoded(const Value& value) {
  return to_json(value, FloatForm::typed);
}

Result<Value> decoded(std::string bytes, Encoding encoding) {
  switch (encoding) {
    case Encoding::json:
      return parse_json(bytes);
    case Encoding::text:
      return text_of_stream(std::move(bytes));
    case Encoding::bytes:
      break;
  }
  return Value(std::move(bytes));
}

Value with_claims(const Value& value) {
  if (const auto whole = claimed(value)) return to_value(whole->claim());
  if (!value.is_object()) return value;
  Object shown;
  for (const auto& [name, field] : value.as_object()) {
    const auto kept = claimed(field);
    shown.set(name, kept ? to_value(kept->claim()) : field);
  }
  return shown;
}

}  // namespace goflow::core
