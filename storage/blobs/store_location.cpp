#include "storage/blobs/store_location.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace goflow::storage {
namespace {

using core::Error;
using core::ErrorCode;
using core::Result;

constexpr std::string_view filesystem_mark = "filesystem:";
constexpr std::string_view s3_mark = "s3:";
constexpr std::string_view home_mark = "@home";
constexpr std::string_view secure = "https://";
constexpr std::string_view plain = "http://";
constexpr std::string_view name_characters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

Error bad(const std::string& what, const std::string& value, std::string hint) {
  return Error{ErrorCode::invalid_argument, "'" + value + "' is no " + what}.with_hint(
      std::move(hint));
}

bool consists_of(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}

/// "127.0.0.1:9000" → "127.0.0.1", "[::1]:9000" → "[::1]".
std::string_view host_of(std::string_view authority) {
  if (authority.starts_with('[')) return authority.substr(0, authority.find(']') + 1);
  return authority.substr(0, authority.find(':'));
}

bool is_loopback(std::string_view host) {
  const bool is_ipv4 = host.starts_with("127.") && consists_of(host, "0123456789.");
  return is_ipv4 || host == "[::1]" || host == "localhost";
}

bool is_authority(std::string_view authority) {
  return !host_of(authority).empty() &&
         consists_of(authority, std::string(name_characters) + "[]:");
}

Result<void> check_endpoint(const std::string& endpoint) {
  const bool is_secure = endpoint.starts_with(secure);
  const bool is_plain = endpoint.starts_with(plain);
  const std::string_view authority = std::string_view(endpoint).substr(is_secure  ? secure.size()
                                                                       : is_plain ? plain.size()
                                                                                  : 0);
  if ((!is_secure && !is_plain) || !is_authority(authority)) {
    return bad("endpoint of a blob store",
               endpoint,
               "it looks like https://ACCOUNT.r2.cloudflarestorage.com, without a path");
  }
  if (is_plain && !is_loopback(host_of(authority))) {
    return bad("endpoint of a blob store",
               endpoint,
               "begin it with https://, since http:// is for servers on this machine alone");
  }
  return {};
}

Result<StoreLocation> checked_base(FilesystemLocation location) {
  if (location.base.empty()) {
    return Error{ErrorCode::invalid_argument, "filesystem base path is required"}.with_hint(
        "set BLOB_STORAGE_PATH to a folder, or unset it for the one in the home");
  }
  std::error_code reason;
  const auto path = std::filesystem::absolute(location.base, reason);
  if (reason) return bad("path", location.base, "give an absolute one");
  location.base = path.lexically_normal().string();
  if (location.base.size() > 1 && location.base.back() == '/') location.base.pop_back();
  return StoreLocation(std::move(location));
}

Result<StoreLocation> checked_bucket(S3Location location) {
  while (location.endpoint.ends_with('/') && !location.endpoint.ends_with("://")) {
    location.endpoint.pop_back();
  }
  GOFLOW_TRY(check_endpoint(location.endpoint));
  const bool is_name = consists_of(location.bucket, name_characters) && location.bucket != "." &&
                       location.bucket != ".." && !location.bucket.empty();
  if (!is_name) {
    return bad("bucket", location.bucket, "letters, digits, '.', '_' and '-' may be in its name");
  }
  if (!consists_of(location.prefix, std::string(name_characters) + "/")) {
    return bad(
        "prefix of blobs", location.prefix, "letters, digits, '.', '_', '-' and '/' may be in it");
  }
  return StoreLocation(std::move(location));
}

std::string record_of_base(const std::string& base, const std::string& home) {
  const bool is_within =
      base.starts_with(home) && (base.size() == home.size() || base[home.size()] == '/');
  if (!is_within) return std::string(filesystem_mark) + base;
  return std::string(filesystem_mark).append(home_mark).append(base.substr(home.size()));
}

std::string base_of_record(std::string_view record, const std::string& home) {
  record.remove_prefix(filesystem_mark.size());
  if (!record.starts_with(home_mark)) return std::string(record);
  return home + std::string(record.substr(home_mark.size()));
}

Result<StoreLocation> bucket_of_record(std::string_view record) {
  const std::string_view address = record.substr(s3_mark.size());
  const std::size_t scheme = address.find("://");
  const std::size_t host = scheme == std::string_view::npos ? 0 : scheme + 3;
  const std::size_t bucket = std::min(address.find('/', host), address.size());
  const std::size_t prefix = std::min(address.find('/', bucket + 1), address.size());
  S3Location location{std::string(address.substr(0, bucket)), "", ""};
  if (bucket < address.size()) location.bucket = address.substr(bucket + 1, prefix - bucket - 1);
  if (prefix < address.size()) location.prefix = address.substr(prefix + 1);
  return checked(std::move(location));
}

}  // namespace

Result<StoreLocation> checked(StoreLocation location) {
  if (auto* bucket = std::get_if<S3Location>(&location)) return checked_bucket(std::move(*bucket));
  return checked_base(std::get<FilesystemLocation>(std::move(location)));
}

std::string record_of(const StoreLocation& location, const std::string& home) {
  if (const auto* folder = std::get_if<FilesystemLocation>(&location)) {
    return record_of_base(folder->base, home);
  }
  const auto& s3 = std::get<S3Location>(location);
  return std::string(s3_mark) + s3.endpoint + "/" + s3.bucket + "/" + s3.prefix;
}

Result<StoreLocation> parse_location(std::string_view record, const std::string& home) {
  if (record.starts_with(s3_mark)) return bucket_of_record(record);
  if (record.starts_with(filesystem_mark)) {
    return checked(FilesystemLocation{base_of_record(record, home)});
  }
  return Error{ErrorCode::failed_precondition,
               "no store of blobs is known for '" + std::string(record) + "'"}
      .with_hint("a newer goflow may have recorded it: goflow version");
}

}  // namespace goflow::storage
