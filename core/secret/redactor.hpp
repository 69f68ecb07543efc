// Keeps known secrets out of texts: each is replaced by three stars, whatever its length.
#pragma once

#include "core/secret/secret_index.hpp"
#include "core/value/value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// Knows secrets as they are, line by line, in JSON, in URLs and in base64; see SecretForm. Where
/// they overlap, all that any of them covers is one mask. What is given to it and what it made of
/// that is wiped with it.
///
/// Values and lines of less than four bytes stay: masking them would destroy every text, and tell
/// them by its gaps. Whoever takes one in asks maskable() and warns. In base64 the letter in which
/// a secret begins, when other bytes share it, stays as well: up to four bits.
///
/// Texts may be redacted from several threads while nobody learns.
class Redactor {
 public:
  Redactor() = default;
  Redactor(Redactor&&) = default;
  Redactor& operator=(Redactor&&) = default;

  void learn(std::string_view value);
  /// Every text within a structured value, except that of its public fields.
  void learn_fields(const Object& value, const std::vector<std::string>& public_fields);
  /// What the Authorization header of basic authentication says, also where the password alone
  /// would be too short to be masked.
  void learn_basic_auth(std::string_view user, std::string_view password);
  [[nodiscard]] bool knows_any() const { return !index_.empty(); }

  /// The same text when nothing was to be masked; else the one given is wiped.
  [[nodiscard]] std::string redact(std::string text) const;
  /// nullopt: nothing is to be masked. Copies only what is.
  [[nodiscard]] std::optional<std::string> masked(std::string_view text) const;
  /// Texts and keys, however deep. A value without secrets is given back and shares its content.
  [[nodiscard]] Value redact(const Value& value) const;

 private:
  friend class StreamRedactor;

  SecretIndex index_;
};

}  // namespace goflow::core
