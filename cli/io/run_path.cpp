#include "cli/io/run_path.hpp"

#include <charconv>
#include <cstdint>

namespace goflow::cli {

std::string_view enclosing_path(std::string_view path) {
  const std::size_t end = path.find_last_of("/[");
  return end == std::string_view::npos ? std::string_view() : path.substr(0, end);
}

bool is_numbered(std::string_view path) {
  return !path.empty() && path.back() == ']';
}

std::string step_label(std::string_view path) {
  if (!is_numbered(path)) return node_id_of(path);
  const std::string_view digits = path.substr(path.find_last_of('[') + 1);
  std::int64_t index = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), index);
  return std::to_string(index + 1);
}

std::string node_id_of(std::string_view path) {
  if (is_numbered(path)) path = enclosing_path(path);
  const std::size_t slash = path.find_last_of('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

}  // namespace goflow::cli
