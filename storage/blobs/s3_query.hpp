// The query of a request to S3, in the one spelling that its signature is made of.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::storage {

/// All but the unreserved characters of RFC 3986 as %XX, a slash and a space too.
std::string percent_encoded(std::string_view text);

/// "list-type=2&prefix=a%2Fb", sorted by name.
std::string canonical_query(std::vector<std::pair<std::string, std::string>> parameters);

}  // namespace goflow::storage
