"""What keeps coming back: the answers that came most in the last year, and in how many dossiers nobody can see it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from gehoor.core.conditions.facts import FactType
from gehoor.core.figures.themes import theme, theme_parts, unanswered
from gehoor.core.forms.fields import Field
from gehoor.core.text.normalise import normalised
from gehoor.services.figures.listing import ThemeWish, latest_of, split_digests
from gehoor.services.figures.looking import YEAR, Looking, label_of, themes_of, today_in
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import Scalar

_MOST: Final = 10
_LEAST: Final = 2
"""So often something has to come for it to come back."""
_LATEST: Final = 50
"""Of so many dossiers without an answer it is looked at what they are about."""
_SUBJECTS: Final = 6


@dataclass(frozen=True, slots=True)
class Recurring:
    """Something that keeps coming back: the field and its answer, how often in the last year and in the year before,
    and the lists of both."""

    field: str
    code: str
    label: str
    lately: int
    before: int
    list_lately: ThemeWish
    list_before: ThemeWish


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A field (its label) that has no answer in some dossiers of the last year: in how many, of how many, which, and
    what the latest of those (``looked_at``: how many) are called, with how often: what one can know of them meanwhile.
    ``has_more``: they are called otherwise as well. Only where a dossier has one answer at most."""

    label: str
    number: int
    whole: int
    wish: ThemeWish
    looked_at: int
    subjects: tuple[tuple[str, int], ...]
    has_more: bool


def recurring_in(
    seen: Looking, account: Account, department: str
) -> tuple[dict[str, tuple[Recurring, ...]], tuple[Unfilled, ...]]:
    """Return by field (its label) what came most in the last year, and how often in the year before; and the fields of
    which that cannot be seen in some dossiers."""
    if not seen.agreements:
        return {}, ()
    today = today_in(seen, next(iter(seen.agreements)))
    lately = ThemeWish((), department, today - YEAR + timedelta(days=1), today)
    before = ThemeWish((), department, today - 2 * YEAR + timedelta(days=1), today - YEAR)
    fields: dict[str, Field] = {}
    for one in seen.agreements.values():
        for name in one.overview.returning:
            if name in one.dossier_form.fields:
                fields.setdefault(name, one.dossier_form.fields[name])
    kept: dict[str, dict[Scalar | None, int]] = {}
    counted = {name: [_themes(seen, wish, name, kept) for wish in (lately, before)] for name in fields}
    returning = {
        of.label: found
        for name, of in fields.items()
        if (found := _most(of, counted[name], (lately, before)))
    }
    unfilled = []
    for name, of in fields.items():
        whole = _received(seen, lately, name)
        lacking = whole - counted[name][0].total()
        if of.type.fact_type is not FactType.CODES and lacking > 0:
            wish = replace(lately, themes=(unanswered(name),))
            unfilled.append(Unfilled(of.label, lacking, whole, wish, *_subjects(seen, account, wish)))
    return returning, tuple(unfilled)


def _subjects(
    seen: Looking, account: Account, wish: ThemeWish
) -> tuple[int, tuple[tuple[str, int], ...], bool]:
    """Return of how many dossiers, the latest of a list, is told what they are called; that, the most frequent first;
    and whether there is more."""
    called: dict[str, str] = {}
    often: Counter[str] = Counter()
    latest = latest_of(seen, account, wish, _LATEST)
    for one in latest:
        alike = normalised(one.subject).strip()
        if alike:
            called.setdefault(alike, one.subject)
            often[alike] += 1
    most = tuple((called[alike], count) for alike, count in often.most_common(_SUBJECTS))
    return len(latest), most, len(often) > len(most)


def _received(seen: Looking, wish: ThemeWish, name: str) -> int:
    """Return how many dossiers came in, where somebody may see what a field says."""
    found = 0
    for place in seen.agreements:
        between = {"received": wish.received}
        digests: list[Scalar] = [one for part in split_digests(seen, place, {name}) for one in part]
        if digests:
            where = seen.where(place, equals={"agreement": digests}, between=between)
            found += seen.register.tables.count("dossiers", where=where)
    return found


def looked_at(seen: Looking) -> tuple[str, ...]:
    """Return the fields (their labels) that are looked at to see what keeps coming back."""
    labels = (
        one.dossier_form.fields[name].label
        for one in seen.agreements.values()
        for name in one.overview.returning
        if name in one.dossier_form.fields
    )
    return tuple(dict.fromkeys(labels))


def _most(
    of: Field, counted: Sequence[Counter[str]], wishes: tuple[ThemeWish, ThemeWish]
) -> tuple[Recurring, ...]:
    found = [
        Recurring(
            of.id,
            code,
            label_of(of, code),
            number,
            counted[1][code],
            replace(wishes[0], themes=(theme(of.id, code),)),
            replace(wishes[1], themes=(theme(of.id, code),)),
        )
        for code, number in counted[0].items()
        if number >= _LEAST
    ]
    found.sort(key=lambda one: (-one.lately, one.label.casefold()))
    return tuple(found[:_MOST])


def _themes(
    seen: Looking, wish: ThemeWish, name: str, known: dict[str, dict[Scalar | None, int]]
) -> Counter[str]:
    """Count by answer the dossiers that have one to a field. ``known``: what the register was asked before, as one
    question gives all fields."""
    found: Counter[str] = Counter()
    for place in seen.agreements:
        told, stale = split_digests(seen, place, {name})
        between = {"received": wish.received}
        if told:
            asked = seen.where(place, equals={"agreement": list(told)}, between=between)
            key = repr(asked)
            if key not in known:
                known[key] = seen.register.tables.tally("dossiers", "themes", where=asked)
            for one, count in known[key].items():
                field, code = theme_parts(str(one))
                if field == name:
                    found[code] += count
        if stale:
            asked = seen.where(place, equals={"agreement": list(stale)}, between=between)
            for document in seen.select(asked):
                parts = map(theme_parts, themes_of(seen, place, document))
                found.update(code for field, code in parts if field == name)
    return found
