#include "engine/mcp/event_stream.hpp"

#include <doctest/doctest.h>

#include <string>
#include <string_view>

using goflow::engine::EventStream;

namespace {

/// "type=data|" of each event, with the bytes coming `step` at a time.
std::string heard(std::string_view bytes, std::size_t step = 1'000) {
  EventStream stream(1'000);
  std::string events;
  for (std::size_t begin = 0; begin < bytes.size(); begin += step) {
    stream.append(bytes.substr(begin, step));
    while (const auto event = stream.next()) {
      events += event->type + "=" + event->data + "|";
    }
  }
  return events;
}

}  // namespace

TEST_CASE("an event has a type, and data of one line or several") {
  CHECK(heard("data: one\n\n") == "message=one|");
  CHECK(heard("event: endpoint\ndata: /messages\n\ndata:two\n\n") ==
        "endpoint=/messages|message=two|");
  CHECK(heard("data: one\ndata:  two\ndata\n\n") == "message=one\n two\n|");
}

TEST_CASE("lines end in three ways, wherever the bytes are cut") {
  const std::string events =
      "\xEF\xBB\xBF"
      "data: a\r\n\r\ndata: b\n\ndata: c\r\rdata: d\r\ndata: e\n\n";
  for (std::size_t step = 1; step <= events.size(); ++step) {
    CHECK(heard(events, step) == "message=a|message=b|message=c|message=d\ne|");
  }
}

TEST_CASE("comments, other fields and what has no data tell nothing") {
  CHECK(heard(": ping\n\nid: 7\nretry: 10\n\nevent: done\n\ndata: one\nid: 8\n\n") ==
        "message=one|");
}

TEST_CASE("an event whose end has not come is not told") {
  CHECK(heard("data: one\n").empty());
  CHECK(heard("data: one").empty());
}

TEST_CASE("an event that is too large is seen before its end") {
  EventStream stream(10);
  stream.append("data: 12345\n");
  CHECK_FALSE(stream.is_overfull());
  stream.append("data: 12345");
  CHECK(stream.is_overfull());
}
