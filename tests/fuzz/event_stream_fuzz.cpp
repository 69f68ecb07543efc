// Server-sent events, and the messages in them: the same ones, wherever the bytes are cut.
#include "core/value/json.hpp"
#include "engine/mcp/event_stream.hpp"
#include "engine/mcp/json_rpc.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

using namespace goflow;

namespace {

std::vector<std::string> heard(std::string_view bytes, std::size_t step) {
  engine::EventStream stream(1'000'000);
  std::vector<std::string> events;
  while (!bytes.empty()) {
    stream.append(bytes.substr(0, step));
    bytes.remove_prefix(std::min(step, bytes.size()));
    while (const auto event = stream.next()) {
      events.push_back(event->type + "=" + event->data);
      if (const auto message = core::parse_json(event->data)) engine::read_rpc_message(*message);
    }
  }
  return events;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t step = data[0] % 16 + 1;
  if (heard(bytes, step) != heard(bytes, size)) std::abort();
  return 0;
}
