"""What one SQL database says otherwise than another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from gehoor.adapters.stores.document_columns import ColumnValue
from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.services.ports.store import Column


class Dialect(Protocol):
    """How a database reads members out of the JSON text of a document (``body``). Names of members are plain."""

    def __hash__(self) -> int:
        """Be one and the same as long as it is used: texts are kept by it."""
        ...

    mark: str
    """Stands for a value that is bound."""
    no_limit: int | None
    """Bound where there are to be as many rows as there are."""
    apart: str
    """At the end of a question within another: it is answered by itself."""
    unless_there: str
    """At the end of what adds a row: leave it where its key is there, if the database would otherwise give up all."""
    reads_members: bool
    """Whether documents are looked up by members that are in no column. Where not, each is looked at."""

    def bound(self, column: Column, value: ColumnValue) -> Any:
        """Return what is bound for a value of a column. Raises ``ValueError`` for one that it never holds, and that
        nothing in it can be compared with."""
        ...

    def unbound(self, column: Column, value: Any) -> ColumnValue:
        """Return the value of a column as it was before the database kept it."""
        ...

    def kept(self, layout: TableLayout, row: Sequence[Any]) -> Sequence[Any]:
        """Return the values of a row as the database keeps them, those that it keeps besides after it."""
        ...

    def given(self, layout: TableLayout, row: Sequence[Any]) -> Sequence[Any]:
        """Return the values of a row as they were before the database kept them."""
        ...

    def value(self, member: str) -> str:
        """Return the SQL for a member: what it is sorted by."""
        ...

    def equals(self, member: str, sort: str) -> str:
        """Return the SQL that says that a member equals a bound value (``sort``: see ``conditions``)."""
        ...

    def one_of(self, member: str, sort: str, count: int) -> str:
        """Return the SQL that says that a member equals one of so many bound values."""
        ...

    def compares(self, member: str, operator: str, sort: str) -> str:
        """Return the SQL that compares a member with a bound value (``<=`` or ``>=``), and with its like only."""
        ...

    def holds(self, member: str, sort: str) -> str:
        """Return the SQL that says that a member is a list with a bound value in it."""
        ...

    def not_by_index(self, column: str) -> str:
        """Return the SQL for a column that no index is to be looked for: another serves the order."""
        ...

    def members_of_body(self, parts: Sequence[Sequence[str]]) -> tuple[str, tuple[Any, ...]]:
        """Return the SQL for what stands in some places of the body, as the text of a JSON array, with what is bound in
        it."""
        ...

    def has_text(self, column: str) -> str:
        """Return the SQL that says that a text is found in a column."""
        ...
