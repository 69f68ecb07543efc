#include "credentials/secret_service/probe.hpp"

#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <fstream>

// A bus with a real keyring behind it is looked at in tests/blackbox/doctor-keyring.test.
using namespace goflow;
using credentials::probe_secret_service;
using credentials::SessionBus;
using namespace std::chrono_literals;

namespace {

void check_no_bus(const SessionBus& bus) {
  const auto keyring = probe_secret_service(bus, 5s);
  REQUIRE_FALSE(keyring.ok());
  CHECK(keyring.error().code == core::ErrorCode::credential);
  CHECK(keyring.error().message ==
        "no session bus (DBUS_SESSION_BUS_ADDRESS is not set and none could be found)");
  CHECK_FALSE(keyring.error().hint.empty());
}

}  // namespace

TEST_CASE("without a session bus the reason is given, and none is started") {
  check_no_bus({});
  check_no_bus({.address = "", .runtime_folder = ""});
  check_no_bus({.runtime_folder = "/nowhere"});
}

TEST_CASE("a file in the place of the bus is no bus") {
  const test::TempDir folder;
  std::ofstream(folder.path() + "/bus") << "text";
  check_no_bus({.runtime_folder = folder.path()});
}
