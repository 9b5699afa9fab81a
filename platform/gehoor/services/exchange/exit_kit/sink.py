"""Where an exit kit is written to, and what files in it are called."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any, Final, Protocol

from gehoor.core.figures.report_texts import BOM, safe
from gehoor.core.text.canonical_json import dump

_UNSAFE: Final = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST: Final = 80


class Sink(Protocol):
    """A folder that is filled file by file, each from its beginning on."""

    def add(self, name: str, content: bytes) -> None:
        """Add to a file, which begins with the first that is added. ``name``: relative, with slashes."""
        ...

    def put(self, name: str, content: bytes) -> str:
        """Write a whole file, and return its SHA-256 in hexadecimal."""
        ...


def add_line(sink: Sink, name: str, data: Any) -> None:
    """Add a line of JSON to a file."""
    sink.add(name, f"{dump(data)}\n".encode())


def begin_table(sink: Sink, name: str, heads: Iterable[str]) -> None:
    """Begin a table as CSV, as sheet programmes here open it: UTF-8 with its mark, and semicolons."""
    sink.add(name, BOM.encode())
    add_row(sink, name, heads)


def add_row(sink: Sink, name: str, cells: Iterable[str]) -> None:
    """Add a row to a table. No cell is ever a formula."""
    said = io.StringIO()
    csv.writer(said, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerow(map(safe, cells))
    sink.add(name, said.getvalue().encode("utf-8", "replace"))


def plain(name: str) -> str:
    """Return a name as that of a file or folder can be on any system: it leads nowhere else, whatever somebody called
    it."""
    return _UNSAFE.sub("_", name).strip("._-")[-_LONGEST:] or "naamloos"
