// What an S3 store and its retries make of a service or a network that does not do its part.
#include "storage/blobs/retrying_store.hpp"
#include "storage/blobs/s3_store.hpp"
#include "tests/s3/s3_server.hpp"
#include "tests/s3/s3_use.hpp"
#include "tests/support/object_store_use.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <thread>

using namespace goflow;
using core::BlobKey;
using core::ErrorCode;
using storage::RetryAfter;
using storage::RetryingStore;
using storage::RetryPolicy;
using storage::S3Service;
using storage::S3Store;
using test::fresh_place;
using test::get;
using test::has;
using test::keys_of;
using test::make_store;
using test::message_of;
using test::put;
using test::S3Server;
using test::shared_s3_server;

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;

/// With a secret that a message would show.
S3Service with_keys(const std::string& id, const std::string& secret) {
  S3Service service = shared_s3_server().service();
  service.access_key_id = core::Secret::copy_of(id);
  service.secret_access_key = core::Secret::copy_of(secret);
  return service;
}

core::Error error_of_put(core::ObjectStore& store, std::string_view bytes = "some bytes") {
  core::MemorySource body(bytes);
  const auto stored = store.put(body, {});
  REQUIRE_FALSE(stored.ok());
  return stored.error();
}

/// Waits for real, and remembers how long.
struct Retrying {
  std::vector<milliseconds> slept = {};
  std::unique_ptr<RetryingStore> store = nullptr;

  explicit Retrying(S3Service service) {
    const auto retry_after = std::make_shared<RetryAfter>();
    RetryPolicy policy;
    policy.first_delay = 20ms;
    policy.sleep = [this](milliseconds time) {
      slept.push_back(time);
      std::this_thread::sleep_for(std::min(time, 50ms));
    };
    store = std::make_unique<RetryingStore>(
        std::make_unique<S3Store>(std::move(service), fresh_place(), retry_after),
        retry_after,
        policy);
  }
};

std::string pattern(std::size_t size) {
  std::string bytes;
  for (std::size_t i = 0; bytes.size() < size; ++i) {
    bytes += std::to_string(i) + ",";
  }
  return bytes;
}

}  // namespace

TEST_CASE("a bucket that is missing is an error, not a missing object") {
  const auto store = make_store(shared_s3_server().service(), {"elsewhere", "p/"});
  CHECK(error_of_put(*store).message == "s3 put failed: 404 NoSuchBucket");
  CHECK(error_of_put(*store).code == ErrorCode::failed_precondition);
  CHECK(error_of_put(*store).hint.find("R2_BUCKET") != std::string::npos);
  CHECK(message_of(store->get(BlobKey::random())) == "s3 get failed: 404 NoSuchBucket");
  CHECK(message_of(store->list_keys([](const auto&) { return true; })) ==
        "s3 list failed: 404 NoSuchBucket");
  CHECK(message_of(store->health()) == "s3 health check failed: 404");
  CHECK(store->remove(BlobKey::random()).ok());
}

TEST_CASE("keys that do not fit are refused, and shown in no message") {
  const std::string secret = "hushhush/secret+key";
  for (const bool is_known : {true, false}) {
    const std::string id = is_known ? "S3RVER" : "HUSHHUSHKEYID";
    const std::string code = is_known ? "SignatureDoesNotMatch" : "InvalidAccessKeyId";
    const auto store = make_store(with_keys(id, secret));
    CHECK(error_of_put(*store).message == "s3 put failed: 403 " + code);
    CHECK(error_of_put(*store).hint.find("R2_ACCESS_KEY_ID") != std::string::npos);
    CHECK(message_of(store->get(BlobKey::random())) == "s3 get failed: 403 " + code);
    CHECK(message_of(store->stat(BlobKey::random())) == "s3 stat failed: 403");
    CHECK(message_of(store->remove(BlobKey::random())) == "s3 delete failed: 403 " + code);
    CHECK(message_of(store->list_keys([](const auto&) { return true; })) ==
          "s3 list failed: 403 " + code);
    CHECK(message_of(store->health()) == "s3 health check failed: 403");
  }
}

