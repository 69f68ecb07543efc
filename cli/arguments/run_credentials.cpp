#include "cli/arguments/run_credentials.hpp"

#include "cli/arguments/credential_argument.hpp"
#include "cli/arguments/credential_rotation.hpp"
#include "cli/arguments/secret_value.hpp"
#include "cli/arguments/stored_surroundings.hpp"
#include "cli/io/times.hpp"
#include "core/base/suggest.hpp"
#include "core/secret/expiry.hpp"
#include "core/secret/structured.hpp"
#include "core/workflow/needed_credentials.hpp"
#include "core/workflow/reader.hpp"
#include "credentials/selection.hpp"

#include <algorithm>
#include <deque>
#include <filesystem>
#include <map>
#include <utility>

namespace goflow::cli {
namespace {

using core::CredentialBindings;
using core::CredentialKey;
using core::CredentialMetadata;
using core::CredentialNamespace;
using core::CredentialNeed;
using core::Error;
using core::ErrorCode;
using core::Result;
using core::RunSecrets;
using core::Secret;

using ByName = std::map<std::string, std::string>;

Result<void> add_pairs(const std::vector<std::string>& words, const char* expected, ByName& pairs) {
  for (const std::string& word : words) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == word.size()) {
      return Error{ErrorCode::invalid_argument,
                   "invalid format: " + word + " (expected " + expected + ")"};
    }
    pairs.insert_or_assign(word.substr(0, equals), word.substr(equals + 1));
  }
  return {};
}

/// Where the value of a name is to come from instead of the keyring.
Result<std::map<std::string, SecretValueArguments>> values_given(
    const CredentialArguments& arguments) {
  ByName files;
  ByName variables;
  GOFLOW_TRY(add_pairs(arguments.files, "NAME=PATH", files));
  GOFLOW_TRY(add_pairs(arguments.variables, "NAME=VAR", variables));
  std::map<std::string, SecretValueArguments> given;
  for (auto& [name, path] : files) {
    given[name].file = path;
  }
  for (auto& [name, variable] : variables) {
    given[name].variable = variable;
  }
  return given;
}

/// A name that nobody asks for is a slip of the pen.
Result<void> check_names(const ByName& keys,
                         const std::map<std::string, SecretValueArguments>& values,
                         const std::vector<CredentialNeed>& needs,
                         const std::string& workflow) {
  std::vector<std::string> known;
  for (const CredentialNeed& need : needs) {
    known.push_back(need.name);
  }
  std::vector<std::string> given;
  for (const auto& [name, key] : keys) {
    given.push_back(name);
  }
  for (const auto& [name, value] : values) {
    given.push_back(name);
  }
  for (const std::string& name : given) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    return Error{ErrorCode::invalid_argument,
                 "'" + workflow + "' asks for no credential '" + name + "'"}
        .with_hint(core::did_you_mean(name, known));
  }
  return {};
}

/// Without all the reasons, which stand in a failure of a node later on.
Error in_short(const Error& error) {
  return Error{error.code, error.message.substr(0, error.message.find('\n'))}.with_hint(
      "see why: goflow doctor");
}

class LookUp {
 public:
  LookUp(const std::string& workflow, const CredentialBindings& bindings, Context& context)
      : workflow_(workflow), bindings_(bindings), context_(context) {}

  Result<RunSecrets> run(const std::vector<CredentialNeed>& needs,
                         const std::map<std::string, SecretValueArguments>& given) {
    GOFLOW_TRY(namespace_, CredentialNamespace::parse(bindings_.credential_namespace));
    for (const CredentialNeed& need : needs) {
      const auto value = given.find(need.name);
      if (value != given.end()) {
        GOFLOW_TRY(take(need.name, value->second));
      } else {
        GOFLOW_TRY(fetch(need));
      }
    }
    if (!missing_.empty()) return all_missing();
    if (keyring_ != nullptr) drop_overdue(*keyring_, namespace_, context_);
    return std::move(secrets_);
  }

 private:
  struct Missing {
    std::string name;
    std::string key;
    std::string reason;
  };

  Result<void> take(const std::string& name, const SecretValueArguments& source) {
    const auto bytes = read_secret_value(source, "'" + name + "'", context_);
    if (bytes) return add(name, Secret::copy_of(core::as_text(*bytes)), nullptr);
    Error error = bytes.error();
    return std::move(error).with_hint("store it instead: goflow cred set " + name + space());
  }

  Result<void> fetch(const CredentialNeed& need) {
    const auto bound = bindings_.keys.find(need.name);
    const std::string& word = bound != bindings_.keys.end() ? bound->second : need.name;
    const auto key = CredentialKey::parse(word);
    if (!key) return note_missing(need, word, key.error().message);
    const auto value = ask_keyring(*key);
    if (!value && !need.is_required) return leave_to_node(need, in_short(value.error()));
    if (!value) return value.error();
    if (!*value) return note_missing(need, word, "");
    return add_known(need, *key, **value);
  }

