#include "core/workflow/names/names.hpp"

namespace goflow::core {

void check_names(Draft&, const Flow&, Problems&) {}

}  // namespace goflow::core