TEST_CASE("keys with any characters sign alike") {
  // A colon would part id and secret in other uses of the same two options.
  const auto store = make_store(with_keys("S3:RVER", "S3RVER"));
  CHECK(error_of_put(*store).message == "s3 put failed: 403 InvalidAccessKeyId");
}

TEST_CASE("a clock that is wrong is said to be") {
  const auto store = make_store(shared_s3_server().service());
  shared_s3_server().tell("clock 3600");
  const core::Error error = error_of_put(*store);
  shared_s3_server().tell("clock 0");
  CHECK(error.message == "s3 put failed: 403 RequestTimeTooSkewed");
  CHECK(error.hint == "set the clock of this machine: timedatectl status");
}

TEST_CASE("failures of the service are named, with the number of the request") {
  const auto store = make_store(shared_s3_server().service());
  shared_s3_server().tell("after 1");
  shared_s3_server().tell("fail 500 1");
  const core::Error error = error_of_put(*store);
  CHECK(error.message == "s3 put failed: 500 InternalError (request TESTREQUEST1)");
  CHECK(error.code == ErrorCode::unavailable);
  struct Expected {
    int status;
    ErrorCode code;
  };
  for (const Expected expected : {Expected{408, ErrorCode::unavailable},
                                  Expected{429, ErrorCode::unavailable},
                                  Expected{503, ErrorCode::unavailable},
                                  Expected{400, ErrorCode::failed_precondition},
                                  Expected{409, ErrorCode::failed_precondition},
                                  Expected{301, ErrorCode::failed_precondition}}) {
    CAPTURE(expected.status);
    shared_s3_server().tell("fail " + std::to_string(expected.status) + " 1");
    const auto got = store->get(BlobKey::random());
    REQUIRE_FALSE(got.ok());
    CHECK(got.error().code == expected.code);
  }
}

TEST_CASE("failures that pass are not noticed, but for the time") {
  Retrying retrying(shared_s3_server().service());
  shared_s3_server().tell("fail 500 2");
  const BlobKey key = put(*retrying.store, "after two failures");
  CHECK(retrying.slept.size() == 2);
  shared_s3_server().tell("drop 2");
  CHECK(get(*retrying.store, key) == "after two failures");
  shared_s3_server().tell("fail 503 2");
  CHECK(keys_of(*retrying.store) == std::set<BlobKey>{key});
  shared_s3_server().tell("slow 1 300");
  CHECK(has(*retrying.store, key));
  shared_s3_server().tell("fail 500 3");
  CHECK(message_of(retrying.store->health()) ==
        "s3 health check failed: 500 (request TESTREQUEST1)");
}

TEST_CASE("an upload that is cut is sent again from its front") {
  Retrying retrying(shared_s3_server().service());
  const std::string bytes = pattern(3'000'000);
  shared_s3_server().tell("after 1");
  shared_s3_server().tell("fail 500 1");
  CHECK(get(*retrying.store, put(*retrying.store, bytes)) == bytes);
  CHECK(retrying.slept.size() == 1);

  // libcurl may see to this by itself: the connection had been used before.
  const std::string other = bytes + "more";
  shared_s3_server().tell("after 1");
  shared_s3_server().tell("drop 1");
  CHECK(get(*retrying.store, put(*retrying.store, other)) == other);
}

TEST_CASE("a refusal that comes before the body was sent is understood") {
  const auto store = make_store(shared_s3_server().service());
  const std::string bytes = pattern(20'000'000);
  for (int i = 0; i < 3; ++i) {
    shared_s3_server().tell("after 1");
    shared_s3_server().tell("early 403 1");
    CHECK(error_of_put(*store, bytes).message ==
          "s3 put failed: 403 InternalError (request TESTREQUEST1)");
  }
  CHECK(get(*store, put(*store, bytes)) == bytes);
}

TEST_CASE("a service that is too busy says when to come again") {
  Retrying retrying(shared_s3_server().service());
  shared_s3_server().tell("fail 503 1 7");
  CHECK(retrying.store->health().ok());
  REQUIRE(retrying.slept.size() == 1);
  CHECK(retrying.slept[0] > 6s);
  CHECK(retrying.slept[0] <= 7s);

  Retrying impatient(shared_s3_server().service());
  shared_s3_server().tell("fail 429 1 60");
  CHECK(message_of(impatient.store->health()) ==
        "s3 health check failed: 429 (request TESTREQUEST1)");
  CHECK(impatient.slept.empty());
}

