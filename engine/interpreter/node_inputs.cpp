#include "engine/interpreter/node_inputs.hpp"

#include "core/value/json.hpp"
#include "engine/interpreter/outcome.hpp"

#include <utility>

namespace goflow::engine {

ValueResult render_texts(const std::vector<core::Placed<core::TextTemplate>>& texts,
                         const core::Environment& environment) {
  core::Array rendered;
  for (const auto& text : texts) {
    GOFLOW_TRY(std::string item, render(text, environment));
    rendered.emplace_back(std::move(item));
  }
  return core::Value(std::move(rendered));
}

ObjectResult render_environment(const std::vector<core::NamedText>& entries,
                                const core::Environment& environment) {
  core::Object rendered;
  for (const auto& entry : entries) {
    if (!entry.value) {
      rendered.set(entry.name, core::Value());
      continue;
    }
    GOFLOW_TRY(core::Value value, evaluate(*entry.value, environment));
    rendered.set(entry.name, value.is_null() ? core::Value() : core::Value(core::to_text(value)));
  }
  return rendered;
}

ObjectResult render_headers(const std::vector<core::NamedText>& headers,
                            const core::Environment& environment) {
  core::Object rendered;
  for (const auto& header : headers) {
    if (!header.value) {
      rendered.set(header.name, core::Value());
      continue;
    }
    GOFLOW_TRY(core::Value value, evaluate(*header.value, environment));
    rendered.set(header.name, std::move(value));
  }
  return rendered;
}

ObjectResult evaluate_all(const std::vector<core::NamedValue>& entries,
                          const core::Environment& environment) {
  core::Object values;
  for (const auto& entry : entries) {
    GOFLOW_TRY(core::Value value, evaluate(entry.value, environment));
    values.set(entry.name, std::move(value));
  }
  return values;
}

ValueResult find_credential(Runtime& runtime, const std::string& name) {
  auto secret = runtime.secret(name);
  if (secret) return *std::move(secret);
  core::Failure failure{.type = "validation", .message = secret.error().message};
  if (!secret.error().hint.empty()) failure.context.set("hint", secret.error().hint);
  return failure;
}

}  // namespace goflow::engine
