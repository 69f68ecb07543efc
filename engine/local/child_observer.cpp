#include "engine/local/child_observer.hpp"

#include <type_traits>
#include <variant>

namespace goflow::engine {
namespace {

template <class SomeNote>
void move_below(SomeNote& note, const std::string& beginning) {
  if constexpr (std::is_same_v<SomeNote, VariableSet>) {
    note.node_path = beginning + note.node_path;
    note.scope = beginning + note.scope;
  } else {
    note.path = beginning + note.path;
  }
}

}  // namespace

void ChildObserver::on_note(const Note& note, core::Timestamp at) {
  Note below = note;
  std::visit([this](auto& what) { move_below(what, beginning_); }, below);
  outer_.on_note(below, at);
}

}  // namespace goflow::engine
