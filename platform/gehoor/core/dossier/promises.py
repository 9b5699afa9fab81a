"""What was promised in a dossier, and what became of each promise: rows of lists that were agreed to be promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gehoor.core.agreement.belonging import Promise
from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import Field
from gehoor.core.forms.types.groups import show_member
from gehoor.core.text.formats import Formats


class Kept(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    DONE = "done"
    OTHERWISE = "otherwise"
    """It was given up, or left to others: some answer says so, and none on which day it was done."""


@dataclass(frozen=True, slots=True)
class Made:
    """A promise in words. ``day``: on which it was done; ``label`` and ``said``: what was answered instead."""

    words: str
    kept: Kept = Kept.OPEN
    day: str = ""
    label: str = ""
    said: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.kept is Kept.OPEN


def promises_in(
    agreement: Agreement, answers: Mapping[str, Any], formats: Formats, *, followed: bool = False
) -> Iterator[Made]:
    """Give what was promised. ``followed``: only that of which whoever told the dossier reads."""
    for promise in agreement.belonging.earlier.promises:
        rows = answers.get(promise.rows)
        if isinstance(rows, list) and (promise.followed or not followed):
            of = agreement.dossier_form.fields[promise.rows]
            yield from (_made(promise, of, row, formats) for row in rows if isinstance(row, Mapping))


def _made(promise: Promise, of: Field, row: Mapping[str, Any], formats: Formats) -> Made:
    members = of.members

    def shown(name: str) -> str:
        return " ".join(members[name].type.show(row[name], members[name], formats).split())

    words = ""
    for name in promise.told:
        if name not in row or members[name].special:
            continue
        # A day says nothing by itself: it may be by when, or since when.
        dated = members[name].type.moment is not None
        said = show_member(members[name], row[name], formats) if dated else shown(name)
        words = f"{words.rstrip('.;, ')}{'.' if dated else ';'} {said}" if words else said
    words = words or of.row_title
    given = [name for name in promise.done_by if row.get(name) not in (None, "", [])]
    for name in given:
        if members[name].type.moment is not None:
            return Made(words, Kept.DONE, day=shown(name))
    if given:
        return Made(words, Kept.OTHERWISE, label=members[given[0]].label, said=shown(given[0]))
    return Made(words)
