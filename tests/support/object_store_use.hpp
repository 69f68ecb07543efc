// Short words for what tests do with a blob store; each requires that it goes well.
#pragma once

#include "core/claimcheck/object_store.hpp"

#include <doctest/doctest.h>

#include <set>
#include <string>

namespace goflow::test {

inline core::BlobKey put(core::ObjectStore& store,
                         std::string_view bytes,
                         std::optional<core::BlobKey> key = std::nullopt) {
  core::MemorySource body(bytes);
  auto stored = store.put(body, core::PutInfo{.key = std::move(key)});
  REQUIRE_MESSAGE(stored.ok(), stored.error().message);
  return *stored;
}

inline std::string get(core::ObjectStore& store, const core::BlobKey& key) {
  auto stream = store.get(key);
  REQUIRE_MESSAGE(stream.ok(), stream.error().message);
  REQUIRE(stream->has_value());
  auto bytes = (*stream)->read_all(256UL * 1024 * 1024);
  REQUIRE_MESSAGE(bytes.ok(), bytes.error().message);
  return *std::move(bytes);
}

inline bool has(core::ObjectStore& store, const core::BlobKey& key) {
  const auto there = store.stat(key);
  REQUIRE_MESSAGE(there.ok(), there.error().message);
  return there->has_value();
}

inline std::set<core::BlobKey> keys_of(core::ObjectStore& store) {
  std::set<core::BlobKey> keys;
  const auto listed = store.list_keys([&](const core::ObjectStat& object) {
    keys.insert(object.key);
    return true;
  });
  REQUIRE_MESSAGE(listed.ok(), listed.error().message);
  return keys;
}

/// What an Error says; "" where there is none.
template <class T>
std::string message_of(const core::Result<T>& result) {
  return result.ok() ? "" : result.error().message;
}

}  // namespace goflow::test
