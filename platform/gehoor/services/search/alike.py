"""Dossiers in which nearly the same was told, by whoever: found by words, judged by the likeness of the stories."""

from __future__ import annotations

from datetime import datetime
from itertools import combinations
from typing import Final

from gehoor.core.text.retelling import telling_words
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.ports.records import Account, Summary
from gehoor.services.projection.projection import UNDECIDABLE
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.dossier_access import dossier_for
from gehoor.services.search.search import matching

_WORDS: Final = 6
"""By so many of its words a story is looked for, two at a time."""
_BEGINNING: Final = 5
"""So much of a word is enough: the rest is how it is bent."""
_COMPARED: Final = 40
_NAMED: Final = 10


def alike(runtime: Runtime, opened: OpenedDossier, account: Account, now: datetime) -> tuple[Summary, ...]:
    """Return the dossiers that this account may open, and in which nearly the same is told as in this one."""
    story = _story(opened)
    beginnings = [word[:_BEGINNING] for word in telling_words(story, _WORDS)]
    pairs = map(" ".join, combinations(beginnings, 2))
    # One more: the dossier itself is found as well.
    found = matching(runtime, account, pairs, _COMPARED + 1, now)
    found.pop(opened.dossier.id, None)
    same = [
        one
        for one in found.values()
        if (other := _told(runtime, account, one, now)) and runtime.likeness.maybe_retold(story, other)
    ]
    return tuple(sorted(same, key=lambda one: one.opened_at, reverse=True)[:_NAMED])


def _told(runtime: Runtime, account: Account, summary: Summary, now: datetime) -> str:
    try:
        return _story(dossier_for(runtime, account, summary.id, now))
    except UNDECIDABLE:
        # Also where something is wrong with it: the others are shown.
        return ""


def _story(opened: OpenedDossier) -> str:
    return str(opened.dossier.values.get(opened.agreement.field_for("story"), ""))
