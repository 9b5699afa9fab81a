"""The handbook as pages show it: what its pages are called, what stands on each, and where something is said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from gehoor.core.text.excerpts import Excerpt

Address: TypeAlias = Callable[[str, str], str]
"""Return the address of a page (its name) at a heading (its anchor; empty: the page itself)."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading on a page. ``level``: 2 and more; the title of the page is no heading."""

    level: int
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class HandbookPage:
    """A page. ``name``: what it is known by; empty: the one that all others are reached from."""

    name: str
    title: str
    headings: tuple[Heading, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """Where something is said: on which page, under which heading (None: before any), with the words around it."""

    page: HandbookPage
    heading: Heading | None
    excerpt: Excerpt


class Handbook(Protocol):
    """The handbook that comes with Gehoor. It is in Dutch."""

    def page(self, name: str) -> HandbookPage | None:
        """Return a page; None where there is none of that name."""

    def markup(self, name: str, address: Address) -> str:
        """Return what stands on a page, under its title, as HTML in which nothing can act. Raises ``KeyError``."""

    def find(self, words: Iterable[str]) -> Sequence[Passage]:
        """Return where all of these words are said, headings first."""
