"""What one SQL database says otherwise than another."""

from __future__ import annotations

from typing import Protocol


class Dialect(Protocol):
    """How a database reads members out of the JSON text of a document (``body``). Names of members are plain."""

    def __hash__(self) -> int:
        """Be one and the same as long as it is used: texts are kept by it."""
        ...

    mark: str
    """Stands for a value that is bound."""

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

    def has_text(self, column: str) -> str:
        """Return the SQL that says that a text is found in a column."""
        ...
