// How coroutines that run side by side tell the one that started them what became of them.
#pragma once

#include "engine/interpreter/run_queue.hpp"

#include <cassert>
#include <coroutine>
#include <deque>
#include <utility>

namespace goflow::engine {

/// Many may post, one may wait.
template <class T>
class Mailbox {
 public:
  Mailbox() = default;
  Mailbox(const Mailbox&) = delete;
  Mailbox& operator=(const Mailbox&) = delete;

  void post(T letter) {
    letters_.push_back(std::move(letter));
    if (receiver_) queue_->post(std::exchange(receiver_, nullptr));
  }

  class Next {
   public:
    explicit Next(Mailbox& mailbox) : mailbox_(mailbox) {}
    [[nodiscard]] bool await_ready() const noexcept { return !mailbox_.letters_.empty(); }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> receiver) noexcept {
      assert(!mailbox_.receiver_);
      mailbox_.receiver_ = receiver;
      mailbox_.queue_ = receiver.promise().queue;
    }
    T await_resume() {
      T letter = std::move(mailbox_.letters_.front());
      mailbox_.letters_.pop_front();
      return letter;
    }

   private:
    Mailbox& mailbox_;
  };

  /// Awaits the oldest letter.
  Next next() { return Next(*this); }

 private:
  std::deque<T> letters_;
  std::coroutine_handle<> receiver_ = nullptr;
  RunQueue* queue_ = nullptr;
};

}  // namespace goflow::engine
