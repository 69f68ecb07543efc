#include "tests/contract/object_store_contract.hpp"

#include "core/base/sha256.hpp"
#include "tests/contract/contract_case.hpp"
#include "tests/support/object_store_use.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>
#include <vector>

namespace goflow::test {
namespace {

using core::BlobKey;
using core::ObjectStat;
using core::ObjectStore;

std::string every_byte_value() {
  std::string bytes;
  for (int value = 0; value < 256; ++value) {
    bytes += static_cast<char>(value);
  }
  return bytes;
}

const std::string& long_text() {
  static const std::string made = [] {
    std::string text;
    while (text.size() < 1'500'000) {
      text += "line " + std::to_string(text.size()) + "\r\n";
    }
    return text;
  }();
  return made;
}

/// Has the size that it says, and cannot be read.
class UnreadableSource final : public core::ByteSource {
 public:
  explicit UnreadableSource(std::uint64_t size) : size_(size) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  core::Result<std::size_t> read(std::span<char> /*buffer*/) override {
    return core::Error{core::ErrorCode::internal, "nobody may read this"};
  }
  core::Result<void> rewind() override { return {}; }

 private:
  std::uint64_t size_;
};

/// Ends before the size that it says.
class ShortSource final : public core::ByteSource {
 public:
  explicit ShortSource(std::string_view bytes) : bytes_(bytes), size_(bytes.size() + 7) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  core::Result<std::size_t> read(std::span<char> buffer) override { return bytes_.read(buffer); }
  core::Result<void> rewind() override { return bytes_.rewind(); }

 private:
  core::MemorySource bytes_;
  std::uint64_t size_;
};

void bytes_come_back_as_they_were(ObjectStore& store) {
  for (const std::string& bytes :
       {std::string(), std::string(1, '\0'), every_byte_value(), long_text()}) {
    const BlobKey key = put(store, bytes);
    CHECK(get(store, key) == bytes);
  }
}

void a_key_is_made_of_the_content(ObjectStore& store) {
  const BlobKey key = put(store, "\"hello\"");
  CHECK(key.text() == "5aa762ae-383f-8b72-baf3-c7a36d4940a5");
  CHECK(put(store, "").text() == "e3b0c442-98fc-8c14-9afb-f4c8996fb924");
}

void a_key_that_is_given_is_used(ObjectStore& store) {
  const BlobKey key = BlobKey::random();
  CHECK(put(store, "bytes", key) == key);
  CHECK(get(store, key) == "bytes");
  CHECK_FALSE(has(store, BlobKey::of_content(core::sha256("bytes"))));
}

void absence_is_a_value(ObjectStore& store) {
  const BlobKey key = BlobKey::random();
  const auto got = store.get(key);
  REQUIRE(got.ok());
  CHECK_FALSE(got->has_value());
  CHECK_FALSE(has(store, key));
}

void size_and_time_are_told(ObjectStore& store) {
  const core::Timestamp before = core::SystemClock().now() - std::chrono::seconds(2);
  const BlobKey key = put(store, "seven b");
  const auto there = store.stat(key);
  REQUIRE(there.ok());
  REQUIRE(there->has_value());
  CHECK((*there)->key == key);
  CHECK((*there)->size == 7);
  CHECK((*there)->modified >= before);
  CHECK((*there)->modified <= core::SystemClock().now() + std::chrono::seconds(2));
}

void putting_again_moves_no_bytes(ObjectStore& store) {
  const BlobKey key = put(store, "what was first");
  UnreadableSource body(14);
  const auto again = store.put(body, core::PutInfo{.key = key});
  REQUIRE(again.ok());
  CHECK(*again == key);
  CHECK(get(store, key) == "what was first");
}

void what_has_another_length_is_replaced(ObjectStore& store) {
  const BlobKey key = BlobKey::random();
  put(store, "half of", key);
  put(store, "half of it was missing", key);
  CHECK(get(store, key) == "half of it was missing");
}

void a_source_is_read_from_its_front(ObjectStore& store) {
  core::MemorySource body("read more than once");
  std::array<char, 4> piece{};
  REQUIRE(body.read(piece).ok());
  const auto key = store.put(body, {});
  REQUIRE(key.ok());
  CHECK(get(store, *key) == "read more than once");
  const auto other = store.put(body, core::PutInfo{.key = BlobKey::random()});
  REQUIRE(other.ok());
  CHECK(get(store, *other) == "read more than once");
}

void what_cannot_be_read_is_not_stored(ObjectStore& store) {
  const BlobKey key = BlobKey::random();
  UnreadableSource unreadable(20);
  CHECK_FALSE(store.put(unreadable, core::PutInfo{.key = key}).ok());
  ShortSource too_short("too short");
  CHECK_FALSE(store.put(too_short, core::PutInfo{.key = key}).ok());
  CHECK_FALSE(has(store, key));
  CHECK(keys_of(store).empty());
}

void what_is_removed_is_gone(ObjectStore& store) {
  const BlobKey key = put(store, "soon gone");
  const BlobKey other = put(store, "stays");
  CHECK(store.remove(key).ok());
  CHECK_FALSE(has(store, key));
  CHECK_FALSE(store.get(key)->has_value());
  CHECK(store.remove(key).ok());
  CHECK(get(store, other) == "stays");
  put(store, "soon gone");
  CHECK(get(store, key) == "soon gone");
}

void a_stream_is_read_in_pieces_of_any_size(ObjectStore& store) {
  const std::string& bytes = long_text();
  const BlobKey key = put(store, bytes);
  auto stream = store.get(key);
  REQUIRE(stream.ok());
  std::string read;
  for (const std::size_t size : {1UL, 5UL, 70'000UL, 3UL, 400'000UL, 2'000'000UL}) {
    std::vector<char> piece(size);
    const auto count = (*stream)->read(piece);
    REQUIRE(count.ok());
    read.append(piece.data(), *count);
  }
  auto rest = (*stream)->read_all(bytes.size());
  REQUIRE(rest.ok());
  CHECK(read + *rest == bytes);
  std::array<char, 10> nothing{};
  CHECK(*(*stream)->read(nothing) == 0);
}

void streams_go_on_side_by_side(ObjectStore& store) {
  const std::string& bytes = long_text();
  const BlobKey key = put(store, bytes);
  auto one = store.get(key);
  auto other = store.get(key);
  REQUIRE((one.ok() && other.ok()));
  std::vector<char> piece(1000);
  REQUIRE((*one)->read(piece).ok());
  CHECK((*other)->read_all(bytes.size()).value() == bytes);
  CHECK(has(store, key));
  CHECK((*one)->read_all(bytes.size())->size() > bytes.size() - 1001);
}

void a_stream_may_be_left_unread(ObjectStore& store) {
  const BlobKey key = put(store, long_text());
  for (int i = 0; i < 3; ++i) {
    auto stream = store.get(key);
    REQUIRE(stream.ok());
    std::array<char, 10> piece{};
    CHECK((*stream)->read(piece).ok());
  }
  CHECK(get(store, key) == long_text());
}

void all_keys_are_listed(ObjectStore& store) {
  CHECK(keys_of(store).empty());
  std::set<BlobKey> keys;
  for (int i = 0; i < 20; ++i) {
    keys.insert(put(store, "blob " + std::to_string(i)));
  }
  std::set<BlobKey> listed;
  const core::Timestamp hour_ago = core::SystemClock().now() - std::chrono::hours(1);
  const auto visited = store.list_keys([&](const ObjectStat& object) {
    CHECK(object.size >= 6);
    CHECK(object.size <= 7);
    CHECK(object.modified > hour_ago);
    CHECK(listed.insert(object.key).second);
    return true;
  });
  CHECK(visited.ok());
  CHECK(listed == keys);
}

void listing_stops_when_told(ObjectStore& store) {
  for (int i = 0; i < 5; ++i) {
    put(store, "blob " + std::to_string(i));
  }
  int visits = 0;
  CHECK(store.list_keys([&](const ObjectStat&) { return ++visits < 2; }).ok());
  CHECK(visits == 2);
}

void threads_may_put_the_same_at_once(ObjectStore& store) {
  const std::string& bytes = long_text();
  const BlobKey key = BlobKey::of_content(core::sha256(bytes));
  std::atomic<int> stored = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&] {
        core::MemorySource body(bytes);
        if (store.put(body, core::PutInfo{.key = key}).ok()) ++stored;
      });
    }
  }
  CHECK(stored == 8);
  CHECK(get(store, key) == bytes);
  CHECK(keys_of(store).size() == 1);
}

