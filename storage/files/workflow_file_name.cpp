#include "storage/files/workflow_file_name.hpp"

#include <algorithm>

namespace goflow::storage {

bool is_workflow_id(std::string_view id) {
  return !id.empty() && std::all_of(id.begin(), id.end(), [](char character) {
    return (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') ||
           character == '_' || character == '-';
  });
}

std::string_view workflow_stem(std::string_view file_name) {
  if (file_name.starts_with('.')) return {};
  for (const std::string_view ending : workflow_endings) {
    if (file_name.ends_with(ending)) return file_name.substr(0, file_name.size() - ending.size());
  }
  return {};
}

bool is_listed_before(std::string_view file_name, std::string_view other) {
  const int order = workflow_stem(file_name).compare(workflow_stem(other));
  return order == 0 ? file_name < other : order < 0;
}

}  // namespace goflow::storage
