#include "core/schedule/schedule.hpp"

namespace goflow::core {

std::string_view to_string(CatchUp catch_up) {
  switch (catch_up) {
    case CatchUp::none:
      return "none";
    case CatchUp::latest:
      return "latest";
    case CatchUp::all:
      return "all";
  }
  return {};
}

std::string_view to_string(Overlap overlap) {
  switch (overlap) {
    case Overlap::skip:
      return "skip";
    case Overlap::queue:
      return "queue";
    case Overlap::allow:
      return "allow";
  }
  return {};
}

}  // namespace goflow::core
