// goflow doctor: the keyring that keeps credentials, looked at without a question to anybody.
#include "cli/commands/doctor/check.hpp"
#include "credentials/secret_service/probe.hpp"

namespace goflow::cli {
namespace {

constexpr std::chrono::seconds patience{5};

constexpr const char* how_to_unlock =
    "log in to the desktop session, or unlock it with your password as the input of: "
    "gnome-keyring-daemon --unlock --components=secrets";

}  // namespace

Finding check_keyring(Context& context) {
  const Environment& environment = context.environment();
  const auto keyring =
      credentials::probe_secret_service({.address = environment("DBUS_SESSION_BUS_ADDRESS"),
                                         .runtime_folder = environment("XDG_RUNTIME_DIR")},
                                        patience);
  // No fault: a workflow without credentials runs all the same.
  if (!keyring) return {Health::warning, keyring.error().message, keyring.error().hint};
  if (!*keyring) {
    return {Health::warning, "the secret service has no default keyring", how_to_unlock};
  }
  const std::string named = "keyring '" + (*keyring)->label + "'";
  if ((*keyring)->is_locked) return {Health::warning, "the " + named + " is locked", how_to_unlock};
  return {Health::ok, "secret service, " + named + " is unlocked"};
}

}  // namespace goflow::cli
