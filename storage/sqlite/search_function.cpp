#include "storage/sqlite/search_function.hpp"

#include "core/execution/search.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace goflow::storage {
namespace {

constexpr std::array<char, 128> make_lower_case() {
  std::array<char, 128> table{};
  for (std::size_t c = 0; c < table.size(); ++c) {
    table[c] = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return table;
}
constexpr std::array<char, 128> lower_case = make_lower_case();

std::string_view text_of(sqlite3_value* value) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
  if (bytes == nullptr) return {};
  return {bytes, static_cast<std::size_t>(sqlite3_value_bytes(value))};
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c & '\x80') == 0; });
}

/// Without a copy: it is asked of each text of a million rows.
bool contains_ascii(std::string_view text, std::string_view folded) {
  const auto found = std::search(
      text.begin(), text.end(), folded.begin(), folded.end(), [](char in_text, char wanted) {
        return lower_case[static_cast<unsigned char>(in_text)] == wanted;
      });
  return found != text.end();
}

bool contains(std::string_view text, std::string_view folded) {
  if (is_ascii(text)) return text.size() >= folded.size() && contains_ascii(text, folded);
  return core::folded(text).find(folded) != std::string::npos;
}

void is_found(sqlite3_context* context, int count, sqlite3_value** arguments) {
  const std::string_view folded = text_of(arguments[0]);
  const bool found = std::any_of(arguments + 1, arguments + count, [&](sqlite3_value* value) {
    return contains(text_of(value), folded);
  });
  sqlite3_result_int(context, found ? 1 : 0);
}

}  // namespace

void add_search_function(sqlite3* connection) {
  constexpr int any_number = -1;
  sqlite3_create_function(connection,
                          "is_found",
                          any_number,
                          SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY,
                          nullptr,
                          is_found,
                          nullptr,
                          nullptr);
}

}  // namespace goflow::storage
