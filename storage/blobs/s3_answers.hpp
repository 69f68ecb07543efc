// What an S3 service answers in XML: a page of a listing, or what went wrong.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::storage {

struct ListedObject {
  std::string key;
  std::uint64_t size = 0;
  core::Timestamp modified;
};

struct ListingPage {
  std::vector<ListedObject> objects = {};
  std::optional<std::string> next = std::nullopt;  // what asks for the page after it
};

/// An Error when it is none, or one that cannot be continued.
core::Result<ListingPage> read_listing(std::string_view xml);

struct ServiceFault {
  std::string code;        // "NoSuchBucket"; empty when it says none
  std::string request_id;  // the same
};

/// Of anything that came with a status of failure.
ServiceFault read_fault(std::string_view xml);

/// A word that may be shown as it is; empty when it is none: a service could write anything.
std::string as_word(std::string_view text);

}  // namespace goflow::storage
