"""The overview for who leads: what is late, who has what, what keeps coming back, and whether measures helped.

Each figure is the number of dossiers in a list that whoever looks can open, counted by the question of that list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from gehoor.core.agreement.actions import Action
from gehoor.core.conditions.facts import FactType
from gehoor.core.figures.themes import theme, theme_parts
from gehoor.core.forms.fields import Field
from gehoor.services.figures.effects import Effect, effects_of
from gehoor.services.figures.listing import ThemeWish, split_digests
from gehoor.services.figures.looking import YEAR, Looking, label_of, looking, themes_of, today_in
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import Scalar
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.viewpoints import all_questions_of, viewpoints
from gehoor.services.search.worklist_filters import NOBODY, Standing, Tab, Viewpoint, Wish

_MOST: Final = 10
_LEAST: Final = 2
"""So often something has to come for it to come back."""


@dataclass(frozen=True, slots=True)
class Count:
    """A figure: how many dossiers, and the list with exactly those."""

    number: int
    wish: Wish


@dataclass(frozen=True, slots=True)
class Row:
    """What somebody, a role or a department has: by the heads of the table. ``away``: whether they are absent. The
    ``key`` of what nobody has is ``NOBODY``, and it has no label."""

    key: str
    label: str
    counts: tuple[Count, ...]
    away: bool = False


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
class Overview:
    """All of it. ``tabs``: the heads of the tables; ``uncounted``: how many dossiers an earlier Gehoor kept, of which
    nothing can be counted yet."""

    department: str
    departments: Mapping[str, str]
    tiles: tuple[Count, ...]
    by_handler: tuple[Row, ...]
    by_role: tuple[Row, ...]
    by_department: tuple[Row, ...]
    recurring: Mapping[str, tuple[Recurring, ...]]
    looked_at: tuple[str, ...]
    """The fields (their labels) that are looked at to see what keeps coming back."""
    unfilled: Mapping[str, tuple[int, int]]
    """Of each such field (its label) in how many dossiers of the last year it has no answer, and of how many: where a
    dossier has one answer at most."""
    effects: tuple[Effect, ...]


TABS: Final = (Tab.DEPARTMENT, Tab.LATE, Tab.WEEK)
"""What is counted of people, roles and departments: all that is open, what is late, and what is due this week."""
_TILES: Final = (
    Wish(Tab.LATE),
    Wish(Tab.LATE, standing=Standing.LATE_TODAY),
    Wish(standing=Standing.TODAY),
    Wish(Tab.WEEK),
    Wish(Tab.UNASSIGNED),
    Wish(Tab.DANGER),
    # A term that goes on after a dossier was closed, and is over, stands in no list of what is open and late.
    Wish(Tab.CLOSED, standing=Standing.LATE),
    Wish(),
)


def overview(runtime: Runtime, account: Account, now: datetime, department: str = "") -> Overview:
    """Return the overview of the departments where an account may see it, or of one of them
    (``organisation/department``)."""
    with looking(runtime, account, now, Action.SEE_FIGURES) as all_of_it:
        names = {"/".join(place): one.department_name for place, one in all_of_it.agreements.items()}
        seen = replace(
            all_of_it, agreements={one: all_of_it.agreements[one] for one in all_of_it.places(department)}
        )
        base = Wish(department=department)
        known: dict[str, int] = {}
        recurring, unfilled = _recurring(seen, department)
        return Overview(
            department,
            names,
            tuple(_count(seen, replace(one, department=department), known) for one in _TILES),
            _by_handler(seen, base, known),
            _by_role(seen, base),
            _by_department(seen, names, known),
            recurring,
            _looked_at(seen),
            unfilled,
            effects_of(seen),
        )


def _views(seen: Looking, wish: Wish) -> list[Viewpoint]:
    reading = seen.runtime, seen.register, seen.staff
    return viewpoints(reading, seen.account, seen.agreements, wish, seen.now, (seen.excluded, seen.less))


def _count(seen: Looking, wish: Wish, known: dict[str, int]) -> Count:
    """Return a figure. ``known``: what was counted before, as all departments together ask what each asks."""
    number = 0
    for one in all_questions_of(wish, _views(seen, wish)):
        key = repr(one)
        if key not in known:
            known[key] = seen.register.tables.count("dossiers", where=one)
        number += known[key]
    return Count(number, wish)


def _tally(seen: Looking, wish: Wish, by: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for one in all_questions_of(wish, _views(seen, wish)):
        counted = seen.register.tables.tally("dossiers", by, where=one)
        found.update({str(value): count for value, count in counted.items() if value})
    return found


def _rows(
    counted: Sequence[Counter[str]],
    wishes: Callable[[str], Iterable[Wish]],
    labels: Mapping[str, str],
    away: Iterable[str] = (),
) -> tuple[Row, ...]:
    gone = set(away)
    keys = sorted({key for one in counted for key in one}, key=lambda key: labels.get(key, key).casefold())
    return tuple(
        Row(
            key,
            labels.get(key, key),
            tuple(Count(one[key], wish) for one, wish in zip(counted, wishes(key), strict=True)),
            key in gone,
        )
        for key in keys
    )


def _by_handler(seen: Looking, base: Wish, known: dict[str, int]) -> tuple[Row, ...]:
    """Return what each handler has, and last what nobody has, where there is some."""
    counted = []
    for tab in TABS:
        wish = replace(base, tab=tab)
        counted.append(_tally(seen, wish, "handler") + _tally(seen, wish, "beside"))
    names = {key: seen.staff.full_name(key) for one in counted for key in one}
    rows = _rows(
        counted,
        lambda key: (replace(base, tab=tab, handler=key) for tab in TABS),
        names,
        (key for key in names if key in seen.staff.presence.away),
    )
    of_nobody = tuple(_count(seen, replace(base, tab=tab, handler=NOBODY), known) for tab in TABS)
    return (*rows, Row(NOBODY, "", of_nobody)) if any(one.number for one in of_nobody) else rows


def _by_role(seen: Looking, base: Wish) -> tuple[Row, ...]:
    counted = [_tally(seen, replace(base, tab=tab), "responsible") for tab in TABS]
    names = {name: role.name for one in seen.agreements.values() for name, role in one.roles.items()}
    return _rows(counted, lambda key: (replace(base, tab=tab, responsible=key) for tab in TABS), names)


def _by_department(seen: Looking, names: Mapping[str, str], known: dict[str, int]) -> tuple[Row, ...]:
    return tuple(
        Row(
            key,
            names[key],
            tuple(_count(seen, Wish(tab, department=key), known) for tab in (*TABS, Tab.UNASSIGNED)),
        )
        for key in ("/".join(place) for place in seen.agreements)
    )


def _recurring(
    seen: Looking, department: str
) -> tuple[dict[str, tuple[Recurring, ...]], dict[str, tuple[int, int]]]:
    """Return by field (its label) what came most in the last year, and how often in the year before; and in how many
    dossiers of the last year it has no answer."""
    if not seen.agreements:
        return {}, {}
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
    unfilled = {
        of.label: (whole - answered, whole)
        for name, of in fields.items()
        if of.type.fact_type is not FactType.CODES
        and (whole := _received(seen, lately, name)) > (answered := counted[name][0].total())
    }
    return returning, unfilled


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


def _looked_at(seen: Looking) -> tuple[str, ...]:
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
