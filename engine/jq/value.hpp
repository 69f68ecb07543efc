// What libjq computes, as values of goflow.
#pragma once

#include "core/base/result.hpp"
#include "core/value/value.hpp"
#include "engine/jq/library.hpp"

namespace goflow::engine {

/// One reference to a value of libjq's.
class OwnedJv {
 public:
  OwnedJv(const JqLibrary& jq, jv value) : jq_(jq), value_(value) {}
  ~OwnedJv() { jq_.free(value_); }
  OwnedJv(const OwnedJv&) = delete;
  OwnedJv& operator=(const OwnedJv&) = delete;

  [[nodiscard]] jv get() const { return value_; }

 private:
  const JqLibrary& jq_;
  jv value_;
};

/// A whole number up to 2^53 is an int. The Error: it has no end in JSON, or is nested too deeply.
core::Result<core::Value> to_value(const JqLibrary& jq, jv value);

/// What `error(…)` was called with; takes the invalid value.
core::Error error_in(const JqLibrary& jq, jv invalid);

}  // namespace goflow::engine
