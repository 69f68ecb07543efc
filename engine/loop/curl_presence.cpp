#include "engine/loop/curl_presence.hpp"

#include "engine/loop/curl_library.hpp"

namespace goflow::engine {

core::Result<void> look_for_curl() {
  GOFLOW_TRY(curl_library());
  return {};
}

}  // namespace goflow::engine
