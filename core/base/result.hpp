// A value, or the reason why there is none.
#pragma once

#include "core/base/error.hpp"

#include <cassert>
#include <optional>
#include <utility>
#include <variant>

namespace goflow::core {

template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  using value_type = T;

  // Implicit on purpose: `return value;` and `return Error{…};` read as what they are.
  // NOLINTNEXTLINE(google-explicit-constructor)
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  // NOLINTNEXTLINE(google-explicit-constructor)
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  T& value() & { return assert(ok()), *std::get_if<0>(&state_); }
  [[nodiscard]] const T& value() const& { return assert(ok()), *std::get_if<0>(&state_); }
  T&& value() && { return assert(ok()), std::move(*std::get_if<0>(&state_)); }

  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  E& error() & { return assert(!ok()), *std::get_if<1>(&state_); }
  [[nodiscard]] const E& error() const& { return assert(!ok()), *std::get_if<1>(&state_); }
  E&& error() && { return assert(!ok()), std::move(*std::get_if<1>(&state_)); }

 private:
  std::variant<T, E> state_;
};

template <class E>
class [[nodiscard]] Result<void, E> {
 public:
  using value_type = void;

  Result() = default;
  Result(E error) : error_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  [[nodiscard]] bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }

  void value() const { assert(ok()); }

  E& error() & { return assert(!ok()), *error_; }
  [[nodiscard]] const E& error() const& { return assert(!ok()), *error_; }
  E&& error() && { return assert(!ok()), std::move(*error_); }

 private:
  std::optional<E> error_;
};

}  // namespace goflow::core

#define GOFLOW_CONCAT_INNER(a, b) a##b
#define GOFLOW_CONCAT(a, b) GOFLOW_CONCAT_INNER(a, b)

/// Returns early with the error of a Result:
///   GOFLOW_TRY(auto plan, make_plan(workflow));   declares `plan` from a Result<Plan>
///   GOFLOW_TRY(store.save(row));                  for a Result<void>
#define GOFLOW_TRY(first, ...) \
  GOFLOW_CONCAT(GOFLOW_TRY_, __VA_OPT__(VALUE))(first __VA_OPT__(, ) __VA_ARGS__)

#define GOFLOW_TRY_VALUE(declaration, ...)                      \
  auto GOFLOW_CONCAT(result_, __LINE__) = (__VA_ARGS__);        \
  if (!GOFLOW_CONCAT(result_, __LINE__))                        \
    return std::move(GOFLOW_CONCAT(result_, __LINE__)).error(); \
  declaration = *std::move(GOFLOW_CONCAT(result_, __LINE__))

#define GOFLOW_TRY_(expression) \
  if (auto tried = (expression); !tried) return std::move(tried).error()
