// A list that grows while it is worked on: what it already holds need not wait for the rest.
#pragma once

#include "storage/files/processors.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace goflow::storage {

/// One thread adds; others, one for each further processor, do the work as soon as there is much of
/// it. Items stay where they are until the list ends.
template <typename Item>
class WorkedList {
 public:
  explicit WorkedList(std::function<void(Item&)> work) : work_(std::move(work)) {}
  WorkedList(const WorkedList&) = delete;
  WorkedList& operator=(const WorkedList&) = delete;
  /// What nobody has begun with by now is left undone.
  ~WorkedList() {
    const std::scoped_lock lock(mutex_);
    next_ = batches_.size();
    close();
  }

  /// Whoever works on it may write to all of it but what the caller goes on reading.
  Item& add(Item item) {
    if (batch_.empty()) batch_.reserve(batch_size);
    Item& added = batch_.emplace_back(std::move(item));
    if (batch_.size() == batch_size) {
      hand_over();
      call_for_help();
    }
    return added;
  }

  /// Nothing will be added: lends a hand, and comes back when all is done.
  void finish() {
    if (!batch_.empty()) hand_over();
    {
      const std::scoped_lock lock(mutex_);
      close();
    }
    take_turns();
    helpers_.clear();
  }

 private:
  // Few enough that nobody waits long for the last one, enough that handing over costs nothing.
  static constexpr std::size_t batch_size = 64;
  using Batch = std::vector<Item>;

  void hand_over() {
    const std::scoped_lock lock(mutex_);
    batches_.push_back(std::exchange(batch_, {}));
    changed_.notify_one();
  }

  void call_for_help() {
    if (helpers_.size() + 1 >= processors_) return;
    helpers_.emplace_back([this] { take_turns(); });
    run_elsewhere(helpers_.back());
  }

  void close() {
    is_closed_ = true;
    changed_.notify_all();
  }

  void take_turns() {
    while (Batch* batch = next_batch()) {
      for (Item& item : *batch) {
        work_(item);
      }
    }
  }

  /// nullptr: there will be none.
  Batch* next_batch() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return is_closed_ || next_ < batches_.size(); });
    return next_ < batches_.size() ? &batches_[next_++] : nullptr;
  }

  std::function<void(Item&)> work_;
  Batch batch_;  // being filled, by the thread that adds
  std::size_t processors_ = processor_count();
  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by mutex_.
  std::deque<Batch> batches_;
  std::size_t next_ = 0;
  bool is_closed_ = false;
  // Last, for they use all the above until they are joined.
  std::vector<std::jthread> helpers_;
};

}  // namespace goflow::storage
