// The name of an object in a blob store: a UUID made of what it contains, or of chance.
#pragma once

#include "core/base/sha256.hpp"

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::core {

class BlobKey {
 public:
  /// Only what is exactly as goflow writes it: lower case, version 4 or 8. Nothing else can name a
  /// file or an object of a store.
  static std::optional<BlobKey> parse(std::string_view text);
  /// Version 8, of the first half of the hash.
  static BlobKey of_content(const Sha256Digest& hash);
  /// Version 4: where the key of the content is taken.
  static BlobKey random();

  [[nodiscard]] const std::string& text() const { return text_; }
  /// Follows from the content.
  [[nodiscard]] bool is_of_content() const { return text_[14] == '8'; }

  friend auto operator<=>(const BlobKey&, const BlobKey&) = default;

 private:
  explicit BlobKey(std::string text) : text_(std::move(text)) {}

  std::string text_;
};

}  // namespace goflow::core
