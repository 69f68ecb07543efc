#include "storage/files/processors.hpp"

#include <algorithm>

#ifdef __linux__
#include <pthread.h>
#include <sched.h>

namespace goflow::storage {

std::size_t processor_count() {
  cpu_set_t all;
  if (sched_getaffinity(0, sizeof all, &all) != 0) return 1;
  return static_cast<std::size_t>(std::max(1, CPU_COUNT(&all)));
}

void run_elsewhere(std::jthread& thread) {
  cpu_set_t others;
  if (sched_getaffinity(0, sizeof others, &others) != 0) return;
  CPU_CLR(static_cast<std::size_t>(std::max(0, sched_getcpu())), &others);
  if (CPU_COUNT(&others) == 0) return;
  pthread_setaffinity_np(thread.native_handle(), sizeof others, &others);
}

}  // namespace goflow::storage

#else

namespace goflow::storage {

std::size_t processor_count() {
  return std::max(1U, std::thread::hardware_concurrency());
}

void run_elsewhere(std::jthread& /*thread*/) {}

}  // namespace goflow::storage

#endif
