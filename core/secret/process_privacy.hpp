// A process that holds secrets leaves no core dump and lets nobody look into it.
#pragma once

#include <sys/resource.h>

namespace goflow::core {

/// From the first call on, for good: no core dumps, and no debugger of the same user. Cheap when
/// repeated; called by the first secret.
void keep_process_private();

/// Gives back, while it lives, the limit on core dumps that the user had set: children inherit it.
/// To be held around the start of a child, on the one thread that starts children.
class UsersCoreLimit {
 public:
  UsersCoreLimit();
  ~UsersCoreLimit();
  UsersCoreLimit(const UsersCoreLimit&) = delete;
  UsersCoreLimit& operator=(const UsersCoreLimit&) = delete;

 private:
  bool is_changed_ = false;
  rlimit ours_{};
};

}  // namespace goflow::core
