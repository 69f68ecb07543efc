#include "core/base/proxy.hpp"

#include <algorithm>
#include <initializer_list>

namespace goflow::core {
namespace {

std::string first_of(const VariableLookup& variables, std::initializer_list<const char*> names) {
  for (const char* name : names) {
    const auto value = variables(name);
    if (value && !value->empty()) return *value;
  }
  return {};
}

bool is_secure(std::string_view url) {
  constexpr std::string_view scheme = "https:";
  return url.size() >= scheme.size() &&
         std::equal(scheme.begin(), scheme.end(), url.begin(), [](char wanted, char letter) {
           return letter == wanted || (letter >= 'A' && letter <= 'Z' && letter + 32 == wanted);
         });
}

}  // namespace

Proxy proxy_for(std::string_view url, const VariableLookup& variables) {
  Proxy proxy;
  if (is_secure(url)) {
    proxy.address = first_of(variables, {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"});
  } else {
    proxy.address = first_of(variables, {"http_proxy", "all_proxy", "ALL_PROXY"});
  }
  proxy.exceptions = first_of(variables, {"no_proxy", "NO_PROXY"});
  return proxy;
}

}  // namespace goflow::core
