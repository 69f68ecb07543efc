#include "credentials/secret_service/session_bus.hpp"

#include <doctest/doctest.h>

using goflow::credentials::is_local;

TEST_CASE("a bus is local when all its addresses are sockets of this machine") {
  CHECK(is_local({.address = "unix:path=/run/user/1000/bus"}));
  CHECK(is_local({.address = "unix:abstract=/tmp/dbus-x,guid=1;unix:path=/run/user/1000/bus"}));
  // GLib looks in the folder of the user then.
  CHECK(is_local({.address = "", .runtime_folder = "/run/user/1000"}));
  CHECK(is_local({.runtime_folder = "/run/user/1000"}));
}

TEST_CASE("a bus that is reached over a network, or through a program, is not") {
  CHECK_FALSE(is_local({.address = "tcp:host=bus.example.test,port=1"}));
  CHECK_FALSE(is_local({.address = "nonce-tcp:host=127.0.0.1,port=1"}));
  CHECK_FALSE(is_local({.address = "unixexec:path=ssh,argv1=elsewhere"}));
  CHECK_FALSE(is_local({.address = "unix:path=/run/user/1000/bus;tcp:host=bus.example.test"}));
  CHECK_FALSE(is_local({.address = "autolaunch:"}));
}
