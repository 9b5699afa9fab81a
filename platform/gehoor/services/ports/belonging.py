"""Whose a document is, and within whose a transaction works: of which organisations, in a register of many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

Place: TypeAlias = tuple[str, str]
"""A table, and the column of it in which the name of a thing stands; empty: its key."""

UNKNOWN: Final = "?"
"""Instead of an organisation: nobody knows whose it is, as all that says so is gone. Seen only from everywhere."""
WAITING: Final = ""
"""Instead of an organisation: it is nobody's yet, or of all together (see ``Owner.is_open``)."""


@dataclass(frozen=True, slots=True)
class Owner:
    """By what is known of which organisation a document is, the first that says it.

    ``says``: the member of the document, step by step, in which the organisation stands. ``in_key``: the part of its
    key before the first slash is the organisation. ``by``: the member that names what it hangs on (empty: the part of
    its key before the first slash), whose organisation stands in the first of the tables in ``through`` that has it.

    ``waits``: as long as it hangs on nothing it is of no organisation yet, and open to all: it is sealed. ``or_all``:
    where what it hangs on stands in none of those tables, it is of all together.
    """

    says: tuple[str, ...] = ()
    in_key: bool = False
    by: str = ""
    through: tuple[Place, ...] = ()
    waits: bool = False
    or_all: bool = False

    @property
    def is_open(self) -> bool:
        """Whether some of it is of no organisation, and there for who works within any."""
        return self.waits or self.or_all


@dataclass(frozen=True, slots=True)
class Within:
    """Of which organisations a transaction sees and writes what there is; ``everywhere``: of all, also what is of
    none."""

    organisations: frozenset[str] = frozenset()
    everywhere: bool = False

    @classmethod
    def of(cls, *organisations: str) -> Within:
        """Return a transaction within these."""
        return cls(frozenset(organisations))

    @property
    def only(self) -> str:
        """The organisation, where there is one and no other; else empty."""
        return next(iter(self.organisations)) if len(self.organisations) == 1 and not self.everywhere else ""


NOWHERE: Final = Within()
"""Of no organisation: only what is of the whole installation."""
EVERYWHERE: Final = Within(everywhere=True)
"""Of all: for who runs the server, for copies, and for what goes round by itself."""
