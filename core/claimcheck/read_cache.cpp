#include "core/claimcheck/read_cache.hpp"

#include <utility>

namespace goflow::core {

ReadCache::User ReadCache::new_user() {
  const std::lock_guard lock(mutex_);
  return ++last_user_;
}

std::optional<ReadCache::Content> ReadCache::find(const Name& name) {
  const std::lock_guard lock(mutex_);
  const auto place = places_.find(name);
  if (place == places_.end()) return std::nullopt;
  entries_.splice(entries_.begin(), entries_, place->second);
  return place->second->content;
}

std::uint64_t ReadCache::forgotten() {
  const std::lock_guard lock(mutex_);
  return forgotten_;
}

void ReadCache::add(const Name& name, Content content, std::size_t size, std::uint64_t forgotten) {
  if (size > largest()) return;
  const std::lock_guard lock(mutex_);
  if (forgotten != forgotten_ || places_.contains(name)) return;
  entries_.push_front(Entry{name, std::move(content), size});
  places_.emplace(name, entries_.begin());
  size_ += size;
  while (size_ > limit_) {
    drop(places_.find(entries_.back().name));
  }
}

void ReadCache::forget(const Name& name) {
  const std::lock_guard lock(mutex_);
  ++forgotten_;
  const auto place = places_.find(name);
  if (place != places_.end()) drop(place);
}

void ReadCache::drop(Places::iterator place) {
  size_ -= place->second->size;
  entries_.erase(place->second);
  places_.erase(place);
}

}  // namespace goflow::core
