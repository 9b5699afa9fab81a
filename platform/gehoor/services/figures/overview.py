"""The overview for who leads: what is late, who has what, what keeps coming back, and whether measures helped.

Each figure is the number of dossiers in a list that whoever looks can open, counted by the question of that list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from gehoor.core.agreement.actions import Action
from gehoor.services.figures.effects import Effect, effects_of
from gehoor.services.figures.looking import Looking, looking
from gehoor.services.figures.returning import Recurring, Unfilled, looked_at, recurring_in
from gehoor.services.ports.records import Account
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.viewpoints import all_questions_of, viewpoints
from gehoor.services.search.worklist_filters import NOBODY, Standing, Tab, Viewpoint, Wish


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
class Overview:
    """All of it. ``tabs``: the heads of the tables; ``uncounted``: how many dossiers an earlier Gehoor kept, of which
    nothing can be counted yet."""

    department: str
    departments: Mapping[str, str]
    tiles: tuple[Count, ...]
    danger_of_nobody: Count
    """Where there is danger, and nobody handles it."""
    by_handler: tuple[Row, ...]
    by_role: tuple[Row, ...]
    by_department: tuple[Row, ...]
    recurring: Mapping[str, tuple[Recurring, ...]]
    looked_at: tuple[str, ...]
    """The fields (their labels) that are looked at to see what keeps coming back."""
    unfilled: tuple[Unfilled, ...]
    effects: tuple[Effect, ...]

    @property
    def alike(self) -> tuple[str, ...]:
        """The fields (their labels) by which it is seen that a dossier is on the matter of a measure."""
        return tuple(dict.fromkeys(label for one in self.effects for label in one.alike))


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
        recurring, unfilled = recurring_in(seen, account, department)
        return Overview(
            department,
            names,
            tuple(_count(seen, replace(one, department=department), known) for one in _TILES),
            _count(seen, Wish(Tab.DANGER, department=department, handler=NOBODY), known),
            _by_handler(seen, base, known),
            _by_role(seen, base),
            _by_department(seen, names, known),
            recurring,
            looked_at(seen),
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
