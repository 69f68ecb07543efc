#include "core/workflow/problems.hpp"

#include "core/base/suggest.hpp"

#include <algorithm>
#include <cassert>
#include <utility>

namespace goflow::core {
namespace {

struct RuleFacts {
  Rule rule;
  Severity severity;
  std::string_view code;
};

constexpr auto error = Severity::error;
constexpr auto warning = Severity::warning;

constexpr RuleFacts rules[] = {
    {Rule::unreadable_text, error, "unreadable_text"},
    {Rule::not_yaml, error, "not_yaml"},
    {Rule::duplicate_key, error, "duplicate_key"},
    {Rule::too_much_yaml, error, "too_much_yaml"},
    {Rule::bad_yaml_value, error, "bad_yaml_value"},
    {Rule::unknown_key, warning, "unknown_key"},
    {Rule::wrong_type, error, "wrong_type"},
    {Rule::unsupported_version, error, "unsupported_version"},
    {Rule::bad_name, error, "bad_name"},
    {Rule::untidy_header, warning, "untidy_header"},
    {Rule::out_of_range, error, "out_of_range"},
    {Rule::bad_schedule, error, "bad_schedule"},
    {Rule::duplicate_variable, error, "duplicate_variable"},
    {Rule::bad_variable_name, error, "bad_variable_name"},
    {Rule::bad_variable, error, "bad_variable"},
    {Rule::bad_server_id, error, "bad_server_id"},
    {Rule::duplicate_server, error, "duplicate_server"},
    {Rule::bad_stdio_server, error, "bad_stdio_server"},
    {Rule::bad_remote_server, error, "bad_remote_server"},
    {Rule::node_count, error, "node_count"},
    {Rule::bad_node_id, error, "bad_node_id"},
    {Rule::duplicate_node_id, error, "duplicate_node_id"},
    {Rule::unknown_node_type, error, "unknown_node_type"},
    {Rule::unclear_node_type, error, "unclear_node_type"},
    {Rule::missing_key, error, "missing_key"},
    {Rule::conflicting_keys, error, "conflicting_keys"},
    {Rule::unknown_server, error, "unknown_server"},
    {Rule::unknown_word, error, "unknown_word"},
    {Rule::unreadable_placeholder, error, "unreadable_placeholder"},
    {Rule::bad_retry, error, "bad_retry"},
    {Rule::no_such_workflow, warning, "no_such_workflow"},
    {Rule::workflow_chain, error, "workflow_chain"},
    {Rule::bad_workflow_input, error, "bad_workflow_input"},
    {Rule::edge_to_nowhere, error, "edge_to_nowhere"},
    {Rule::no_such_node, error, "no_such_node"},
    {Rule::duplicate_edge, error, "duplicate_edge"},
    {Rule::edge_to_itself, error, "edge_to_itself"},
    {Rule::edge_at_the_ends, error, "edge_at_the_ends"},
    {Rule::start_nodes, error, "start_nodes"},
    {Rule::no_end_node, error, "no_end_node"},
    {Rule::condition_edges, error, "condition_edges"},
    {Rule::bad_edge_label, error, "bad_edge_label"},
    {Rule::two_ways_of_branching, error, "two_ways_of_branching"},
    {Rule::ignored_edge_condition, warning, "ignored_edge_condition"},
    {Rule::circular_dependency, error, "circular_dependency"},
    {Rule::orphaned_node, error, "orphaned_node"},
    {Rule::unreachable_end, error, "unreachable_end"},
    {Rule::dead_end, warning, "dead_end"},
    {Rule::bad_owner, error, "bad_owner"},
    {Rule::ignored_edge, warning, "ignored_edge"},
    {Rule::two_returns, error, "two_returns"},
    {Rule::bad_goto, error, "bad_goto"},
    {Rule::only_start_runs, warning, "only_start_runs"},
    {Rule::loose_node, warning, "loose_node"},
    {Rule::misplaced_key, error, "misplaced_key"},
    {Rule::expression_syntax, error, "expression_syntax"},
    {Rule::undefined_variable, error, "undefined_variable"},
    {Rule::undefined_input, error, "undefined_input"},
    {Rule::bad_json_path, error, "bad_json_path"},
    {Rule::bad_jq, error, "bad_jq"},
    {Rule::bad_placeholder, error, "bad_placeholder"},
    {Rule::bad_call, error, "bad_call"},
    {Rule::certain_type_error, error, "certain_type_error"},
    {Rule::placeholder_in_expression, error, "placeholder_in_expression"},
    {Rule::unrooted_json_path, warning, "unrooted_json_path"},
    {Rule::default_of_nothing, warning, "default_of_nothing"},
    {Rule::misplaced_secret, error, "misplaced_secret"},
    {Rule::misplaced_env, error, "misplaced_env"},
    {Rule::too_long_expression, error, "too_long_expression"},
    {Rule::item_outside_loop, error, "item_outside_loop"},
    {Rule::hidden_variable, warning, "hidden_variable"},
    {Rule::read_before_written, warning, "read_before_written"},
    {Rule::written_twice, warning, "written_twice"},
    {Rule::read_while_written, warning, "read_while_written"},
    {Rule::unlisted_credential, warning, "unlisted_credential"},
    {Rule::written_secret, warning, "written_secret"},
    {Rule::not_exported, warning, "not_exported"},
    {Rule::node_in_script, warning, "node_in_script"},
    {Rule::bad_template_parameter, error, "bad_template_parameter"},
    {Rule::unknown_template_parameter, error, "unknown_template_parameter"},
};

const RuleFacts& facts_of(Rule rule) {
  const auto* found = std::find_if(std::begin(rules),
                                   std::end(rules),
                                   [rule](const RuleFacts& one) { return one.rule == rule; });
  assert(found != std::end(rules));
  return *found;
}

/// "nodes: fetch, login, report, …"
std::string listing(std::string_view plural, std::span<const std::string> names) {
  constexpr std::size_t shown = 5;
  std::vector<std::string> sorted(names.begin(), names.end());
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  if (sorted.empty()) return "there are no " + std::string(plural);
  std::string text = std::string(plural) + ": ";
  for (std::size_t i = 0; i < sorted.size() && i < shown; ++i) {
    text += (i == 0 ? "" : ", ") + sorted[i];
  }
  return sorted.size() > shown ? text + ", …" : text;
}

/// What a file says in escapes goes to a terminal within messages: no control character may.
std::string printable(std::string_view text) {
  std::string clean;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool is_c1 =
        byte == 0xC2 && at + 1 < text.size() && static_cast<unsigned char>(text[at + 1]) < 0xA0;
    if (byte < 0x20 || byte == 0x7F || is_c1) {
      clean += "�";
      if (is_c1) ++at;
    } else {
      clean += text[at];
    }
  }
  return clean;
}

}  // namespace

