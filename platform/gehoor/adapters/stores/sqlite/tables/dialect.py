"""How SQLite reads members out of the JSON text of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from gehoor.adapters.stores.document_columns import ColumnValue
from gehoor.adapters.stores.sql.conditions import JSON_LIKE, NUMBER, TEXT
from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.services.ports.store import Column


class SQLiteDialect:
    """SQLite gives a list or an object in JSON as text, and sorts all text after all numbers: both are guarded for."""

    mark = "?"
    no_limit: int | None = -1
    apart = "LIMIT -1"
    unless_there = ""
    reads_members = True

    def bound(self, column: Column, value: ColumnValue) -> ColumnValue:  # noqa: ARG002 - SQLite keeps it as it is
        """Return what is bound for a value of a column."""
        return value

    def unbound(self, column: Column, value: ColumnValue) -> ColumnValue:  # noqa: ARG002
        """Return the value of a column as it was before the database kept it."""
        return value

    def kept(self, layout: TableLayout, row: Sequence[Any]) -> Sequence[Any]:  # noqa: ARG002
        """Return the values of a row as the database keeps them."""
        return row

    def given(self, layout: TableLayout, row: Sequence[Any]) -> Sequence[Any]:  # noqa: ARG002
        """Return the values of a row as they were before the database kept them."""
        return row

    def value(self, member: str) -> str:
        """Return the SQL for a member."""
        return f"json_extract(body,'$.{member}')"

    def kind(self, member: str) -> str:
        """Return the SQL for the JSON type of a member; NULL when it is missing."""
        return f"json_type(body,'$.{member}')"

    def equals(self, member: str, sort: str) -> str:
        """Return the SQL that says that a member equals a bound value."""
        guard = f" AND {self.kind(member)} = 'text'" if sort == JSON_LIKE else ""
        return f"{self.value(member)} = ?{guard}"

    def one_of(self, member: str, sort: str, count: int) -> str:
        """Return the SQL that says that a member equals one of so many bound values."""
        guard = f" AND {self.kind(member)} = 'text'" if sort == JSON_LIKE else ""
        return f"{self.value(member)} IN ({','.join('?' * count)}){guard}"

    def compares(self, member: str, operator: str, sort: str) -> str:
        """Return the SQL that compares a member with a bound value."""
        value = self.value(member)
        if sort == NUMBER:
            return f"{value} {operator} ?" if operator == "<=" else f"{value} {operator} ? AND {value} < ''"
        # JSON text of lists and objects starts at '[', so below that nothing needs to be guarded.
        guard = "" if operator == "<=" and sort == TEXT else f" AND {self.kind(member)} = 'text'"
        return f"{value} {operator} ? AND {value} >= ''{guard}"

    def holds(self, member: str, sort: str) -> str:
        """Return the SQL that says that a member is a list with a bound value in it."""
        types = {NUMBER: "'integer'", TEXT: "'text'", JSON_LIKE: "'text'"}.get(sort, "'true','false'")
        return (
            f"{self.kind(member)} = 'array' AND EXISTS (SELECT 1 FROM json_each(body,'$.{member}') one "  # noqa: S608
            f"WHERE one.atom = ? AND one.type IN ({types}))"
        )

    def not_by_index(self, column: str) -> str:
        """Return the SQL for a column that no index is to be looked for."""
        # Without figures about the contents, SQLite takes a range for narrow, and would rather sort what it finds.
        return f"+{column}"

    def members_of_body(self, parts: Sequence[Sequence[str]]) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL for what stands in some places of the body, as the text of a JSON array."""
        paths = tuple("$" + "".join(f'."{name}"' for name in part) for part in parts)
        # Asked for one place alone, SQLite gives no array.
        more = (*paths, *(("$._",) if len(paths) == 1 else ()))
        return (f"json_extract(body{', ?' * len(more)})" if more else "'[]'"), more

    def has_text(self, column: str) -> str:
        """Return the SQL that says that a text is found in a column."""
        return f"instr({column}, ?)"


SQLITE: Final = SQLiteDialect()
