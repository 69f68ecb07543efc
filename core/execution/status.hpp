// The states of a run and of its nodes, and the moves between them that are legal.
#pragma once

#include "core/base/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

enum class ExecutionStatus { pending, running, waiting, completed, failed, cancelled, timed_out };

std::string_view to_string(ExecutionStatus status);
/// The word of the status, in any case; nullopt for anything else.
std::optional<ExecutionStatus> parse_execution_status(std::string_view word);
/// The phase name of the original system: "EXECUTION_IN_PROGRESS".
std::string_view phase_of(ExecutionStatus status);
bool is_terminal(ExecutionStatus status);

/// What a filter means: a status, a phase with all of its statuses, or
/// EXECUTION_PHASE_UNSPECIFIED with every one; in any case. nullopt: neither.
std::optional<std::vector<ExecutionStatus>> parse_status_selection(std::string_view word);
/// The words that it knows, for those who ask or mistype.
std::vector<std::string_view> status_selection_words();

/// The one table of moves; a retry reopens an ended run and is the only way out of it.
enum class Reopen { no, yes };
bool may_move(ExecutionStatus from, ExecutionStatus to, Reopen reopen = Reopen::no);

enum class NodeStatus { pending, running, completed, failed, skipped, cancelled };

std::string_view to_string(NodeStatus status);
std::optional<NodeStatus> parse_node_status(std::string_view word);
bool is_terminal(NodeStatus status);

}  // namespace goflow::core
