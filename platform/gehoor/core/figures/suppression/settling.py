"""Settling: what a change of a dossier brings with it: values that follow, what is asked, how terms stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.conditions.calculations import Calculation
from gehoor.core.conditions.facts import LATE_TERMS, FactValue
from gehoor.core.figures.counted import LATE, Counted
from gehoor.core.figures.facts import TermFacts
from gehoor.core.figures.suppression.agreed_links import Asking
from gehoor.core.figures.suppression.law import Law
from gehoor.core.figures.suppression.possible_terms import UnsureError
from gehoor.core.forms.fields import StoredValue
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.rules.effects import Derive, SameAs

CLOSING: Final = "closing"
"""What is touched when a dossier is closed that was open, or the other way round: no field is called so in a dossier
that has a milestone to close by."""
_MOST_ROUNDS: Final = 8


@dataclass(slots=True)
class State:
    """A dossier while it is worked out. ``touched``: what is otherwise than in the dossier that there is; ``opened``:
    the fields that are asked now and were not, and ``seen_open`` those that were looked at already."""

    values: dict[str, StoredValue]
    reached: dict[str, str]
    closed_on: str
    terms: tuple[TermFacts, ...]
    touched: set[str]
    facts: dict[str, FactValue] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    seen_open: set[str] = field(default_factory=set)
    changes: int = 0

    def copy(self) -> State:
        """Return one that can be changed by itself."""
        return replace(
            self,
            values=dict(self.values),
            reached=dict(self.reached),
            facts=dict(self.facts),
            touched=set(self.touched),
            opened=set(self.opened),
            seen_open=set(self.seen_open),
        )


class Settling:
    """What follows, under an agreement, in a dossier that is otherwise than ``before``, of which the facts are
    ``known``."""

    def __init__(self, law: Law, before: Counted, known: Mapping[str, FactValue], now: datetime) -> None:
        self.law, self.before, self.known = law, before, known
        self._links, self._now = law.links, now

    def days_in_step(self, state: State) -> bool:
        """Let the answers that are days of milestones follow from those, or those from them; say whether it can be."""
        was, links = self.before.facts, self._links
        for milestone, name in links.dates.items():
            # Only what is asked is read of a dossier: that a day is there is told by its milestone.
            if name in links.fields and was.reached.get(milestone) and name not in state.touched:
                state.values.setdefault(name, was.reached[milestone])
        for milestone, name in links.milestone_fields.items():
            day = state.reached.get(milestone, "")
            if day != was.reached.get(milestone, ""):
                if milestone not in links.dates and name in links.fields:
                    return False
                self._set_day(state, name, day)
            elif name in state.touched and milestone in links.dates:
                given = state.values.get(name)
                state.reached.pop(milestone, None)
                if given:
                    state.reached[milestone] = str(given)
        if not self._closing_in_step(state):
            return False
        today = self._now.astimezone(ZoneInfo(self.law.agreement.time_zone)).date().isoformat()
        later = {day for name, day in state.reached.items() if day != was.reached.get(name)}
        return max({*later, state.closed_on if state.closed_on != was.closed_on else ""}) <= today

    def _set_day(self, state: State, name: str, day: str) -> None:
        state.touched.add(name)
        if day and (name in state.values or name in self._links.fields):
            state.values[name] = day
        else:
            state.values.pop(name, None)

    def _closing_in_step(self, state: State) -> bool:
        was, closers = self.before.facts, self.law.closers

        def first(reached: Mapping[str, str]) -> str:
            return min((day for name in closers if (day := reached.get(name))), default="")

        if first(state.reached) != first(was.reached):
            state.closed_on = first(state.reached)
        elif state.closed_on != was.closed_on and closers and first(was.reached) == was.closed_on:
            for name in [one for one in closers if was.reached.get(one)] or closers[:1]:
                field_name = self._links.milestone_fields[name]
                if name not in self._links.dates and field_name in self._links.fields:
                    return False
                state.reached.pop(name, None)
                if state.closed_on:
                    state.reached[name] = state.closed_on
                self._set_day(state, field_name, state.closed_on)
        if bool(state.closed_on) != bool(was.closed_on):
            state.touched.add(CLOSING)
        return True

    def take_facts(self, state: State) -> None:
        """Read what is otherwise as conditions ask for it."""
        state.facts = dict(self.known)
        days = self._links.days
        for name in state.touched:
            value = state.reached.get(days[name]) or None if name in days else state.values.get(name)
            self._read(state, name, value)

    def _read(self, state: State, name: str, value: StoredValue | None) -> None:
        state.facts.pop(name, None)
        if (fact := self.law.typed(name, value)) is not None:
            state.facts[name] = fact

    def put(self, state: State, name: str, value: StoredValue | None) -> None:
        """Give a field another answer; None: none."""
        state.values.pop(name, None)
        if value is not None:
            state.values[name] = value
        if (milestone := self._links.days.get(name)) is not None:
            if milestone in self.law.closers:
                raise UnsureError
            state.reached.pop(milestone, None)
            if value is not None:
                state.reached[milestone] = str(value)
        self._read(state, name, value)
        state.touched.add(name)
        state.changes += 1

    def hangs(self, state: State, asking: Asking) -> bool:
        """Say whether a condition asks for something that is otherwise."""
        register = self._links.register
        return not asking.facts.isdisjoint(state.touched) or any(
            not register[fact].isdisjoint(state.touched) for fact in asking.facts & register.keys()
        )

    def outcome(self, state: State, asking: Asking) -> bool | None:
        """Say whether a condition holds; None: it does or does not, as suits. Raises ``UnsureError``."""
        found = asking.outcome(state.facts)
        if found is None and not asking.unknown <= self._links.free:
            raise UnsureError
        return found

    def follow(self, state: State) -> None:
        """Work out what follows from what is otherwise. Raises ``UnsureError``."""
        for _ in range(_MOST_ROUNDS):
            before = state.changes
            self._derive(state)
            self._ask(state)
            self._run_terms(state)
            if state.changes == before:
                return
        raise UnsureError

    def _derive(self, state: State) -> None:
        looked = {
            effect.field
            for _, effect, asking in self._links.derived
            if effect.field in state.touched
            or not state.touched.isdisjoint(effect.reads)
            or self.hangs(state, asking)
        }
        given, of_register = set[str](), set[str]()
        for _, effect, asking in self._links.derived if looked else ():
            name = effect.field
            if name not in looked or name in given:
                continue
            if self._is_of_register(asking) and not self._is_answered(state, name):
                # Other dossiers may be what it asks for, as suits: nothing that is counted hangs on it here.
                of_register.add(name)
                continue
            holding = self.outcome(state, asking)
            if holding is None or name not in self._links.known:
                raise UnsureError
            value = self._given(state, effect) if holding else None
            if value is not None:
                given.add(name)
                if state.values.get(name) != value:
                    self.put(state, name, value)
        for name in looked - given - of_register:
            # What a rule gave is gone when it does not any more; what somebody answered stays.
            here = state.values.get(name)
            if here is not None and here == self.before.facts.values.get(name) and self._was_given(name):
                self.put(state, name, None)

    def _is_of_register(self, asking: Asking) -> bool:
        return not asking.facts.isdisjoint(self._links.register)

    def _is_answered(self, state: State, name: str) -> bool:
        """Say whether something is answered that is counted and hangs on a field, or that field itself."""
        asked = self._links.hanging(name)
        return not asked.isdisjoint(state.values) or not asked.isdisjoint(self.before.facts.values)

    def _was_given(self, name: str) -> bool:
        """Say whether a rule gave the value in the dossier that there is, or may have."""
        return any(
            effect.field == name and asking.outcome(self.known) is not False
            for _, effect, asking in self._links.derived
        )

    def _given(self, state: State, effect: Derive) -> StoredValue | None:
        if not self._links.known.issuperset(effect.reads):
            raise UnsureError
        if isinstance(effect.value, SameAs):
            return state.values.get(effect.value.field)
        given = effect.value.result(state.facts) if isinstance(effect.value, Calculation) else effect.value
        if given is None:
            return None
        of = self.law.agreement.dossier_form.fields[effect.field]
        try:
            return of.type.read(list(given) if isinstance(given, tuple) else given, of, ZoneInfo("UTC"))
        except UnreadableError:
            return None

    def _ask(self, state: State) -> None:
        """Drop what is not asked any more, and note what is asked now."""
        for name, asking in self._links.shown.items():
            if name not in state.touched and not self.hangs(state, asking):
                continue
            if self._is_of_register(asking) and not self._is_answered(state, name):
                continue
            if self.outcome(state, asking) is False:
                state.opened.discard(name)
                if name in state.values and name not in self.law.derived:
                    self.put(state, name, None)
            elif name not in state.values and name not in state.seen_open:
                state.seen_open.add(name)
                if asking.outcome(self.known) is False and name not in self._links.days:
                    state.opened.add(name)

    def _run_terms(self, state: State) -> None:
        """Let terms stand as they would. Raises ``UnsureError``."""
        was, late = self.before.facts, self._late(state.terms)
        for name, fields in self.law.timing.items():
            asking = self._links.applies.get(name)
            hangs = asking is not None and self.hangs(state, asking)
            there = [one for one in was.terms if one.term == name]
            otherwise = [one for one in state.terms if one.term == name] != there
            moved = CLOSING in state.touched or not fields.isdisjoint(state.touched)
            if not (hangs or otherwise or moved):
                continue
            applies = True if asking is None else self.outcome(state, asking)
            if applies is None:
                applies = bool(there)
            model = self.law.plain.get(name)
            if model is None:
                # Of a term that does not follow from days: as it is, or as it is said to be where nothing goes with it.
                if moved or (hangs and applies != bool(there)) or (otherwise and name not in self.law.loose):
                    raise UnsureError
                continue
            old = there[0] if there else None
            standing = (
                model.standing(old, was.reached, state.reached, closed=bool(state.closed_on))
                if applies
                else None
            )
            rest = tuple(one for one in state.terms if one.term != name)
            now = (*rest, standing) if standing else rest
            if sorted(map(repr, now)) != sorted(map(repr, state.terms)):
                state.terms = now
                state.changes += 1
        self._note_late(state, late)

    def _note_late(self, state: State, before: Sequence[str]) -> None:
        late = self._late(state.terms)
        if late == before and late == self._late(self.before.facts.terms):
            return
        if self.law.filled_when_late:
            raise UnsureError
        state.facts.pop(LATE_TERMS, None)
        if late:
            state.facts[LATE_TERMS] = late
        if LATE_TERMS not in state.touched:
            state.touched.add(LATE_TERMS)
            state.changes += 1

    def _late(self, terms: Sequence[TermFacts]) -> tuple[str, ...]:
        return tuple(sorted({one.term for one in terms if self.before.standing(one) == LATE}))