  Result<std::optional<Secret>> ask_keyring(const CredentialKey& key) {
    GOFLOW_TRY(const auto* opened, context_.credentials(namespace_, "'" + key.text() + "'"));
    keyring_ = opened->store.get();
    return keyring_->get(key);
  }

  Result<void> add_known(const CredentialNeed& need,
                         const CredentialKey& key,
                         const Secret& value) {
    GOFLOW_TRY(auto* known, context_.credential_metadata_if_any());
    if (known == nullptr) return add(need.name, value, nullptr);
    GOFLOW_TRY(const auto metadata, known->find(namespace_, key));
    if (!metadata) return add(need.name, value, nullptr);
    GOFLOW_TRY(check_expiry(key, *metadata));
    GOFLOW_TRY(learn_previous(*known, key));
    return add(need.name, value, &*metadata);
  }

  Result<void> note_missing(const CredentialNeed& need,
                            const std::string& key,
                            const std::string& reason) {
    if (need.is_required) {
      missing_.push_back({need.name, key, reason});
      return {};
    }
    return leave_to_node(
        need,
        Error{ErrorCode::credential, "no credential named '" + key + "'"}.with_hint(
            "store it: goflow cred set " + key + space()));
  }

  Result<void> leave_to_node(const CredentialNeed& need, Error reason) {
    secrets_.add_missing(need.name, std::move(reason));
    return {};
  }

  /// What another program stored is an object if it looks like one.
  Result<void> add(const std::string& name,
                   const Secret& value,
                   const CredentialMetadata* metadata) {
    const bool is_structured =
        metadata != nullptr ? metadata->kind == "structured" : core::structured_fields(value).ok();
    const std::vector<std::string> none;
    auto added = is_structured
                     ? secrets_.add_structured(
                           name, value, metadata != nullptr ? metadata->public_fields : none)
                     : secrets_.add(name, value);
    if (!added) added.error().code = ErrorCode::credential;
    return added;
  }

  Result<void> check_expiry(const CredentialKey& key, const CredentialMetadata& metadata) {
    const core::Timestamp now = context_.now();
    if (core::validity_of(metadata, now, {}) != core::Validity::expired) return {};
    const std::string sentence =
        "the credential '" + key.text() + "' expired " + relative_time(*metadata.expires_at, now);
    GOFLOW_TRY(const auto refuses, context_.setting(core::settings::credentials_refuse_expired));
    if (refuses.value == "true") {
      return Error{ErrorCode::credential, sentence}.with_hint(
          "give it a new value: goflow cred rotate " + words_for(key, namespace_));
    }
    context_.err().line("warning: " + sentence);
    return {};
  }

  /// It may still be in use somewhere, and come back in an answer.
  Result<void> learn_previous(core::CredentialMetadataStore& known, const CredentialKey& key) {
    core::CredentialRotation rotation(*keyring_, known, namespace_, context_.clock());
    GOFLOW_TRY(const auto previous, rotation.previous(key));
    if (previous) secrets_.learn(*previous);
    return {};
  }

  /// What follows a key where it is typed.
  [[nodiscard]] std::string space() const {
    const std::string& name = bindings_.credential_namespace;
    return name.empty() ? "" : " --namespace " + name;
  }

  [[nodiscard]] Error all_missing() const {
    const bool is_one = missing_.size() == 1;
    Error error{ErrorCode::credential,
                is_one ? "a credential of '" + workflow_ + "' is missing"
                       : std::to_string(missing_.size()) + " credentials of '" + workflow_ +
                             "' are missing"};
    for (const Missing& one : missing_) {
      error.message += "\n  '" + one.name + "'";
      if (one.key != one.name) error.message += ", bound to the key '" + one.key + "'";
      if (!one.reason.empty()) error.message += ": " + one.reason;
      if (!error.hint.empty()) error.hint += "\n";
      error.hint += one.reason.empty() ? "goflow cred set " + one.key + space()
                                       : "bind it to a key: --credential '" + one.name + "=KEY'";
    }
    return error;
  }

  const std::string& workflow_;
  const CredentialBindings& bindings_;
  Context& context_;
  CredentialNamespace namespace_;
  core::CredentialStore* keyring_ = nullptr;  // once it was needed
  RunSecrets secrets_;
  std::vector<Missing> missing_;
};

std::vector<CredentialNeed> needs_of(const std::vector<const core::Workflow*>& workflows,
                                     Context& context) {
  const StoredSurroundings surroundings(context);
  core::StoredWorkflows stored(surroundings);
  return needed_credentials(workflows, stored);
}

