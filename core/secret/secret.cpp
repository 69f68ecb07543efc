#include "core/secret/secret.hpp"

#include "core/secret/process_privacy.hpp"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cassert>
#include <new>
#include <utility>

namespace goflow::core {
namespace {

std::size_t whole_pages(std::size_t size) {
  static const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return (size + page - 1) / page * page;
}

/// False: the system does not lock it.
bool guard(void* pages, std::size_t size) {
#ifdef MADV_DONTDUMP
  madvise(pages, size, MADV_DONTDUMP);
#endif
  return mlock(pages, size) == 0;
}

}  // namespace

SecretPages::SecretPages(std::size_t size) {
  if (size == 0) return;
  keep_process_private();
  const std::size_t capacity = whole_pages(size);
  void* pages = mmap(nullptr, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) throw std::bad_alloc();
  guard(pages, capacity);
  data_ = static_cast<char*>(pages);
  capacity_ = capacity;
}

SecretPages::~SecretPages() {
  if (data_ == nullptr) return;
  explicit_bzero(data_, capacity_);
  munmap(data_, capacity_);
}

SecretPages::SecretPages(SecretPages&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), capacity_(std::exchange(other.capacity_, 0)) {}

SecretPages& SecretPages::operator=(SecretPages&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(capacity_, other.capacity_);
  return *this;
}

Secret Secret::take(std::string& bytes) {
  Secret secret = copy_of(bytes);
  wipe(bytes);
  return secret;
}

Secret Secret::copy_of(std::string_view bytes) {
  SecretBuffer buffer(bytes.size());
  buffer.append(bytes);
  return std::move(buffer).finish();
}

Secret::Secret(Secret&& other) noexcept
    : pages_(std::move(other.pages_)), size_(std::exchange(other.size_, 0)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this == &other) return *this;
  // Not swapped: what this held is to be wiped now.
  SecretPages emptied = std::move(pages_);
  pages_ = std::move(other.pages_);
  size_ = std::exchange(other.size_, 0);
  return *this;
}

bool Secret::has_same_bytes(const Secret& other) const {
  if (size_ != other.size_) return false;
  unsigned char difference = 0;
  for (std::size_t i = 0; i < size_; ++i) {
    difference |= static_cast<unsigned char>(pages_.data()[i] ^ other.pages_.data()[i]);
  }
  return difference == 0;
}

void SecretBuffer::append(std::string_view bytes) {
  if (!bytes.empty()) memcpy(extend(bytes.size()), bytes.data(), bytes.size());
}

char* SecretBuffer::extend(std::size_t size) {
  if (pages_.capacity() - size_ < size) {
    SecretPages wider(std::max(size_ + size, 2 * pages_.capacity()));
    if (size_ > 0) memcpy(wider.data(), pages_.data(), size_);
    pages_ = std::move(wider);
  }
  size_ += size;
  return pages_.data() + (size_ - size);
}

void SecretBuffer::shrink_to(std::size_t size) {
  assert(size <= size_);
  if (size < size_) explicit_bzero(pages_.data() + size, size_ - size);
  size_ = size;
}

Secret SecretBuffer::finish() && {
  return {std::move(pages_), std::exchange(size_, 0)};
}

void wipe(std::string& text) {
  // Its whole room: a longer text may have been there before.
  text.resize(text.capacity());
  explicit_bzero(text.data(), text.size());
  text.clear();
}

bool secret_memory_is_locked() {
  const std::size_t size = whole_pages(1);
  void* pages = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED) return false;
  const bool is_locked = guard(pages, size);
  munmap(pages, size);
  return is_locked;
}

}  // namespace goflow::core
