// One run of a workflow and its nodes, as they are remembered.
#pragma once

#include "core/base/clock.hpp"
#include "core/claimcheck/claim.hpp"
#include "core/execution/status.hpp"
#include "core/value/value.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace goflow::core {

/// Why a node or a run failed. A failure is an outcome, not an Error.
struct Failure {
  std::string type;  // validation, connection, execution, data, timeout, start, interrupted, …
  std::string message;
  std::string node = {};
  std::string path = {};
  Object context = {};  // what applies of attempt, status, exit_code, stderr

  friend bool operator==(const Failure&, const Failure&) = default;
};

/// The failure as an expression sees it: {type, message, node, path, context}.
Value to_value(const Failure& failure);

/// The process that runs an execution, described so that another one can tell whether it lives.
struct Owner {
  std::int64_t epoch = 0;  // raised by every change of owner
  std::int64_t pid = 0;
  std::string pid_started;  // start time of the process, in the kernel's own ticks
  std::string boot_id;
  std::string pid_namespace;
  std::string host;
  Timestamp heartbeat_at;
};

/// What became of a run that was left to a worker.
enum class QueueState {
  waiting,  // for a worker
  taken,    // by one, which may have died since
  stuck,    // no worker can go on with it: somebody has to decide
};

struct QueuePlace {
  std::optional<int> max_active_runs = std::nullopt;  // of its workflow
  QueueState state = QueueState::waiting;
};

struct CancelRequest {
  Timestamp requested_at;
  std::string by;
  bool force = false;
  std::string reason = {};
};

/// The node whose work a run is.
struct ParentNode {
  std::string execution_id;
  std::string node_execution_id;
};

/// Who made a part of a record, and who changed it last.
struct AuditTrail {
  std::string created_by;
  Timestamp created_at;
  std::string updated_by;
  Timestamp updated_at;
  std::string event = "created";  // created, updated
};

/// How a run had ended before it was retried.
struct EarlierEnd {
  ExecutionStatus status = ExecutionStatus::failed;
  Timestamp completed_at;
  std::optional<Failure> error = std::nullopt;
  Timestamp retried_at;
};

/// What was asked for, and what became of it.
struct Audit {
  AuditTrail spec;
  AuditTrail status;
  std::vector<EarlierEnd> earlier_ends = {};  // part of the status
};

/// Both blocks of a record that is made now.
Audit new_audit(const std::string& by, Timestamp now);

/// Who runs the nodes: goflow, or somebody who reports how they went.
enum class Runner { local, external };
std::string_view to_string(Runner runner);

using TextMap = std::map<std::string, std::string>;

/// Where a run finds the credentials that its workflow names.
struct CredentialBindings {
  std::string credential_namespace = {};  // empty: none
  TextMap keys = {};                      // by name; a name that is not here is a key itself

  friend bool operator==(const CredentialBindings&, const CredentialBindings&) = default;
};

struct Execution {
  std::string id;
  std::string workflow_id;
  std::string workflow_version = "1.0";
  ExecutionStatus status = ExecutionStatus::pending;
  Timestamp created_at;
  std::optional<Timestamp> started_at = std::nullopt;
  std::optional<Timestamp> completed_at = std::nullopt;
  std::optional<Failure> error = std::nullopt;
  Value return_value = {};
  Object inputs = {};
  std::string definition_sha256 = {};
  std::optional<Timestamp> deadline_at = std::nullopt;
  std::optional<CancelRequest> cancel = std::nullopt;
  std::optional<Owner> owner = std::nullopt;  // present while a process runs it, or died doing so
  std::optional<QueuePlace> queue = std::nullopt;  // until it ends, or somebody starts it by hand
  std::int64_t change_seq = 0;
  std::string working_directory = {};  // where the run was started
  // What env() answers: all that the workflow may read and that was set; nullopt: not recorded.
  std::optional<TextMap> environment = std::nullopt;
  CredentialBindings credentials = {};
  std::optional<ParentNode> parent = std::nullopt;
  std::vector<std::string> warnings = {};  // what went wrong without changing the outcome
  std::string name = {};                   // empty: none was given
  std::string slug = {};                   // of the name
  std::string instance_id = {};
  std::string instance_slug = {};  // as long as there are records of it, there may be no instance
  TextMap instance_env = {};       // what the instance had in its env when the run was made
  std::vector<std::string> tags = {};  // in their own order
  TextMap labels = {};
  TextMap annotations = {};
  Runner runner = Runner::local;
  std::string rerun_of = {};
  int reopened = 0;  // how often it was retried
  std::string temporal_workflow_id = {};
  std::optional<Audit> audit = std::nullopt;  // absent in records of the original
};

/// In the queue, and not taken yet.
bool waits_for_worker(const Execution& execution);

/// What a wait or signal node waits for.
struct WaitRecord {
  std::optional<Timestamp> until = std::nullopt;
  std::string signal = {};
};

/// A message to a run, kept until one of its nodes takes it.
struct Signal {
  std::string id;
  std::string name;
  Value payload = {};
  std::string sent_by;
  Timestamp sent_at;
};

/// A process group that a shell node left running when its owner died.
struct ProcessRecord {
  std::int64_t group = 0;
  std::string started;  // start time of the leader, in the kernel's own ticks
};

/// One node at one path; always its latest attempt.
struct NodeExecution {
  std::string id;
  std::string execution_id;
  std::string node_id;
  std::string node_type;
  std::string path;
  NodeStatus status = NodeStatus::running;
  int attempt = 1;
  Timestamp created_at;  // when it was decided that it runs or is skipped
  std::optional<Timestamp> started_at = std::nullopt;
  std::optional<Timestamp> completed_at = std::nullopt;
  Value inputs = {};
  Value outputs = {};
  std::optional<Failure> error = std::nullopt;
  std::string skip_reason = {};  // not_taken, when
  std::optional<WaitRecord> wait = std::nullopt;
  std::optional<ProcessRecord> process = std::nullopt;
  std::vector<std::string> warnings = {};
  Object facts = {};  // what its kind tells besides its value: iteration_count, …
  std::int64_t change_seq = 0;
  std::string copied_from = {};  // id of the node execution whose outcome was taken over
};

/// An attempt that failed and was followed by another.
struct NodeAttempt {
  std::string path;
  int attempt = 1;
  Timestamp started_at;
  std::optional<Timestamp> completed_at = std::nullopt;
  std::optional<Failure> error = std::nullopt;
  // The execution was retried after it: what follows is counted anew.
  bool before_retry = false;
};

/// One change of one variable.
struct VariableChange {
  std::string scope;  // path of the loop round or branch; empty at the top level
  std::string node_path = {};
  std::string name;
  std::optional<Value> old_value = std::nullopt;
  Value new_value = {};
  Timestamp at = {};
};

/// So many bytes of a log had been written by then.
struct LogMark {
  std::int64_t size_bytes = 0;
  Timestamp at;

  friend bool operator==(const LogMark&, const LogMark&) = default;
};

/// What a node wrote to one of its streams, so far.
struct NodeLog {
  std::string path;
  int attempt = 1;
  std::string stream;                         // stdout, stderr
  std::string content = {};                   // of one that could not be kept, beginning and end
  std::int64_t size_bytes = 0;                // all that was written
  std::vector<LogMark> marks = {};            // in their order
  std::string spool = {};                     // instead of the content: a file, while it grows
  std::optional<Claim> claim = std::nullopt;  // instead of it: where it is kept
};

}  // namespace goflow::core
