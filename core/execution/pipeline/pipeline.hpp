// An operation as a row of small named steps, each of which can be seen, moved and tested alone.
#pragma once

#include "core/base/result.hpp"

#include <algorithm>
#include <cassert>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::core {

/// Is told of each step, before and after; what it looks at meanwhile, a clock say, is its own.
class StepObserver {
 public:
  virtual ~StepObserver() = default;
  virtual void on_begin(std::string_view step) = 0;
  /// `refusal` is what ended the operation there; nullptr: it goes on.
  virtual void on_end(std::string_view step, const Error* refusal) = 0;
};

class NoStepObserver final : public StepObserver {
 public:
  void on_begin(std::string_view) override {}
  void on_end(std::string_view, const Error*) override {}
};

/// Takes what the operation has come to and returns it changed, or refuses to go on.
template <class State>
struct Step {
  std::string_view name;
  std::function<Result<State>(State)> apply;
};

template <class State>
class Pipeline {
 public:
  explicit Pipeline(std::vector<Step<State>> steps) : steps_(std::move(steps)) {}

  [[nodiscard]] std::vector<std::string_view> names() const {
    std::vector<std::string_view> names;
    for (const Step<State>& step : steps_) {
      names.push_back(step.name);
    }
    return names;
  }

  /// With one more at the end.
  [[nodiscard]] Pipeline with_last(Step<State> added) const {
    Pipeline longer = *this;
    longer.steps_.push_back(std::move(added));
    return longer;
  }

  /// With one more, right before the step of this name, which there is.
  [[nodiscard]] Pipeline with_before(std::string_view name, Step<State> added) const {
    Pipeline longer = *this;
    longer.steps_.insert(longer.place_of(name), std::move(added));
    return longer;
  }

  /// With one less, which there is.
  [[nodiscard]] Pipeline without(std::string_view name) const {
    Pipeline shorter = *this;
    shorter.steps_.erase(shorter.place_of(name));
    return shorter;
  }

  /// The steps in their order; the first one that refuses ends it.
  Result<State> run(State state, StepObserver& observer) const {
    for (const Step<State>& step : steps_) {
      observer.on_begin(step.name);
      Result<State> next = step.apply(std::move(state));
      observer.on_end(step.name, next ? nullptr : &next.error());
      if (!next) return next;
      state = *std::move(next);
    }
    return state;
  }

 private:
  typename std::vector<Step<State>>::iterator place_of(std::string_view name) {
    const auto place = std::find_if(
        steps_.begin(), steps_.end(), [&](const Step<State>& step) { return step.name == name; });
    assert(place != steps_.end());
    return place;
  }

  std::vector<Step<State>> steps_;
};

}  // namespace goflow::core