void threads_may_do_different_things(ObjectStore& store) {
  std::atomic<int> right = 0;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
      threads.emplace_back([&store, &right, i] {
        const std::string bytes = std::string(10'000, 'x') + std::to_string(i);
        core::MemorySource body(bytes);
        const auto key = store.put(body, {});
        if (!key) return;
        auto stream = store.get(*key);
        if (!stream || !*stream) return;
        const auto read = (*stream)->read_all(bytes.size());
        if (read && *read == bytes && store.stat(*key).ok() && store.remove(*key).ok()) ++right;
      });
    }
  }
  CHECK(right == 8);
  CHECK(keys_of(store).empty());
}

void it_is_healthy(ObjectStore& store) {
  CHECK(store.health().ok());
  CHECK(keys_of(store).empty());
}

}  // namespace

void object_store_contract(const std::function<std::unique_ptr<ObjectStore>()>& make) {
  GOFLOW_CONTRACT_CASE(bytes_come_back_as_they_were)
  GOFLOW_CONTRACT_CASE(a_key_is_made_of_the_content)
  GOFLOW_CONTRACT_CASE(a_key_that_is_given_is_used)
  GOFLOW_CONTRACT_CASE(absence_is_a_value)
  GOFLOW_CONTRACT_CASE(size_and_time_are_told)
  GOFLOW_CONTRACT_CASE(putting_again_moves_no_bytes)
  GOFLOW_CONTRACT_CASE(what_has_another_length_is_replaced)
  GOFLOW_CONTRACT_CASE(a_source_is_read_from_its_front)
  GOFLOW_CONTRACT_CASE(what_cannot_be_read_is_not_stored)
  GOFLOW_CONTRACT_CASE(what_is_removed_is_gone)
  GOFLOW_CONTRACT_CASE(a_stream_is_read_in_pieces_of_any_size)
  GOFLOW_CONTRACT_CASE(streams_go_on_side_by_side)
  GOFLOW_CONTRACT_CASE(a_stream_may_be_left_unread)
  GOFLOW_CONTRACT_CASE(all_keys_are_listed)
  GOFLOW_CONTRACT_CASE(listing_stops_when_told)
  GOFLOW_CONTRACT_CASE(threads_may_put_the_same_at_once)
  GOFLOW_CONTRACT_CASE(threads_may_do_different_things)
  GOFLOW_CONTRACT_CASE(it_is_healthy)
}

}  // namespace goflow::test
