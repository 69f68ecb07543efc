#include "core/claimcheck/claimed_value.hpp"

#include "core/value/json.hpp"

namespace goflow::core {
namespace {

Value text_of_stream(std::string bytes) {
  const std::size_t last = bytes.find_last_not_of("\r\n");
  bytes.resize(last == std::string::npos ? 0 : last + 1);
  return bytes;
}

class NoClaims final : public ClaimReader {
 public:
  Result<Value> read(const Claim& claim, Encoding) override {
    return Error{ErrorCode::unavailable, "blob " + claim.key.text() + " is in no store of ours"};
  }
  void note_read(std::weak_ptr<const ClaimedValue>) override {}
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
  if (!value) {
    Error error = std::move(value).error();
    error.message = "needs '" + origin_.name + "', but " + error.message;
    if (error.hint.empty()) error.hint = how_to_make_again(origin_);
    throw PayloadUnavailable(std::move(error));
  }
  here_ = *std::move(value);
  reader_.note_read(weak_from_this());
  return *here_;
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
