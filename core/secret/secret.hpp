// A value that nobody may see: it cannot be printed, compared or copied by accident.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace goflow::core {

/// Pages of their own, so that they can be locked into memory and kept out of core dumps without
/// harm to a neighbour. What they held is wiped when they are given back. Move-only.
class SecretPages {
 public:
  SecretPages() = default;
  /// All zero. Memory that cannot be locked is used all the same: see secret_memory_is_locked().
  explicit SecretPages(std::size_t size);
  ~SecretPages();
  SecretPages(SecretPages&& other) noexcept;
  SecretPages& operator=(SecretPages&& other) noexcept;

  [[nodiscard]] char* data() { return data_; }
  [[nodiscard]] const char* data() const { return data_; }
  /// At least what was asked for.
  [[nodiscard]] std::size_t capacity() const { return capacity_; }

 private:
  char* data_ = nullptr;
  std::size_t capacity_ = 0;
};

/// Any bytes. Whoever looks at them says so: only `expose()` shows them.
class Secret {
 public:
  Secret() = default;
  /// Takes the bytes over: the text they came in is wiped and empty.
  [[nodiscard]] static Secret take(std::string& bytes);
  /// For bytes that somebody else wipes, or that are not secret in a test.
  [[nodiscard]] static Secret copy_of(std::string_view bytes);

  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  bool operator==(const Secret&) const = delete;

  /// The bytes, for a sink that is meant to have them. They are gone with this.
  [[nodiscard]] std::string_view expose() const { return {pages_.data(), size_}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] Secret clone() const { return copy_of(expose()); }
  /// How long it takes depends on the lengths alone.
  [[nodiscard]] bool has_same_bytes(const Secret& other) const;

 private:
  friend class SecretBuffer;
  Secret(SecretPages pages, std::size_t size) : pages_(std::move(pages)), size_(size) {}

  SecretPages pages_;
  std::size_t size_ = 0;
};

/// Where a secret is gathered: from a pipe, a prompt, a library that fills memory. Growing leaves
/// nothing behind.
class SecretBuffer {
 public:
  SecretBuffer() = default;
  explicit SecretBuffer(std::size_t capacity) : pages_(capacity) {}

  void append(std::string_view bytes);
  void append(char byte) { append({&byte, 1}); }
  /// Makes room for `size` more bytes, which the caller fills; `shrink_to` drops those it did not.
  [[nodiscard]] char* extend(std::size_t size);
  void shrink_to(std::size_t size);
  [[nodiscard]] std::string_view expose() const { return {pages_.data(), size_}; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Secret finish() &&;

 private:
  SecretPages pages_;
  std::size_t size_ = 0;
};

/// Overwrites what a text holds, and empties it.
void wipe(std::string& text);

/// Whether the system locks the memory of secrets, for `goflow doctor`.
[[nodiscard]] bool secret_memory_is_locked();

}  // namespace goflow::core
