#include "core/claimcheck/read_cache.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow;
using core::BlobKey;
using core::ReadCache;

namespace {

struct Cache {
  ReadCache cache{400};
  ReadCache::User stores = cache.new_user();
  ReadCache::User values = cache.new_user();
  BlobKey key = BlobKey::random();

  void add_bytes(const BlobKey& of, std::size_t size) {
    cache.add(
        {stores, of}, std::make_shared<const std::string>(size, 'x'), size, cache.forgotten());
  }
  void add_value(const BlobKey& of, std::size_t size, int form = 0) {
    cache.add({values, of, form}, core::Value(form), size, cache.forgotten());
  }
  bool has_bytes(const BlobKey& of) { return cache.find({stores, of}).has_value(); }
  bool has_value(const BlobKey& of, int form = 0) {
    return cache.find({values, of, form}).has_value();
  }
};

}  // namespace

TEST_CASE_FIXTURE(Cache, "bytes and values share one bound") {
  const BlobKey keys[]{BlobKey::random(), BlobKey::random(), BlobKey::random(), BlobKey::random()};
  add_bytes(keys[0], 100);
  add_bytes(keys[1], 100);
  add_value(keys[2], 100);
  add_value(keys[3], 100);
  CHECK(has_bytes(keys[0]));
  add_value(key, 100);
  CHECK_FALSE(has_bytes(keys[1]));
  CHECK(has_bytes(keys[0]));
  CHECK(has_value(keys[2]));
  CHECK(has_value(keys[3]));
  CHECK(has_value(key));
}

TEST_CASE_FIXTURE(Cache, "what is larger than a quarter of the bound is not kept") {
  add_value(key, 101);
  CHECK_FALSE(has_value(key));
  add_value(key, 100);
  CHECK(has_value(key));
}

TEST_CASE_FIXTURE(Cache, "nobody finds what another one keeps, or another form of it") {
  add_value(key, 10, 1);
  CHECK_FALSE(has_bytes(key));
  CHECK_FALSE(has_value(key, 2));
  REQUIRE(has_value(key, 1));
  CHECK(std::get<core::Value>(*cache.find({values, key, 1})) == core::Value(1));
}

TEST_CASE_FIXTURE(Cache, "what was read before something was forgotten is not kept") {
  const std::uint64_t before = cache.forgotten();
  add_bytes(key, 10);
  cache.forget({stores, key});
  CHECK_FALSE(has_bytes(key));
  cache.add({stores, key}, std::make_shared<const std::string>("old"), 3, before);
  CHECK_FALSE(has_bytes(key));
}
