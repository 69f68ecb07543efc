#include "core/schedule/cron_line.hpp"

#include "core/base/suggest.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace goflow::core {
namespace {

constexpr std::array<std::string_view, 12> month_names{
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"};
constexpr std::array<std::string_view, 7> weekday_names{
    "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"};

/// What a field is called and may hold. Its names stand for the numbers from `least` on.
struct FieldRule {
  std::string_view name;
  int least;
  int most;
  std::span<const std::string_view> names = {};
  std::string_view allowed;
};

constexpr std::array<FieldRule, 5> field_rules{{
    {"minute", 0, 59, {}, "0 to 59"},
    {"hour", 0, 23, {}, "0 to 23"},
    {"day of month", 1, 31, {}, "1 to 31"},
    {"month", 1, 12, month_names, "1 to 12 or JAN to DEC"},
    {"day of week", 0, 7, weekday_names, "0 to 7 or SUN to SAT; 0 and 7 are Sunday"},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 7> short_forms{{
    {"@hourly", "0 * * * *"},
    {"@daily", "0 0 * * *"},
    {"@midnight", "0 0 * * *"},
    {"@weekly", "0 0 * * 0"},
    {"@monthly", "0 0 1 * *"},
    {"@yearly", "0 0 1 1 *"},
    {"@annually", "0 0 1 1 *"},
}};

constexpr int weekday_field = 4;
constexpr int sunday_again = 7;

Error fault(std::string message, std::string hint) {
  return Error{ErrorCode::invalid_argument, std::move(message)}.with_hint(std::move(hint));
}

std::string quoted(std::string_view text) {
  return "'" + std::string(text) + "'";
}

Error field_fault(const FieldRule& rule, const std::string& what) {
  return fault("the " + std::string(rule.name) + " " + what,
               std::string(rule.name) + ": " + std::string(rule.allowed) +
                   ", or * for each; lists 1,2, ranges 1-5, steps */2");
}

std::vector<std::string_view> split(std::string_view text, std::string_view separators) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
    parts.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words = split(text, " \t");
  std::erase(words, std::string_view());
  return words;
}

bool same_ignoring_case(std::string_view one, std::string_view other) {
  return std::equal(
      one.begin(), one.end(), other.begin(), other.end(), [](unsigned char a, unsigned char b) {
        return std::toupper(a) == std::toupper(b);
      });
}

std::optional<int> number_of(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool is_whole = error == std::errc() && end == text.data() + text.size();
  return is_whole && text.front() != '-' ? std::optional(number) : std::nullopt;
}

struct Range {
  int first;
  int last;
  int step = 1;
};

Result<int> read_value(std::string_view text, const FieldRule& rule) {
  for (std::size_t i = 0; i < rule.names.size(); ++i) {
    if (same_ignoring_case(text, rule.names[i])) return static_cast<int>(i) + rule.least;
  }
  const std::optional<int> number = number_of(text);
  if (!number) return field_fault(rule, "cannot be " + quoted(text));
  if (*number < rule.least || *number > rule.most) {
    return field_fault(rule, "cannot be " + quoted(text) + ", it is out of range");
  }
  return *number;
}

Result<int> read_step(std::string_view text, const FieldRule& rule) {
  const int size = rule.most - rule.least;
  const std::optional<int> step = number_of(text);
  if (step && *step >= 1 && *step <= size) return *step;
  return field_fault(
      rule,
      "cannot have the step " + quoted(text) + ", it must be from 1 to " + std::to_string(size));
}

/// "*", "7", "1-5"
Result<Range> read_span(std::string_view text, const FieldRule& rule) {
  if (text == "*") return Range{rule.least, rule.most};
  const std::size_t dash = text.find('-');
  GOFLOW_TRY(const int first, read_value(text.substr(0, dash), rule));
  if (dash == std::string_view::npos) return Range{first, first};
  GOFLOW_TRY(int last, read_value(text.substr(dash + 1), rule));
  const bool ends_on_sunday = rule.most == sunday_again && last == 0 && first > 0;
  if (ends_on_sunday) last = sunday_again;
  if (first <= last) return Range{first, last};
  const std::string least = std::to_string(rule.least);
  return fault("the " + std::string(rule.name) + " range " + quoted(text) + " runs backwards",
               "write two ranges: " + std::string(text.substr(0, dash)) + "-" +
                   std::to_string(rule.most) + "," + least + "-" +
                   std::string(text.substr(dash + 1)));
}

/// One of a list: a span, perhaps with a step behind it. "5/15" goes on to the end.
Result<Range> read_range(std::string_view text, const FieldRule& rule) {
  const std::size_t slash = text.find('/');
  const std::string_view span = text.substr(0, slash);
  GOFLOW_TRY(Range range, read_span(span, rule));
  if (slash == std::string_view::npos) return range;
  GOFLOW_TRY(range.step, read_step(text.substr(slash + 1), rule));
  if (span.find('-') == std::string_view::npos) range.last = rule.most;
  return range;
}

template <std::size_t size>
Result<void> read_field(std::string_view text, const FieldRule& rule, std::bitset<size>& set) {
  for (const std::string_view part : split(text, ",")) {
    if (part.empty()) return field_fault(rule, "has nothing between its commas");
    GOFLOW_TRY(const Range range, read_range(part, rule));
    for (int value = range.first; value <= range.last; value += range.step) {
      set.set(static_cast<std::size_t>(value) % size);
    }
  }
  return {};
}

Result<std::string_view> without_short_form(std::string_view text) {
  std::vector<std::string> known;
  for (const auto& [name, line] : short_forms) {
    if (same_ignoring_case(text, name)) return line;
    known.emplace_back(name);
  }
  const std::string hint = did_you_mean(text, known);
  return fault("there is no " + quoted(text) + " for a schedule",
               hint.empty() ? "@hourly, @daily, @weekly, @monthly or @yearly, or five fields: "
                              "0 2 * * *"
                            : hint);
}

Error wrong_count(std::string_view text, std::size_t count) {
  std::string message = quoted(text) + " has " + std::to_string(count) +
                        (count == 1 ? " field" : " fields") + ", a cron line has five";
  return fault(std::move(message),
               count == 6 ? "minute, hour, day of month, month, day of week; there are no seconds"
                          : "minute, hour, day of month, month, day of week, as in: 0 2 * * 1-5");
}

/// The longest that a month can be.
int days_in(int month) {
  if (month == 2) return 29;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

}  // namespace

class CronReader {
 public:
  static Result<CronLine> read(std::string_view text) {
    std::vector<std::string_view> words = words_of(text);
    CronLine line;
    for (const std::string_view word : words) {
      line.text_ += (line.text_.empty() ? "" : " ") + std::string(word);
    }
    if (words.empty()) return wrong_count(text, 0);
    if (words.size() == 1 && words.front().starts_with('@')) {
      GOFLOW_TRY(const std::string_view long_form, without_short_form(words.front()));
      words = words_of(long_form);
    }
    if (words.front().find('=') != std::string_view::npos) {
      return fault("a cron line cannot set " + quoted(words.front()),
                   "the time zone has a key of its own: timezone: Europe/Berlin");
    }
    if (words.size() != field_rules.size()) return wrong_count(line.text_, words.size());
    GOFLOW_TRY(read_fields(words, line));
    GOFLOW_TRY(check_that_it_comes(line));
    return line;
  }

 private:
  static Result<void> read_fields(const std::vector<std::string_view>& words, CronLine& line) {
    GOFLOW_TRY(read_field(words[0], field_rules[0], line.minutes_));
    GOFLOW_TRY(read_field(words[1], field_rules[1], line.hours_));
    GOFLOW_TRY(read_field(words[2], field_rules[2], line.days_));
    GOFLOW_TRY(read_field(words[3], field_rules[3], line.months_));
    GOFLOW_TRY(read_field(words[4], field_rules[weekday_field], line.weekdays_));
    line.names_days_ = !words[2].starts_with('*');
    line.names_weekdays_ = !words[4].starts_with('*');
    return {};
  }

  static Result<void> check_that_it_comes(const CronLine& line) {
    if (line.either_day_will_do()) return {};
    for (int month = 1; month <= 12; ++month) {
      if (!line.months_.test(static_cast<std::size_t>(month))) continue;
      for (int day = 1; day <= days_in(month); ++day) {
        if (line.days_.test(static_cast<std::size_t>(day))) return {};
      }
    }
    return fault(quoted(line.text_) + " never comes: none of its months has such a day",
                 "February ends on the 29th; April, June, September and November on the 30th");
  }
};

Result<CronLine> CronLine::parse(std::string_view text) {
  return CronReader::read(text);
}

bool CronLine::has_day(std::chrono::year_month_day day) const {
  if (!months_.test(static_cast<unsigned>(day.month()))) return false;
  const bool is_day = days_.test(static_cast<unsigned>(day.day()));
  const bool is_weekday =
      weekdays_.test(std::chrono::weekday(std::chrono::sys_days(day)).c_encoding());
  return either_day_will_do() ? is_day || is_weekday : is_day && is_weekday;
}

}  // namespace goflow::core