Result<RunSecrets> look_up(const std::vector<const core::Workflow*>& workflows,
                           const CredentialBindings& bindings,
                           const CredentialArguments& arguments,
                           Context& context) {
  const std::vector<CredentialNeed> needs = needs_of(workflows, context);
  const std::string& workflow = workflows.front()->id;
  ByName keys;
  GOFLOW_TRY(add_pairs(arguments.keys, "NAME=KEY", keys));
  GOFLOW_TRY(const auto given, values_given(arguments));
  GOFLOW_TRY(check_names(keys, given, needs, workflow));
  return LookUp(workflow, bindings, context).run(needs, given);
}

void add_bindings(Command& command, CredentialArguments& arguments) {
  command.option("--credential NAME=KEY", arguments.keys, "the key that stands for a name");
  command.option("--namespace NS", arguments.credential_namespace, "where the keys are looked up");
}

/// As they were when they began; the text of one that cannot be read any more is left to its node.
Result<void> add_runs_within(const core::Execution& execution,
                             core::ExecutionStore& store,
                             std::deque<core::Workflow>& workflows) {
  GOFLOW_TRY(const auto children, store.children(execution.id));
  for (const core::Execution& child : children) {
    if (is_terminal(child.status)) continue;
    GOFLOW_TRY(const std::string text, store.definition(child.definition_sha256));
    auto reading = core::read_workflow(text);
    if (reading.workflow) workflows.push_back(*std::move(reading.workflow));
    GOFLOW_TRY(add_runs_within(child, store, workflows));
  }
  return {};
}

}  // namespace

void declare_bindings(Command& command, CredentialArguments& arguments) {
  command.group("Credentials");
  add_bindings(command, arguments);
  command.group("");
}

void declare_credentials(Command& command, CredentialArguments& arguments) {
  command.group("Credentials");
  add_bindings(command, arguments);
  command.option("--secret-file NAME=PATH", arguments.files, "a file with the value, kept nowhere");
  command.option("--secret-env NAME=VAR", arguments.variables, "likewise a variable");
  command.group("");
}

std::vector<std::string> words_of(const CredentialArguments& arguments) {
  std::vector<std::string> words;
  for (const std::string& key : arguments.keys) {
    words.insert(words.end(), {"--credential", key});
  }
  if (arguments.credential_namespace) {
    words.insert(words.end(), {"--namespace", *arguments.credential_namespace});
  }
  for (const std::string& file : arguments.files) {
    words.insert(words.end(), {"--secret-file", file});
  }
  for (const std::string& variable : arguments.variables) {
    words.insert(words.end(), {"--secret-env", variable});
  }
  return words;
}

Result<CredentialBindings> bindings_of(const CredentialArguments& arguments,
                                       CredentialBindings recorded) {
  if (arguments.credential_namespace) {
    GOFLOW_TRY(const auto parsed, CredentialNamespace::parse(*arguments.credential_namespace));
    recorded.credential_namespace = parsed.text();
  }
  ByName keys;
  GOFLOW_TRY(add_pairs(arguments.keys, "NAME=KEY", keys));
  for (auto& [name, key] : keys) {
    GOFLOW_TRY(CredentialKey::parse(key));
    recorded.keys.insert_or_assign(name, key);
  }
  return recorded;
}

Result<void> check_bound_names(const core::Workflow& workflow,
                               const CredentialArguments& arguments,
                               Context& context) {
  if (arguments.keys.empty()) return {};
  ByName keys;
  GOFLOW_TRY(add_pairs(arguments.keys, "NAME=KEY", keys));
  return check_names(keys, {}, needs_of({&workflow}, context), workflow.id);
}

Result<RunSecrets> look_up_credentials(const core::Workflow& workflow,
                                       const CredentialBindings& bindings,
                                       const CredentialArguments& arguments,
                                       Context& context) {
  return look_up({&workflow}, bindings, arguments, context);
}

Result<RunSecrets> look_up_credentials(const core::Workflow& workflow,
                                       const core::Execution& execution,
                                       const CredentialArguments& arguments,
                                       Context& context) {
  GOFLOW_TRY(core::ExecutionStore * store, context.executions());
  std::deque<core::Workflow> within;
  GOFLOW_TRY(add_runs_within(execution, *store, within));
  std::vector<const core::Workflow*> workflows{&workflow};
  for (const core::Workflow& inner : within) {
    workflows.push_back(&inner);
  }
  GOFLOW_TRY(const CredentialBindings bindings, bindings_of(arguments, execution.credentials));
  return look_up(workflows, bindings, arguments, context);
}

}  // namespace goflow::cli
