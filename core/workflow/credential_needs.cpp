#include "core/workflow/credential_needs.hpp"

#include "core/workflow/fields.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace goflow::core {
namespace {

const Keys& credential_keys() {
  static const Keys keys{
      {"name",
       forms::text(),
       "of a keyring entry, unless an instance binds it to another",
       {},
       true},
      {"description", forms::text(), "what it is for"},
      {"required", forms::boolean(), "false: a run starts without it; true"},
  };
  return keys;
}

void add(CredentialNeed need, Span at, Draft& draft, Problems& problems) {
  if (need.name.empty()) {
    problems.add(Rule::missing_key, at, "a credential lacks 'name'");
    return;
  }
  draft.workflow.credentials.push_back(std::move(need));
}

void read_map(const YamlNode& map, Draft& draft, Problems& problems) {
  Fields fields(map, credential_keys(), "the credential", problems);
  const auto name = fields.text("name");
  CredentialNeed need{name.value_or("")};
  need.description = fields.text("description").value_or("");
  need.is_required = fields.boolean("required").value_or(true);
  fields.warn_about_unknown_keys();
  if (name || fields.find("name") == nullptr) add(std::move(need), map.at, draft, problems);
}

std::vector<std::string> names_of(const std::vector<CredentialNeed>& needs) {
  std::vector<std::string> names;
  for (const CredentialNeed& need : needs) {
    names.push_back(need.name);
  }
  return names;
}

}  // namespace

Form credentials_form() {
  return forms::list_of(forms::either({forms::text(), forms::object(credential_keys)}));
}

void read_credential_needs(const YamlNode& list, Draft& draft, Problems& problems) {
  if (!list.is_list()) {
    problems.add(Rule::wrong_type,
                 list.at,
                 "'credentials' must be a list, got " + describe(list),
                 "write '- name' for each, or '- {name: x, description: …}'");
    return;
  }
  draft.lists_credentials = true;
  for (const YamlNode* item : list.items) {
    if (item->is_scalar()) {
      add({item->is_null() ? "" : std::string(item->text)}, item->at, draft, problems);
    } else if (item->is_map()) {
      read_map(*item, draft, problems);
    } else {
      problems.add(Rule::wrong_type,
                   item->at,
                   "a credential must be a name or a map, got " + describe(*item));
    }
  }
}

std::vector<CredentialUse> uses_of_credentials(const Draft& draft) {
  std::vector<CredentialUse> uses;
  for (const CredentialUse& use : draft.credentials) {
    if (!use.name.starts_with('<')) uses.push_back(use);
  }
  for (const Formula& formula : draft.formulas) {
    for (const LookupInFile& lookup : formula.lookups) {
      if (lookup.of == Lookup::Of::secret && lookup.name) uses.push_back({*lookup.name, lookup.at});
    }
  }
  return uses;
}

void check_credentials(const Draft& draft, Problems& problems) {
  if (!draft.lists_credentials) return;
  const std::vector<std::string> listed = names_of(draft.workflow.credentials);
  for (const CredentialUse& use : uses_of_credentials(draft)) {
    if (std::find(listed.begin(), listed.end(), use.name) != listed.end()) continue;
    problems.add(Rule::unlisted_credential,
                 use.at,
                 "credential '" + use.name + "' is used, but is not in 'credentials'",
                 problems.suggest(use.name, "credentials", listed));
  }
}

void add_used_credentials(Draft& draft) {
  std::vector<CredentialNeed>& needs = draft.workflow.credentials;
  std::vector<std::string> known = names_of(needs);
  for (CredentialUse& use : uses_of_credentials(draft)) {
    if (std::find(known.begin(), known.end(), use.name) != known.end()) continue;
    known.push_back(use.name);
    needs.push_back({std::move(use.name)});
  }
}

}  // namespace goflow::core
