// Where blobs lie, as it is set and as it is recorded with each of them.
#pragma once

#include "core/base/result.hpp"

#include <string>
#include <string_view>
#include <variant>

namespace goflow::storage {

struct FilesystemLocation {
  std::string base;

  friend bool operator==(const FilesystemLocation&, const FilesystemLocation&) = default;
};

struct S3Location {
  std::string endpoint;
  std::string bucket;
  std::string prefix = {};

  friend bool operator==(const S3Location&, const S3Location&) = default;
};

using StoreLocation = std::variant<FilesystemLocation, S3Location>;

/// The location in its one spelling: an absolute base, an endpoint without a slash at its end. An
/// Error when there can be no store.
core::Result<StoreLocation> checked(StoreLocation location);

/// "filesystem:@home/blobs" below the home, so that a home can be moved; "filesystem:/srv/blobs"
/// elsewhere; "s3:https://host/bucket/prefix". `home` is absolute.
std::string record_of(const StoreLocation& location, const std::string& home);

/// What record_of() has written, checked.
core::Result<StoreLocation> parse_location(std::string_view record, const std::string& home);

}  // namespace goflow::storage
