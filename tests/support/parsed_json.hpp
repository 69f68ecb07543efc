// JSON as a value, for what a test says or expects.
#pragma once

#include "core/value/json.hpp"

#include <doctest/doctest.h>

#include <string>

namespace goflow::test {

inline core::Value parsed(const std::string& json) {
  auto value = core::parse_json(json);
  REQUIRE_MESSAGE(value.ok(), json);
  return *value;
}

}  // namespace goflow::test
