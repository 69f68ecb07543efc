#include "storage/blobs/s3_store.hpp"

#include "core/value/json.hpp"
#include "tests/contract/object_store_contract.hpp"
#include "tests/s3/s3_server.hpp"
#include "tests/s3/s3_use.hpp"
#include "tests/support/object_store_use.hpp"
#include "tests/support/peak_memory.hpp"

#include <doctest/doctest.h>

#include <stdio.h>

#include <thread>

using namespace goflow;
using core::BlobKey;
using core::ErrorCode;
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

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
// Sanitizers keep what was freed for a while, and books of their own.
constexpr std::size_t a_little = 32UL * 1024 * 1024;
#else
constexpr std::size_t a_little = 3UL * 1024 * 1024;
#endif

/// What the shared server was asked since this was called last.
core::Array requests() {
  const auto told = core::parse_json(shared_s3_server().tell("requests"));
  REQUIRE(told.ok());
  return told->as_array();
}

std::string text_at(const core::Value& request, const char* name) {
  const core::Value* value = request.find(name);
  return value == nullptr ? "" : value->as_text();
}

std::string header_of(const core::Value& request, const char* name) {
  return text_at(*request.find("headers"), name);
}

std::string methods_of(const core::Array& asked) {
  std::string methods;
  for (const core::Value& request : asked) {
    methods += (methods.empty() ? "" : " ") + text_at(request, "method");
  }
  return methods;
}

/// Says that it has so many bytes; nobody may ask for them.
class HugeSource final : public core::ByteSource {
 public:
  explicit HugeSource(std::uint64_t size) : size_(size) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }
  core::Result<std::size_t> read(std::span<char> /*buffer*/) override {
    FAIL("nobody may read this");
    return std::size_t{0};
  }
  core::Result<void> rewind() override { return {}; }

 private:
  std::uint64_t size_;
};

}  // namespace

TEST_CASE("the S3 store keeps the contract of blob stores") {
  test::object_store_contract([] { return make_store(shared_s3_server().service()); });
}

TEST_CASE("a put asks first, and an object that is there is not sent again") {
  const auto store = make_store(shared_s3_server().service());
  shared_s3_server().tell("requests");
  put(*store, "the same bytes");
  CHECK(methods_of(requests()) == "HEAD PUT");
  put(*store, "the same bytes");
  const core::Array again = requests();
  CHECK(methods_of(again) == "HEAD");
  CHECK(again.at(0).find("bytes")->as_integer() == 0);
}

TEST_CASE("every request is signed for its region, and says what its body hashes to") {
  S3Service service = shared_s3_server().service();
  service.region = "eu-central-1";
  const auto store = make_store(std::move(service));
  shared_s3_server().tell("requests");
  const BlobKey key = put(*store, "signed");
  get(*store, key);
  keys_of(*store);
  CHECK(store->remove(key).ok());
  CHECK(store->health().ok());
  const core::Array asked = requests();
  CHECK(methods_of(asked) == "HEAD PUT GET GET DELETE HEAD");
  for (const core::Value& request : asked) {
    CAPTURE(text_at(request, "url"));
    CHECK(header_of(request, "authorization").find("/eu-central-1/s3/aws4_request") !=
          std::string::npos);
    CHECK(header_of(request, "authorization").find("x-amz-content-sha256") != std::string::npos);
    const core::Value* hash_is_right = request.find("hash_is_right");
    if (hash_is_right != nullptr) CHECK(hash_is_right->as_boolean());
  }
}

TEST_CASE("an object carries where it comes from, and no encoding that others would undo") {
  const auto store = make_store(shared_s3_server().service());
  shared_s3_server().tell("requests");
  core::MemorySource body("\x1f\x8b compressed");
  core::PutInfo info;
  info.content_type = "application/gzip";
  info.sha256 = std::string(64, 'a');
  info.original_size = 5'000;
  info.execution_id = "wex-01kf8m2q5v7d3x9a4b6c8e0g1h";
  REQUIRE(store->put(body, info).ok());
  put(*store, "bare");
  const core::Array asked = requests();
  const core::Value& described = asked.at(1);
  CHECK(header_of(described, "content-type") == "application/gzip");
  CHECK(header_of(described, "x-amz-meta-goflow-execution") == "wex-01kf8m2q5v7d3x9a4b6c8e0g1h");
  CHECK(header_of(described, "x-amz-meta-goflow-sha256") == std::string(64, 'a'));
  CHECK(header_of(described, "x-amz-meta-goflow-size") == "5000");
  CHECK(header_of(described, "content-length") == "13");
  CHECK(described.find("headers")->find("content-encoding") == nullptr);
  const core::Value& bare = asked.at(3);
  CHECK(header_of(bare, "content-type") == "application/octet-stream");
  CHECK(header_of(bare, "x-amz-meta-goflow-execution") == "manual");
  CHECK(header_of(bare, "x-amz-meta-goflow-sha256") == core::sha256_hex("bare"));
  CHECK(header_of(bare, "x-amz-meta-goflow-size") == "4");
}

