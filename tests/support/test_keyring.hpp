// A real GNOME Keyring on a session bus that belongs to the test program alone.
#pragma once

#include "credentials/secret_service/session_bus.hpp"
#include "tests/support/temp_dir.hpp"

#include <sys/types.h>

#include <functional>
#include <string>

namespace goflow::test {

/// The programs may be missing on a small machine.
bool can_have_keyring();

/// The bus of this process, started at the first call: GLib looks for it only once.
credentials::SessionBus test_bus();

/// While this lives the bus lets nobody call this function of the secret service: "SearchItems".
class DeniedCall {
 public:
  explicit DeniedCall(const std::string& function,
                      const std::string& interface = "org.freedesktop.Secret.Service");
  ~DeniedCall();
  DeniedCall(const DeniedCall&) = delete;
  DeniedCall& operator=(const DeniedCall&) = delete;
};

inline constexpr const char* keyring_password = "its password";

/// A keyring of its own, empty at first. One at a time.
class TestKeyring {
 public:
  /// Unlocked, if it is the one that a login makes.
  TestKeyring() { start(true); }
  ~TestKeyring() { end(); }
  TestKeyring(const TestKeyring&) = delete;
  TestKeyring& operator=(const TestKeyring&) = delete;

  /// The same entries, and nobody has given the password.
  void restart_locked();
  void restart_unlocked();
  /// Without any keyring in which something could be kept.
  void restart_empty();
  void send(int signal) const;
  /// As the system would when memory is short, with the call under way and no answer to it.
  void kill_during(const std::function<void()>& call);

 private:
  void start(bool gives_password);
  void end();
  void kill();

  TempDir home_;
  pid_t daemon_ = -1;
};

/// What a program says on the test's bus, on its standard output; `input` is what it reads.
std::string output_of(const std::string& command, const std::string& input = "");

}  // namespace goflow::test
