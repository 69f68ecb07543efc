#include "core/settings/setting.hpp"

#include "core/base/duration.hpp"
#include "core/base/suggest.hpp"
#include "core/settings/secret_key.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace goflow::core {
namespace {

constexpr std::array<std::string_view, 2> editor_variables{"VISUAL", "EDITOR"};
constexpr std::array<std::string_view, 1> versions_variables{"GOFLOW_WORKFLOW_VERSIONS"};
constexpr std::array<std::string_view, 1> keep_variables{
    "GOFLOW_HISTORY_RETENTION_KEEP_PER_WORKFLOW"};
constexpr std::array<std::string_view, 1> older_than_variables{
    "GOFLOW_HISTORY_RETENTION_OLDER_THAN"};
constexpr std::array<std::string_view, 1> retention_variables{"GOFLOW_HISTORY_RETENTION_ENABLED"};
constexpr std::array<std::string_view, 1> statuses_variables{"GOFLOW_HISTORY_RETENTION_STATUSES"};
constexpr std::array<std::string_view, 1> synchronous_variables{"GOFLOW_HISTORY_SYNCHRONOUS"};

constexpr std::array<std::string_view, 1> backend_variables{"GOFLOW_KEYRING"};
constexpr std::array<std::string_view, 1> passphrase_file_variables{
    "GOFLOW_KEYRING_PASSPHRASE_FILE"};
constexpr std::array<std::string_view, 1> key_file_variables{"GOFLOW_KEYRING_KEY_FILE"};

constexpr std::string_view all = "all";
// The first is the system's own.
#if defined(__APPLE__)
constexpr std::array<std::string_view, 3> keyrings{"keychain", "file", "memory"};
#elif defined(_WIN32)
constexpr std::array<std::string_view, 3> keyrings{"wincred", "file", "memory"};
#else
constexpr std::array<std::string_view, 3> keyrings{"secret-service", "file", "memory"};
#endif
constexpr std::array<std::string_view, 2> yes_or_no{"true", "false"};
constexpr std::array<std::string_view, 2> flushes{"normal", "full"};
constexpr std::array<std::string_view, 4> ended{"completed", "failed", "cancelled", "timed_out"};

Error unfit(const Setting& setting, std::string_view value) {
  return Error{ErrorCode::invalid_argument,
               "'" + std::string(value) + "' is no value for '" + std::string(setting.name) + "'"}
      .with_hint("it wants " + describe(setting.type));
}

Result<std::string> check(const Setting& setting, const AnyText&, std::string_view value) {
  const bool is_one_line = value.find_first_of("\r\n") == std::string_view::npos;
  if (value.empty() || !is_one_line) return unfit(setting, value);
  return std::string(value);
}

Result<std::string> check(const Setting& setting, const FilePath&, std::string_view value) {
  return check(setting, AnyText(), value);
}

Result<std::string> check(const Setting& setting,
                          const WholeNumber& bounds,
                          std::string_view value) {
  int number = 0;
  const char* end = value.data() + value.size();
  const auto [rest, fault] = std::from_chars(value.data(), end, number);
  const bool fits =
      fault == std::errc() && rest == end && number >= bounds.least && number <= bounds.most;
  if (!fits) return unfit(setting, value);
  return std::to_string(number);
}

Result<std::string> check(const Setting& setting, const Duration& type, std::string_view value) {
  const auto duration = parse_duration(value);
  const bool fits = duration && (type.may_be_zero || duration->count() > 0);
  if (!fits) return unfit(setting, value);
  return spell_duration(*duration);
}

bool contains(std::span<const std::string_view> words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Result<std::string> check(const Setting& setting, const OneOf& choice, std::string_view value) {
  if (!contains(choice.words, value)) return unfit(setting, value);
  return std::string(value);
}

Result<std::string> check(const Setting& setting, const SomeOf& choice, std::string_view value) {
  if (value == all) return std::string(all);
  std::string checked;
  for (const std::string& word : words_of(choice, value)) {
    if (!contains(choice.words, word)) return unfit(setting, value);
    checked += (checked.empty() ? "" : ", ") + word;
  }
  return checked.empty() ? Result<std::string>(unfit(setting, value)) : checked;
}

std::string listed(std::span<const std::string_view> words, std::string_view last_separator) {
  std::string list;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool is_last = i + 1 == words.size();
    list.append(i == 0 ? "" : is_last ? last_separator : ", ").append(words[i]);
  }
  return list;
}

std::string described(const AnyText&) {
  return "one line of text";
}

std::string described(const FilePath&) {
  return "the path of a file";
}

std::string described(const WholeNumber& bounds) {
  return "a number from " + std::to_string(bounds.least) + " to " + std::to_string(bounds.most);
}

std::string described(const Duration& type) {
  return type.may_be_zero ? "a duration: 12h, 90d" : "a duration that is not zero: 5s, 1m30s";
}

std::string described(const OneOf& choice) {
  return listed(choice.words, " or ");
}

std::string described(const SomeOf& choice) {
  return "all or some of " + listed(choice.words, ", ");
}

}  // namespace

