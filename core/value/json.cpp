#include "core/value/json.hpp"

#include "core/value/exact_json.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

namespace goflow::core {
namespace {

enum class RepeatedKeys { last_counts, are_errors };

/// Builds a Value from the parser's events, so that no second tree is made on the way.
class ValueBuilder final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit ValueBuilder(LargeIntegers large_integers,
                        RepeatedKeys repeated_keys = RepeatedKeys::last_counts)
      : large_integers_(large_integers), repeated_keys_(repeated_keys) {}

  bool null() override { return add(Value()); }
  bool boolean(bool truth) override { return add(truth); }
  bool number_integer(number_integer_t number) override {
    return add(static_cast<std::int64_t>(number));
  }
  bool number_unsigned(number_unsigned_t number) override {
    if (number <= static_cast<std::uint64_t>(INT64_MAX)) {
      return add(static_cast<std::int64_t>(number));
    }
    return add_large(static_cast<double>(number), std::to_string(number));
  }
  bool number_float(number_float_t number, const string_t& digits) override {
    const bool is_integer = digits.find_first_of(".eE") == std::string::npos;
    if (is_integer) return add_large(number, digits);
    if (std::isfinite(number)) return add(number);
    return fail("the number " + digits + " is out of range");
  }
  bool string(string_t& text) override { return add(std::move(text)); }
  bool binary(binary_t&) override { return fail("binary data in JSON"); }

  bool start_object(std::size_t) override { return open(Object()); }
  bool key(string_t& name) override {
    Container& object = open_.back();
    object.key = std::move(name);
    const bool is_refused = repeated_keys_ == RepeatedKeys::are_errors &&
                            std::get<Object>(object.content).contains(object.key);
    return is_refused ? fail("duplicate key '" + object.key + "'") : true;
  }
  bool end_object() override { return close(); }
  bool start_array(std::size_t) override { return open(Array()); }
  bool end_array() override { return close(); }

  bool parse_error(std::size_t position,
                   const std::string& token,
                   const nlohmann::detail::exception&) override {
    position_ = position;
    return fail(token.empty() ? "unexpected end" : "unexpected '" + last_word(token) + "'");
  }

  Value take() { return std::move(root_); }
  /// nullopt: it is JSON, but not of a kind that goflow takes.
  [[nodiscard]] std::optional<std::size_t> position() const { return position_; }
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  // Deeper data is refused rather than risking the stack of whoever walks it later.
  static constexpr std::size_t deepest = 512;

  struct Container {
    std::variant<Array, Object> content;
    std::string key;
  };

  /// The parser shows all it read since the last good token; the eye wants where it stopped.
  static std::string last_word(const std::string& read) {
    constexpr std::size_t longest = 40;
    const std::size_t space = read.find_last_of(' ');
    const std::string word = space == std::string::npos ? read : read.substr(space + 1);
    return word.size() <= longest ? word : "…" + word.substr(word.size() - longest);
  }

  bool add_large(double number, const std::string& digits) {
    if (large_integers_ == LargeIntegers::are_errors) {
      return fail("integer " + digits + " is beyond 64 bits");
    }
    return add(number);
  }

  bool fail(std::string message) {
    message_ = std::move(message);
    return false;
  }

  bool open(std::variant<Array, Object> content) {
    if (open_.size() == deepest) return fail("nested deeper than 512 levels");
    open_.push_back(Container{std::move(content), {}});
    return true;
  }

  bool close() {
    auto content = std::move(open_.back().content);
    open_.pop_back();
    return std::visit([this](auto& whole) { return add(Value(std::move(whole))); }, content);
  }

  bool add(Value value) {
    if (open_.empty()) {
      root_ = std::move(value);
    } else if (auto* items = std::get_if<Array>(&open_.back().content)) {
      items->push_back(std::move(value));
    } else {
      std::get<Object>(open_.back().content).set(std::move(open_.back().key), std::move(value));
    }
    return true;
  }

  std::vector<Container> open_;
  Value root_;
  std::optional<std::size_t> position_;
  std::string message_;
  LargeIntegers large_integers_;
  RepeatedKeys repeated_keys_;
};

std::string place(std::string_view text, std::size_t position) {
  std::size_t line = 1;
  std::size_t column = 1;
  // The parser counts the character it stumbled over as read.
  for (std::size_t i = 0; i + 1 < position && i < text.size(); ++i) {
    column = text[i] == '\n' ? 1 : column + 1;
    line += text[i] == '\n' ? 1 : 0;
  }
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

void append_integer(std::string& out, std::int64_t number) {
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), end);
}

