"""Whether a dossier could be as it is worked out: nothing is missing, nothing stands before what was reached.

What was so already in the dossier that there is, shows by itself that it can be.
"""

from __future__ import annotations

from datetime import date

from gehoor.core.conditions.relative_dates import RelativeDate
from gehoor.core.figures.suppression.agreed_links import Asking, Required
from gehoor.core.figures.suppression.settling import Settling, State


def could_be(settling: Settling, state: State) -> bool:
    """Say whether a dossier that is worked out could exist. Raises ``UnsureError``."""
    return (
        not any(_is_missing(settling, state, one) for one in settling.law.links.required)
        and not any(_is_barred(settling, state, *one) for one in settling.law.links.blocks)
        and _has_one_of_each(settling, state)
        and _is_offered(settling, state)
        and _is_within(settling, state)
    )


def _is_looked_at(settling: Settling, state: State, milestone: str, asking: Asking | None) -> bool:
    anew = bool(state.reached.get(milestone)) and not settling.before.facts.reached.get(milestone)
    return anew or (asking is not None and settling.hangs(state, asking))


def _is_missing(settling: Settling, state: State, one: Required) -> bool:
    if one.field in state.values or (one.milestone and not state.reached.get(one.milestone)):
        return False
    shown = settling.law.links.shown.get(one.field)
    looked = (
        one.field in state.touched
        or _is_looked_at(settling, state, one.milestone, one.asking)
        or (shown is not None and settling.hangs(state, shown))
    )
    if not looked:
        return False
    of_register = settling.law.links.register.keys()
    if one.asking is not None:
        # What hangs on other dossiers may be as suits: those are what they are in no report.
        suits = one.asking.unknown <= settling.law.links.free | of_register
        if not (one.asking.outcome(state.facts) if suits else settling.outcome(state, one.asking)):
            return False
    if shown is not None and not shown.facts.isdisjoint(of_register):
        return False
    if shown is not None and settling.outcome(state, shown) is False:
        return False
    was = settling.before.facts
    there = one.field in was.values or one.field in settling.known
    lacked = not there and bool(not one.milestone or was.reached.get(one.milestone))
    in_force = one.asking is None or one.asking.outcome(settling.known) is not False
    asked = shown is None or shown.outcome(settling.known) is not False
    return not (lacked and in_force and asked)


def _is_barred(settling: Settling, state: State, milestone: str, asking: Asking) -> bool:
    if not state.reached.get(milestone) or not _is_looked_at(settling, state, milestone, asking):
        return False
    if not settling.outcome(state, asking):
        return False
    return not (settling.before.facts.reached.get(milestone) and asking.outcome(settling.known))


def _has_one_of_each(settling: Settling, state: State) -> bool:
    return all(
        any(name in state.values for name in names)
        or state.touched.isdisjoint(names)
        or (asking is not None and not settling.outcome(state, asking))
        for names, asking in settling.law.links.at_least_one
    )


def _is_offered(settling: Settling, state: State) -> bool:
    """Say whether each code that is chosen can be."""
    for name, offers in settling.law.offers.items():
        value = state.values.get(name)
        codes = value if isinstance(value, list) else [value]
        for code, asking in offers.items():
            looked = name in state.touched or settling.hangs(state, asking)
            if code in codes and looked and settling.outcome(state, asking) is False:
                return False
    return True


def _is_within(settling: Settling, state: State) -> bool:
    """Say whether days lie where their form lets them."""
    for name, bound, sign in settling.law.bounds:
        fact = bound.fact if isinstance(bound, RelativeDate) else name
        if name not in state.touched and fact not in state.touched:
            continue
        day = state.facts.get(name)
        limit = (
            bound.on(state.facts)
            if isinstance(bound, RelativeDate) and isinstance(state.facts.get(fact), date)
            else bound
        )
        if isinstance(day, date) and isinstance(limit, date) and sign * (day - limit).days < 0:
            return False
    return True
