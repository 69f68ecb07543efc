// One expression of the workflow language: compiled once, evaluated many times.
#pragma once

#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/value/value.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

enum class ExpressionErrorCode {
  syntax,
  unknown_name,
  unknown_function,
  arity,
  no_value,
  missing_field,
  out_of_range,
  null_access,
  type_mismatch,
  overflow,
  division_by_zero,
  bad_argument,
  limit,
  forbidden,
};

/// The word of the code in JSON: "missing_field".
std::string_view to_string(ExpressionErrorCode code);

struct ExpressionError {
  ExpressionErrorCode code = ExpressionErrorCode::syntax;
  std::string message;
  std::string hint = {};
  // The offending part, as byte offsets into the text of the expression (or template).
  std::size_t begin = 0;
  std::size_t end = 0;
};

enum class Presence {
  unknown,   // no such name
  no_value,  // declared, but nothing was given to it yet
  present,
};

struct Binding {
  Presence presence = Presence::unknown;
  Value value = {};
};

/// All that an expression can see of the world. Asking has no effects.
class Environment {
 public:
  virtual ~Environment() = default;
  [[nodiscard]] virtual Binding lookup(std::string_view name) const = 0;
  /// Every name that lookup knows, for "did you mean …?".
  [[nodiscard]] virtual std::vector<std::string> names() const = 0;
  /// Constant within one evaluation, and the same again when a run is continued.
  [[nodiscard]] virtual Timestamp now() const = 0;
  /// Another one at each call, and the same ones again when a run is continued.
  [[nodiscard]] virtual std::string uuid() const = 0;
  /// A variable of the process that runs the workflow; nullopt: it has none of that name.
  [[nodiscard]] virtual std::optional<std::string> process_variable(
      const std::string& name) const = 0;
  /// A credential: a text, or an object where it has several fields.
  [[nodiscard]] virtual Result<Value> secret(const std::string& name) const = 0;
  /// For what is written down: a placeholder that asks for a credential gives its own text.
  [[nodiscard]] virtual bool keeps_secrets_back() const { return false; }
};

/// A name that the expression reads from its environment, and where.
struct NameUse {
  std::string name;
  std::size_t begin = 0;
  std::size_t end = 0;
  // Stands where absence is asked for (`x ?? d`, `x?.f`, `default(x, d)`).
  bool guarded = false;
  // Stands in `default(x, d)`, where even a name that exists nowhere is no error.
  bool may_be_unknown = false;
};

/// A call of env() or secret(), and where the name stands.
struct Lookup {
  enum class Of { process_variable, secret };
  Of of = Of::process_variable;
  std::optional<std::string> name = std::nullopt;  // nullopt: it is not written out as a text
  std::size_t begin = 0;
  std::size_t end = 0;
};

struct ExpressionTree;

/// Immutable; copies share the tree and may be evaluated by several threads.
class Expression {
 public:
  /// A text that is one placeholder means the expression within.
  /// Finds every static fault that needs no names: syntax, functions, arity, literal operands.
  static Result<Expression, ExpressionError> compile(std::string text);

  [[nodiscard]] Result<Value, ExpressionError> evaluate(const Environment& environment) const;

  [[nodiscard]] const std::string& text() const;
  /// In order of appearance; closures' and let's own names are not among them.
  [[nodiscard]] std::vector<NameUse> names() const;
  /// In order of appearance.
  [[nodiscard]] std::vector<Lookup> lookups() const;
  /// False only when the result is certain to be no boolean (`1 + 2`): a fault in a condition.
  [[nodiscard]] bool may_be_boolean() const;

 private:
  explicit Expression(std::shared_ptr<const ExpressionTree> tree);

  std::shared_ptr<const ExpressionTree> tree_;
};

}  // namespace goflow::core
