"""A proposal as what happened to it adds up: its files, its comments, and who agreed with exactly these files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Deed(StrEnum):
    """What can happen to a proposal."""

    BEGUN = "begun"
    """``tree``: what it starts from; ``title``; ``base``: what was in force then, empty where its files were not kept;
    ``published``: what was published until then, as one text."""
    CHANGED = "changed"
    """``tree``: its files from then on; ``what``: what was done, for people; ``begun``: the question of the
    conversation that it begins to answer as is usual, ``read``: the one that somebody answered."""
    UNDONE = "undone"
    REDONE = "redone"
    RENAMED = "renamed"
    """``title``."""
    BROUGHT_UP_TO_DATE = "up-to-date"
    """``base``: what is in force by now; ``tree``: its files with that in them; ``published``, as when it begins."""
    COMMENTED = "commented"
    """``text``; ``about``: the sentence it is about, by its key."""
    SETTLED = "settled"
    """``comment``: the number of the entry that is settled."""
    AGREED = "agreed"
    """``tree``: what exactly; ``roles``: the roles (names) by which this approves it, for people."""
    WITHDRAWN = "withdrawn"
    """Whoever agreed no longer does."""
    HOLDS = "translation-holds"
    """A translation says what its text says, though that changed: ``translation`` (see ``Stale.key``), and for people
    ``language`` and ``text``."""
    DISCARDED = "discarded"
    PUBLISHED = "published"
    """``tree``; ``valid_from``: a local day; ``named``: whom its files name as having agreed, where they did not say so
    before."""


@dataclass(frozen=True, slots=True)
class Entry:
    """That somebody (``by``: an account, or who runs the server) did something, at an instant (UTC text)."""

    proposal: str
    sequence: int
    at: str
    by: str
    deed: str
    data: Mapping[str, Any] = field(default_factory=dict)


class State(StrEnum):
    """How a proposal stands."""

    OPEN = "open"
    DISCARDED = "discarded"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said. ``about``: the key of a sentence, empty: all of it."""

    number: int
    at: str
    by: str
    text: str
    about: str
    settled: bool = False


@dataclass(frozen=True)
class Proposal:
    """A proposal at a moment.

    ``base``: the tree that was in force when it started, empty where its files were not kept; ``published``: what was
    published until then, as one text; ``trees``: what it went through, the first is where it began; ``position``: which
    of them it is now. ``agreed``: the accounts that agreed with the tree that it is now. ``authors``: who changed
    something, also who began it with other files than were in force.
    """

    id: str
    organisation: str
    title: str
    base: str
    published: str
    trees: tuple[str, ...]
    whats: tuple[str, ...]
    position: int
    state: State
    authors: tuple[str, ...]
    agreed: Mapping[str, str]
    comments: tuple[Comment, ...]
    version: int
    begun_by: str
    begun_at: str
    changed_at: str
    holding: frozenset[str] = frozenset()
    """The translations of which somebody said here that they still hold."""
    unread: frozenset[str] = frozenset()
    """The questions of which something was begun as is usual, and that nobody saved since."""

    @property
    def tree(self) -> str:
        """Return its files as they are now, by the digest of their tree."""
        return self.trees[self.position]

    @property
    def is_open(self) -> bool:
        """Say whether it can still be changed."""
        return self.state is State.OPEN

    @property
    def can_undo(self) -> bool:
        """Say whether there is something to undo."""
        return self.is_open and self.position > 0

    @property
    def can_redo(self) -> bool:
        """Say whether something was undone that can be done again."""
        return self.is_open and self.position + 1 < len(self.trees)


def proposal_of(entries: Iterable[Entry]) -> Proposal:
    """Return a proposal as its entries add up; the first begins it. Raises ``ValueError`` where they do not add up."""
    first, *rest = entries
    if first.deed != Deed.BEGUN:
        raise ValueError(first.deed)
    folded = _Folding(first)
    for entry in rest:
        folded.take(entry)
    return folded.proposal()


class _Folding:
    def __init__(self, first: Entry) -> None:
        self.first = first
        tree: str = first.data["tree"]
        self.base: str = first.data["base"]
        self.published: str = first.data["published"]
        self.title: str = first.data["title"]
        self.trees, self.whats, self.position = [tree], [""], 0
        self.unread: list[frozenset[str]] = [frozenset()]
        self.state = State.OPEN
        self.authors: dict[str, None] = {} if tree == self.base else {first.by: None}
        self.agreed: dict[str, str] = {}
        self.comments: dict[int, Comment] = {}
        self.holding: set[str] = set()
        self.last = first

    def take(self, entry: Entry) -> None:
        """Add what happened next."""
        self.last = entry
        before = self.trees[self.position]
        if not (self._changed(entry) or self._discussed(entry)):
            raise ValueError(entry.deed)
        if self.trees[self.position] != before:
            # Nobody agreed with these files.
            self.agreed = {}

    def _changed(self, entry: Entry) -> bool:
        match entry.deed:
            case Deed.CHANGED:
                kept = self.position + 1
                self.trees = [*self.trees[:kept], entry.data["tree"]]
                self.whats = [*self.whats[:kept], entry.data.get("what", "")]
                begun, read = ({entry.data[one]} if one in entry.data else set() for one in ("begun", "read"))
                self.unread = [*self.unread[:kept], (self.unread[self.position] | begun) - read]
                self.position = kept
            case Deed.BROUGHT_UP_TO_DATE:
                # Undoing would take back what others published.
                self.unread = [self.unread[self.position]]
                self.base, self.published = entry.data["base"], entry.data["published"]
                self.trees, self.whats, self.position = [entry.data["tree"]], [""], 0
            case Deed.UNDONE:
                self.position -= 1
            case Deed.REDONE:
                self.position += 1
            case _:
                return False
        if not 0 <= self.position < len(self.trees):
            raise ValueError(entry.deed)
        self.authors[entry.by] = None
        return True

    def _discussed(self, entry: Entry) -> bool:
        data = entry.data
        match entry.deed:
            case Deed.RENAMED:
                self.title = data["title"]
            case Deed.COMMENTED:
                about = data.get("about", "")
                self.comments[entry.sequence] = Comment(
                    entry.sequence, entry.at, entry.by, data["text"], about
                )
            case Deed.SETTLED:
                self.comments[data["comment"]] = replace(self.comments[data["comment"]], settled=True)
            case Deed.AGREED:
                self.agreed[entry.by] = entry.at
            case Deed.WITHDRAWN:
                self.agreed.pop(entry.by, None)
            case Deed.HOLDS:
                self.holding.add(data["translation"])
            case Deed.DISCARDED | Deed.PUBLISHED:
                self.state = State(entry.deed)
            case _:
                return False
        return True

    def proposal(self) -> Proposal:
        return Proposal(
            id=self.first.proposal,
            organisation=self.first.data["organisation"],
            title=self.title,
            base=self.base,
            published=self.published,
            trees=tuple(self.trees),
            whats=tuple(self.whats),
            position=self.position,
            state=self.state,
            authors=tuple(self.authors),
            agreed=dict(self.agreed),
            comments=tuple(self.comments.values()),
            version=self.last.sequence,
            begun_by=self.first.by,
            begun_at=self.first.at,
            changed_at=self.last.at,
            holding=frozenset(self.holding),
            unread=self.unread[self.position],
        )
