// goflow cred test: try for real whether secrets can be kept, or whether one can be used.
#include "cli/arguments/credential_argument.hpp"
#include "cli/commands/commands.hpp"
#include "cli/context.hpp"
#include "cli/io/records.hpp"
#include "cli/io/times.hpp"
#include "core/base/duration.hpp"
#include "core/base/ulid.hpp"
#include "core/secret/credential_value.hpp"
#include "core/secret/expiry.hpp"
#include "core/secret/structured.hpp"

#include <algorithm>

namespace goflow::cli {
namespace {

using core::CredentialKey;
using core::CredentialMetadata;
using core::CredentialNamespace;
using core::Error;
using core::ErrorCode;
using core::LockState;
using core::Result;
using core::Secret;
using core::Validity;
using core::Value;

constexpr Field fields[] = {
    {"key", "the credential that was tried; null: a probe of goflow's own"},
    {"namespace", "the namespace it is in, empty for none"},
    {"store", "secret-service, keychain, wincred, file or memory"},
    {"was_locked", "true when the store had to be unlocked first"},
    {"duration_ms", "how long the store took"},
    {"kind", "text, structured or a word of its owner; null: unknown"},
    {"expires_at", "until when it is good; null: for good"},
};

struct TestOptions {
  std::optional<std::string> key;
  std::string credential_namespace;
  std::optional<std::chrono::milliseconds> within;
  OutputChoice output;
};

void declare(Command& command, TestOptions& options) {
  command.summary("try whether credentials can be kept, or one can be used")
      .describe(
          "Without KEY: stores a value of its own, reads it, compares it and removes it again. "
          "With "
          "KEY: whether it is there, can be read, has not expired and is what it is said to be. No "
          "value is shown.")
      .example("goflow cred test", "does the keyring work?")
      .example("goflow cred test github --within 7d", "is it good for another week?")
      .exit_code(3, "there is no such credential")
      .exit_code(4, "it has expired or is damaged; or no keyring can be used");
  command.positional("[KEY]", options.key, "a credential").completes(CompletesWith::credential);
  declare_namespace(command, options.credential_namespace);
  command.option("--within D", options.within, "fail also when it expires within this time: 30d");
  command.json(options.output, fields);
}

struct Trial {
  const credentials::OpenedCredentials* opened = nullptr;
  LockState before = LockState::unlocked;
  std::chrono::microseconds took{0};
  std::optional<CredentialMetadata> metadata = std::nullopt;
};

/// How a message and a command name it: "credential 'github'", "github --namespace tenant-a".
struct Tested {
  std::string named;
  std::string words;
};

Error damaged(const Tested& tested, const std::string& what, const std::string& flag) {
  return Error{ErrorCode::credential, tested.named + what}.with_hint(
      "store it anew: goflow cred set " + tested.words + flag);
}

Result<void> check_probe(core::CredentialStore& store, const CredentialKey& key) {
  const Secret value = Secret::copy_of(key.text());
  GOFLOW_TRY(store.set(key, value));
  auto stored = store.get(key);
  // Whatever came back, nothing is left behind.
  GOFLOW_TRY(store.remove(key));
  if (!stored) return stored.error();
  if (*stored && (*stored)->has_same_bytes(value)) return {};
  return Error{ErrorCode::credential, "the store does not give back what was stored"}.with_hint(
      "see what is wrong with it: goflow doctor");
}

Result<void> check_form(const Tested& tested,
                        const Secret& value,
                        const CredentialMetadata& metadata) {
  if (metadata.kind != "structured") return {};
  const auto members = core::structured_fields(value);
  if (!members) return damaged(tested, " is no JSON object", " --structured");
  for (const std::string& field : metadata.public_fields) {
    const bool is_there = std::any_of(
        members->begin(), members->end(), [&](const auto& member) { return member.name == field; });
    if (!is_there) return damaged(tested, " lacks its field '" + field + "'", " --structured");
  }
  return {};
}

Result<void> check_expiry(const Tested& tested,
                          const CredentialMetadata& metadata,
                          const TestOptions& options,
                          core::Timestamp now) {
  const auto within = options.within.value_or(std::chrono::milliseconds(0));
  const Validity validity = validity_of(metadata, now, within);
  if (validity == Validity::good) return {};
  const bool has_expired = validity == Validity::expired;
  return Error{ErrorCode::credential,
               tested.named + (has_expired ? " expired " : " expires ") +
                   relative_time(*metadata.expires_at, now)}
      .with_hint("give it a new value: goflow cred rotate " + tested.words);
}

Result<Trial> begin(const CredentialNamespace& credential_namespace,
                    std::string_view needed_for,
                    Context& context) {
  Trial trial;
  GOFLOW_TRY(trial.opened, context.credentials(credential_namespace, needed_for));
  GOFLOW_TRY(trial.before, trial.opened->store->lock_state());
  return trial;
}

Result<Trial> try_store(const CredentialNamespace& credential_namespace, Context& context) {
  GOFLOW_TRY(Trial trial, begin(credential_namespace, "a test", context));
  const core::Timestamp begun = context.now();
  const CredentialKey key = CredentialKey::probe(core::new_ulid(begun));
  GOFLOW_TRY(check_probe(*trial.opened->store, key));
  trial.took = context.now() - begun;
  return trial;
}

Result<Trial> try_key(const CredentialKey& key,
                      const CredentialNamespace& credential_namespace,
                      const TestOptions& options,
                      Context& context) {
  GOFLOW_TRY(Trial trial, begin(credential_namespace, quoted(key, credential_namespace), context));
  const core::Timestamp begun = context.now();
  GOFLOW_TRY(const auto value, trial.opened->store->get(key));
  trial.took = context.now() - begun;
  if (!value) return no_credential(key, credential_namespace, context);
  const Tested tested{"credential " + quoted(key, credential_namespace),
                      words_for(key, credential_namespace)};
  // Another program may have stored anything.
  const auto usable = core::check_credential_value(value->expose());
  if (!usable) return damaged(tested, " cannot be used: " + usable.error().message, "");
  GOFLOW_TRY(trial.metadata, find_metadata(key, credential_namespace, context));
  if (!trial.metadata) return trial;
  GOFLOW_TRY(check_form(tested, *value, *trial.metadata));
  GOFLOW_TRY(check_expiry(tested, *trial.metadata, options, context.now()));
  return trial;
}

/// "in the keyring, readable, expires in 9 days"
std::string sentence_of(const Trial& trial, bool is_probe, core::Timestamp now) {
  std::string sentence = is_probe ? place_of(*trial.opened) +
                                        " keeps what is stored and gives it "
                                        "back, in " +
                                        core::format_duration(trial.took)
                                  : "in " + place_of(*trial.opened) + ", readable";
  if (trial.before == LockState::locked) sentence += ", was locked before";
  if (is_probe) return sentence;
  const bool expires = trial.metadata && trial.metadata->expires_at;
  if (!expires) return sentence + ", does not expire";
  return sentence + ", expires " + relative_time(*trial.metadata->expires_at, now);
}

void write_text(const Trial& trial, const TestOptions& options, Context& context) {
  Output& out = context.out();
  const Mark mark = ok_mark("ok");
  const std::string name = options.key.value_or("credentials");
  const std::string sentence = sentence_of(trial, !options.key, context.now());
  if (!out.is_terminal()) {
    out.line(std::string(mark.word) + "\t" + name + "\t" + sentence);
    return;
  }
  out.line(out.style().paint(mark.tone, out.style().symbol(mark)) + " " + name + "  " + sentence);
}

core::Object record_of(const Trial& trial, const TestOptions& options) {
  constexpr double microseconds_per_ms = 1000.0;
  const bool expires = trial.metadata && trial.metadata->expires_at;
  return {
      {"key", options.key ? Value(*options.key) : Value()},
      {"namespace", options.credential_namespace},
      {"store", to_string(trial.opened->backend)},
      {"was_locked", trial.before == LockState::locked},
      {"duration_ms", static_cast<double>(trial.took.count()) / microseconds_per_ms},
      {"kind", trial.metadata ? Value(trial.metadata->kind) : Value()},
      {"expires_at", expires ? Value(core::format_rfc3339(*trial.metadata->expires_at)) : Value()}};
}

Result<Trial> try_out(const TestOptions& options, Context& context) {
  GOFLOW_TRY(const auto credential_namespace,
             CredentialNamespace::parse(options.credential_namespace));
  if (!options.key) return try_store(credential_namespace, context);
  GOFLOW_TRY(const CredentialKey key, CredentialKey::parse(*options.key));
  return try_key(key, credential_namespace, options, context);
}

Result<void> run(const TestOptions& options, Context& context) {
  GOFLOW_TRY(const Trial trial, try_out(options, context));
  if (options.output.is_text()) {
    write_text(trial, options, context);
  } else {
    write_records(context.out(), options.output, record_of(trial, options));
  }
  return {};
}

}  // namespace

std::unique_ptr<Action> cred_test() {
  return make_action(declare, run);
}

}  // namespace goflow::cli