/// The shortest digits that read back as the same number; exponents as in 1.5e+30 and 2e-7.
void append_float(std::string& out, double number, FloatForm form) {
  if (number == 0) {
    out += form == FloatForm::typed ? "0.0" : "0";
    return;
  }
  const double size = std::fabs(number);
  const bool plain = size >= 1e-6 && size < 1e21;
  std::array<char, 64> digits{};
  const auto end = std::to_chars(digits.data(),
                                 digits.data() + digits.size(),
                                 number,
                                 plain ? std::chars_format::fixed : std::chars_format::scientific)
                       .ptr;
  const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
  if (plain) {
    out += text;
    if (form == FloatForm::typed && text.find('.') == std::string_view::npos) out += ".0";
    return;
  }
  const std::size_t exponent = text.find('e');
  out += text.substr(0, exponent + 2);
  const std::string_view power = text.substr(exponent + 2);
  out += power.substr(std::min(power.find_first_not_of('0'), power.size() - 1));
}

void append_quoted(std::string& out, std::string_view text) {
  constexpr std::string_view hexadecimal = "0123456789abcdef";
  out += '"';
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    switch (character) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\b':
        out += "\\b";
        break;
      case '\f':
        out += "\\f";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      default:
        if (byte < 0x20) {
          out += "\\u00";
          out += hexadecimal[byte >> 4U];
          out += hexadecimal[byte & 15U];
        } else {
          out += character;
        }
    }
  }
  out += '"';
}

struct Layout {
  FloatForm form;
  int indent;  // 0: everything on one line
};

void break_line(std::string& out, const Layout& layout, int depth) {
  if (layout.indent == 0) return;
  out += '\n';
  out.append(static_cast<std::size_t>(layout.indent) * static_cast<std::size_t>(depth), ' ');
}

void append(std::string& out, const Value& value, const Layout& layout, int depth);

void append_array(std::string& out, const Array& items, const Layout& layout, int depth) {
  out += '[';
  bool first = true;
  for (const Value& item : items) {
    if (!first) out += ',';
    first = false;
    break_line(out, layout, depth + 1);
    append(out, item, layout, depth + 1);
  }
  if (!items.empty()) break_line(out, layout, depth);
  out += ']';
}

void append_object(std::string& out, const Object& members, const Layout& layout, int depth) {
  out += '{';
  bool first = true;
  for (const auto& [key, value] : members) {
    if (!first) out += ',';
    first = false;
    break_line(out, layout, depth + 1);
    append_quoted(out, key);
    out += layout.indent == 0 ? ":" : ": ";
    append(out, value, layout, depth + 1);
  }
  if (!members.empty()) break_line(out, layout, depth);
  out += '}';
}

void append(std::string& out, const Value& value, const Layout& layout, int depth) {
  switch (value.kind()) {
    case Kind::null:
      out += "null";
      return;
    case Kind::boolean:
      out += value.as_boolean() ? "true" : "false";
      return;
    case Kind::integer:
      append_integer(out, value.as_integer());
      return;
    case Kind::floating:
      append_float(out, value.as_float(), layout.form);
      return;
    case Kind::text:
      append_quoted(out, value.as_text());
      return;
    case Kind::array:
      append_array(out, value.as_array(), layout, depth);
      return;
    case Kind::object:
      append_object(out, value.as_object(), layout, depth);
      return;
  }
}

}  // namespace

Result<Value> parse_json(std::string_view text, LargeIntegers large_integers) {
  ValueBuilder builder(large_integers);
  if (nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return builder.take();
  if (!builder.position()) return Error{ErrorCode::invalid_argument, builder.message()};
  return Error{ErrorCode::invalid_argument,
               "not JSON: " + builder.message() + " at " + place(text, *builder.position())};
}

std::optional<Value> parse_exact_json(std::string_view text) {
  ValueBuilder builder(LargeIntegers::are_errors, RepeatedKeys::are_errors);
  if (!nlohmann::json::sax_parse(text.begin(), text.end(), &builder)) return std::nullopt;
  return builder.take();
}

std::string to_json(const Value& value, FloatForm form) {
  std::string out;
  append(out, value, Layout{form, 0}, 0);
  return out;
}

std::string to_indented_json(const Value& value, int indent) {
  std::string out;
  append(out, value, Layout{FloatForm::shortest, indent}, 0);
  return out;
}

std::string to_text(const Value& value) {
  switch (value.kind()) {
    case Kind::null:
      return {};
    case Kind::text:
      return value.as_text();
    default:
      return to_json(value);
  }
}

}  // namespace goflow::core
