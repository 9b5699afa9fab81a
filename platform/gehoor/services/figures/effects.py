"""Effects of measures: what came in on the same matter after one was taken, beside as many days before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from textwrap import shorten
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.figures.themes import Taken, measures_in, taken, theme, theme_parts
from gehoor.core.reports.model import Measures
from gehoor.services.figures.listing import ThemeWish, count_themes, split_digests
from gehoor.services.figures.looking import YEAR, Looking, Place, label_of, themes_of, today_in
from gehoor.services.ports.store import DamagedError, Document
from gehoor.services.register.register import UnknownDossierError

_MOST: Final = 10
_LONGEST: Final = 80
"""So many signs of what was done are shown."""


class Verdict(StrEnum):
    """What was answered about whether a measure helped, held beside what came in."""

    UNSAID = "unsaid"
    """Nobody said yet whether it helped."""
    FITS = "fits"
    MORE_CAME = "more came"
    """It is said to have helped, and as much or more came in after it."""
    LESS_CAME = "less came"
    """It is said not to have helped, and less came in after it."""
    NOT_ASKED = "not asked"
    """It is not agreed where one says whether it helped."""


@dataclass(frozen=True, slots=True)
class Effect:
    """A measure that was taken, with what came in on the same matter after it, and in as many days before it.

    ``label``: what kind of measure it is; ``done``: how the words begin that say what was done; empty: it is not agreed
    where those stand. ``about``: what is the same matter; empty: that is not filled in, so that nothing can be counted;
    ``alike``: the fields (their labels) by which that is seen. ``phase``: where one says whether it helped."""

    dossier: str
    number: str
    department: str
    taken: Taken
    label: str
    done: str
    helped: str
    about: tuple[str, ...]
    alike: tuple[str, ...]
    days: int
    after: int
    before: int
    list_after: ThemeWish
    list_before: ThemeWish
    verdict: Verdict
    phase: str = ""


def effects_of(seen: Looking) -> tuple[Effect, ...]:
    """Return the measures that were taken in the last year, the latest first."""
    found = [one for place in seen.agreements for one in _taken_in(seen, place)]
    found.sort(key=lambda one: (one[2].day, one[1]["number"], one[2].row), reverse=True)
    return tuple(_effect(seen, place, document, one) for place, document, one in found[:_MOST])


def _taken_in(seen: Looking, place: Place) -> list[tuple[Place, Document, Taken]]:
    agreement = seen.agreements[place]
    agreed = agreement.overview.measures
    if agreed is None or agreed.rows not in agreement.dossier_form.fields:
        return []
    today = today_in(seen, place)
    first = (today - YEAR).isoformat()
    told, stale = split_digests(seen, place, {agreed.rows, *agreed.alike})
    between = {"received": ((today - 3 * YEAR).isoformat(), None)}
    documents: list[Document] = []
    if told:
        holding = (("themes", taken(agreement.overview)),)
        asked = seen.where(place, equals={"agreement": list(told)}, between=between, holding=holding)
        documents += seen.select(asked)
    if stale:
        documents += seen.select(seen.where(place, equals={"agreement": list(stale)}, between=between))
    return [
        (place, document, one)
        for document in documents
        for one in measures_in(agreement.overview, document.get("figures", {}).get("values", {}))
        if first <= one.day <= today.isoformat()
    ]


def _effect(seen: Looking, place: Place, document: Document, one: Taken) -> Effect:
    agreement = seen.agreements[place]
    agreed = agreement.overview.measures
    assert agreed is not None
    fields = agreement.dossier_form.fields
    by_field: dict[str, str] = {}
    for kept in themes_of(seen, place, document):
        name, code = theme_parts(kept)
        if name in agreed.alike and code:
            by_field.setdefault(name, code)
    day = date.fromisoformat(one.day)
    days = (today_in(seen, place) - day).days
    themes = tuple(theme(name, code) for name, code in by_field.items())
    here = "/".join(place)
    later = ThemeWish(themes, here, day + timedelta(days=1), today_in(seen, place))
    earlier = ThemeWish(themes, here, day - timedelta(days=max(days, 1)), day - timedelta(days=1))
    members = fields[agreed.rows].members
    after = count_themes(seen, place, later) if days and themes else 0
    before = count_themes(seen, place, earlier) if themes else 0
    return Effect(
        document["id"],
        document["number"],
        agreement.department_name,
        one,
        label_of(members[agreed.named_by], one.kind) if agreed.named_by in members else one.kind,
        _words_of(seen, agreement, document, one),
        label_of(members[agreed.helped], one.helped) if agreed.helped in members else one.helped,
        tuple(label_of(fields[name], code) for name, code in by_field.items()),
        tuple(fields[name].label for name in agreed.alike if name in fields),
        days,
        after,
        before,
        later,
        earlier,
        verdict_of(agreed, one.helped, before, after),
        fields[agreed.rows].phase,
    )


def verdict_of(agreed: Measures, helped: str, before: int, after: int) -> Verdict:
    """Hold what was answered (a code) beside how many came in before a measure, and after it."""
    if not agreed.helped:
        return Verdict.NOT_ASKED
    if helped in agreed.helped_with:
        return Verdict.MORE_CAME if after and after >= before else Verdict.FITS
    if helped in agreed.not_helped_with:
        return Verdict.LESS_CAME if after < before else Verdict.FITS
    # Of an answer of which nobody agreed what it says, it is only known that there is one.
    says_when = agreed.helped_with or agreed.not_helped_with
    return Verdict.FITS if helped and not says_when else Verdict.UNSAID


def _words_of(seen: Looking, agreement: Agreement, document: Document, one: Taken) -> str:
    """Return how the words begin that say what was done: they stand in the dossier alone."""
    agreed = agreement.overview.measures
    assert agreed is not None
    of = agreement.dossier_form.fields[agreed.rows].members.get(agreed.described_by)
    if of is None or of.special:
        return ""
    try:
        rows = seen.register.dossier(document["id"]).values.get(agreed.rows)
    except (DamagedError, UnknownDossierError):
        return ""
    row = rows[one.row - 1] if isinstance(rows, list) and one.row <= len(rows) else None
    if not isinstance(row, dict) or str(row.get(agreed.done_on))[:10] != one.day:
        return ""
    return shorten(str(row.get(agreed.described_by) or ""), _LONGEST, placeholder="\u2026")
