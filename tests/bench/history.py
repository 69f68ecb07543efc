"""A history of a million executions, written by SQL because running them would take days."""

import sqlite3

COUNT = 1_000_000

# Statuses as they are in practice: most completed, some failed.
EXECUTIONS = """
WITH RECURSIVE number(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < :count)
INSERT INTO executions (id, workflow_id, workflow_version, status, created_at, started_at,
    completed_at, error_type, error_message, instance_id)
  SELECT printf('wex-%026d', i), 'workflow-' || (i % 100), '1.0',
    CASE i % 20 WHEN 0 THEN 'failed' WHEN 1 THEN 'cancelled' WHEN 2 THEN 'timed_out'
      ELSE 'completed' END,
    strftime('%Y-%m-%dT%H:%M:%f', 1700000000 + i, 'unixepoch') || '000Z',
    strftime('%Y-%m-%dT%H:%M:%f', 1700000000 + i, 'unixepoch') || '000Z',
    strftime('%Y-%m-%dT%H:%M:%f', 1700000001 + i, 'unixepoch') || '000Z',
    CASE WHEN i % 20 = 0 THEN 'execution' END, CASE WHEN i % 20 = 0 THEN 'exit status 3' END,
    'win-' || (i % 1000)
  FROM number"""

WORDS = [
    """INSERT INTO execution_tags SELECT id, 'nightly', created_at FROM executions
       WHERE rowid % 10 = 0""",
    """INSERT INTO execution_tags SELECT id, 'rare', created_at FROM executions
       WHERE rowid % 100000 = 0""",
    """INSERT INTO execution_labels SELECT id, 'env', CASE rowid % 4 WHEN 0 THEN 'prod' ELSE 'test' END,
         created_at FROM executions WHERE rowid % 2 = 0""",
]

FILTERS = {
    "no filter": [],
    "workflow": ["--workflow", "workflow-7"],
    "instance": ["--instance", "win-7"],
    "status": ["--status", "failed"],
    "phase": ["--status", "EXECUTION_FAILED"],
    "workflow and status": ["--workflow", "workflow-20", "--status", "failed"],
    "since": ["--since", "2023-11-15"],
    "until": ["--until", "2023-11-20"],
    "tag": ["--tag", "nightly"],
    "rare tag": ["--tag", "rare"],
    "label": ["--label", "env=prod"],
    "key of a label": ["--label", "env"],
}


# Kept by triggers, one row at a time: far too slow for so many.
COUNTS = """
INSERT INTO execution_counts
  SELECT workflow_id, coalesce(instance_id, ''), status, count(*) FROM executions GROUP BY 1, 2, 3"""


def fill(path, count=COUNT):
    """The database has to have been made by goflow before."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("BEGIN")
    dropped = connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL"
        " AND tbl_name IN ('executions', 'execution_tags', 'execution_labels')").fetchall()
    for kind, name, _ in dropped:
        connection.execute(f"DROP {kind} {name}")
    for statement in ("DELETE FROM executions", "DELETE FROM execution_counts"):
        connection.execute(statement)
    connection.execute(EXECUTIONS, {"count": count})
    for statement in [*WORDS, COUNTS, *(sql for _, _, sql in dropped)]:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
