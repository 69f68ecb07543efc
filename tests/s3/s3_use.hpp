// Stores in the bucket of an S3 server of the tests.
#pragma once

#include "storage/blobs/s3_store.hpp"

#include <memory>
#include <string>

namespace goflow::test {

/// A prefix of no other test.
inline storage::S3Place fresh_place() {
  static int count = 0;
  return {.bucket = "bucket", .prefix = "home-" + std::to_string(++count) + "/blobs/"};
}

inline std::unique_ptr<storage::S3Store> make_store(storage::S3Service service,
                                                    storage::S3Place place = fresh_place()) {
  return std::make_unique<storage::S3Store>(
      std::move(service), std::move(place), std::make_shared<storage::RetryAfter>());
}

}  // namespace goflow::test
