// Through which proxy a server is reached: as curl finds it out, for those who tell curl.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace goflow::core {

struct Proxy {
  std::string address = {};     // empty: none
  std::string exceptions = {};  // hosts that are reached without it, as in NO_PROXY
};

/// What variables an environment has. One that is empty counts as not set.
using VariableLookup = std::function<std::optional<std::string>(const std::string& name)>;

/// HTTP_PROXY in capitals says nothing: a web server may have put a header of a request there.
Proxy proxy_for(std::string_view url, const VariableLookup& variables);

}  // namespace goflow::core
