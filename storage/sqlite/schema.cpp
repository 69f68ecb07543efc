#include "storage/sqlite/schema.hpp"

#include "storage/sqlite/original_times.hpp"
#include "storage/sqlite/query.hpp"

#include <array>
#include <string>
#include <vector>

namespace goflow::storage {
namespace {

// The schema of the original GoFlow. Names and meaning of these columns stay for good.
constexpr const char* version_1 = R"sql(
CREATE TABLE executions (
  id TEXT PRIMARY KEY,
  workflow_id TEXT NOT NULL,
  workflow_version TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at TIMESTAMP NOT NULL,                    -- of a pending run: its creation
  completed_at TIMESTAMP,
  error_type TEXT,
  error_message TEXT,
  error_node_id TEXT,
  error_context TEXT,
  return_value TEXT,
  created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE TABLE node_executions (
  id TEXT PRIMARY KEY,
  execution_id TEXT NOT NULL,
  node_id TEXT NOT NULL,
  node_type TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at TIMESTAMP NOT NULL,                    -- of a skipped node: when that was decided
  completed_at TIMESTAMP,
  inputs TEXT,
  outputs TEXT,
  error_type TEXT,
  error_message TEXT,
  error_context TEXT,
  retry_count INTEGER DEFAULT 0,                    -- attempt - 1
  FOREIGN KEY (execution_id) REFERENCES executions(id) ON DELETE CASCADE
);
CREATE TABLE variable_snapshots (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  execution_id TEXT NOT NULL,
  node_execution_id TEXT,
  variable_name TEXT NOT NULL,
  old_value TEXT,
  new_value TEXT,
  timestamp TIMESTAMP NOT NULL,
  FOREIGN KEY (execution_id) REFERENCES executions(id) ON DELETE CASCADE,
  FOREIGN KEY (node_execution_id) REFERENCES node_executions(id) ON DELETE SET NULL
);
CREATE TABLE migrations (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  version INTEGER NOT NULL UNIQUE,
  applied_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);
CREATE INDEX idx_executions_workflow_id ON executions(workflow_id);
CREATE INDEX idx_executions_status ON executions(status);
CREATE INDEX idx_executions_started_at ON executions(started_at);
CREATE INDEX idx_node_executions_execution_id ON node_executions(execution_id);
CREATE INDEX idx_node_executions_node_id ON node_executions(node_id);
CREATE INDEX idx_variable_snapshots_execution_id ON variable_snapshots(execution_id);
CREATE INDEX idx_variable_snapshots_variable_name ON variable_snapshots(variable_name);
)sql";

// Instances, and what an execution is made of.
constexpr const char* version_2 = R"sql(
CREATE TABLE definitions (
  sha256 TEXT PRIMARY KEY,
  yaml TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE TABLE workflow_status (
  workflow_id TEXT PRIMARY KEY,
  default_instance_id TEXT,
  updated_at TEXT NOT NULL
);
CREATE TABLE instances (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  slug TEXT NOT NULL UNIQUE,
  workflow_id TEXT NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  inputs TEXT NOT NULL DEFAULT '{}',
  env TEXT NOT NULL DEFAULT '{}',
  credentials TEXT NOT NULL DEFAULT '{}',
  labels TEXT NOT NULL DEFAULT '{}',
  audit TEXT NOT NULL,
  created_at TEXT NOT NULL
);
CREATE INDEX instances_by_workflow ON instances(workflow_id, created_at DESC);

ALTER TABLE executions ADD COLUMN name TEXT;
ALTER TABLE executions ADD COLUMN slug TEXT;
ALTER TABLE executions ADD COLUMN instance_id TEXT;
ALTER TABLE executions ADD COLUMN runner TEXT NOT NULL DEFAULT 'local';  -- local, external
ALTER TABLE executions ADD COLUMN definition_sha256 TEXT REFERENCES definitions(sha256);
ALTER TABLE executions ADD COLUMN inputs TEXT;
ALTER TABLE executions ADD COLUMN trigger_data TEXT;  -- JSON: cwd, env, credentials, instance
ALTER TABLE executions ADD COLUMN annotations TEXT;
ALTER TABLE executions ADD COLUMN parent_execution_id TEXT;
ALTER TABLE executions ADD COLUMN parent_node_execution_id TEXT;
ALTER TABLE executions ADD COLUMN rerun_of TEXT;
ALTER TABLE executions ADD COLUMN reopened INTEGER NOT NULL DEFAULT 0;
ALTER TABLE executions ADD COLUMN deadline_at TEXT;
ALTER TABLE executions ADD COLUMN cancel TEXT;        -- JSON: requested_at, by, force, reason
ALTER TABLE executions ADD COLUMN temporal_workflow_id TEXT;
ALTER TABLE executions ADD COLUMN audit TEXT;
ALTER TABLE executions ADD COLUMN change_seq INTEGER NOT NULL DEFAULT 0;

CREATE TABLE execution_tags (
  execution_id TEXT NOT NULL REFERENCES executions(id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (execution_id, tag)
) WITHOUT ROWID;
CREATE TABLE execution_labels (
  execution_id TEXT NOT NULL REFERENCES executions(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (execution_id, key)
) WITHOUT ROWID;
CREATE TABLE execution_counts (
  workflow_id TEXT NOT NULL,
  instance_id TEXT NOT NULL,                          -- '' for none
  status TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (workflow_id, instance_id, status)
) WITHOUT ROWID;

CREATE UNIQUE INDEX executions_by_slug ON executions(slug) WHERE slug IS NOT NULL;
CREATE INDEX executions_listing ON executions(created_at DESC, id DESC);
CREATE INDEX executions_by_workflow ON executions(workflow_id, created_at DESC, id DESC);
CREATE INDEX executions_by_status ON executions(status, created_at DESC, id DESC);
CREATE INDEX executions_by_workflow_status
  ON executions(workflow_id, status, created_at DESC, id DESC);
CREATE INDEX executions_by_instance ON executions(instance_id, created_at DESC, id DESC)
  WHERE instance_id IS NOT NULL;
CREATE INDEX executions_by_tail ON executions(substr(id, -8));  -- ids shortened to their ending
CREATE INDEX executions_by_parent ON executions(parent_execution_id)
  WHERE parent_execution_id IS NOT NULL;
CREATE INDEX tags_listing ON execution_tags(tag, created_at DESC, execution_id DESC);
CREATE INDEX labels_listing ON execution_labels(key, value, created_at DESC, execution_id DESC);

INSERT INTO execution_counts
  SELECT workflow_id, '', status, count(*) FROM executions GROUP BY workflow_id, status;
-- A run within a run is not counted: lists leave it out.
CREATE TRIGGER executions_counted_in AFTER INSERT ON executions
  WHEN new.parent_execution_id IS NULL BEGIN
  INSERT INTO execution_counts VALUES (new.workflow_id, coalesce(new.instance_id, ''), new.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER executions_counted_out AFTER DELETE ON executions
  WHEN old.parent_execution_id IS NULL BEGIN
  UPDATE execution_counts SET n = n - 1
    WHERE workflow_id = old.workflow_id AND instance_id = coalesce(old.instance_id, '')
      AND status = old.status;
END;
CREATE TRIGGER executions_counted_again AFTER UPDATE OF workflow_id, instance_id, status
  ON executions WHEN new.parent_execution_id IS NULL BEGIN
  UPDATE execution_counts SET n = n - 1
    WHERE workflow_id = old.workflow_id AND instance_id = coalesce(old.instance_id, '')
      AND status = old.status;
  INSERT INTO execution_counts VALUES (new.workflow_id, coalesce(new.instance_id, ''), new.status, 1)
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
)sql";

// Attempts, paths, waits, logs, signals, owners.
constexpr const char* version_3 = R"sql(
ALTER TABLE node_executions ADD COLUMN path TEXT;
ALTER TABLE node_executions ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1;
ALTER TABLE node_executions ADD COLUMN wait TEXT;     -- JSON: until, signal
ALTER TABLE node_executions ADD COLUMN process TEXT;  -- JSON: pgid, started
ALTER TABLE node_executions ADD COLUMN reason TEXT;   -- of a skip: not_taken, when
ALTER TABLE node_executions ADD COLUMN copied_from TEXT;
ALTER TABLE node_executions ADD COLUMN change_seq INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX node_executions_by_path ON node_executions(execution_id, path)
  WHERE path IS NOT NULL;
CREATE INDEX node_executions_by_change ON node_executions(execution_id, change_seq);
UPDATE node_executions SET attempt = retry_count + 1 WHERE retry_count > 0;

CREATE TABLE node_attempts (
  node_execution_id TEXT NOT NULL REFERENCES node_executions(id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  status TEXT NOT NULL,
  started_at TEXT NOT NULL,
  completed_at TEXT,
  outputs TEXT,
  error_type TEXT,
  error_message TEXT,
  error_context TEXT,
  PRIMARY KEY (node_execution_id, attempt)
) WITHOUT ROWID;
CREATE TABLE node_logs (
  node_execution_id TEXT NOT NULL REFERENCES node_executions(id) ON DELETE CASCADE,
  attempt INTEGER NOT NULL,
  stream TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  content BLOB,
  spool TEXT,
  marks TEXT NOT NULL DEFAULT '[]',
  PRIMARY KEY (node_execution_id, attempt, stream)
) WITHOUT ROWID;

-- path of the loop round or branch
ALTER TABLE variable_snapshots ADD COLUMN scope TEXT NOT NULL DEFAULT '';
CREATE INDEX variable_latest ON variable_snapshots(execution_id, scope, variable_name, id DESC);

CREATE TABLE signals (
  id TEXT PRIMARY KEY,
  execution_id TEXT NOT NULL REFERENCES executions(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  payload TEXT,
  sent_by TEXT NOT NULL,
  sent_at TEXT NOT NULL,
  consumed_by TEXT,
  consumed_at TEXT
);
CREATE INDEX signals_open ON signals(execution_id, name, id) WHERE consumed_at IS NULL;
-- What a node was given once, and what goes with an execution that is deleted.
CREATE INDEX signals_taken ON signals(execution_id, consumed_by);
-- pid 0: given up; the row stays for its epoch, which must never be used twice
CREATE TABLE execution_owners (
  execution_id TEXT PRIMARY KEY REFERENCES executions(id) ON DELETE CASCADE,
  epoch INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  pid_started TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  pid_namespace TEXT NOT NULL DEFAULT '',
  host TEXT NOT NULL,
  heartbeat_at TEXT NOT NULL
);

-- What runs, nodes and errors have to tell beyond the columns of the original: the place of the
-- error where it is not the node's own, warnings as a JSON array of texts, and facts as a JSON
-- object (of a loop iteration_count, broken and break_index).
ALTER TABLE executions ADD COLUMN error_path TEXT;
ALTER TABLE executions ADD COLUMN warnings TEXT;
ALTER TABLE node_executions ADD COLUMN error_node_id TEXT;
ALTER TABLE node_executions ADD COLUMN error_path TEXT;
ALTER TABLE node_executions ADD COLUMN warnings TEXT;
ALTER TABLE node_executions ADD COLUMN facts TEXT;
ALTER TABLE node_attempts ADD COLUMN error_node_id TEXT;
ALTER TABLE node_attempts ADD COLUMN error_path TEXT;
-- A label by its key alone: with the value between them the rows would not come in their order.
CREATE INDEX labels_by_key ON execution_labels(key, created_at DESC, execution_id DESC);
-- Without it each node row that is deleted searches all variables for those that name it.
CREATE INDEX variable_writers ON variable_snapshots(node_execution_id)
  WHERE node_execution_id IS NOT NULL;
)sql";

// Large values, and who refers to them. The tables come before what fills them: the numbers of the
// steps are part of the format.
constexpr const char* version_4 = R"sql(
CREATE TABLE blobs (
  key TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,        -- of the payload, 64 hex digits
  size_bytes INTEGER NOT NULL, -- of the payload
  stored_bytes INTEGER,        -- of the blob; NULL while it is being written
  codec TEXT NOT NULL,         -- none, gzip, zstd
  store TEXT NOT NULL,         -- filesystem:@home/blobs, s3:<endpoint>/<bucket>/<prefix>
  state TEXT NOT NULL,         -- writing, present, deleting, expired, corrupt
  origin TEXT NOT NULL,        -- run, manual
  stored_at TEXT NOT NULL,
  touched_at TEXT NOT NULL,    -- last put, or last sign of life of a put in progress
  expired_at TEXT
);
CREATE INDEX blobs_by_sha256 ON blobs(sha256);
CREATE INDEX blobs_by_state ON blobs(state, touched_at);
CREATE TABLE blob_refs (
  execution_id TEXT NOT NULL REFERENCES executions(id) ON DELETE CASCADE,
  owner_kind TEXT NOT NULL,    -- execution, node, variable, log, signal
  owner_id TEXT NOT NULL,
  slot TEXT NOT NULL,          -- inputs/<name>, outputs/<name>, return, old, new, stdout#<attempt>
  key TEXT NOT NULL REFERENCES blobs(key),
  encoding TEXT NOT NULL,      -- json, text, bytes
  PRIMARY KEY (owner_kind, owner_id, slot)
) WITHOUT ROWID;
CREATE INDEX blob_refs_by_key ON blob_refs(key, execution_id);
CREATE INDEX blob_refs_by_execution ON blob_refs(execution_id);
CREATE TABLE claim_metrics (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE claim_latency (
  operation TEXT NOT NULL,
  le_us INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (operation, le_us)
) WITHOUT ROWID;
)sql";

// What is known of credentials; their values are never here.
constexpr const char* version_5 = R"sql(
CREATE TABLE credential_metadata (
  namespace TEXT NOT NULL DEFAULT '',
  key TEXT NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL,
  expires_at TEXT,
  description TEXT NOT NULL DEFAULT '',
  labels TEXT NOT NULL DEFAULT '{}',
  kind TEXT NOT NULL DEFAULT 'text',          -- text, structured, a word given by the user
  public_fields TEXT NOT NULL DEFAULT '[]',   -- fields of a structured value that are not secret
  previous_until TEXT,                        -- the value before the last rotation is kept until then
  PRIMARY KEY (namespace, key)
) WITHOUT ROWID;
)sql";

// What waits for a worker, and when schedules were last looked after.
constexpr const char* version_6 = R"sql(
-- A row stays while its run goes on, so that the run of a worker that died is found; it goes with
-- the end of the run.
CREATE TABLE run_queue (
  position INTEGER PRIMARY KEY AUTOINCREMENT,
  execution_id TEXT NOT NULL UNIQUE REFERENCES executions(id) ON DELETE CASCADE,
  workflow_id TEXT NOT NULL,
  max_active_runs INTEGER,                    -- of the workflow as it was then; NULL: no limit
  state TEXT NOT NULL DEFAULT 'waiting'       -- waiting, taken, stuck: somebody has to look at it
);
CREATE INDEX run_queue_by_state ON run_queue(state, position);
CREATE INDEX run_queue_by_workflow ON run_queue(state, workflow_id, position);
CREATE TRIGGER run_queue_ends AFTER UPDATE OF status ON executions
  WHEN NEW.status IN ('completed', 'failed', 'cancelled', 'timed_out')
BEGIN
  DELETE FROM run_queue WHERE execution_id = NEW.id;
END;
-- Whose run goes on, without a look at all runs that ever were.
CREATE INDEX execution_owners_alive ON execution_owners(execution_id) WHERE pid <> 0;

CREATE TABLE schedules (
  workflow_id TEXT PRIMARY KEY,
  enabled INTEGER NOT NULL DEFAULT 1,
  looked_after_until TEXT NOT NULL,           -- what was due up to then has run or was let go
  updated_at TEXT NOT NULL
) WITHOUT ROWID;
)sql";

/// The original's databases differ in how they name these.
void drop_listing_indexes(Database& database) {
  std::vector<std::string> statements;
  {
    Query indexes(database,
                  "SELECT 'DROP INDEX \"' || name || '\"' FROM sqlite_schema WHERE type = 'index' "
                  "AND sql IS NOT NULL "
                  "AND tbl_name IN ('executions', 'node_executions', 'variable_snapshots')");
    while (indexes.next()) {
      statements.push_back(indexes.text());
    }
  }
  for (const std::string& statement : statements) {
    database.execute(statement.c_str());
  }
}

void to_version_1(Database& database) {
  database.execute(version_1);
}

void to_version_2(Database& database) {
  drop_listing_indexes(database);
  rewrite_original_times(database);
  database.execute(version_2);
}

void to_version_3(Database& database) {
  database.execute(version_3);
}

void to_version_4(Database& database) {
  database.execute(version_4);
}

void to_version_5(Database& database) {
  database.execute(version_5);
}

void to_version_6(Database& database) {
  database.execute(version_6);
}

constexpr std::array all_migrations{Migration{1, to_version_1},
                                    Migration{2, to_version_2},
                                    Migration{3, to_version_3},
                                    Migration{4, to_version_4},
                                    Migration{5, to_version_5},
                                    Migration{6, to_version_6}};

}  // namespace

std::span<const Migration> migrations() {
  return all_migrations;
}

}  // namespace goflow::storage
