// sd-bus of libsystemd, loaded when it is first needed. It speaks to a bus in a third of the time
// that libsecret takes to be loaded and to begin.
#pragma once

#include "core/base/result.hpp"

#include <memory>
#include <string>
#include <systemd/sd-bus.h>

namespace goflow::credentials {

/// What goflow calls of sd-bus. The headers give the types, nothing is linked.
struct BusLibrary {
  decltype(&::sd_bus_open_user) open_user = nullptr;
  decltype(&::sd_bus_new) make = nullptr;
  decltype(&::sd_bus_set_address) set_address = nullptr;
  decltype(&::sd_bus_set_bus_client) set_bus_client = nullptr;
  decltype(&::sd_bus_start) start = nullptr;
  decltype(&::sd_bus_is_ready) is_ready = nullptr;
  decltype(&::sd_bus_process) process = nullptr;
  decltype(&::sd_bus_wait) wait = nullptr;
  decltype(&::sd_bus_call) call = nullptr;
  decltype(&::sd_bus_close_unref) close_unref = nullptr;
  decltype(&::sd_bus_message_new_method_call) new_method_call = nullptr;
  decltype(&::sd_bus_message_set_auto_start) set_auto_start = nullptr;
  decltype(&::sd_bus_message_append) append = nullptr;
  decltype(&::sd_bus_message_read) read = nullptr;
  decltype(&::sd_bus_message_read_array) read_array = nullptr;
  decltype(&::sd_bus_message_skip) skip = nullptr;
  decltype(&::sd_bus_message_enter_container) enter_container = nullptr;
  decltype(&::sd_bus_message_exit_container) exit_container = nullptr;
  decltype(&::sd_bus_message_sensitive) sensitive = nullptr;
  decltype(&::sd_bus_message_unref) message_unref = nullptr;
};

using OwnedBus = std::unique_ptr<sd_bus, decltype(&::sd_bus_close_unref)>;
using OwnedMessage = std::unique_ptr<sd_bus_message, decltype(&::sd_bus_message_unref)>;

inline constexpr const char* bus_library_file = "libsystemd.so.0";

/// The Error is the one of the loader. It stays loaded for good.
core::Result<BusLibrary> load_bus_library(const std::string& file = bus_library_file);

/// Loaded at the first call; nullptr: this machine has none.
const BusLibrary* bus_library();

}  // namespace goflow::credentials
