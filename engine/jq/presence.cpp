#include "engine/jq/presence.hpp"

#include "engine/jq/library.hpp"

namespace goflow::engine {

core::Result<void> look_for_jq() {
  GOFLOW_TRY(load_jq_library());
  return {};
}

}  // namespace goflow::engine
