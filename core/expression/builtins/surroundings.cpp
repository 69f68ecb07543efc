// What comes from outside the workflow: identifiers, variables of the process, credentials.
#include "core/expression/builtins/builtin.hpp"
#include "core/expression/call.hpp"

#include <utility>

namespace goflow::core::expression {
namespace {

Outcome uuid(Call& call) {
  return Value(call.environment().uuid());
}

Outcome env(Call& call) {
  auto value = call.environment().process_variable(call.text(0));
  if (!value) return Value();
  GOFLOW_TRY(call.produce(value->size()));
  return Value(*std::move(value));
}

Outcome secret(Call& call) {
  auto value = call.environment().secret(call.text(0));
  if (value) return *std::move(value);
  const Error& error = value.error();
  return fault(Code::bad_argument, call.place(0), error.message, error.hint);
}

constexpr Parameter name = required(Takes::text);

constexpr std::array<Builtin, 3> table{{
    {"uuid()",
     "an identifier of 36 characters that nobody else has; the same again in a run that is resumed",
     {},
     Kind::text,
     uuid},
    {"env(name)",
     "an environment variable that env_allow names, as it was when the run was created, or null; "
     "the name is written out",
     {name},
     KindSet(Kind::text) | Kind::null,
     env},
    {"secret(name)",
     "a credential from the keyring; the name is written out, and only some places may hold one",
     {name},
     KindSet(Kind::text) | Kind::object,
     secret},
}};

}  // namespace

std::span<const Builtin> surroundings_builtins() {
  return table;
}

}  // namespace goflow::core::expression
