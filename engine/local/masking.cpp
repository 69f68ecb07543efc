#include "engine/local/masking.hpp"

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace goflow::engine {
namespace {

using core::Redactor;

void mask(std::string& text, const Redactor& redactor) {
  text = redactor.redact(std::move(text));
}

void mask(core::Value& value, const Redactor& redactor) {
  value = redactor.redact(value);
}

void mask(core::Object& members, const Redactor& redactor) {
  members = redactor.redact(core::Value(std::move(members))).as_object();
}

void mask(core::Failure& failure, const Redactor& redactor) {
  mask(failure.message, redactor);
  mask(failure.context, redactor);
}

template <class Content>
void mask(std::optional<Content>& content, const Redactor& redactor) {
  if (content) mask(*content, redactor);
}

void mask(std::vector<std::string>& texts, const Redactor& redactor) {
  for (std::string& text : texts) {
    mask(text, redactor);
  }
}

void mask(NodeStarted& note, const Redactor& redactor) {
  mask(note.inputs, redactor);
}

void mask(AttemptFailed& note, const Redactor& redactor) {
  mask(note.failure, redactor);
}

void mask(NodeFinished& note, const Redactor& redactor) {
  mask(note.value, redactor);
  mask(note.failure, redactor);
  mask(note.warnings, redactor);
  mask(note.facts, redactor);
}

void mask(VariableSet& note, const Redactor& redactor) {
  mask(note.old_value, redactor);
  mask(note.new_value, redactor);
}

void mask(Progress&, const Redactor&) {}

}  // namespace

core::Failure masked(core::Failure failure, const Redactor& redactor) {
  if (redactor.knows_any()) mask(failure, redactor);
  return failure;
}

EffectOutcome masked(EffectOutcome outcome, const Redactor& redactor) {
  if (!redactor.knows_any()) return outcome;
  mask(outcome.value, redactor);
  mask(outcome.failure, redactor);
  mask(outcome.warnings, redactor);
  mask(outcome.facts, redactor);
  return outcome;
}

RunResult masked(RunResult result, const Redactor& redactor) {
  if (!redactor.knows_any()) return result;
  mask(result.return_value, redactor);
  mask(result.failure, redactor);
  mask(result.warnings, redactor);
  return result;
}

Note masked(Note note, const Redactor& redactor) {
  if (!redactor.knows_any()) return note;
  std::visit([&redactor](auto& what) { mask(what, redactor); }, note);
  return note;
}

}  // namespace goflow::engine
