#include "core/expression/calendar/layout.hpp"

#include "core/expression/calendar/time_reader.hpp"
#include "core/expression/calendar/time_writer.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace goflow::core::expression::calendar {
namespace {

using Spelling = std::pair<std::string_view, Element>;

constexpr std::array<Spelling, 23> of_strftime{{
    {"Y", Element::year},         {"y", Element::year_of_century},  {"m", Element::month},
    {"d", Element::day},          {"e", Element::day_blank_padded}, {"j", Element::day_of_year},
    {"H", Element::hour},         {"I", Element::hour_of_12},       {"M", Element::minute},
    {"S", Element::second},       {"L", Element::milliseconds},     {"p", Element::noon},
    {"A", Element::weekday_name}, {"a", Element::weekday_short},    {"B", Element::month_name},
    {"b", Element::month_short},  {"z", Element::offset},           {":z", Element::offset_colon},
    {"Z", Element::zone_name},    {"s", Element::unix_seconds},     {"u", Element::iso_weekday},
    {"V", Element::iso_week},     {"G", Element::iso_year},
}};

// Longest first where one begins like another.
constexpr std::array<Spelling, 30> of_go{{
    {"2006", Element::year},
    {"002", Element::day_of_year},
    {"January", Element::month_name},
    {"Jan", Element::month_short},
    {"Monday", Element::weekday_name},
    {"Mon", Element::weekday_short},
    {"MST", Element::zone_name},
    {"Z07:00", Element::offset_colon_or_z},
    {"Z0700", Element::offset_or_z},
    {"-07:00", Element::offset_colon},
    {"-0700", Element::offset},
    {".000000000", Element::fraction_of_9},
    {".000000", Element::fraction_of_6},
    {".000", Element::fraction_of_3},
    {".999", Element::fraction},
    {"01", Element::month},
    {"02", Element::day},
    {"03", Element::hour_of_12},
    {"04", Element::minute},
    {"05", Element::second},
    {"06", Element::year_of_century},
    {"15", Element::hour},
    {"_2", Element::day_blank_padded},
    {"PM", Element::noon},
    {"pm", Element::noon_lower},
    {"1", Element::month_unpadded},
    {"2", Element::day_unpadded},
    {"3", Element::hour_of_12_unpadded},
    {"4", Element::minute_unpadded},
    {"5", Element::second_unpadded},
}};

template <class Table>
const Spelling* spelling_at(const Table& table, std::string_view rest) {
  const auto* const found = std::find_if(
      table.begin(), table.end(), [&](const Spelling& one) { return rest.starts_with(one.first); });
  return found == table.end() ? nullptr : found;
}

/// Literal text joins what is before it.
template <class Parts>
void append_literal(Parts& parts, std::string_view text) {
  if (parts.empty() || !std::holds_alternative<std::string>(parts.back())) {
    parts.emplace_back(std::string());
  }
  std::get<std::string>(parts.back()) += text;
}

}  // namespace

Result<Layout, std::string> Layout::parse(std::string_view text) {
  if (text.find('%') != std::string_view::npos) return parse_strftime(text);
  Layout layout = parse_go(text);
  const bool has_element =
      std::any_of(layout.parts_.begin(), layout.parts_.end(), [](const Part& part) {
        return std::holds_alternative<Element>(part);
      });
  if (has_element) return layout;
  return std::string("the layout has no element such as %Y or 2006");
}

Result<Layout, std::string> Layout::parse_strftime(std::string_view text) {
  std::vector<Part> parts;
  bool has_element = false;
  while (!text.empty()) {
    const std::size_t percent = std::min(text.find('%'), text.size());
    if (percent > 0) append_literal(parts, text.substr(0, percent));
    text.remove_prefix(percent);
    if (text.empty()) break;
    const std::string_view rest = text.substr(1);
    if (rest.starts_with('F') || rest.starts_with('T')) {
      const bool day = rest.starts_with('F');
      const auto* whole = day ? "%Y-%m-%d" : "%H:%M:%S";
      GOFLOW_TRY(Layout expanded, parse_strftime(whole));
      for (Part& part : expanded.parts_) {
        parts.push_back(std::move(part));
      }
      text.remove_prefix(2);
      has_element = true;
      continue;
    }
    if (rest.starts_with('%')) {
      append_literal(parts, "%");
      text.remove_prefix(2);
      continue;
    }
    const Spelling* found = spelling_at(of_strftime, rest);
    if (found == nullptr) {
      return "the layout has no element '%" + std::string(rest.substr(0, 1)) + "'";
    }
    parts.emplace_back(found->second);
    has_element = true;
    text.remove_prefix(1 + found->first.size());
  }
  if (has_element) return Layout(std::move(parts));
  return std::string("the layout has no element such as %Y or 2006");
}

Layout Layout::parse_go(std::string_view text) {
  std::vector<Part> parts;
  while (!text.empty()) {
    // `_2006` is a line and a year.
    const bool line_and_year = text.starts_with("_2006");
    const Spelling* found = line_and_year ? nullptr : spelling_at(of_go, text);
    if (found == nullptr) {
      append_literal(parts, text.substr(0, 1));
      text.remove_prefix(1);
    } else {
      parts.emplace_back(found->second);
      text.remove_prefix(found->first.size());
    }
  }
  return Layout(std::move(parts));
}

std::string Layout::format(const Moment& moment) const {
  TimeWriter writer(moment);
  for (const Part& part : parts_) {
    if (const auto* literal = std::get_if<std::string>(&part)) {
      writer.write(*literal);
    } else {
      writer.write(std::get<Element>(part));
    }
  }
  return writer.take();
}

std::optional<Moment> Layout::read(std::string_view text, const Zone& zone) const {
  TimeReader reader(text);
  for (const Part& part : parts_) {
    const auto* literal = std::get_if<std::string>(&part);
    const bool read =
        literal != nullptr ? reader.read(*literal) : reader.read(std::get<Element>(part));
    if (!read) return std::nullopt;
  }
  return reader.moment(zone);
}

std::optional<std::string> Layout::unreadable_element() const {
  for (const auto& [spelling, element] : of_strftime) {
    const bool only_written = element == Element::iso_weekday || element == Element::iso_week ||
                              element == Element::iso_year;
    if (only_written && std::find(parts_.begin(), parts_.end(), Part(element)) != parts_.end()) {
      return "%" + std::string(spelling);
    }
  }
  return std::nullopt;
}

}  // namespace goflow::core::expression::calendar
