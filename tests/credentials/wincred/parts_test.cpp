#include "credentials/wincred/parts.hpp"

#include <doctest/doctest.h>

using namespace goflow;
using core::Secret;
using credentials::PartsHeader;

namespace {

std::vector<Secret> parts_of(const Secret& value) {
  std::vector<Secret> parts;
  for (const std::string_view piece : credentials::split(value)) {
    parts.push_back(Secret::copy_of(piece));
  }
  return parts;
}

}  // namespace

TEST_CASE("a large value is split into entries that fit and joined again") {
  for (const std::size_t size : {1UL, 2'560UL, 2'561UL, 1'048'576UL}) {
    const Secret value = Secret::copy_of(std::string(size, 'v'));
    const auto parts = parts_of(value);
    CHECK(parts.size() == (size + 2'559) / 2'560);
    CHECK(parts.front().size() <= credentials::largest_entry);
    const auto header = credentials::parse_header(to_entry(credentials::header_of(value)));
    REQUIRE(header.has_value());
    CHECK(*header == credentials::header_of(value));
    CHECK(join(*header, parts)->has_same_bytes(value));
  }
  CHECK(credentials::part_name(*core::CredentialKey::parse("prod/db"), 3) ==
        "__goflow_part__:prod/db:3");
}

TEST_CASE("a missing, odd or changed part makes the value corrupt, never short") {
  const Secret value = Secret::copy_of(std::string(6'000, 'v') + "end");
  const PartsHeader header = credentials::header_of(value);
  auto missing = parts_of(value);
  missing.pop_back();
  CHECK_FALSE(join(header, missing).has_value());
  auto odd = parts_of(value);
  odd.push_back(Secret::copy_of("x"));
  CHECK_FALSE(join(header, odd).has_value());
  auto changed = parts_of(value);
  changed[1] = Secret::copy_of(std::string(2'560, 'w'));
  CHECK_FALSE(join(header, changed).has_value());
  auto swapped = parts_of(value);
  std::swap(swapped[0], swapped[2]);
  CHECK_FALSE(join(header, swapped).has_value());
}

TEST_CASE("a value is no header") {
  for (const char* entry : {"token",
                            "__goflow_parts__:",
                            "__goflow_parts__:{}",
                            R"(__goflow_parts__:{"count":0,"size":1,"sha256":""})",
                            R"(__goflow_parts__:{"count":1000000,"size":1,"sha256":""})",
                            R"(__goflow_parts__:{"count":1,"size":1})"}) {
    CAPTURE(entry);
    CHECK_FALSE(credentials::parse_header(entry).has_value());
  }
}
