"""Reads what goflow remembers of a run, straight from its database."""

import collections
import contextlib
import sqlite3

Execution = collections.namedtuple("Execution", "id status")


class History:
    """The database may not be there yet, or be without tables: then nothing is remembered."""

    def __init__(self, path):
        self._path = path

    def execution(self):
        """The outermost execution, None if none was recorded yet."""
        rows = self._rows("SELECT id, status FROM executions WHERE parent_execution_id IS NULL")
        return Execution(*rows[0]) if rows else None

    def is_intact(self):
        return not self._path.exists() or self._query("PRAGMA integrity_check") == [("ok",)]

    def completed_attempts(self):
        """Path → attempt of every shell node that is recorded as completed; none occurs twice."""
        completed = "status = 'completed' AND node_type = 'shell'"
        return dict(self._rows(f"SELECT path, attempt FROM node_executions WHERE {completed}"))

    def outcome(self):
        """All that must not depend on how often the run was interrupted."""
        run = "workflow_id, status, return_value, error_message, warnings"
        node = "path, status, outputs, facts"
        return (
            self._rows(f"SELECT {run} FROM executions ORDER BY workflow_id"),
            self._rows(f"SELECT {node} FROM node_executions ORDER BY path"),
        )

    def _rows(self, query):
        # The column of the last migration: with it those of all tables are there.
        if not self._path.exists() or not self._query(
            "SELECT 1 FROM pragma_table_info('node_executions') WHERE name = 'facts'"
        ):
            return []
        return self._query(query)

    def _query(self, query):
        with contextlib.closing(sqlite3.connect(self._path, timeout=10)) as connection:
            return connection.execute(query).fetchall()
