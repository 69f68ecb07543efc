// An environment that a test fills in.
#pragma once

#include "core/expression/expression.hpp"
#include "core/value/json.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
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
  [[nodiscard]] std::string uuid() const override {
    return "6c84fb90-12c4-41e1-840d-725b1fe0b3a" + std::to_string(++uuids_);
  }
  [[nodiscard]] std::optional<std::string> process_variable(
      const std::string& name) const override {
    if (name == "LANG") return "C";
    return std::nullopt;
  }
  [[nodiscard]] Result<Value> secret(const std::string& name) const override {
    if (name == "api") return Value("s3cret");
    if (name == "db") return Value(Object{{"user", "ann"}, {"password", "pw"}});
    return Error{ErrorCode::credential, "there is no credential '" + name + "'"}.with_hint(
        "goflow cred set " + name);
  }
  [[nodiscard]] bool keeps_secrets_back() const override { return is_discreet; }

  bool is_discreet = false;

 private:
  std::map<std::string, Binding> bindings_;
  mutable int uuids_ = 0;
};

}  // namespace goflow::core
