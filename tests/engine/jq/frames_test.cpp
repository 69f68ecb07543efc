#include "engine/jq/frames.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace goflow::engine;
using goflow::core::Value;

TEST_CASE("frames are put together however they come") {
  const std::string sent = to_frame(Value("é\n")) + to_frame(Value(1.0));
  for (std::size_t piece = 1; piece <= sent.size(); ++piece) {
    CAPTURE(piece);
    FrameReader reader;
    std::string heard;
    for (std::size_t at = 0; at < sent.size(); at += piece) {
      reader.append(std::string_view(sent).substr(at, piece));
      while (const auto frame = reader.next())
        heard += *frame + ";";
    }
    CHECK(heard == "\"é\\n\";1.0;");
    CHECK_FALSE(reader.next().has_value());
  }
}
