"""How PostgreSQL keeps the values of columns, and is asked about them.

Documents are looked up by their columns. Members that are in none stand in the body as JSON text, and are read by
whoever looks at each document: no table of any size is asked for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from gehoor.adapters.stores.document_columns import ColumnValue
from gehoor.adapters.stores.postgres.layout import PostgresLayout
from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.services.ports.store import Column, ColumnKind

_DIGITS: Final = b"\0"
_OTHER: Final = b"\1"
"""Before what a column of hashes holds: digits in half the room, or any other text as it is."""


class PostgresDialect:
    """The values of two kinds of column are kept otherwise than in a document's row: truth and hashes."""

    mark = "%s"
    no_limit: int | None = None
    apart = "OFFSET 0"
    unless_there = " ON CONFLICT DO NOTHING"
    reads_members = False

    def bound(self, column: Column, value: ColumnValue) -> Any:
        """Return what is bound for a value of a column. Raises ``ValueError`` for what is no truth value."""
        if column.kind is ColumnKind.BOOLEAN:
            if value not in (0, 1):
                raise ValueError(f"{column.name} is true or false")
            return bool(value)
        return _hash_kept(value) if column.kind is ColumnKind.HASH else value

    def unbound(self, column: Column, value: Any) -> ColumnValue:
        """Return the value of a column as it was before the database kept it."""
        if value is None:
            return None
        if column.kind is ColumnKind.BOOLEAN:
            return int(value)
        return _hash_given(value) if column.kind is ColumnKind.HASH else value

    def kept(self, layout: TableLayout, row: Sequence[Any]) -> Sequence[Any]:
        """Return the values of a row as the database keeps them, and the words that it is found by."""
        assert isinstance(layout, PostgresLayout)
        if not layout.converted and not layout.words:
            return row
        values = list(row)
        for place, column in layout.converted:
            if values[place] is not None:
                values[place] = self.bound(column, values[place])
        if layout.words:
            values.append(layout.lexemes(values[-2]))
        return values

    def given(self, layout: TableLayout, row: Sequence[Any]) -> Sequence[Any]:
        """Return the values of a row as they were before the database kept them."""
        assert isinstance(layout, PostgresLayout)
        if not layout.converted:
            return row
        values = list(row)
        for place, column in layout.converted:
            values[place] = self.unbound(column, values[place])
        return values

    def value(self, member: str) -> str:
        """Return nothing: members are not read by the database."""
        raise ValueError(f"{member} is no column")

    def equals(self, member: str, sort: str) -> str:
        """Return nothing: members are not read by the database."""
        raise ValueError(f"{member} ({sort}) is no column")

    def one_of(self, member: str, sort: str, count: int) -> str:
        """Return nothing: members are not read by the database."""
        raise ValueError(f"{member} ({sort}, {count}) is no column")

    def compares(self, member: str, operator: str, sort: str) -> str:
        """Return nothing: members are not read by the database."""
        raise ValueError(f"{member} ({operator}, {sort}) is no column")

    def holds(self, member: str, sort: str) -> str:
        """Return nothing: members are not read by the database."""
        raise ValueError(f"{member} ({sort}) is no column")

    def not_by_index(self, column: str) -> str:
        """Return the SQL for a column: PostgreSQL knows what it holds, and chooses for itself."""
        return column

    def members_of_body(self, parts: Sequence[Sequence[str]]) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL for what stands in some places of the body, as the text of a JSON array."""
        places = ", ".join("parsed #> %s::text[]" for _ in parts)
        array = (
            f"SELECT jsonb_build_array({places})::text FROM (SELECT body::jsonb AS parsed OFFSET 0) AS one"  # noqa: S608
        )
        return f"({array})", tuple(list(part) for part in parts)

    def has_text(self, column: str) -> str:
        """Return the SQL that says that a text is found in a column."""
        return f"strpos({column}, %s) > 0"


def _hash_kept(value: ColumnValue) -> bytes | None:
    if value is None:
        return None
    return _DIGITS + value if isinstance(value, bytes) else _OTHER + str(value).encode()


def _hash_given(value: bytes) -> bytes | str:
    kept = bytes(value)
    if kept[:1] == _DIGITS:
        return kept[1:]
    return kept[1:].decode("utf-8", "surrogateescape")


POSTGRES: Final = PostgresDialect()
