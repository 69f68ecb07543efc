#include "engine/interpreter/rounds.hpp"

#include "engine/interpreter/outcome.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <variant>

namespace goflow::engine {

Rounds::Rounds(NodeVisit& visit, const core::LoopNode& loop)
    : visit_(visit),
      loop_(loop),
      item_(visit.run.names.slot(loop.item)),
      index_(visit.run.names.slot(loop.item + "_index")) {}

core::Result<void, core::Failure> Rounds::prepare() {
  core::Object inputs;
  if (loop_.collection) {
    if (const auto* count = std::get_if<std::int64_t>(&*loop_.collection)) {
      total_ = *count;
    } else {
      auto list = collection();
      if (!list) {
        visit_.note_started();
        return std::move(list).error();
      }
      list_ = *std::move(list);
      total_ = static_cast<Index>(list_.as_array().size());
      inputs.set("collection", list_);
    }
  }
  visit_.note_started(std::move(inputs));
  if (total_.value_or(0) <= loop_.max_iterations) return {};
  return data_failure(fmt::format(
      "the collection has {} items, max_iterations is {}", *total_, loop_.max_iterations));
}

core::Result<Rounds::Next, core::Failure> Rounds::enter(Scope& round, Index index) const {
  if (is_after_last(index)) return Next::end;
  round.set_local(
      item_,
      list_.is_array() ? list_.as_array()[static_cast<std::size_t>(index)] : core::Value(index));
  round.set_local(index_, index);
  // What the conditions looked at, such as the time, may be another now.
  const auto known =
      visit_.run.runtime.remembered_round(visit_.path, visit_.attempt, path_of(index));
  if (known) return *known ? Next::round : Next::end;
  return decide(round, index);
}

core::Result<Rounds::Next, core::Failure> Rounds::decide(const Scope& round, Index index) const {
  const ScopeEnvironment environment(visit_.run, round, visit_.node.id, visit_.attempt);
  if (loop_.condition) {
    GOFLOW_TRY(const bool goes_on, evaluate_condition(*loop_.condition, environment));
    if (!goes_on) return Next::end;
    if (index >= loop_.max_iterations) {
      return data_failure(
          fmt::format("the loop wants more than max_iterations ({}) rounds", index));
    }
  }
  if (loop_.break_condition) {
    GOFLOW_TRY(const bool breaks, evaluate_condition(*loop_.break_condition, environment));
    if (breaks) return Next::broken;
  }
  return Next::round;
}

void Rounds::tell(const Extent& extent) const {
  const auto& broken_at = extent.break_index;
  visit_.facts.set("iteration_count", extent.finished);
  visit_.facts.set("broken", broken_at.has_value());
  visit_.facts.set("break_index", broken_at ? core::Value(*broken_at) : core::Value());
}

YieldEffect Rounds::turn_of(Index index) const {
  return YieldEffect{path_of(index), visit_.path, visit_.attempt};
}

std::string Rounds::path_of(Index index) const {
  return visit_.inner_path() + "[" + std::to_string(index) + "]";
}

Progress Rounds::progress(Index done) const {
  return Progress{.path = visit_.path, .done = done, .total = total_};
}

core::Result<core::Value, core::Failure> Rounds::collection() const {
  if (const auto known = visit_.run.runtime.remembered_inputs(visit_.path, visit_.attempt)) {
    if (const core::Value* list = known->find("collection")) return *list;
  }
  const ScopeEnvironment environment = visit_.environment();
  const auto* expression = std::get_if<core::Placed<core::Expression>>(&*loop_.collection);
  const auto* items = std::get_if<core::Placed<core::ValueTemplate>>(&*loop_.collection);
  GOFLOW_TRY(core::Value list,
             expression ? evaluate(*expression, environment) : evaluate(*items, environment));
  if (list.is_array()) return list;
  const std::string what = expression ? "'" + expression->what.text() + "'" : "the collection";
  return data_failure(fmt::format("{} is not iterable: got {}", what, core::to_string(list.kind())),
                      expression ? expression->at : items->at);
}

}  // namespace goflow::engine
