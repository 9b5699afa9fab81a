"""The least there is to do for a flag: ask which are late, write that down, a hundred in a transaction."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path


class BareSweep:
    """A table with an index on the moment, and a log."""

    def __init__(self, file: Path, size: int, late: int) -> None:
        self._database = sqlite3.connect(file, isolation_level=None)
        for sql in (
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            "CREATE TABLE dossiers (id INTEGER PRIMARY KEY, late_at INTEGER, body TEXT)",
            "CREATE INDEX moments ON dossiers (late_at)",
            "CREATE TABLE flags (dossier INTEGER, body TEXT)",
            "BEGIN",
        ):
            self._database.execute(sql)
        body = json.dumps({"subject": "x" * 400})
        rows = ((number, 1 if number < late else 10**9, body) for number in range(size))
        self._database.executemany("INSERT INTO dossiers VALUES (?, ?, ?)", rows)
        self._database.execute("COMMIT")

    def sweep(self) -> None:
        """Flag what is late."""
        asked = "SELECT id FROM dossiers WHERE late_at < 100 ORDER BY late_at LIMIT 100"
        while late := self._database.execute(asked).fetchall():
            self._database.execute("BEGIN IMMEDIATE")
            flags = [(number, json.dumps({"kind": "late", "dossier": number})) for (number,) in late]
            self._database.executemany("INSERT INTO flags VALUES (?, ?)", flags)
            self._database.executemany("UPDATE dossiers SET late_at = 1000000000 WHERE id = ?", late)
            self._database.execute("COMMIT")

    def flagged(self) -> int:
        """Return how many were flagged."""
        (number,) = self._database.execute("SELECT count(*) FROM flags").fetchone()
        return int(number)
