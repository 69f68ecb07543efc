#include "storage/blobs/store_location.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <vector>

using namespace goflow;
using storage::checked;
using storage::FilesystemLocation;
using storage::parse_location;
using storage::record_of;
using storage::S3Location;
using storage::StoreLocation;

namespace {

const std::string home = "/home/ann/.goflow";

std::string message_of(StoreLocation location) {
  const auto result = checked(std::move(location));
  return result.ok() ? "" : result.error().message;
}

}  // namespace

TEST_CASE("a location is recorded so that it can be read again") {
  const std::vector<std::pair<StoreLocation, std::string>> spellings{
      {FilesystemLocation{home + "/blobs"}, "filesystem:@home/blobs"},
      {FilesystemLocation{home}, "filesystem:@home"},
      {FilesystemLocation{home + "-else/blobs"}, "filesystem:/home/ann/.goflow-else/blobs"},
      {FilesystemLocation{"/srv/blobs"}, "filesystem:/srv/blobs"},
      {S3Location{"https://abc.r2.cloudflarestorage.com", "team", "ann/"},
       "s3:https://abc.r2.cloudflarestorage.com/team/ann/"},
      {S3Location{"https://abc.r2.cloudflarestorage.com", "team", ""},
       "s3:https://abc.r2.cloudflarestorage.com/team/"},
      {S3Location{"http://127.0.0.1:9000", "team", "a/b-"}, "s3:http://127.0.0.1:9000/team/a/b-"},
      {S3Location{"http://[::1]:9000", "team", ""}, "s3:http://[::1]:9000/team/"},
  };
  for (const auto& spelling : spellings) {
    const auto& [location, record] = spelling;
    CAPTURE(spelling.second);
    CHECK(record_of(location, home) == record);
    const auto read = parse_location(record, home);
    REQUIRE(read.ok());
    CHECK(*read == location);
  }
}

TEST_CASE("a home that was moved takes its blobs along") {
  const auto moved = parse_location("filesystem:@home/blobs", "/mnt/disk/goflow");
  REQUIRE(moved.ok());
  CHECK(*moved == StoreLocation(FilesystemLocation{"/mnt/disk/goflow/blobs"}));
}

TEST_CASE("a location has one spelling") {
  CHECK(*checked(FilesystemLocation{"/srv//blobs/./x/../"}) ==
        StoreLocation(FilesystemLocation{"/srv/blobs"}));
  CHECK(*checked(FilesystemLocation{"blobs"}) ==
        StoreLocation(FilesystemLocation{(std::filesystem::current_path() / "blobs").string()}));
  CHECK(*checked(S3Location{"https://host:8443//", "team", "p/"}) ==
        StoreLocation(S3Location{"https://host:8443", "team", "p/"}));
}

TEST_CASE("where there can be no store, it is said why") {
  CHECK(message_of(FilesystemLocation{""}) == "filesystem base path is required");
  for (const std::string endpoint : {"",
                                     "host",
                                     "ftp://host",
                                     "https://",
                                     "https://host/path",
                                     "https://host?x=y",
                                     "https://user:password@host",
                                     "https://host name",
                                     "https://:443",
                                     "http://example.com",
                                     "http://10.0.0.1:9000",
                                     "http://127.0.0.1.example.com"}) {
    CAPTURE(endpoint);
    CHECK(message_of(S3Location{endpoint, "team", ""}) ==
          "'" + endpoint + "' is no endpoint of a blob store");
  }
  for (const std::string endpoint : {"http://localhost:9000", "http://127.8.9.1", "https://host"}) {
    CAPTURE(endpoint);
    CHECK(message_of(S3Location{endpoint, "team", ""}).empty());
  }
  for (const std::string bucket : {"", ".", "..", "a/b", "a b", "a?b"}) {
    CHECK(message_of(S3Location{"https://host", bucket, ""}) == "'" + bucket + "' is no bucket");
  }
  CHECK(message_of(S3Location{"https://host", "team", "a b/"}) == "'a b/' is no prefix of blobs");
}

TEST_CASE("a record that nobody has written is refused") {
  for (const std::string record : {"",
                                   "gcs:team",
                                   "s3:",
                                   "s3:https://host",
                                   "s3:https://host/",
                                   "filesystem:",
                                   "s3:team/prefix",
                                   "/srv/blobs"}) {
    CAPTURE(record);
    CHECK_FALSE(parse_location(record, home).ok());
  }
}
