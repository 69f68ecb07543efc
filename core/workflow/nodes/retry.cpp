#include "core/workflow/nodes/retry.hpp"

#include "core/workflow/fields.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <utility>

namespace goflow::core {
namespace {

constexpr std::array<std::pair<std::string_view, Backoff>, 3> backoffs{{
    {"constant", Backoff::constant},
    {"linear", Backoff::linear},
    {"exponential", Backoff::exponential},
}};

constexpr std::array<std::pair<std::string_view, bool>, 2> resumptions{{
    {"rerun", true},
    {"never", false},
}};

constexpr int most_attempts = 100;

/// Whatever is no kind, status, class or exit code is a regular expression.
void check_pattern(Fields& fields, std::string_view key, const std::string& pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(false);
  const re2::RE2 compiled(pattern, options);
  if (compiled.ok()) return;
  fields.problems().add(Rule::bad_retry,
                        fields.find(key)->at,
                        "bad pattern '" + pattern + "' in '" + std::string(key) + "' of " +
                            fields.owner() + ": " + compiled.error());
}

std::vector<std::string> read_patterns(Fields& fields, std::string_view key) {
  std::vector<std::string> patterns = fields.texts(key);
  for (const std::string& pattern : patterns) {
    check_pattern(fields, key, pattern);
  }
  return patterns;
}

void read_attempts(Fields& fields, RetryPolicy& policy) {
  const YamlNode* value = fields.find("max_attempts");
  if (value == nullptr) {
    const bool only_resume =
        fields.find("on_resume") != nullptr && fields.map().members.size() == 1;
    if (only_resume) return;
    fields.problems().add(
        Rule::bad_retry, fields.map().at, fields.owner() + " lacks 'max_attempts'");
    return;
  }
  const YamlScalar& written = value->scalar;
  if (value->is_scalar() && written.is_integer() && written.as_integer() >= 1 &&
      written.as_integer() <= most_attempts) {
    policy.max_attempts = static_cast<int>(written.as_integer());
    return;
  }
  fields.problems().add(Rule::bad_retry,
                        value->at,
                        "'max_attempts' of " + fields.owner() +
                            " must be a whole number from 1 to 100, got " + describe(*value));
}

void read_delays(Fields& fields, RetryPolicy& policy) {
  const auto initial = fields.duration("initial_delay", Fields::Zero::allowed);
  const auto longest = fields.duration("max_delay", Fields::Zero::allowed);
  policy.initial_delay = initial.value_or(policy.initial_delay);
  policy.max_delay = longest.value_or(policy.max_delay);
  if (policy.initial_delay <= policy.max_delay) return;
  fields.problems().add(Rule::bad_retry,
                        fields.find(initial ? "initial_delay" : "max_delay")->at,
                        "initial_delay cannot be greater than max_delay in " + fields.owner(),
                        "max_delay is 30s unless it is written");
}

void read_factors(Fields& fields, RetryPolicy& policy) {
  if (const YamlNode* value = fields.find_aliased("multiplier")) {
    policy.multiplier = fields.number(*value, "multiplier").value_or(policy.multiplier);
    if (policy.multiplier < 1.0) {
      fields.problems().add(
          Rule::bad_retry,
          value->at,
          "multiplier must be >= 1.0 in " + fields.owner() + ", got " + std::string(value->text));
    }
  }
  if (const YamlNode* value = fields.find("jitter")) {
    policy.jitter = fields.number(*value, "jitter").value_or(policy.jitter);
    if (policy.jitter < 0 || policy.jitter > 1) {
      fields.problems().add(
          Rule::bad_retry,
          value->at,
          "jitter must be from 0 to 1 in " + fields.owner() + ", got " + std::string(value->text));
    }
  }
}

}  // namespace

const Keys& retry_keys() {
  static const Keys keys{
      {"max_attempts", forms::whole(1, most_attempts), "how often it is tried, all calls counted"},
      {"backoff", forms::word(backoffs), "how the delay grows; exponential if it is not written"},
      {"initial_delay", forms::duration(), "delay after the first failure, 1s"},
      {"max_delay", forms::duration(), "the longest delay, 30s"},
      {"multiplier",
       forms::number(1, std::nullopt),
       "factor of an exponential delay, 2.0",
       "backoff_multiplier"},
      {"jitter", forms::number(0, 1), "how much of the delay is left to chance, 0.25"},
      {"on",
       forms::some(forms::text()),
       "which failures are tried again: kinds, statuses, 5xx, exit:75, or patterns"},
      {"skip_on", forms::some(forms::text()), "which failures are not; wins over 'on'"},
      {"on_resume",
       forms::word(resumptions),
       "never: not run again without asking after a crash cut it off"},
  };
  return keys;
}

RetryPolicy read_retry(const YamlNode& value, const std::string& owner, Problems& problems) {
  Fields fields(value, retry_keys(), "the retry of " + owner, problems);
  RetryPolicy policy;
  read_attempts(fields, policy);
  policy.backoff = fields.word("backoff", Words<Backoff>(backoffs)).value_or(Backoff::exponential);
  read_delays(fields, policy);
  read_factors(fields, policy);
  policy.on = read_patterns(fields, "on");
  policy.skip_on = read_patterns(fields, "skip_on");
  policy.rerun_on_resume = fields.word("on_resume", Words<bool>(resumptions)).value_or(true);
  fields.warn_about_unknown_keys();
  return policy;
}

}  // namespace goflow::core