void Problems::add(Rule rule,
                   const Mark& mark,
                   const std::string& message,
                   const std::string& hint) {
  add(rule, mark.at, message, hint);
  found_.back().in_text = mark.in_text;
}

void Problems::add(Rule rule, Span at, const std::string& message, const std::string& hint) {
  const RuleFacts& facts = facts_of(rule);
  if (facts.severity == Severity::error) ++errors_;
  found_.push_back({facts.severity,
                    static_cast<int>(rule),
                    std::string(facts.code),
                    printable(message),
                    printable(hint),
                    source_.position(at.begin),
                    source_.width(at)});
}

std::string Problems::suggest(std::string_view word,
                              std::string_view plural,
                              std::span<const std::string> candidates) {
  if (!can_suggest()) return {};
  --suggestions_left_;
  const std::string guess = did_you_mean(word, candidates);
  const std::string list = listing(plural, candidates);
  return guess.empty() ? list : guess + " " + list;
}

std::vector<Diagnostic> Problems::take() {
  std::stable_sort(found_.begin(), found_.end(), [](const Diagnostic& a, const Diagnostic& b) {
    return std::pair(a.at.line, a.at.column) < std::pair(b.at.line, b.at.column);
  });
  return std::move(found_);
}

}  // namespace goflow::core
