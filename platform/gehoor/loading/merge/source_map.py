"""Where everything stands: a tree of spots beside a tree of data, so that parts can be moved in one step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from gehoor.core.text.problems import Place

Path: TypeAlias = tuple[str | int, ...]


class Spot(NamedTuple):
    """Where a value stands in the files, and the word that its key was written with.

    ``whole``: the value means something only as a whole, so an override replaces it instead of merging with it.
    ``literal``: a text of which the lines stand below the place, as they are.
    """

    value: Place
    key: Place
    word: str = ""
    whole: bool = False
    literal: bool = False

    def line_of(self, text: str, position: int) -> Place:
        """Return the place of a position in the text that stands here."""
        if not self.literal:
            return self.value
        return Place(self.value.file, self.value.line + 1 + text.count("\n", 0, position))


NOWHERE = Spot(Place("?"), Place("?"))


@dataclass(slots=True)
class Spots:
    """The spot of a part, and the spots of the parts below it by key or index. Trees share what is equal in them: a
    part is copied when one of them changes it."""

    own: Spot | None = None
    below: dict[str | int, Spots] = field(default_factory=dict)
    shared: bool = False
    """Whether it may stand in more than one tree."""

    def put(self, path: Path, spot: Spot) -> None:
        """Set the spot of a path."""
        self._grown(path).own = spot

    def branch(self, path: Path) -> Spots | None:
        """Return the tree at a path, or None when nothing is known there."""
        here: Spots | None = self
        for part in path:
            here = here.below.get(part) if here else None
        return here

    def exact(self, path: Path) -> Spot | None:
        """Return the spot of exactly this path, or None."""
        branch = self.branch(path)
        return branch.own if branch else None

    def nearest(self, path: Path) -> Spot:
        """Return the spot of a path, or of the nearest part above it that has one."""
        here, found = self, self.own or NOWHERE
        for part in path:
            if part not in here.below:
                break
            here = here.below[part]
            found = here.own or found
        return found

    def graft(self, path: Path, branch: Spots | None) -> None:
        """Put a copy of a tree at a path, replacing what was there."""
        self._grown(path[:-1]).below[path[-1]] = branch.copy() if branch else Spots()

    def prune(self, path: Path) -> None:
        """Forget a path and everything below it."""
        if self.branch(path):
            self._grown(path[:-1]).below.pop(path[-1], None)

    def copy(self) -> Spots:
        """Return a tree of one's own."""
        for below in self.below.values():
            below.shared = True
        return Spots(self.own, dict(self.below))

    def words(self, path: Path) -> Iterator[str]:
        """Give the words of the keys along a path, from the top."""
        here: Spots | None = self
        for part in path:
            here = here.below.get(part) if here else None
            if here and here.own and here.own.word:
                yield here.own.word

    def _grown(self, path: Path) -> Spots:
        here = self
        for part in path:
            below = here.below.get(part)
            if below is None or below.shared:
                below = here.below[part] = below.copy() if below else Spots()
            here = below
        return here
