#include "core/base/proxy.hpp"

#include <doctest/doctest.h>

#include <map>

using namespace goflow;

namespace {

core::Proxy found(std::string_view url, const std::map<std::string, std::string>& environment) {
  return core::proxy_for(url, [&](const std::string& name) {
    const auto variable = environment.find(name);
    return variable == environment.end() ? std::nullopt : std::optional(variable->second);
  });
}

}  // namespace

TEST_CASE("a proxy for https is named in small letters or in capitals, the small ones first") {
  CHECK(found("https://a", {{"https_proxy", "p"}, {"HTTPS_PROXY", "q"}}).address == "p");
  CHECK(found("HTTPS://a", {{"HTTPS_PROXY", "q"}, {"http_proxy", "r"}}).address == "q");
}

TEST_CASE("a proxy for http is named in small letters alone") {
  CHECK(found("http://a", {{"http_proxy", "p"}, {"https_proxy", "q"}}).address == "p");
  CHECK(found("http://a", {{"HTTP_PROXY", "p"}}).address.empty());
}

TEST_CASE("a proxy for all is asked where there is none of its own, which counts so when empty") {
  CHECK(found("http://a", {{"all_proxy", "p"}, {"ALL_PROXY", "q"}}).address == "p");
  CHECK(found("https://a", {{"https_proxy", ""}, {"ALL_PROXY", "q"}}).address == "q");
  CHECK(found("https://a", {{"https_proxy", "r"}, {"all_proxy", "q"}}).address == "r");
}

TEST_CASE("hosts without a proxy are named in small letters or in capitals") {
  CHECK(found("http://a", {{"no_proxy", "x"}, {"NO_PROXY", "y"}}).exceptions == "x");
  CHECK(found("http://a", {{"no_proxy", ""}, {"NO_PROXY", "y"}}).exceptions == "y");
  CHECK(found("http://a", {}).exceptions.empty());
}
