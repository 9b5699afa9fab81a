"""Possible dossiers: what a change of a dossier comes to under its agreement, where that could exist.

Who reads a report may know the agreement. A register in which a value does not follow from what it is worked out from,
or a term was met after its day, is none that could be instead: only what could exist keeps a number hidden. Where that
hangs on what is not known of a dossier, it could not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.facts import FactValue
from gehoor.core.figures.counted import Counted
from gehoor.core.figures.facts import DossierFacts
from gehoor.core.figures.suppression.could_be import could_be
from gehoor.core.figures.suppression.law import Law
from gehoor.core.figures.suppression.possible_terms import UnsureError
from gehoor.core.figures.suppression.settling import CLOSING, Settling, State
from gehoor.core.forms.fields import StoredValue
from gehoor.core.reports.model import Report

_MOST_FILLED: Final = 3
"""So many answers are tried in a field that is asked by a change: those that are given most."""
_MOST_OPEN: Final = 3
_MOST_WAYS: Final = 8


class Possible:
    """How the dossiers of a register could be."""

    def __init__(self, report: Report, counted: Sequence[Counted]) -> None:
        self._report, self._counted = report, counted
        self._agreements: dict[tuple[str, str], Agreement] = {}
        for one in counted:
            self._agreements.setdefault((one.facts.organisation, one.facts.department), one.agreement)
        self._laws: dict[str, Law] = {}
        self._facts: dict[tuple[int, str], Mapping[str, FactValue]] = {}
        self._answers: dict[str, list[StoredValue]] = {}

    def law(self, agreement: Agreement) -> Law:
        """Return what holds under an agreement."""
        found = self._laws.get(agreement.hash)
        if found is None:
            found = self._laws[agreement.hash] = Law(agreement, self._report)
        return found

    def laws(self) -> Iterable[Law]:
        """Return what holds under the agreements of the register."""
        return [self.law(one) for one in {one.hash: one for one in self._agreements.values()}.values()]

    def settled(self, before: Counted, raw: Counted) -> Iterator[Counted]:
        """Give what a change of a dossier of the register comes to: none where it could not be."""
        agreement = self._agreements.get((raw.facts.organisation, raw.facts.department), raw.agreement)
        law = self.law(agreement)
        settling = Settling(law, before, self._facts_of(before, law), raw.now)
        anew = agreement is not before.agreement and law.key != self.law(before.agreement).key
        yield from islice(self._ways(settling, raw.facts, anew=anew), _MOST_WAYS)

    def _facts_of(self, before: Counted, law: Law) -> Mapping[str, FactValue]:
        # Dossiers of the register stay as long as this does: each is known by which object it is.
        key = (id(before), law.agreement.hash)
        found = self._facts.get(key)
        if found is None:
            found = self._facts[key] = law.facts_of(before)
        return found

    def _ways(self, settling: Settling, facts: DossierFacts, *, anew: bool) -> Iterator[Counted]:
        """``anew``: under an agreement that links otherwise, so that all is looked at."""
        was, law = settling.before.facts, settling.law
        names = {*facts.values, *was.values}
        touched = {name for name in names if facts.values.get(name) != was.values.get(name)}
        state = State(dict(facts.values), dict(facts.reached), facts.closed_on, facts.terms, touched)
        if not settling.days_in_step(state):
            return
        if anew:
            state.touched |= {*law.links.fields, *law.links.milestone_fields.values(), CLOSING}
        settling.take_facts(state)
        yield from self._followed(settling, facts, state, _MOST_OPEN)

    def _followed(
        self, settling: Settling, facts: DossierFacts, state: State, most: int
    ) -> Iterator[Counted]:
        links = settling.law.links
        try:
            settling.follow(state)
            opened = sorted(state.opened & links.known, key=lambda name: (name not in links.asked, name))
            if not opened or not most:
                if could_be(settling, state):
                    yield _made(settling, facts, state)
                return
            state.opened.discard(opened[0])
        except UnsureError:
            return
        # What is asked by the change may be answered as others did, or not at all.
        for answer in (None, *self._common(opened[0])):
            other = state.copy()
            if answer is not None:
                settling.put(other, opened[0], answer)
            yield from self._followed(settling, facts, other, most - 1)

    def _common(self, name: str) -> list[StoredValue]:
        found = self._answers.get(name)
        if found is None:
            given = [one.facts.values[name] for one in self._counted if name in one.facts.values]
            found = self._answers[name] = [value for value, _ in most_common(given, _MOST_FILLED)]
        return found


def most_common(values: Iterable[StoredValue], most: int) -> list[tuple[StoredValue, int]]:
    """Return the answers that are given most, with how often."""
    found: dict[str, StoredValue] = {}
    times: Counter[str] = Counter()
    for value in values:
        key = repr(value)
        found.setdefault(key, value)
        times[key] += 1
    return [(found[key], often) for key, often in times.most_common(most)]


def _made(settling: Settling, facts: DossierFacts, state: State) -> Counted:
    closes = state.closed_on != settling.before.facts.closed_on
    made = replace(
        facts,
        values=state.values,
        reached=state.reached,
        terms=state.terms,
        closed_on=state.closed_on,
        closed=bool(state.closed_on) if closes else facts.closed,
    )
    return Counted(made, settling.law.agreement, settling.before.now)
