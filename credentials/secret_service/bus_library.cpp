#include "credentials/secret_service/bus_library.hpp"

#include "core/base/shared_library.hpp"

namespace goflow::credentials {

using core::Result;

Result<BusLibrary> load_bus_library(const std::string& file) {
  GOFLOW_TRY(auto library, core::SharedLibrary::open(file));
  BusLibrary bus;
  library.bind("sd_bus_open_user", bus.open_user)
      .bind("sd_bus_new", bus.make)
      .bind("sd_bus_set_address", bus.set_address)
      .bind("sd_bus_set_bus_client", bus.set_bus_client)
      .bind("sd_bus_start", bus.start)
      .bind("sd_bus_is_ready", bus.is_ready)
      .bind("sd_bus_process", bus.process)
      .bind("sd_bus_wait", bus.wait)
      .bind("sd_bus_call", bus.call)
      .bind("sd_bus_close_unref", bus.close_unref)
      .bind("sd_bus_message_new_method_call", bus.new_method_call)
      .bind("sd_bus_message_set_auto_start", bus.set_auto_start)
      .bind("sd_bus_message_append", bus.append)
      .bind("sd_bus_message_read", bus.read)
      .bind("sd_bus_message_read_array", bus.read_array)
      .bind("sd_bus_message_skip", bus.skip)
      .bind("sd_bus_message_enter_container", bus.enter_container)
      .bind("sd_bus_message_exit_container", bus.exit_container)
      .bind("sd_bus_message_sensitive", bus.sensitive)
      .bind("sd_bus_message_unref", bus.message_unref);
  GOFLOW_TRY(library.check());
  return bus;
}

const BusLibrary* bus_library() {
  static const Result<BusLibrary> loaded = load_bus_library();
  return loaded ? &*loaded : nullptr;
}

}  // namespace goflow::credentials
