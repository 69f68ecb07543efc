#include "core/execution/execution.hpp"

namespace goflow::core {

Value to_value(const Failure& failure) {
  return Object{{"type", failure.type},
                {"message", failure.message},
                {"node", failure.node},
                {"path", failure.path},
                {"context", failure.context}};
}

}  // namespace goflow::core
