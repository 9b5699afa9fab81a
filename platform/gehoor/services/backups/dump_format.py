"""The format of a dump: all documents of a register as lines of JSON, for any store to be filled from.

The first line says what it is and of when. Each line after it is one document: table, key, document. The last says how
many there are of each table, which were left out because they are damaged, and the SHA-256 of the lines of documents:
equal for equal contents. A dump without a last line is not whole.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from gehoor.services.maintenance.seals import Seal
from gehoor.services.ports.store import Document
from gehoor.services.records.ledger_entries import LEDGER
from gehoor.services.records.tables import LEFT_OUT

FORMAT: Final = 1
"""How this Gehoor writes; a later one may write otherwise, and says so by another number."""
_NAME: Final = "gehoor-dump"

Row: TypeAlias = tuple[str, str, Document]
"""Table, key, document."""


NOT_COPIED: Final = frozenset({"sessions", "visits", "repeats", LEFT_OUT})
"""What is under way in browsers is in no dump, and comes back from none of before: it may have been ended since, and
people begin anew. What was left out of a copy before is left out again: the last line says so."""


class BadDumpError(Exception):
    """A dump cannot be used. ``reason``: ``other`` (it is none), ``later`` (a later Gehoor wrote it), ``damaged`` (it
    is not whole, or not what was written), ``unfit`` (this Gehoor has no place for a document in it)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Contents:
    """What is in a dump: the instant (UTC, text) that it shows, how many documents of each table, which damaged ones it
    does without (table and key), and the hash of its documents."""

    made_at: str
    rows: Mapping[str, int]
    left_out: tuple[tuple[str, str], ...]
    digest: str
    seal: Seal | None = None
    """Of the ledger in it."""

    @property
    def total(self) -> int:
        """How many documents there are."""
        return sum(self.rows.values())


class DumpWriter:
    """Makes the lines of a dump, one by one."""

    def __init__(self, made_at: str) -> None:
        self._made_at = made_at
        self._rows: Counter[str] = Counter()
        self._left_out: list[tuple[str, str]] = []
        self._digest = hashlib.sha256()
        self._last_entered: Document | None = None

    def first(self) -> bytes:
        """Return the first line."""
        return _line({"what": _NAME, "format": FORMAT, "made_at": self._made_at})

    def document(self, table: str, key: str, document: Document) -> bytes:
        """Return the line of a document."""
        line = _line([table, key, document])
        self.count(table, document, line)
        return line

    def count(self, table: str, document: Document, line: bytes) -> None:
        """Note that a document of a table stands in this line."""
        self._digest.update(line)
        self._rows[table] += 1
        if table == LEDGER:
            self._last_entered = document

    def leave_out(self, table: str, key: str) -> None:
        """Note that a document is damaged and left out."""
        self._left_out.append((table, key))

    def contents(self) -> Contents:
        """Return what was written until now."""
        seal = Seal.from_row(self._last_entered)
        return Contents(
            self._made_at, dict(self._rows), tuple(self._left_out), self._digest.hexdigest(), seal
        )

    def last(self) -> bytes:
        """Return the last line."""
        said = self.contents()
        return _line({"rows": said.rows, "left_out": said.left_out, "sha256": said.digest})


class DumpReader:
    """Reads the lines of a dump. What it gives is sure only when all of it was read without an error."""

    def __init__(self, lines: Iterable[bytes]) -> None:
        self._lines = iter(lines)
        self._contents: Contents | None = None

    def __iter__(self) -> Iterator[Row]:
        """Yield each document. Raises ``BadDumpError``, at the latest after the last one."""
        made_at = _made_at(next(self._lines, b""))
        writer = DumpWriter(made_at)
        for line in self._lines:
            read = _read(line)
            if isinstance(read, dict):
                self._end(writer, read)
                return
            table, key, document = _row(read)
            writer.count(table, document, line)
            yield table, key, document
        raise BadDumpError("damaged")

    def contents(self) -> Contents:
        """Return what is in the dump, after reading what was not read yet. Raises ``BadDumpError``."""
        if self._contents is None:
            for _ in self:
                pass
        assert self._contents is not None
        return self._contents

    def _end(self, read: DumpWriter, last: dict[str, Any]) -> None:
        found = read.contents()
        if (last.get("rows"), last.get("sha256")) != (found.rows, found.digest) or next(self._lines, None):
            raise BadDumpError("damaged")
        left_out = tuple((str(table), str(key)) for table, key in last.get("left_out", ()))
        self._contents = replace(found, left_out=left_out)


def is_dump(first: bytes) -> bool:
    """Say whether a first line is that of a dump, of whatever Gehoor."""
    try:
        header = _read(first)
    except BadDumpError:
        return False
    return isinstance(header, dict) and header.get("what") == _NAME


def _made_at(first: bytes) -> str:
    try:
        header = _read(first)
    except BadDumpError as error:
        raise BadDumpError("other") from error
    if not isinstance(header, dict) or header.get("what") != _NAME:
        raise BadDumpError("other")
    if header.get("format") != FORMAT:
        raise BadDumpError("later")
    return str(header.get("made_at", ""))


def _row(read: Any) -> Row:
    if not isinstance(read, list) or len(read) != 3:
        raise BadDumpError("damaged")
    table, key, document = read
    if not (isinstance(table, str) and isinstance(key, str) and isinstance(document, dict)):
        raise BadDumpError("damaged")
    return table, key, document


def _line(data: Any) -> bytes:
    return f"{json.dumps(data, ensure_ascii=False, separators=(',', ':'))}\n".encode()


def _read(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadDumpError("damaged") from error
