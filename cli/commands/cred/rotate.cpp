// goflow cred rotate: a new value, while the one before stays at hand for a while.
#include "cli/arguments/credential_argument.hpp"
#include "cli/arguments/credential_rotation.hpp"
#include "cli/arguments/secret_value.hpp"
#include "cli/commands/commands.hpp"
#include "cli/commands/cred/short_values.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "core/secret/expiry.hpp"
#include "core/secret/rotation.hpp"

namespace goflow::cli {
namespace {

using core::CredentialKey;
using core::CredentialNamespace;
using core::Error;
using core::ErrorCode;
using core::Result;
using core::Secret;
using core::Timestamp;
using core::Value;

constexpr Field fields[] = {
    {"key", "its name"},
    {"namespace", "the namespace it is in, empty for none"},
    {"change", "rotated or undone"},
    {"previous_until", "until when the value before is kept; null when it is not"},
};

struct RotateOptions {
  std::string key;
  std::string credential_namespace;
  SecretValueArguments value;
  std::optional<std::chrono::milliseconds> grace;
  std::optional<std::string> expires;
  bool undo = false;
  OutputChoice output;
};

void declare(Command& command, RotateOptions& options) {
  command.summary("give a credential a new value, and keep the one before for a while")
      .describe(
          "The value before is kept for the grace period, a day if nothing else is said: "
          "goflow cred get KEY --previous shows it, --undo brings it back. Executions that run go "
          "on with the value they started with. When the old value would have expired is "
          "forgotten: "
          "say it of the new one with --expires.")
      .example("goflow cred rotate github < token.txt", "the old token stays at hand for a day")
      .example("goflow cred rotate github --grace 0", "asks for the new one, keeps none")
      .example("goflow cred rotate github --undo", "back to the value before")
      .exit_code(3, "there is no such credential, or no value before to go back to")
      .keep_words_private("give the value on stdin: goflow cred rotate KEY < FILE");
  command.positional("KEY", options.key, "its name").completes(CompletesWith::credential);
  declare_namespace(command, options.credential_namespace);
  declare_secret_value(command, options.value);
  command.option("--grace D", options.grace, "how long the value before is kept: 24h unless given");
  command.option("--expires T", options.expires, "until when the new value is good: 90d, a date");
  command.flag("--undo", options.undo, "bring the value before back and drop the new one");
  command.json(options.output, fields);
}

/// Of which credential it is, and where that is kept.
struct Place {
  CredentialKey key;
  CredentialNamespace credential_namespace;
  core::CredentialStore& store;

  [[nodiscard]] std::string quoted() const { return cli::quoted(key, credential_namespace); }
  /// "github --namespace tenant-a"
  [[nodiscard]] std::string words() const { return words_for(key, credential_namespace); }
};

/// --undo with nothing that only a new value could have.
Result<void> check_alone(const RotateOptions& options, const Place& place) {
  const bool is_alone = !options.value.file && !options.value.variable && !options.value.raw &&
                        !options.grace && !options.expires;
  if (is_alone) return {};
  return Error{ErrorCode::invalid_argument, "--undo takes no value and no times"}.with_hint(
      "goflow cred rotate " + place.words() + " --undo");
}

/// Before anybody types a value for nothing.
Result<void> check_exists(const Place& place, Context& context) {
  GOFLOW_TRY(const bool exists, place.store.exists(place.key));
  if (!exists) return no_credential(place.key, place.credential_namespace, context);
  return {};
}

using Known = std::optional<core::CredentialMetadata>;

/// Compact when values of this credential are structured.
Result<Secret> read_value(const RotateOptions& options,
                          const Place& place,
                          const Known& known,
                          Context& context) {
  const std::string what = "new value of " + place.quoted();
  if (known && known->kind == "structured") {
    return read_structured_value(options.value, what, context);
  }
  GOFLOW_TRY(const core::WipedBytes bytes, read_secret_value(options.value, what, context));
  return Secret::copy_of(core::as_text(bytes));
}

Result<core::RotationTerms> read_terms(const RotateOptions& options, Timestamp now) {
  core::RotationTerms terms;
  if (options.grace) terms.grace = *options.grace;
  if (options.expires) {
    GOFLOW_TRY(terms.expires_at, core::parse_expiry(*options.expires, now));
  }
  return terms;
}

void say(const RotateOptions& options,
         const Place& place,
         std::optional<Timestamp> until,
         Context& context) {
  if (!options.output.is_text()) {
    return write_records(
        context.out(),
        options.output,
        core::Object{{"key", place.key.text()},
                     {"namespace", place.credential_namespace.text()},
                     {"change", options.undo ? "undone" : "rotated"},
                     {"previous_until", until ? Value(core::format_rfc3339(*until)) : Value()}});
  }
  if (options.undo) {
    context.tell("brought back the value of " + place.quoted() + " from before");
  } else if (until) {
    context.tell("rotated " + place.quoted() + "; the value before is kept until " +
                 core::format_rfc3339_seconds(*until) + ", back to it: goflow cred rotate " +
                 place.words() + " --undo");
  } else {
    context.tell("rotated " + place.quoted() + "; the value before is gone");
  }
}

/// Until when the value before is kept.
Result<std::optional<Timestamp>> rotate(const RotateOptions& options,
                                        const Place& place,
                                        Context& context) {
  GOFLOW_TRY(const auto terms, read_terms(options, context.now()));
  GOFLOW_TRY(const Known known, find_metadata(place.key, place.credential_namespace, context));
  GOFLOW_TRY(const Secret value, read_value(options, place, known, context));
  GOFLOW_TRY(auto rotation, open_rotation(place.store, place.credential_namespace, context));
  GOFLOW_TRY(const auto until, rotation.rotate(place.key, value, terms));
  if (!can_be_masked(value, known)) warn_of_short_values(context);
  return until;
}

Result<void> undo(const RotateOptions& options, const Place& place, Context& context) {
  GOFLOW_TRY(check_alone(options, place));
  GOFLOW_TRY(auto rotation, open_rotation(place.store, place.credential_namespace, context));
  return rotation.undo(place.key);
}

Result<void> run(const RotateOptions& options, Context& context) {
  GOFLOW_TRY(const CredentialKey key, CredentialKey::parse(options.key));
  GOFLOW_TRY(const auto credential_namespace,
             CredentialNamespace::parse(options.credential_namespace));
  GOFLOW_TRY(const auto* opened,
             context.credentials(credential_namespace, quoted(key, credential_namespace)));
  const Place place{key, credential_namespace, *opened->store};
  GOFLOW_TRY(check_exists(place, context));
  std::optional<Timestamp> until;
  if (options.undo) {
    GOFLOW_TRY(undo(options, place, context));
  } else {
    GOFLOW_TRY(until, rotate(options, place, context));
  }
  say(options, place, until, context);
  return {};
}

}  // namespace

std::unique_ptr<Action> cred_rotate() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
