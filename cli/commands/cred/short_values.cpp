#include "cli/commands/cred/short_values.hpp"

#include "core/secret/secret_form.hpp"
#include "core/secret/structured.hpp"

#include <algorithm>

namespace goflow::cli {

using core::Maskable;
using core::Secret;

bool can_be_masked(const Secret& value,
                   bool is_structured,
                   const std::vector<std::string>& public_fields) {
  if (!is_structured) return core::maskable(value.expose()) == Maskable::yes;
  const auto members = core::structured_fields(value);
  if (!members) return true;
  return std::all_of(members->begin(), members->end(), [&](const core::SecretField& field) {
    const bool is_public =
        std::find(public_fields.begin(), public_fields.end(), field.name) != public_fields.end();
    return is_public || !field.is_text || core::maskable(field.value.expose()) == Maskable::yes;
  });
}

bool can_be_masked(const Secret& value, const std::optional<core::CredentialMetadata>& metadata) {
  if (!metadata) return can_be_masked(value, false, {});
  return can_be_masked(value, metadata->kind == "structured", metadata->public_fields);
}

void warn_of_short_values(Context& context, const std::string& whose) {
  context.err().line(
      "warning: values and lines of less than 4 bytes cannot be masked in what goflow writes" +
      (whose.empty() ? "" : ": " + whose));
}

}  // namespace goflow::cli
