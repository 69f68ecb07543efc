// goflow doctor: what is known of credentials: those that expire, and those without a value.
#include "cli/arguments/credential_argument.hpp"
#include "cli/commands/doctor/check.hpp"
#include "cli/credential_access.hpp"
#include "core/secret/expiry.hpp"
#include "core/secret/secret.hpp"
#include "storage/sqlite/history_health.hpp"

#include <algorithm>

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

/// Those of no namespace: each other one would be a question of its own. None where the store
/// cannot tell without being unlocked.
std::string without_value(const Known& known, Context& context) {
  const auto timeout = context.duration(core::settings::credentials_timeout);
  if (!timeout || known.empty()) return "";
  const auto keys = keys_at_a_glance(context, core::CredentialNamespace(), *timeout);
  if (!keys) return "";
  return named(known, [&](const core::DescribedCredential& credential) {
    return credential.credential_namespace.text().empty() &&
           std::find(keys->begin(), keys->end(), credential.key) == keys->end();
  });
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
  const std::string lost = without_value(*known, context);
  if (!lost.empty()) {
    add(finding, "without a value: " + lost, "goflow cred set KEY, or goflow cred delete KEY");
  }
  if (!core::secret_memory_is_locked()) {
    add(finding, "their memory may be written to swap", "raise the limit: ulimit -l");
  }
  return finding;
}

}  // namespace goflow::cli
