"""The port to a store: documents in tables, under transactions.

A store knows documents, keys and a few indexed members; what a register means is written once, above it, in
``register.py``. Documents are plain JSON objects; a member whose name ends in ``_at`` holds a UTC instant as
``YYYY-MM-DDTHH:MM:SS.ffffffZ``, which sorts as text.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Protocol, TypeAlias

from gehoor.services.ports.belonging import NOWHERE, Owner, Within

Document: TypeAlias = dict[str, Any]
Scalar: TypeAlias = str | int | bool
Equals: TypeAlias = Mapping[str, "Scalar | Sequence[Scalar]"]
"""What members must equal; a sequence: one of these."""
INDEX_ROOM: Final = 2400
"""How many bytes the texts may have by which a document is looked up at once, in any store: PostgreSQL bears some 2700
in one entry of an index."""
Part: TypeAlias = tuple[str, ...]
"""Where a part of a document stands: the names of its members, the outermost first."""
Mention: TypeAlias = "tuple[str, Scalar | None]"
"""A member, wherever it stands in a document, with its value; None: with any."""
Bounds: TypeAlias = tuple[str | None, str | None]
"""The least and the most that a text may be, both included; None: no bound."""


@dataclass(frozen=True)
class Where:
    """Which documents: members that equal something, texts between bounds, ``holding``: members that are a list with a
    value in it; but for those under the keys in ``without``.

    ``sound_only``: what is damaged is reported to the log and left out, and another takes its place. For where one more
    or less does no harm, never for what together makes one thing."""

    equals: Equals = field(default_factory=dict)
    between: Mapping[str, Bounds] = field(default_factory=dict)
    holding: tuple[tuple[str, Scalar], ...] = ()
    without: Sequence[str] = ()
    sound_only: bool = False

    @classmethod
    def of(cls, where: Equals | Where | None) -> Where:
        """Return the whole of what was said shortly."""
        return where if isinstance(where, Where) else cls(where or {})


SOUND: Final = Where(sound_only=True)
"""All but what is damaged."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in an order by one member: the value of that member, and the key. No document needs to be there.

    What follows on it is asked for; ``backwards``: what comes before it.
    """

    value: Scalar | None
    key: str
    backwards: bool = False


class ColumnKind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    INTEGER = "integer"
    """A whole number of 64 bits."""
    BOOLEAN = "boolean"
    TEXTS = "texts"
    """A list of texts."""
    INSTANT = "instant"
    """A UTC instant as documents hold it, kept as a number."""
    HASH = "hash"
    """A text of hexadecimal digits, kept in half the room; any other text is kept as it is. Only asked whether it is
    the same."""


@dataclass(frozen=True, slots=True)
class Column:
    """A member of a document that a store keeps as a column: of one kind, and there only. Unless it is ``required``, it
    may be null or missing."""

    name: str
    kind: ColumnKind = ColumnKind.TEXT
    required: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """The members by which documents are looked up, in the order in which they are sorted.

    ``also``: members kept along, so that what is found is narrowed by them without opening a document. ``only``: the
    column that has to be there (a list: with something in it) for a document to stand in the index. ``ties``: whether
    documents that are alike in all this are read in the order of their keys.
    """

    members: tuple[str, ...]
    also: tuple[str, ...] = ()
    only: str = ""
    ties: bool = True


@dataclass(frozen=True)
class TableSchema:
    """A table: its name, the combinations of members by which documents are looked up in it, and the member (a text,
    or a list of texts) whose words they are found by.

    ``columns``: the members that are columns; those of a ``narrow`` table are all there is, and its documents have no
    number. ``clustered``: the columns by which a narrow table is looked up first, because its rows lie in their order.
    ``key``: the member that says the key again. ``formerly``: the name under which an earlier Gehoor kept it.
    ``replaces``: tables of an earlier Gehoor that go, because this one says what they said. ``owner``: by what is known
    of which organisation a document is; ``shared``: why its documents are of no organisation, but of all together.
    """

    name: str
    indexes: tuple[tuple[str, ...] | Index, ...] = ()
    words: str = ""
    columns: tuple[Column, ...] = ()
    key: str = ""
    narrow: bool = False
    clustered: tuple[str, ...] = ()
    formerly: str = ""
    replaces: tuple[str, ...] = ()
    owner: Owner | None = None
    shared: str = ""

    def index_list(self) -> tuple[Index, ...]:
        """Return the indexes, each in full."""
        return tuple(one if isinstance(one, Index) else Index(one) for one in self.indexes)


class DuplicateKeyError(Exception):
    """A document with this key is there already."""


class NoRoomError(ValueError):
    """What a document is looked up by is longer than ``INDEX_ROOM``: no store keeps it, so that every store can."""


class StoreUnavailableError(Exception):
    """The store cannot be read or written now: disk full, read-only, locked too long, broken."""


class RefusedRowError(StoreUnavailableError):
    """The store refused what was written, and not because nothing can be: another row may do."""


class DamagedError(StoreUnavailableError):
    """A document is not what was kept: ``table``, and ``key``, or what its row is called where the key is damaged."""

    def __init__(self, message: str, table: str, key: str) -> None:
        super().__init__(message)
        self.table = table
        self.key = key


class Tables(Protocol):
    """The documents, inside one transaction."""

    def insert(self, table: str, key: str, document: Document) -> None:
        """Add a document under a new key. Raises ``DuplicateKeyError``, ``ValueError`` for what cannot be kept
        (``NoRoomError``: by what it is looked up is too long), and ``TypeError`` for what no column of that kind and no
        JSON can hold."""
        ...

    def insert_many(self, table: str, documents: Iterable[tuple[str, Document]]) -> None:
        """Add documents under new keys, all or none. Raises as ``insert`` does."""
        ...

    def put(self, table: str, key: str, document: Document) -> None:
        """Add a document, or replace the one under this key. Raises as ``insert`` does, save for the key."""
        ...

    def put_many(self, table: str, documents: Iterable[tuple[str, Document]]) -> None:
        """Add or replace documents, all or none. Raises as ``put`` does."""
        ...

    def replace_many(self, table: str, changes: Iterable[tuple[str, Document, Document]]) -> None:
        """Put documents in the place of others, all or none: under each key what stood there, and what is to stand
        there. Does what ``put_many`` does, and writes no more than what is different. Raises as ``put`` does."""
        ...

    def moment(self) -> Hashable:
        """Return what says of which moment this is. Equal to that of a later transaction or snapshot only when nothing
        was committed in between; what is not equal says nothing."""
        ...

    def get(self, table: str, key: str) -> Document | None:
        """Return the document under this key. Raises ``DamagedError``."""
        ...

    def delete(self, table: str, key: str) -> None:
        """Remove the document under this key, if there is one."""
        ...

    def select(
        self,
        table: str,
        *,
        where: Equals | Where | None = None,
        at_most: tuple[str, Scalar] | None = None,
        order_by: Sequence[str] = (),
        limit: int | None = None,
        offset: int = 0,
        cursor: Cursor | None = None,
    ) -> list[Document]:
        """Return documents that meet ``where`` and whose member ``at_most[0]`` is present, not null and no more than
        ``at_most[1]``; in the order of ``order_by`` (ascending; descending where ``-`` stands before the name; null
        and missing last either way), ties by key, which goes the way of the first member.

        ``cursor``: only those that follow on a place; backwards, the last ``limit`` of those that come before it, in
        the same order. It asks for an order by one member, and does not go with ``offset``: ``ValueError``. One that is
        damaged raises ``DamagedError``, unless only sound ones are asked for."""
        ...

    def count(self, table: str, *, where: Equals | Where | None = None, most: int | None = None) -> int:
        """Return how many documents ``select`` would find; with ``most`` none are looked for beyond so many."""
        ...

    def totals(self, table: str, member: str, *, by: str) -> dict[str, int]:
        """Return what a column of whole numbers adds up to, for each text in another column; what lacks one of them
        does not count."""
        ...

    def tally(self, table: str, by: str, *, where: Equals | Where | None = None) -> dict[Scalar | None, int]:
        """Return how many documents ``select`` would find, for each value of a column (``by``) that is no instant; of a
        list of texts for each text, a document in each once, and one without any in none. What has no value counts
        under None. Raises ``KeyError`` for what is no column."""
        ...

    def parts(
        self,
        table: str,
        wanted: Sequence[Part],
        *,
        where: Equals | Where | None = None,
        mentioning: Sequence[Mention] = (),
    ) -> list[tuple[Any, ...]]:
        """Return some parts of each document that ``select`` would find, in no order, None for what is not there: in a
        fraction of the time. ``mentioning``: a hint, a document that lacks one of these may be left out. What is
        damaged may not be noticed: for what is counted as ``count`` does, never for what is shown of one document."""
        ...

    def search(
        self,
        table: str,
        words: Sequence[str],
        *,
        where: Equals | Where | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> list[Document]:
        """Return documents in whose words each of ``words`` begins one, the last added first.

        Capitals and accents make no difference. A word with signs in it, such as a number, is found where its parts
        follow on each other. Signs mean nothing else; without any letter or digit nothing is found. What is damaged is
        reported to the log and left out.
        """
        ...

    def scan(self, table: str) -> Iterator[tuple[str, Document | None]]:
        """Go through a whole table, in an order that gives the same contents when documents are added in it: each
        document under its key, and None for one that is damaged. Nothing is to be written meanwhile."""
        ...

    def clear(self, table: str) -> None:
        """Remove all documents of a table, also those that are damaged."""
        ...

    def drop_damaged(self, table: str) -> list[str]:
        """Remove the documents of a table that are damaged; return their keys, as ``scan`` gives them. All that is left
        is found by its words again, also where the index on them was lost."""
        ...

    def go_on(self, within: Within) -> None:
        """See from now on, at the same moment, what is of other organisations."""
        ...


class Store(Protocol):
    """A place that keeps tables. What a transaction acknowledged is never lost.

    A transaction works within organisations: of a table that has an owner, it is to see and write what is theirs. A
    database holds it to that; a file and a memory, which serve one machine, leave it to whoever asks.
    """

    def transaction(self, within: Within = NOWHERE) -> AbstractContextManager[Tables]:
        """Open a writing transaction: serialised with all others, committed as a whole at the end of the block,
        undone as a whole when the block raises. Raises ``StoreUnavailableError``."""
        ...

    def snapshot(self, within: Within = NOWHERE) -> AbstractContextManager[Tables]:
        """Open a reading transaction: one consistent moment; writing in it is a ``TypeError``."""
        ...

    def stamp(self) -> Hashable:
        """Return what stays equal for as long as nothing is committed; no two stores have one in common. What another
        process commits may show a fiftieth of a second later. Much quicker than a snapshot: for pages that show
        something, never to decide on. Raises ``StoreUnavailableError``."""
        ...

    def structure(self) -> list[str]:
        """Read all that lies under the documents (pages, indexes) and return what is wrong there, a line each. Takes
        seconds on a large register. Raises nothing."""
        ...

    def lost_words(self) -> list[str]:
        """Return the tables of which the index of words is not what their documents say: some are not found by a word
        of theirs, or are by a word of others. Takes seconds on a large register. Raises nothing."""
        ...

    def scrub(self) -> bool:
        """Leave nowhere what was deleted or replaced until now: not in free room, not in an index of words, not in a
        log. Takes as long as a copy, and keeps others from writing meanwhile. False: somebody still reads an earlier
        moment, and it has to be done again. Raises ``StoreUnavailableError``; inside a transaction ``RuntimeError``."""
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...
