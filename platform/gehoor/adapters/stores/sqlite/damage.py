"""Reading a table of a register file row by row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.adapters.stores.sql.statements import all_statement
from gehoor.adapters.stores.sqlite.connections.session import Session


def numbered_rows(session: Session, layout: TableLayout) -> Iterator[tuple[Any, ...]]:
    """Read all rows, each after what it is called when it is damaged; in the order in which they were added, those of a
    narrow table in that of their keys. To be read inside ``any_text``."""
    yield from session.rows(all_statement(layout))
