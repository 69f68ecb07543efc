#include "engine/loop/background.hpp"

#include "engine/loop/event_loop.hpp"

#include <uv.h>

#include <memory>
#include <utility>

namespace goflow::engine {

struct Background::Task {
  uv_work_t request{};
  Work work;
  std::function<void()> then;
  std::atomic<bool> stop = false;
  Background* owner = nullptr;  // looked at on the loop only
};

Background::Background(EventLoop& loop, Work work, std::function<void()> then) : task_(new Task) {
  task_->work = std::move(work);
  task_->then = std::move(then);
  task_->owner = this;
  task_->request.data = task_;
  uv_queue_work(
      loop.native(),
      &task_->request,
      [](uv_work_t* request) {
        auto& task = *static_cast<Task*>(request->data);
        task.work(task.stop);
      },
      [](uv_work_t* request, int) {
        const std::unique_ptr<Task> task(static_cast<Task*>(request->data));
        if (task->owner == nullptr) return;
        task->owner->task_ = nullptr;
        task->then();
      });
}

Background::~Background() {
  if (task_ == nullptr) return;
  task_->stop = true;
  task_->owner = nullptr;
  uv_cancel(reinterpret_cast<uv_req_t*>(&task_->request));  // fails if it has begun
}

}  // namespace goflow::engine
