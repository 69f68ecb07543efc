// Functions of time. There is no date kind: a time is an RFC 3339 text, a duration is in seconds.
#include "core/base/clock.hpp"
#include "core/base/duration.hpp"
#include "core/expression/builtins/builtin.hpp"
#include "core/expression/calendar/layout.hpp"
#include "core/expression/calendar/moment.hpp"
#include "core/expression/call.hpp"

#include <optional>
#include <string>

namespace goflow::core::expression {
namespace {

using calendar::Layout;
using calendar::Moment;
using calendar::Zone;

Outcome now(Call& call) {
  constexpr std::size_t up_to_milliseconds = std::string_view("2026-03-01T09:30:00.000").size();
  return Value(format_rfc3339(call.environment().now()).substr(0, up_to_milliseconds) + "Z");
}

ExpressionError no_time(const Call& call) {
  return fault(Code::bad_argument,
               call.place(0),
               describe(call.value(0)) + " is not a time",
               "a time is 2026-03-01T09:30:00Z, 2026-03-01 or a number of Unix seconds");
}

/// The argument with this index; UTC if it was left out.
Result<Zone, ExpressionError> zone(const Call& call, std::size_t index) {
  if (!call.has(index)) return Zone();
  const auto parsed = Zone::parse(call.text(index));
  if (parsed) return *parsed;
  return fault(Code::bad_argument,
               call.place(index),
               describe(call.value(index)) + " is not a zone",
               "a zone is UTC, local or an offset such as +02:00");
}

Result<Layout, ExpressionError> layout(const Call& call, std::size_t index) {
  auto parsed = Layout::parse(call.text(index));
  if (parsed) return *std::move(parsed);
  return call.bad_argument(index, std::move(parsed).error());
}

Result<Moment, ExpressionError> moment(const Call& call, const Zone& zone) {
  const auto read = read_moment(call.value(0), zone);
  if (read) return *read;
  return no_time(call);
}

Outcome read_by_layout(const Call& call, const Zone& zone) {
  GOFLOW_TRY(const Layout written, layout(call, 1));
  if (const auto element = written.unreadable_element()) {
    return call.bad_argument(1, "'" + *element + "' can only be written, not read");
  }
  if (!call.value(0).is_text()) return no_time(call);
  const auto read = written.read(call.text(0), zone);
  if (read) return Value(to_rfc3339(*read));
  return fault(
      Code::bad_argument,
      call.place(0),
      describe(call.value(0)) + " is not a time as in the layout " + describe(call.value(1)));
}

Outcome date(Call& call) {
  GOFLOW_TRY(const Zone in, zone(call, 2));
  // An empty layout is as good as none: so a zone can be given alone.
  if (call.has(1) && !call.text(1).empty()) return read_by_layout(call, in);
  GOFLOW_TRY(const Moment read, moment(call, in));
  return Value(to_rfc3339(read));
}

Outcome timestamp(Call& call) {
  GOFLOW_TRY(const Moment read, moment(call, Zone()));
  if (read.nanoseconds == 0) return Value(read.seconds);
  return Value(static_cast<double>(read.seconds) + read.nanoseconds / 1e9);
}

Outcome duration(Call& call) {
  const auto parsed = parse_duration(call.text(0));
  if (!parsed) {
    return call.bad_argument(
        0, "'" + call.text(0) + "' is not a duration: write " + std::string(duration_rule));
  }
  const std::int64_t milliseconds = parsed->count();
  if (milliseconds % 1000 == 0) return Value(milliseconds / 1000);
  return Value(static_cast<double>(milliseconds) / 1000);
}

Outcome format_date(Call& call) {
  GOFLOW_TRY(const Layout written, layout(call, 1));
  GOFLOW_TRY(const Zone shown_in, zone(call, 2));
  GOFLOW_TRY(const Moment read, moment(call, Zone()));
  const auto shown = call.has(2) ? moved_to(read, shown_in) : read;
  if (!shown) return no_time(call);
  std::string text = written.format(*shown);
  GOFLOW_TRY(call.produce(text.size()));
  return Value(std::move(text));
}

constexpr Parameter text = required(Takes::text);
constexpr Parameter time = required(Takes::number_or_text);
constexpr Parameter optional_text = optional(Takes::text);

constexpr std::array<Builtin, 5> table{{
    {"now()",
     "the time in UTC, with milliseconds; the same within one evaluation and in a run that is "
     "resumed",
     {},
     Kind::text,
     now},
    {"date(time[, layout[, zone]])",
     "a time as RFC 3339 text; it is read by the layout if there is one",
     {time, optional_text, optional_text},
     Kind::text,
     date},
    {"timestamp(time)", "seconds since 1970-01-01 in UTC", {time}, numbers, timestamp},
    {"duration(text)", "the seconds of a duration such as 1h30m", {text}, numbers, duration},
    {"formatDate(time, layout[, zone])",
     "a time written by a layout, with English names",
     {time, text, optional_text},
     Kind::text,
     format_date},
}};

}  // namespace

std::span<const Builtin> time_builtins() {
  return table;
}

}  // namespace goflow::core::expression
