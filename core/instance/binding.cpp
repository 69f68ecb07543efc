#include "core/instance/binding.hpp"

#include <algorithm>
#include <string_view>

namespace goflow::core {
namespace {

constexpr std::string_view set_by_goflow = "GOFLOW_";

bool is_variable_name(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && is_letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return is_letter(c) || is_digit(c); });
}

Result<void> check_name(const std::string& name) {
  if (!is_variable_name(name)) {
    return Error{ErrorCode::invalid_argument, "'" + name + "' cannot be an environment variable"}
        .with_hint("letters, digits and _, the first no digit");
  }
  if (name.starts_with(set_by_goflow)) {
    return Error{ErrorCode::invalid_argument,
                 "the environment variable '" + name + "' is set by goflow itself"}
        .with_hint("choose a name that does not begin with GOFLOW_");
  }
  return {};
}

}  // namespace

Result<TextMap> checked_env(const std::vector<std::string>& written) {
  TextMap env;
  for (const std::string& text : written) {
    const std::size_t equals = text.find('=');
    std::string name = text.substr(0, equals);
    GOFLOW_TRY(check_name(name));
    if (equals == std::string::npos) {
      return Error{ErrorCode::invalid_argument, "environment variable '" + name + "' has no value"}
          .with_hint("write it as NAME=VALUE; the value may be empty");
    }
    env.insert_or_assign(std::move(name), text.substr(equals + 1));
  }
  return env;
}

Object layered(Object below, const Object& above) {
  for (const auto& [name, value] : above) {
    below.set(name, value);
  }
  return below;
}

TextMap layered(TextMap below, const TextMap& above) {
  for (const auto& [name, text] : above) {
    below.insert_or_assign(name, text);
  }
  return below;
}

CredentialBindings layered(CredentialBindings below, const CredentialBindings& above) {
  if (!above.credential_namespace.empty()) below.credential_namespace = above.credential_namespace;
  below.keys = layered(std::move(below.keys), above.keys);
  return below;
}

Object without(const Object& bound, const std::vector<std::string>& names) {
  Object kept;
  for (const auto& [name, value] : bound) {
    if (std::find(names.begin(), names.end(), name) == names.end()) kept.set(name, value);
  }
  return kept;
}

}  // namespace goflow::core
