#include "credentials/secret_service/deadline.hpp"

namespace goflow::credentials {

Deadline::Deadline(const SecretLibrary& library, std::chrono::milliseconds limit)
    : library_(library),
      limit_(limit),
      cancellable_(library.cancellable_new()),
      keeper_([this](const std::stop_token& stop) { keep(stop); }) {}

Deadline::~Deadline() {
  keeper_.request_stop();
  keeper_.join();
  library_.object_unref(cancellable_);
}

bool Deadline::has_passed() const {
  return library_.cancellable_is_cancelled(cancellable_) != 0;
}

void Deadline::keep(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  stopped_.wait_for(lock, stop, limit_, [] { return false; });
  if (!stop.stop_requested()) library_.cancellable_cancel(cancellable_);
}

}  // namespace goflow::credentials
