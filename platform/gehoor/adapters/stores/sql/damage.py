"""Going through a table row by row: what is damaged is known by its key, and keeps nothing else from being read."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.adapters.stores.sql.packing import Row, called, unpack
from gehoor.services.ports.store import DamagedError, Document

_log = logging.getLogger(__name__)
_reported: Final[set[tuple[str, str]]] = set()
_MOST: Final = 1000
"""So many are reported by one process: each once, and not without end."""


def scanned(layout: TableLayout, rows: Iterable[Sequence[Any]]) -> Iterator[tuple[str, Document | None]]:
    """Read all documents from rows (each after what it is called when it is damaged), each under its key; None for one
    that is damaged."""
    for number, *row in rows:
        try:
            yield row[0], unpack(layout, row)[1]
        except ValueError:
            yield called(row, number), None


def is_sound(layout: TableLayout, row: Row) -> bool:
    """Say whether a row is what was kept."""
    try:
        unpack(layout, row)
    except ValueError:
        return False
    return True


def report(error: DamagedError) -> None:
    """Tell the log what is damaged: each time a process finds it anew would bury all else."""
    name = error.table, error.key
    if name not in _reported and len(_reported) < _MOST:
        _reported.add(name)
        _log.error(
            "Beschadigd in het register: %s, %s. Al het andere gaat door. Kijk na met: gehoor verify", *name
        )
