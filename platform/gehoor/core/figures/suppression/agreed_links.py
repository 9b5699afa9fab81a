"""Links: what an agreement makes hang together of all that a report asks of a dossier.

A value follows from others, a field is asked only where others say so, something must be filled in before a milestone,
and a milestone is not reached while a rule stands before it. What a report asks, and all that this hangs on, is what
has to be known of a dossier to say how else it could have been.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import Term
from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import LATE_TERMS, Facts
from gehoor.core.conditions.model import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Leaf,
    Not,
    Operator,
    comparisons,
    fact_names,
)
from gehoor.core.conditions.three_valued import outcome
from gehoor.core.figures.facts import is_counted
from gehoor.core.reports.model import PLACES_AND_TIMES, Report
from gehoor.core.rules.effects import Block, Derive, Hide, Require, Show
from gehoor.core.rules.rule import Rule

ALWAYS: Final = ""
"""The milestone of what is required of every dossier."""


class Asking:
    """A condition of an agreement, of whose facts some may not be known of a dossier."""

    def __init__(self, condition: Condition, known: frozenset[str]) -> None:
        self.condition = condition
        self.facts = fact_names(condition)
        self.unknown = self.facts - known
        self._known = known

    def outcome(self, facts: Facts) -> bool | None:
        """Say whether it holds; None where that hangs on what is not known."""
        if not self.unknown:
            return holds(self.condition, facts)
        return outcome(self.condition, self._of(facts))

    def _of(self, facts: Facts) -> Callable[[Leaf], bool | None]:
        return lambda leaf: holds(leaf, facts) if fact_names(leaf) <= self._known else None


@dataclass(frozen=True, slots=True)
class Required:
    """A field must be answered once a milestone is reached (``ALWAYS``: in any case).

    ``asking``: when; None: always."""

    field: str
    milestone: str
    asking: Asking | None = None


_Bare: TypeAlias = "tuple[str, str, Condition | None]"


class Links:
    """What hangs together under an agreement of what a report asks. ``asked``: the fields that it counts by or asks
    for; ``fields``: those with all that they hang on."""

    def __init__(self, agreement: Agreement, report: Report) -> None:
        self._agreement = agreement
        self._hanging: dict[str, frozenset[str]] = {}
        form = agreement.dossier_form
        self.asked = asked_fields(report) & form.fields.keys()
        self.terms = {name: agreement.terms[name] for name in _asked_terms(report) if name in agreement.terms}
        self.bare_shown = {name: _shown(agreement, name) for name in form.fields}
        self.given: dict[str, list[tuple[Rule, Derive]]] = {}
        for stage in agreement.derivations:
            for rule, effect in stage.derivations:
                self.given.setdefault(effect.field, []).append((rule, effect))
        self.milestone_fields = {name: one.field for name, one in agreement.milestones.items()}
        dated = {of for of in self.milestone_fields.values() if form.fields[of].kind == "date"}
        self.dates = {name: of for name, of in self.milestone_fields.items() if of in dated}
        self.days = {of: name for name, of in self.dates.items()}
        counted = {
            self.milestone_fields[one] for one in self._milestones(report) if one in agreement.milestones
        }
        self.fields = self._closed({*self.asked, *self._facts_of_terms(), *counted})
        codes = {name for name in self.fields if name in form.fields and is_counted(form.fields[name])}
        self.known = frozenset({*codes, *dated, LATE_TERMS})
        self.register: dict[str, frozenset[str]] = {
            name: frozenset({*one.same, *dated}) for name, one in agreement.register_questions.items()
        }
        self._build()

    def _build(self) -> None:
        form = self._agreement.dossier_form
        self.shown = {
            name: Asking(condition, self.known)
            for name in sorted(self.fields)
            if (condition := self.bare_shown.get(name)) is not None
        }
        self.derived = [
            (rule.id, effect, Asking(rule.condition, self.known))
            for stage in self._agreement.derivations
            for rule, effect in stage.derivations
            if effect.field in self.fields
        ]
        self.required = [
            Required(name, milestone, Asking(condition, self.known) if condition is not None else None)
            for name, milestone, condition in _requirements(self._agreement)
            if name in self.fields and is_counted(form.fields[name])
        ]
        self.blocks = [
            (effect.milestone, Asking(rule.condition, self.known))
            for rule in self._agreement.rules.values()
            for effect in rule.effects
            if isinstance(effect, Block)
        ]
        self.at_least_one = [
            (one.fields, Asking(one.condition, self.known) if one.condition is not None else None)
            for one in form.at_least_one
            if self.known.issuperset(one.fields)
        ]
        self.applies = {
            name: Asking(condition, self.known)
            for name, term in self.terms.items()
            if (condition := _term_condition(term)) is not None
        }
        self.free = self._free()

    def _free(self) -> frozenset[str]:
        """Return what is not known and can be what suits, whatever is known: it is asked once, only beside what is not
        known either, or always so that the same answer takes something out of the way. Else it may tie two answers
        together."""
        either = [*self.shown.values(), *(one for _, _, one in self.derived), *self.applies.values()]
        off = [*(one.asking for one in self.required if one.asking), *(one for _, one in self.blocks)]
        times: Counter[str] = Counter()
        mixed = set[str]()
        ways: dict[str, set[tuple[Leaf | None, bool]]] = {}
        for asking in (*either, *off):
            times.update(asking.unknown)
            mixed |= asking.unknown if asking.unknown != asking.facts else set()
        for asking in off:
            for leaf, sign in _signed(asking.condition, positive=True):
                for fact in fact_names(leaf) - self.known:
                    ways.setdefault(fact, set()).add((leaf, sign))
        for asking in either:
            for fact in asking.unknown:
                ways.setdefault(fact, set()).update({(None, True), (None, False)})
        one_way = {name for name, found in ways.items() if len(found) == 1}
        free = {name for name, often in times.items() if often == 1 or name not in mixed or name in one_way}
        return frozenset(free) - self.register.keys()

    def _milestones(self, report: Report) -> Iterator[str]:
        """Give the milestones whose days a report counts by."""
        for table in report.tables.values():
            if table.lead_time:
                yield from (table.lead_time.start, table.lead_time.until)
            yield report.period_of(table)
            if table.flow:
                yield report.closing_of(table)
        for term in self.terms.values():
            yield from (term.starts, *term.other_starts, term.until)

    def _facts_of_terms(self) -> Iterator[str]:
        for term in self.terms.values():
            for condition in (term.applies_if, term.not_needed_if, term.begins_if):
                if condition is not None:
                    yield from fact_names(condition)

    def _closed(self, names: set[str]) -> frozenset[str]:
        """Return fields with all that they hang on."""
        found, waiting = set[str](), list(names)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += self.hangs_on(name)
        return frozenset(found)

    def hangs_on(self, name: str) -> set[str]:
        """Return what a field hangs on at once: what its value follows from, and when it is asked."""
        found = set(fact_names(shown)) if (shown := self.bare_shown.get(name)) is not None else set[str]()
        for rule, effect in self.given.get(name, ()):
            found |= {*fact_names(rule.condition), *effect.reads}
        return (found & self._agreement.dossier_form.fields.keys()) - {name}

    def hanging(self, name: str) -> frozenset[str]:
        """Return the fields that a report asks and that hang on one, with that itself where it is asked."""
        found = self._hanging.get(name)
        if found is None:
            found = self._hanging[name] = frozenset(
                one for one in self.asked if one == name or name in self.ancestors(one)
            )
        return found

    def ancestors(self, name: str) -> frozenset[str]:
        """Return all that a field hangs on."""
        return self._closed({name}) - {name}

    @property
    def key(self) -> str:
        """Return what two agreements have in common that link all alike."""
        form = self._agreement.dossier_form
        terms = [replace(one, place="", source="", name="", responsible="") for one in self.terms.values()]
        said = (
            sorted((name, repr(one.condition)) for name, one in self.shown.items()),
            [(effect, repr(asking.condition)) for _, effect, asking in self.derived],
            [(one.field, one.milestone, repr(one.asking and one.asking.condition)) for one in self.required],
            [(milestone, repr(asking.condition)) for milestone, asking in self.blocks],
            sorted(self.milestone_fields.items()),
            terms,
            sorted((name, form.fields[name].choices) for name in self.asked),
        )
        return repr(said)


def _signed(condition: Condition, *, positive: bool) -> Iterator[tuple[Leaf, bool]]:
    """Give what a condition asks, each with whether it goes towards the condition."""
    match condition:
        case Not(part):
            yield from _signed(part, positive=not positive)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from _signed(part, positive=positive)
        case _:
            yield condition, positive


def asked_fields(report: Report) -> set[str]:
    """Return what the tables of a report count by, or ask for in a condition."""
    found = set[str]()
    for table in report.tables.values():
        named = {table.by, table.across, table.mean_of, table.sum_of} - {"", *PLACES_AND_TIMES}
        found |= {one.partition(".")[0] for one in named}
        if table.only is not None:
            found |= fact_names(table.only)
    return found


def fields_needed(report: Report, agreement: Agreement) -> frozenset[str]:
    """Return the fields of which the answers have to be known of a dossier, to say how else it could have been."""
    links = Links(agreement, report)
    return links.known & links.fields & agreement.dossier_form.fields.keys()


def _asked_terms(report: Report) -> list[str]:
    found: list[str] = []
    for table in report.tables.values():
        if table.term:
            found.append(table.term)
        for one in comparisons(table.only) if table.only is not None else ():
            if one.fact == LATE_TERMS and isinstance(one.operand, tuple):
                found += map(str, one.operand)
    return list(dict.fromkeys(found))


def _all_of(parts: Iterable[Condition | None]) -> Condition | None:
    there = tuple(one for one in parts if one is not None)
    return None if not there else there[0] if len(there) == 1 else All(there)


def _term_condition(term: Term) -> Condition | None:
    """Return when a term is there: when it applies, and is needed."""
    return _all_of((term.applies_if, Not(term.not_needed_if) if term.not_needed_if is not None else None))


def _shown(agreement: Agreement, name: str) -> Condition | None:
    """Return when a field is asked; None: always."""
    of = agreement.dossier_form.fields[name]
    phase = agreement.phases.get(of.phase)
    showing = _conditions(agreement.rules.values(), Show, name)
    hiding = _conditions(agreement.rules.values(), Hide, name)
    return _all_of(
        (
            of.show_if,
            phase.applies_if if phase else None,
            AnyOf(showing) if showing else None,
            Not(AnyOf(hiding)) if hiding else None,
        )
    )


def _conditions(rules: Iterable[Rule], kind: type[Show] | type[Hide], name: str) -> tuple[Condition, ...]:
    return tuple(
        rule.condition
        for rule in rules
        for effect in rule.effects
        if isinstance(effect, kind) and effect.field == name
    )


def _requirements(agreement: Agreement) -> Iterator[_Bare]:
    form = agreement.dossier_form
    yield from ((name, ALWAYS, None) for name in sorted(form.required))
    for name, of in form.fields.items():
        if of.required_before:
            yield name, of.required_before, None
    for answered, others in form.dependent_required.items():
        yield from ((one, ALWAYS, Comparison(answered, Operator.FILLED)) for one in others)
    for rule in agreement.rules.values():
        for effect in rule.effects:
            if isinstance(effect, Require):
                phase = agreement.phases.get(form.fields[effect.field].phase)
                yield effect.field, effect.before or (phase.done_at if phase else ALWAYS), rule.condition
