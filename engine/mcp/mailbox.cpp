#include "engine/mcp/mailbox.hpp"

#include <chrono>
#include <utility>

namespace goflow::engine {

Mailbox::Mailbox(EventLoop& loop, TransportEvents events)
    : events_(std::move(events)), soon_(loop, [this] { deliver(); }) {}

void Mailbox::message(std::string text) {
  put(std::move(text));
}

void Mailbox::unanswered(std::int64_t request, core::Failure reason) {
  put(Unanswered{request, std::move(reason)});
}

void Mailbox::end(core::Failure reason) {
  put(End{std::move(reason)});
  is_closed_ = true;
}

void Mailbox::put(Letter letter) {
  if (is_closed_) return;
  letters_.push_back(std::move(letter));
  if (!soon_.is_running()) soon_.start(std::chrono::milliseconds{0});
}

void Mailbox::deliver() {
  while (!letters_.empty()) {
    const Letter letter = std::move(letters_.front());
    letters_.pop_front();
    if (const auto* text = std::get_if<std::string>(&letter)) events_.on_message(*text);
    if (const auto* none = std::get_if<Unanswered>(&letter)) {
      events_.on_unanswered(none->request, none->reason);
    }
    if (const auto* end = std::get_if<End>(&letter)) {
      const auto on_end = std::move(events_.on_end);
      return on_end(end->reason);  // may destroy this
    }
  }
}

}  // namespace goflow::engine
