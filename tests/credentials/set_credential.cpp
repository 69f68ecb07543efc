// Stores what comes on its standard input, in a process of its own:
//
//     set_credential BACKEND HOME KEY          the key file is HOME/key
#include "credentials/selection.hpp"

#include <stdlib.h>

#include <iostream>
#include <iterator>

using namespace goflow;

namespace {

core::Result<void> set_credential(const std::string& backend,
                                  const std::string& home,
                                  const std::string& name,
                                  const core::Secret& value) {
  GOFLOW_TRY(const auto key, core::CredentialKey::parse(name));
  credentials::CredentialOptions options{.home = home, .file_keys = {.key_file = home + "/key"}};
  GOFLOW_TRY(options.wanted, credentials::parse_backend(backend));
  if (const char* address = getenv("DBUS_SESSION_BUS_ADDRESS")) options.bus.address = address;
  options.timeout = std::chrono::minutes(1);
  options.notify = [](const std::string& text) { std::cerr << text << "\n"; };
  GOFLOW_TRY(const auto opened, credentials::open_credentials(options, name));
  return opened.store->set(key, value);
}

}  // namespace

int main(int count, char** words) {
  if (count != 4) return 2;
  std::string value{std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()};
  const auto stored = set_credential(words[1], words[2], words[3], core::Secret::take(value));
  if (stored) return 0;
  std::cerr << stored.error().message << "\n";
  return 1;
}
