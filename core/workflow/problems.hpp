// Collects what is wrong with a workflow file while it is read.
#pragma once

#include "core/workflow/diagnostic.hpp"
#include "core/workflow/yaml/source_text.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace goflow::core {

/// The validation rules by their numbers; the name is the `code` of a diagnostic.
enum class Rule {
  unreadable_text = 1,
  not_yaml = 2,
  duplicate_key = 3,
  too_much_yaml = 4,
  bad_yaml_value = 5,
  unknown_key = 6,
  wrong_type = 7,
  unsupported_version = 8,
  bad_name = 9,
  untidy_header = 10,
  out_of_range = 11,
  bad_schedule = 12,
  duplicate_variable = 15,
  bad_variable_name = 16,
  bad_variable = 17,
  bad_server_id = 18,
  duplicate_server = 19,
  bad_stdio_server = 20,
  bad_remote_server = 21,
  node_count = 25,
  bad_node_id = 26,
  duplicate_node_id = 27,
  unknown_node_type = 28,
  unclear_node_type = 29,
  missing_key = 30,
  conflicting_keys = 31,
  unknown_server = 32,
  unknown_word = 33,
  unreadable_placeholder = 34,
  bad_retry = 35,
  no_such_workflow = 36,
  workflow_chain = 37,
  bad_workflow_input = 38,
  edge_to_nowhere = 42,
  no_such_node = 43,
  duplicate_edge = 44,
  edge_to_itself = 45,
  edge_at_the_ends = 46,
  start_nodes = 47,
  no_end_node = 48,
  condition_edges = 49,
  bad_edge_label = 50,
  two_ways_of_branching = 51,
  ignored_edge_condition = 52,
  circular_dependency = 53,
  orphaned_node = 54,
  unreachable_end = 55,
  dead_end = 56,
  bad_owner = 57,
  ignored_edge = 58,
  two_returns = 59,
  bad_goto = 60,
  only_start_runs = 61,
  loose_node = 62,
  misplaced_key = 63,
  expression_syntax = 67,
  undefined_variable = 68,
  undefined_input = 69,
  bad_json_path = 70,
  bad_jq = 71,
  bad_placeholder = 72,
  bad_call = 73,
  certain_type_error = 74,
  placeholder_in_expression = 75,
  unrooted_json_path = 76,
  default_of_nothing = 77,
  misplaced_secret = 78,
  misplaced_env = 79,
  too_long_expression = 80,
  item_outside_loop = 81,
  hidden_variable = 82,
  read_before_written = 83,
  written_twice = 84,
  read_while_written = 85,
  unlisted_credential = 90,
  written_secret = 91,
  not_exported = 92,
  node_in_script = 93,
  // Of templates.
  bad_template_parameter = 100,
  unknown_template_parameter = 101,
};

/// A place in the file and, of what does not stand there as it is, the line of the text.
struct Mark {
  explicit Mark(Span place, std::optional<InText> text = {})
      : at(place), in_text(std::move(text)) {}

  Span at;
  std::optional<InText> in_text;
};

class Problems {
 public:
  /// `source` must outlive this.
  explicit Problems(const SourceText& source) : source_(source) {}

  /// `at`: the offending key or value.
  void add(Rule rule, Span at, const std::string& message, const std::string& hint = {});
  void add(Rule rule, const Mark& mark, const std::string& message, const std::string& hint = {});

  /// "did you mean 'login'? nodes: fetch, login, report". A file may hold thousands of mistakes
  /// among thousands of names: after some hundreds there is no hint any more.
  std::string suggest(std::string_view word,
                      std::string_view plural,
                      std::span<const std::string> candidates);
  /// Whether gathering candidates is worth while.
  [[nodiscard]] bool can_suggest() const { return suggestions_left_ > 0; }

  [[nodiscard]] bool has_errors() const { return errors_ > 0; }
  [[nodiscard]] std::size_t error_count() const { return errors_; }
  /// All of them, by position.
  [[nodiscard]] std::vector<Diagnostic> take();
  [[nodiscard]] const SourceText& source() const { return source_; }

 private:
  const SourceText& source_;
  std::vector<Diagnostic> found_;
  std::size_t errors_ = 0;
  int suggestions_left_ = 200;
};

}  // namespace goflow::core