TEST_CASE("prefixes keep homes apart, and what is no blob of ours is not listed") {
  const S3Server& server = shared_s3_server();
  const auto one = make_store(server.service(), {"bucket", "apart/one/"});
  const auto other = make_store(server.service(), {"bucket", "apart/other-"});
  const auto above = make_store(server.service(), {"bucket", "apart/"});
  const BlobKey key = put(*one, "of one");
  const BlobKey other_key = put(*other, "of the other");
  CHECK(keys_of(*one) == std::set<BlobKey>{key});
  CHECK(keys_of(*other) == std::set<BlobKey>{other_key});
  CHECK(keys_of(*above).empty());
  CHECK_FALSE(has(*one, other_key));
}

TEST_CASE("a listing goes on after its first thousand") {
  const auto place = fresh_place();
  const auto store = make_store(shared_s3_server().service(), place);
  std::set<BlobKey> keys;
  for (int i = 0; i < 1'010; ++i) {
    keys.insert(BlobKey::random());
  }
  shared_s3_server().lay_objects(place.prefix, keys);
  shared_s3_server().tell("requests");
  CHECK(keys_of(*store) == keys);
  CHECK(methods_of(requests()) == "GET GET");

  int visits = 0;
  CHECK(store->list_keys([&](const core::ObjectStat&) { return ++visits < 1'005; }).ok());
  CHECK(visits == 1'005);
  CHECK(methods_of(requests()) == "GET GET");
}

TEST_CASE("64 MiB go up and down in a little memory") {
  const auto store = make_store(shared_s3_server().service());
  constexpr std::size_t size = 64UL * 1024 * 1024;
  std::FILE* file = tmpfile();
  REQUIRE(file != nullptr);
  core::Sha256 hash;
  {
    std::string piece(1UL << 20, 'x');
    for (std::size_t i = 0; i < size; i += piece.size()) {
      piece.replace(0, 20, std::to_string(i) + "abcdefghijklmnopqrst", 0, 20);
      REQUIRE(fwrite(piece.data(), 1, piece.size(), file) == piece.size());
      hash.update(piece);
    }
    fflush(file);
  }
  // What libcurl needs in any case shall not count.
  get(*store, put(*store, std::string(2'000'000, 'x')));
  test::PeakMemory memory;
  core::FileSource body(fileno(file), size);
  const auto key = store->put(body, {});
  REQUIRE_MESSAGE(key.ok(), key.error().message);
  CHECK(*key == BlobKey::of_content(hash.finish()));
  auto stream = store->get(*key);
  REQUIRE(stream.ok());
  // Meanwhile the server sends as much as the network holds.
  std::this_thread::sleep_for(std::chrono::milliseconds(200));
  core::Sha256 read_hash;
  std::vector<char> piece(100'000);
  while (true) {
    const auto count = (*stream)->read(piece);
    REQUIRE(count.ok());
    if (*count == 0) break;
    read_hash.update({piece.data(), *count});
  }
  CHECK(BlobKey::of_content(read_hash.finish()) == *key);
  CHECK(memory.growth() < a_little);
  fclose(file);
}

TEST_CASE("what is too large for one upload is refused before anything is asked") {
  const auto store = make_store(shared_s3_server().service());
  shared_s3_server().tell("requests");
  HugeSource body((4ULL << 30) + 1);
  const auto stored = store->put(body, {});
  CHECK(message_of(stored) ==
        "s3 put failed: 4294967297 bytes are more than the 4 GiB that one upload may have");
  CHECK(stored.error().code == ErrorCode::failed_precondition);
  CHECK(requests().empty());
}

TEST_CASE("a reader that is busy elsewhere does not end its download") {
  const auto place = fresh_place();
  const std::string bytes(8'000'000, 'x');
  const BlobKey key = put(*make_store(shared_s3_server().service(), place), bytes);
  S3Service service = shared_s3_server().service();
  service.patience.trickle = std::chrono::milliseconds(600);
  const auto store = make_store(std::move(service), place);
  auto stream = store->get(key);
  REQUIRE(stream.ok());
  std::vector<char> piece(1'000);
  for (int i = 0; i < 2; ++i) {
    REQUIRE((*stream)->read(piece).ok());
    std::this_thread::sleep_for(std::chrono::milliseconds(800));
  }
  const auto rest = (*stream)->read_all(bytes.size());
  REQUIRE_MESSAGE(rest.ok(), rest.error().message);
  CHECK(rest->size() == bytes.size() - 2'000);
}

TEST_CASE("a service that shows a certificate is believed only if somebody vouches for it") {
  S3Server server(test::Scheme::https);
  const auto distrustful = make_store(server.service());
  const auto health = distrustful->health();
  CHECK(message_of(health).starts_with("s3 health check failed: the certificate of '127.0.0.1:"));
  CHECK(health.error().code == ErrorCode::failed_precondition);

  S3Service service = server.service();
  service.certificates = server.certificate();
  const auto store = make_store(std::move(service));
  const BlobKey key = put(*store, std::string(3'000'000, 'x'));
  CHECK(get(*store, key) == std::string(3'000'000, 'x'));
}
