#include "storage/blobs/s3_store.hpp"

#include "core/value/json.hpp"
#include "tests/contract/object_store_contract.hpp"
#include "tests/s3/s3_server.hpp"
#include "tests/support/object_store_use.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::BlobKey;
using core::ErrorCode;
using storage::RetryAfter;
using storage::S3Place;
using storage::S3Service;
using storage::S3Store;
using test::get;
using test::has;
using test::keys_of;
using test::message_of;
using test::put;
using test::S3Server;
using test::shared_s3_server;

namespace {

/// Of no other test.
S3Place fresh_place() {
  static int count = 0;
  return {.bucket = "bucket", .prefix = "home-" + std::to_string(++count) + "/blobs/"};
}

}  // namespace

TEST_CASE("the S3 store keeps the contract of blob stores") {
  test::object_store_contract([] {
    return std::make_unique<S3Store>(
        shared_s3_server().service(), fresh_place(), std::make_shared<RetryAfter>());
  });
}
