// A coroutine that yields one value to the coroutine that awaits it.
#pragma once

#include "engine/interpreter/run_queue.hpp"

#include <cassert>
#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace goflow::engine {

/// What the promises of all tasks share: where they are queued and who waits for them.
struct TaskPromise {
  // Whoever waits is queued, not resumed from here: ten thousand rounds that never suspend would
  // otherwise be ten thousand frames deep where the compiler makes no tail calls.
  struct Final {
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    void await_suspend(std::coroutine_handle<Promise> ended) const noexcept {
      const TaskPromise& promise = ended.promise();
      if (promise.continuation) promise.queue->post(promise.continuation);
    }
    void await_resume() const noexcept {}
  };

  [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
  [[nodiscard]] Final final_suspend() const noexcept { return {}; }
  // Goes to whoever awaits the task: a value that is gone is known where the node is. Of a task
  // that nobody awaits it leaves through RunQueue::step: only a bug or the end of memory comes
  // there.
  void unhandled_exception() {
    if (!continuation) throw;
    exception = std::current_exception();
  }
  void rethrow() const {
    if (exception) std::rethrow_exception(exception);
  }

  RunQueue* queue = nullptr;  // of the awaiting coroutine, from the moment it awaits
  std::coroutine_handle<> continuation = nullptr;
  std::exception_ptr exception = nullptr;
};

template <class T>
struct TaskValue {
  void return_value(T result) { value.emplace(std::move(result)); }
  T take() {
    assert(value.has_value());
    return *std::move(value);
  }

  std::optional<T> value = std::nullopt;
};

template <>
struct TaskValue<void> {
  void return_void() const noexcept {}
  void take() const noexcept {}
};

/// Owns the coroutine, which begins when it is awaited or started. Destroying a task that has not
/// ended destroys everything that it awaits.
template <class T>
class [[nodiscard]] Task {
 public:
  struct promise_type : TaskPromise, TaskValue<T> {  // NOLINT: the language wants this name
    Task get_return_object() {
      return Task(std::coroutine_handle<promise_type>::from_promise(*this));
    }
  };

  Task(Task&& other) noexcept : coroutine_(std::exchange(other.coroutine_, nullptr)) {}
  Task& operator=(Task&& other) noexcept {
    std::swap(coroutine_, other.coroutine_);
    return *this;
  }
  ~Task() {
    if (coroutine_) coroutine_.destroy();
  }

  /// Lets it run beside the others; it reports its end by its own means.
  void start(RunQueue& queue) {
    coroutine_.promise().queue = &queue;
    queue.post(coroutine_);
  }

  class Awaiter {
   public:
    explicit Awaiter(std::coroutine_handle<promise_type> awaited) : awaited_(awaited) {}
    [[nodiscard]] bool await_ready() const noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> awaiting) noexcept {
      awaited_.promise().queue = awaiting.promise().queue;
      awaited_.promise().continuation = awaiting;
      return awaited_;
    }
    T await_resume() {
      awaited_.promise().rethrow();
      return awaited_.promise().take();
    }

   private:
    std::coroutine_handle<promise_type> awaited_;
  };

  Awaiter operator co_await() && noexcept { return Awaiter(coroutine_); }

 private:
  explicit Task(std::coroutine_handle<promise_type> coroutine) : coroutine_(coroutine) {}

  std::coroutine_handle<promise_type> coroutine_;
};

}  // namespace goflow::engine
