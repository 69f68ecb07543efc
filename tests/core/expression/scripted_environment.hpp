// An environment that a test fills in.
#pragma once

#include "core/expression/expression.hpp"
#include "core/value/json.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

class ScriptedEnvironment final : public Environment {
 public:
  /// `json` is the value; empty: the name is declared, but has no value.
  ScriptedEnvironment& with(const std::string& name, std::string_view json) {
    Binding binding{Presence::no_value, {}};
    if (!json.empty()) {
      auto value = parse_json(json);
      REQUIRE_MESSAGE(value.ok(), json);
      binding = Binding{Presence::present, *value};
    }
    bindings_[name] = binding;
    return *this;
  }

  [[nodiscard]] Binding lookup(std::string_view name) const override {
    const auto found = bindings_.find(std::string(name));
    return found == bindings_.end() ? Binding() : found->second;
  }
  [[nodiscard]] std::vector<std::string> names() const override {
    std::vector<std::string> all;
    for (const auto& [name, binding] : bindings_) {
      all.push_back(name);
    }
    return all;
  }
  [[nodiscard]] Timestamp now() const override {
    using std::chrono::seconds;
    return Timestamp{seconds{1'772'357'400}} + std::chrono::microseconds{123'456};
  }

 private:
  std::map<std::string, Binding> bindings_;
};

}  // namespace goflow::core