namespace settings {

const Setting credentials_backend{.name = "credentials.backend",
                                  .type = OneOf{keyrings},
                                  .default_value = keyrings.front(),
                                  .environment = backend_variables,
                                  .meaning = "where the values of credentials are kept"};

const Setting credentials_expiry_warning{
    .name = "credentials.expiry_warning",
    .type = Duration{},
    .default_value = "14d",
    .environment = {},
    .meaning = "how long before a credential expires it is warned of"};

const Setting credentials_key_file{.name = "credentials.key_file",
                                   .type = FilePath{},
                                   .default_value = "",
                                   .environment = key_file_variables,
                                   .meaning = "holds the key of the encrypted file"};

const Setting credentials_passphrase_file{
    .name = "credentials.passphrase_file",
    .type = FilePath{},
    .default_value = "",
    .environment = passphrase_file_variables,
    .meaning = "holds the passphrase of the encrypted file, in place of a prompt"};

const Setting credentials_prompt_timeout{
    .name = "credentials.prompt_timeout",
    .type = Duration{.may_be_zero = false},
    .default_value = "60s",
    .environment = {},
    .meaning = "how long a keyring may take while it asks for its password"};

const Setting credentials_refuse_expired{
    .name = "credentials.refuse_expired",
    .type = OneOf{yes_or_no},
    .default_value = "false",
    .environment = {},
    .meaning = "whether a run with an expired credential is not started"};

const Setting credentials_timeout{.name = "credentials.timeout",
                                  .type = Duration{.may_be_zero = false},
                                  .default_value = "5s",
                                  .environment = {},
                                  .meaning = "how long a keyring may take to answer"};

const Setting editor{.name = "editor",
                     .type = AnyText{},
                     .default_value = "vi",
                     .environment = editor_variables,
                     .meaning = "the command that edits a workflow"};

const Setting history_keep_per_workflow{.name = "history.retention.keep_per_workflow",
                                        .type = WholeNumber{0, 1'000'000},
                                        .default_value = "20",
                                        .environment = keep_variables,
                                        .meaning = "newest runs of each workflow that stay"};

const Setting history_older_than{.name = "history.retention.older_than",
                                 .type = Duration{},
                                 .default_value = "90d",
                                 .environment = older_than_variables,
                                 .meaning = "only runs created longer ago are deleted"};

const Setting history_retention{.name = "history.retention.enabled",
                                .type = OneOf{yes_or_no},
                                .default_value = "false",
                                .environment = retention_variables,
                                .meaning = "whether old runs are deleted, once a day after a run"};

const Setting history_statuses{.name = "history.retention.statuses",
                               .type = SomeOf{ended},
                               .default_value = "all",
                               .environment = statuses_variables,
                               .meaning = "only runs that ended so are deleted"};

const Setting history_synchronous{
    .name = "history.synchronous",
    .type = OneOf{flushes},
    .default_value = "normal",
    .environment = synchronous_variables,
    .meaning = "full: not even a loss of power loses a step, at one disk flush per commit"};

const Setting workflow_versions{.name = "workflow.versions",
                                .type = WholeNumber{1, 10'000},
                                .default_value = "50",
                                .environment = versions_variables,
                                .meaning = "past versions that a workflow keeps"};

}  // namespace settings

std::vector<const Setting*> all_settings() {
  using namespace settings;
  return {&credentials_backend,
          &credentials_expiry_warning,
          &credentials_key_file,
          &credentials_passphrase_file,
          &credentials_prompt_timeout,
          &credentials_refuse_expired,
          &credentials_timeout,
          &editor,
          &history_retention,
          &history_keep_per_workflow,
          &history_older_than,
          &history_statuses,
          &history_synchronous,
          &workflow_versions};
}

Result<const Setting*> find_setting(std::string_view name) {
  std::vector<std::string> names;
  for (const Setting* setting : all_settings()) {
    if (setting->name == name) return setting;
    names.emplace_back(setting->name);
  }
  if (looks_like_secret(name)) return secret_in_config(name);
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) hint = "see which there are: goflow config list";
  return Error{ErrorCode::not_found, "no setting '" + std::string(name) + "'"}.with_hint(hint);
}

std::string describe(const SettingType& type) {
  return std::visit([](const auto& one) { return described(one); }, type);
}

Result<std::string> check_setting(const Setting& setting, std::string_view value) {
  return std::visit([&](const auto& type) { return check(setting, type, value); }, setting.type);
}

std::vector<std::string> words_of(const SomeOf& choice, std::string_view value) {
  if (value == all) return {choice.words.begin(), choice.words.end()};
  std::vector<std::string> words;
  while (!value.empty()) {
    const std::size_t end = std::min(value.find(','), value.size());
    std::string_view word = value.substr(0, end);
    word.remove_prefix(std::min(word.find_first_not_of(' '), word.size()));
    word = word.substr(0, word.find_last_not_of(' ') + 1);
    words.emplace_back(word);
    value.remove_prefix(std::min(end + 1, value.size()));
  }
  return words;
}

}  // namespace goflow::core
