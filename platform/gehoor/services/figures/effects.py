"""Effects of measures: what came in on the same matter after one was taken, beside as many days before it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gehoor.core.figures.themes import Taken, measures_in, taken, theme, theme_parts
from gehoor.services.figures.listing import ThemeWish, count_themes, split_digests
from gehoor.services.figures.looking import YEAR, Looking, Place, label_of, themes_of, today_in
from gehoor.services.ports.store import Document

_MOST: Final = 10


@dataclass(frozen=True, slots=True)
class Effect:
    """A measure that was taken, with what came in on the same matter after it, and in as many days before it."""

    dossier: str
    number: str
    department: str
    taken: Taken
    label: str
    helped: str
    about: tuple[str, ...]
    days: int
    after: int
    before: int
    list_after: ThemeWish
    list_before: ThemeWish


def effects_of(seen: Looking) -> tuple[Effect, ...]:
    """Return the measures that were taken in the last year, the latest first."""
    found = [one for place in seen.agreements for one in _taken_in(seen, place)]
    found.sort(key=lambda one: (one[2].day, one[1]["number"], one[2].row), reverse=True)
    return tuple(
        effect for place, document, one in found[:_MOST] if (effect := _effect(seen, place, document, one))
    )


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


def _effect(seen: Looking, place: Place, document: Document, one: Taken) -> Effect | None:
    agreement = seen.agreements[place]
    agreed = agreement.overview.measures
    assert agreed is not None
    fields = agreement.dossier_form.fields
    by_field: dict[str, str] = {}
    for kept in themes_of(seen, place, document):
        name, code = theme_parts(kept)
        if name in agreed.alike and code:
            by_field.setdefault(name, code)
    if not by_field:
        return None
    day = date.fromisoformat(one.day)
    days = (today_in(seen, place) - day).days
    themes = tuple(theme(name, code) for name, code in by_field.items())
    here = "/".join(place)
    later = ThemeWish(themes, here, day + timedelta(days=1), today_in(seen, place))
    earlier = ThemeWish(themes, here, day - timedelta(days=max(days, 1)), day - timedelta(days=1))
    members = fields[agreed.rows].members
    return Effect(
        document["id"],
        document["number"],
        agreement.department_name,
        one,
        label_of(members[agreed.named_by], one.kind) if agreed.named_by in members else one.kind,
        label_of(members[agreed.helped], one.helped) if agreed.helped in members else one.helped,
        tuple(label_of(fields[name], code) for name, code in by_field.items()),
        days,
        count_themes(seen, place, later) if days else 0,
        count_themes(seen, place, earlier),
        later,
        earlier,
    )
