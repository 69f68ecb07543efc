// What a transport has to tell, told a turn of the loop later: never from within libcurl, which
// must not be called back from there, and never from within a call to the transport.
#pragma once

#include "engine/loop/timer.hpp"
#include "engine/mcp/transport.hpp"

#include <cstdint>
#include <deque>
#include <string>
#include <variant>

namespace goflow::engine {

class Mailbox {
 public:
  Mailbox(EventLoop& loop, TransportEvents events);

  void message(std::string text);
  void unanswered(std::int64_t request, core::Failure reason);
  /// What comes after it is not told any more.
  void end(core::Failure reason);

 private:
  struct Unanswered {
    std::int64_t request;
    core::Failure reason;
  };
  struct End {
    core::Failure reason;
  };
  using Letter = std::variant<std::string, Unanswered, End>;

  void put(Letter letter);
  void deliver();

  TransportEvents events_;
  Timer soon_;
  std::deque<Letter> letters_;
  bool is_closed_ = false;
};

}  // namespace goflow::engine
