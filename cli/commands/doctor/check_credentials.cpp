// goflow doctor: the credentials: those that expire, those without a value, and those that
// workflows wait for.
#include "cli/arguments/credential_argument.hpp"
#include "cli/arguments/credential_uses.hpp"
#include "cli/commands/doctor/check.hpp"
#include "cli/credential_access.hpp"
#include "core/secret/expiry.hpp"
#include "core/secret/secret.hpp"
#include "core/workflow/reader.hpp"
#include "storage/sqlite/history_health.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace goflow::cli {
namespace {

using core::Result;
using core::Validity;
using Known = std::vector<core::DescribedCredential>;

/// Empty when the history is not there, or to open it would upgrade it.
Result<Known> find_known(Context& context) {
  GOFLOW_TRY(const std::string home, context.home());
  const auto is_current = storage::is_history_current(home + "/goflow.db");
  if (!is_current || !*is_current) return Known();
  GOFLOW_TRY(core::CredentialMetadataStore * store, context.credential_metadata_if_any());
  return store == nullptr ? Result<Known>(Known()) : store->list();
}

/// "'github', 'shop' in namespace 'tenant-a'"
std::string named(const Known& known, const std::function<bool(const Known::value_type&)>& wanted) {
  std::string names;
  for (const core::DescribedCredential& credential : known) {
    if (!wanted(credential)) continue;
    names += (names.empty() ? "" : ", ") + quoted(credential.key, credential.credential_namespace);
  }
  return names;
}

/// What the store tells without being unlocked; each namespace is a question of its own.
class Glances {
 public:
  explicit Glances(Context& context) : context_(context) {}

  /// Also when the store does not tell: then it is not asked again.
  [[nodiscard]] bool may_have(const std::string& key, const core::CredentialNamespace& space) {
    const Keys* keys = keys_in(space);
    return keys == nullptr || std::any_of(keys->begin(), keys->end(), [&](const auto& stored) {
             return stored.text() == key;
           });
  }

 private:
  using Keys = std::vector<core::CredentialKey>;

  const Keys* keys_in(const core::CredentialNamespace& space) {
    const auto known = keys_.find(space);
    if (known != keys_.end()) return &known->second;
    if (is_silent_) return nullptr;
    auto keys = look(space);
    is_silent_ = !keys.ok();
    return is_silent_ ? nullptr : &(keys_[space] = *std::move(keys));
  }
  Result<Keys> look(const core::CredentialNamespace& space) {
    GOFLOW_TRY(const auto timeout, context_.duration(core::settings::credentials_timeout));
    return keys_at_a_glance(context_, space, timeout);
  }

  Context& context_;
  bool is_silent_ = false;
  std::map<core::CredentialNamespace, Keys> keys_;
};

std::string without_value(const Known& known, Glances& glances) {
  return named(known, [&](const core::DescribedCredential& credential) {
    return !glances.may_have(credential.key.text(), credential.credential_namespace);
  });
}

/// The ids of those that do not run without it; one that is not valid runs in no case.
std::vector<std::string> waiting_for(const std::string& name,
                                     const std::vector<std::string>& ids,
                                     const core::WorkflowStore& workflows) {
  std::vector<std::string> waiting;
  for (const std::string& id : ids) {
    const auto stored = workflows.find(id);
    if (!stored || !*stored) continue;
    const auto workflow = core::read_workflow((*stored)->text).workflow;
    if (!workflow) continue;
    const auto& needs = workflow->credentials;
    const bool waits = std::any_of(needs.begin(), needs.end(), [&](const auto& need) {
      return need.name == name && need.is_required;
    });
    if (waits) waiting.push_back(id);
  }
  return waiting;
}

/// "'api-key' (nightly, triage)", and "goflow cred set api-key".
struct Awaited {
  std::string names;
  std::string commands;
};

Result<Awaited> find_awaited(Glances& glances, Context& context) {
  Awaited awaited;
  GOFLOW_TRY(const core::WorkflowStore* workflows, context.workflows());
  GOFLOW_TRY(const CredentialUses uses, find_uses_in_workflows(context));
  const core::CredentialNamespace none;
  for (const auto& [place, users] : uses) {
    const std::string& name = place.second;
    if (glances.may_have(name, none)) continue;
    const auto ids = waiting_for(name, users_of(uses, none, name), *workflows);
    if (ids.empty()) continue;
    awaited.names += (awaited.names.empty() ? "'" : ", '") + name + "' (" + joined(ids) + ")";
    awaited.commands += (awaited.commands.empty() ? "" : "; ") + ("goflow cred set " + name);
  }
  return awaited;
}

void add(Finding& finding, const std::string& what, const std::string& hint) {
  finding.health = Health::warning;
  finding.what += "; " + what;
  finding.hint += (finding.hint.empty() ? "" : "; ") + hint;
}

}  // namespace

Finding check_credentials(Context& context) {
  const auto known = find_known(context);
  // That the history cannot be read is said in its own line.
  if (!known) return {Health::warning, "not looked at, for want of the history"};
  const auto warning = context.duration(core::settings::credentials_expiry_warning);
  if (!warning) return {Health::warning, warning.error().message, warning.error().hint};
  const auto is = [&](Validity validity) {
    return named(*known, [&, validity](const core::DescribedCredential& credential) {
      return validity_of(credential.metadata, context.now(), *warning) == validity;
    });
  };
  Finding finding{Health::ok, std::to_string(known->size()) + " known"};
  const std::string expired = is(Validity::expired);
  const std::string soon = is(Validity::expires_soon);
  if (!expired.empty()) add(finding, "expired: " + expired, "goflow cred rotate KEY");
  if (!soon.empty()) add(finding, "about to expire: " + soon, "goflow cred list --within 14d");
  Glances glances(context);
  const std::string lost = without_value(*known, glances);
  if (!lost.empty()) {
    add(finding, "without a value: " + lost, "goflow cred set KEY, or goflow cred delete KEY");
  }
  // That the workflows cannot be read is said in their line.
  const auto awaited = find_awaited(glances, context);
  if (awaited && !awaited->names.empty()) {
    add(finding, "not stored: " + awaited->names, awaited->commands);
  }
  if (!core::secret_memory_is_locked()) {
    add(finding, "their memory may be written to swap", "raise the limit: ulimit -l");
  }
  return finding;
}

}  // namespace goflow::cli
