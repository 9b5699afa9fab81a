"""Reach: what of a dossier is otherwise in a report, when something in it is: what follows from it, or goes with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gehoor.core.figures.suppression.alternatives import (
    Answer,
    Attribute,
    Closing,
    Day,
    Lead,
    OtherFact,
    Place,
    TermStanding,
    Together,
)
from gehoor.core.figures.suppression.law import Law
from gehoor.core.reports.model import Report

_CLOSED: str = "closed"


class Reach:
    """What can be otherwise in the dossiers of a register, and how far that reaches. ``attributes``: what the tables of
    the report go by. ``movers``: those, and what they hang on."""

    def __init__(self, report: Report, laws: Iterable[Law], attributes: Sequence[Attribute]) -> None:
        self._report, self._laws, self._attributes = report, list(laws), attributes
        self._hanging = {one: self._hangs_on(one) for one in attributes}
        self.movers: tuple[Attribute, ...] = tuple(dict.fromkeys(self._movers()))
        self._of: dict[Attribute, frozenset[Attribute]] = {}

    def of(self, mover: Attribute) -> frozenset[Attribute]:
        """Return the attributes that may be otherwise when one is."""
        found = self._of.get(mover)
        if found is None:
            moved = self._moved(mover)
            reached = {one for one, hanging in self._hanging.items() if not moved.isdisjoint(hanging)}
            found = self._of[mover] = frozenset({mover, *reached})
        return found

    def moving(self, attributes: Iterable[Attribute]) -> list[Attribute]:
        """Return all that can be otherwise so that one of some attributes is."""
        own = set(attributes)
        return [one for one in self.movers if not own.isdisjoint(self.of(one))]

    def _movers(self) -> Iterable[Attribute]:
        lists = {one.name: one for one in self._attributes if isinstance(one, Answer) and one.members}
        for one in self._attributes:
            if not isinstance(one, Answer):
                yield one
                continue
            above = sorted(self._above(one.name))
            # What always follows from other answers is not otherwise by itself.
            if not self._laws or not all(one.name in law.derived for law in self._laws):
                yield one
            for name in above:
                yield lists.get(name) or Answer(name)
            if any(one.name in law.derived for law in self._laws):
                yield Together((one.name, *above))

    def _above(self, name: str) -> set[str]:
        """Return what an answer hangs on, of what is counted."""
        found = set[str]()
        for law in self._laws:
            if name in law.agreement.dossier_form.fields:
                days = set(law.links.milestone_fields.values())
                found |= (law.links.ancestors(name) & law.links.known & law.links.fields) - days
        return found - {name}

    def _fields(self, *milestones: str) -> set[str]:
        return {law.links.milestone_fields.get(one, one) for law in self._laws for one in milestones if one}

    def _with_above(self, fields: set[str]) -> set[str]:
        """Return fields with all that they hang on."""
        return fields.union(
            *(law.links.ancestors(one) for law in self._laws for one in fields if self._has(law, one))
        )

    def _closers(self) -> set[str]:
        return {_CLOSED, *(law.links.milestone_fields[one] for law in self._laws for one in law.closers)}

    def _hangs_on(self, attribute: Attribute) -> set[str]:
        found = set[str]()
        match attribute:
            case Answer(name=name):
                found = {name}
            case Lead(start=start, until=until):
                found = self._fields(start, until)
            case TermStanding(term=term):
                found = self._of_terms([term])
            case Closing(milestone=milestone):
                found = self._fields(milestone) if milestone else self._closers()
            case Day(milestone=milestone):
                found = self._fields(milestone)
            case OtherFact():
                found = self._of_terms({name for law in self._laws for name in law.links.terms})
        return self._with_above(found)

    @staticmethod
    def _has(law: Law, name: str) -> bool:
        return name in law.agreement.dossier_form.fields

    def _of_terms(self, names: Iterable[str]) -> set[str]:
        found = self._closers()
        for law in self._laws:
            for name in names:
                found |= law.timing.get(name, frozenset())
                if name in law.links.applies:
                    asked = law.links.applies[name].facts
                    found |= asked
        return found

    def _moved(self, mover: Attribute) -> set[str]:
        found = set[str]()
        match mover:
            case Answer(name=name):
                found = {name}
            case Together(names=names):
                found = set(names)
            case Lead(until=until):
                found = self._fields(until) | self._ends(until)
            case TermStanding(term=term):
                ends = {law.plain[term].term.until for law in self._laws if term in law.plain}
                found = self._fields(*ends).union(*map(self._ends, ends))
            case Closing(milestone=milestone):
                found = self._fields(milestone) if milestone else self._closers()
            case Day():
                found = {of for law in self._laws for of in law.links.milestone_fields.values()} | {_CLOSED}
            case Place() if len({law.key for law in self._laws}) > 1:
                # Departments may have agreed otherwise.
                found = self._everything()
        return found

    def _everything(self) -> set[str]:
        return set[str]().union(*self._hanging.values())

    def _ends(self, milestone: str) -> set[str]:
        return self._closers() if any(milestone in law.closers for law in self._laws) else set()
