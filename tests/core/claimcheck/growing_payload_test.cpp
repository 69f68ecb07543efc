#include "core/claimcheck/growing_payload.hpp"

#include "core/base/temporary_file.hpp"
#include "core/claimcheck/byte_stream.hpp"
#include "tests/support/temp_dir.hpp"

#include <doctest/doctest.h>

#include <fcntl.h>

#include <string>

using namespace goflow::core;

namespace {

const std::atomic<bool> go_on = false;

/// A file and what is made of it while it grows.
struct Growth {
  Growth() {
    auto file = open_unnamed_file(dir.path());
    REQUIRE(file);
    writer = *std::move(file);
    auto opened = GrowingPayload::open(
        Descriptor(fcntl(writer.get(), F_DUPFD_CLOEXEC, 0)), dir.path(), Compression());
    REQUIRE(opened);
    payload.emplace(*std::move(opened));
  }

  void write(std::string_view bytes) {
    REQUIRE(write_all(writer.get(), bytes));
    size += bytes.size();
  }
  void write_and_read(std::string_view bytes) {
    write(bytes);
    REQUIRE(payload->read_up_to(size, go_on));
  }

  goflow::test::TempDir dir;
  Descriptor writer;
  std::uint64_t size = 0;
  std::optional<GrowingPayload> payload;
};

}  // namespace

TEST_CASE("what grew in pieces is the payload that it would be at once") {
  Growth growth;
  std::string whole;
  for (int i = 0; whole.size() < 300'000; ++i) {
    const std::string line = "line " + std::to_string(i) + "\n";
    whole += line;
    growth.write(line);
    if (i % 1000 == 0) REQUIRE(growth.payload->read_up_to(growth.size, go_on));
  }
  REQUIRE(growth.payload->read_up_to(growth.size, go_on));
  CHECK(growth.payload->position() == whole.size());
  CHECK_FALSE(growth.payload->first_invalid());
  const auto spooled = growth.payload->finish();
  REQUIRE(spooled);
  CHECK(spooled->hash == sha256(whole));
  CHECK(spooled->size_bytes == whole.size());
  CHECK(spooled->stored_bytes < whole.size() / 2);
}

TEST_CASE("a character may come in two pieces, but not without its end") {
  Growth growth;
  growth.write_and_read("aou \xc3");
  CHECK(growth.payload->first_invalid() == 4);
  growth.write_and_read("\xa4\xf0\x9f");
  CHECK(growth.payload->first_invalid() == 6);
  growth.write_and_read("\x98\x80.");
  CHECK_FALSE(growth.payload->first_invalid());
  growth.write_and_read("\xff and more");
  growth.write_and_read("\xff");
  CHECK(growth.payload->first_invalid() == 11);
}

TEST_CASE("a file that is shorter than it was said to be is an error, and so is a stop") {
  Growth growth;
  growth.write("four");
  CHECK_FALSE(growth.payload->read_up_to(5, go_on));
  Growth other;
  other.write("four");
  const std::atomic<bool> stop = true;
  CHECK_FALSE(other.payload->read_up_to(4, stop));
  CHECK(other.payload->position() == 0);
}