TEST_CASE("a service that does not answer is not waited for forever") {
  S3Service service = shared_s3_server().service();
  service.patience.trickle = 200ms;
  const auto store = make_store(std::move(service));
  shared_s3_server().tell("hang 1");
  const auto begin = std::chrono::steady_clock::now();
  const auto health = store->health();
  REQUIRE_FALSE(health.ok());
  CHECK(health.error().code == ErrorCode::timed_out);
  CHECK(health.error().message.find("is too slow: it hardly sends or takes anything") !=
        std::string::npos);
  CHECK(std::chrono::steady_clock::now() - begin < 5s);
}

TEST_CASE("a download that is cut is an error, and goes on where it was with retries") {
  const std::string bytes = pattern(4'000'000);
  Retrying retrying(shared_s3_server().service());
  const BlobKey key = put(*retrying.store, bytes);
  shared_s3_server().tell("cut 1 1000000");
  shared_s3_server().tell("cut 1 2500001");
  CHECK(get(*retrying.store, key) == bytes);
  CHECK(retrying.slept.size() == 2);

  const auto place = fresh_place();
  const auto store = make_store(shared_s3_server().service(), place);
  const BlobKey same = put(*store, bytes);
  shared_s3_server().tell("cut 1 1000000");
  auto stream = store->get(same);
  REQUIRE(stream.ok());
  const auto read = (*stream)->read_all(bytes.size());
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().message.starts_with("s3 get failed: the connection to '127.0.0.1:"));
  CHECK(read.error().code == ErrorCode::unavailable);
}

TEST_CASE("a listing that is cut is asked for again") {
  Retrying retrying(shared_s3_server().service());
  std::set<BlobKey> keys;
  for (int i = 0; i < 30; ++i) {
    keys.insert(put(*retrying.store, std::to_string(i)));
  }
  shared_s3_server().tell("cut 1 2000");
  CHECK(keys_of(*retrying.store) == keys);
  CHECK(retrying.slept.size() == 1);
}

TEST_CASE("a server that is gone is an error soon, and is found again when it is back") {
  S3Server server;
  const auto store = make_store(server.service());
  Retrying retrying(server.service());
  const BlobKey key = put(*retrying.store, "before");
  put(*store, "before");
  server.stop();
  const auto begin = std::chrono::steady_clock::now();
  CHECK(
      error_of_put(*retrying.store).message.starts_with("s3 put failed: cannot reach '127.0.0.1:"));
  CHECK(retrying.slept.size() == 2);
  CHECK(std::chrono::steady_clock::now() - begin < 10s);
  server.start();
  CHECK(get(*retrying.store, key) == "before");
  CHECK(retrying.slept.size() == 2);

  // A connection that was kept and has died since is no failure, without any retries of ours.
  put(*store, "afterwards");
  server.stop();
  server.start();
  put(*store, "once more");
}

TEST_CASE("a body that cannot be read on says why, and whatever a server kept of it is replaced") {
  class Broken final : public core::ByteSource {
   public:
    [[nodiscard]] std::uint64_t size() const override { return 200'000; }
    core::Result<std::size_t> read(std::span<char> buffer) override {
      // The hash is made of it first; the second time it breaks.
      if (times_ == 2 && given_ > 100'000) {
        return core::Error{ErrorCode::internal, "the disk is broken"};
      }
      const std::size_t count = std::min<std::size_t>(buffer.size(), size() - given_);
      std::fill_n(buffer.data(), count, 'x');
      given_ += count;
      return count;
    }
    core::Result<void> rewind() override {
      ++times_;
      given_ = 0;
      return {};
    }

   private:
    int times_ = 0;
    std::size_t given_ = 0;
  };
  const auto store = make_store(shared_s3_server().service());
  Broken body;
  const BlobKey key = BlobKey::random();
  CHECK(message_of(store->put(body, core::PutInfo{.key = key})) ==
        "s3 put failed: the disk is broken");
  const std::string whole(200'000, 'y');
  put(*store, whole, key);
  CHECK(get(*store, key) == whole);
}
