"""Letters of a dossier: what was written as a draft, and what was sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gehoor.core.dossier.events import Event


@dataclass(frozen=True, slots=True)
class LetterText:
    """What a letter says. ``language``: that of the text; ``fields``: those of the dossier that it tells something of;
    ``basis``: a hash of what the template gave for the dossier when the text was written."""

    letter: str
    language: str
    subject: str
    text: str
    fields: frozenset[str]
    basis: str


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter that is not sent. ``sequence``: of the event by which it was kept."""

    content: LetterText
    sequence: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SentLetter:
    """A letter as it was sent, in one of the ways of ``letters.model``; ``at`` is a UTC instant."""

    content: LetterText
    name: str
    """What the letter was called then."""
    way: str
    draft: int
    """The sequence of the event by which its text was kept."""
    sequence: int
    at: datetime
    by: str


def read_text(data: Mapping[str, Any]) -> LetterText:
    """Return what an event of a letter says."""
    return LetterText(
        data["letter"],
        data["language"],
        data["subject"],
        data["text"],
        frozenset(data["fields"]),
        data["basis"],
    )


def with_draft(drafts: Mapping[str, LetterDraft], event: Event) -> dict[str, LetterDraft]:
    """Return the drafts after one was kept, by letter: the last of each."""
    content = read_text(event.data)
    return {**drafts, content.letter: LetterDraft(content, event.sequence, event.at, event.actor)}


def sent(event: Event) -> SentLetter:
    """Return the letter of an event by which one was sent."""
    data = event.data
    return SentLetter(
        read_text(data), data["name"], data["way"], data["draft"], event.sequence, event.at, event.actor
    )
