#include "core/workflow/schedule_key.hpp"

#include "core/schedule/time_zone.hpp"
#include "core/workflow/inputs.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

namespace goflow::core {
namespace {

constexpr std::array<std::pair<std::string_view, CatchUp>, 3> catch_ups{{
    {"none", CatchUp::none},
    {"latest", CatchUp::latest},
    {"all", CatchUp::all},
}};

constexpr std::array<std::pair<std::string_view, Overlap>, 3> overlaps{{
    {"skip", Overlap::skip},
    {"queue", Overlap::queue},
    {"allow", Overlap::allow},
}};

constexpr std::size_t most_lines = 50;

const Keys& schedule_keys() {
  static const Keys keys{
      {"cron",
       forms::some(forms::text()),
       "one cron line or several, such as 0 2 * * 1-5",
       {},
       true},
      {"timezone",
       forms::text(),
       "whose clock they go by, such as Europe/Berlin; that of the machine if it is not written"},
      {"catch_up",
       forms::word(catch_ups),
       "which of the times run that were missed: none, the latest (if it is not written), or all"},
      {"overlap",
       forms::word(overlaps),
       "what becomes of a time while an earlier run goes on: skip (if it is not written) lets it "
       "go, queue makes it wait, allow runs it beside the other"},
      {"inputs", forms::map_of(forms::anything()), "the inputs of each run"},
      {"instance", forms::text(), "the instance that each run belongs to"},
  };
  return keys;
}

void report(Problems& problems, Span at, const Error& error) {
  problems.add(Rule::bad_schedule, at, error.message, error.hint);
}

void read_line(const YamlNode& value, Fields& fields, std::string_view key, Schedule& schedule) {
  if (!value.is_scalar() || value.is_null()) {
    return fields.report_type(value, key, "a cron line or a list of them");
  }
  auto line = CronLine::parse(value.text);
  if (!line) return report(fields.problems(), value.at, line.error());
  schedule.lines.push_back(*std::move(line));
}

void read_lines(const YamlNode& value, Fields& fields, std::string_view key, Schedule& schedule) {
  if (!value.is_list()) return read_line(value, fields, key, schedule);
  if (value.items.empty() || value.items.size() > most_lines) {
    fields.problems().add(Rule::bad_schedule,
                          value.at,
                          "a schedule has 1 to " + std::to_string(most_lines) +
                              " cron lines, this one has " + std::to_string(value.items.size()));
    return;
  }
  for (const YamlNode* item : value.items) {
    read_line(*item, fields, key, schedule);
  }
}

/// A machine without the database cannot tell; there it is said when the schedule is used.
void check_time_zone(Fields& fields, const std::string& name) {
  const auto zone = TimeZone::find(name);
  if (zone || zone.error().code == ErrorCode::unavailable) return;
  report(fields.problems(), fields.find("timezone")->at, zone.error());
}

void check_input(const YamlMember& input, const Draft& draft, Problems& problems) {
  const std::vector<Variable>& variables = draft.workflow.variables;
  const auto variable = std::find_if(variables.begin(), variables.end(), [&](const Variable& one) {
    return one.name == input.key;
  });
  if (variable == variables.end()) {
    std::vector<std::string> names;
    for (const Variable& one : variables) {
      names.push_back(one.name);
    }
    problems.add(Rule::bad_schedule,
                 input.key_at,
                 "the schedule gives an input '" + std::string(input.key) +
                     "' that the workflow does not declare",
                 problems.suggest(input.key, "inputs", names));
    return;
  }
  const Value value = to_value(*input.value);
  const auto resolved = resolve_input(*variable, &value);
  if (!resolved) problems.add(Rule::bad_schedule, input.value->at, resolved.error());
}

/// An instance may give what is missing here.
void check_required(const Draft& draft, const Schedule& schedule, Span at, Problems& problems) {
  if (!schedule.instance.empty()) return;
  for (const Variable& variable : draft.workflow.variables) {
    if (!variable.required || schedule.inputs.find(variable.name) != nullptr) continue;
    problems.add(
        Rule::bad_schedule,
        at,
        "the schedule lacks the required input '" + variable.name + "'",
        "give it there: inputs: {" + variable.name + ": …}, or give the variable a default");
  }
}

void read_inputs(Fields& fields, const Draft& draft, Schedule& schedule) {
  const YamlNode* inputs = fields.find("inputs");
  if (inputs == nullptr) return;
  if (!inputs->is_map()) return fields.report_type(*inputs, "inputs", "a map");
  for (const YamlMember& input : inputs->members) {
    check_input(input, draft, fields.problems());
    schedule.inputs.set(std::string(input.key), to_value(*input.value));
  }
}

void read_map(const YamlNode& map, Draft& draft, Schedule& schedule, Problems& problems) {
  Fields fields(map, schedule_keys(), "the schedule", problems);
  if (const YamlNode* lines = fields.find("cron")) {
    read_lines(*lines, fields, "cron", schedule);
  } else {
    problems.add(Rule::bad_schedule,
                 map.at,
                 "the schedule lacks 'cron'",
                 "write when it runs: cron: 0 2 * * 1-5");
  }
  schedule.time_zone = fields.text("timezone").value_or("");
  if (!schedule.time_zone.empty()) check_time_zone(fields, schedule.time_zone);
  schedule.catch_up = fields.word("catch_up", Words<CatchUp>(catch_ups)).value_or(CatchUp::latest);
  schedule.overlap = fields.word("overlap", Words<Overlap>(overlaps)).value_or(Overlap::skip);
  schedule.instance = fields.text("instance").value_or("");
  read_inputs(fields, draft, schedule);
  fields.warn_about_unknown_keys();
}

}  // namespace

Form schedule_form() {
  return forms::either(
      {forms::text(), forms::list_of(forms::text()), forms::object(schedule_keys)});
}

void read_schedule(Fields& fields, Draft& draft) {
  const YamlNode* value = fields.find("schedule");
  if (value == nullptr) return;
  Schedule schedule;
  if (value->is_map()) {
    read_map(*value, draft, schedule, fields.problems());
  } else {
    read_lines(*value, fields, "schedule", schedule);
  }
  check_required(draft, schedule, value->at, fields.problems());
  draft.workflow.schedule = std::move(schedule);
}

}  // namespace goflow::core
