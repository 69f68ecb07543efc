#include "credentials/secret_service/deadline.hpp"

namespace goflow::credentials {

Deadline::Deadline(const SecretLibrary& library, std::chrono::milliseconds limit)
    : library_(library),
      limit_(limit),
      cancellable_(library.cancellable_new()),
      end_(std::chrono::steady_clock::now() + limit),
      keeper_([this](const std::stop_token& stop) { keep(stop); }) {}

Deadline::~Deadline() {
  keeper_.request_stop();
  keeper_.join();
  library_.object_unref(cancellable_);
}

void Deadline::restart(std::chrono::milliseconds limit) {
  const std::scoped_lock turn(mutex_);
  limit_ = limit;
  end_ = std::chrono::steady_clock::now() + limit;
  moved_.notify_one();
}

bool Deadline::has_passed() const {
  return library_.cancellable_is_cancelled(cancellable_) != 0;
}

void Deadline::keep(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const auto end = end_;
    moved_.wait_until(lock, stop, end, [&] { return end_ != end; });
    if (end_ == end && !stop.stop_requested()) return library_.cancellable_cancel(cancellable_);
  }
}

}  // namespace goflow::credentials
