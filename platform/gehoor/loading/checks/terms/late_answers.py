"""What Gehoor fills in once a term is late: it can be filled in then, and never goes round and round."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gehoor.core.agreement.derivation_order import circle
from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import LateLevel, Term
from gehoor.core.analysis.field_visibility import asked_when
from gehoor.core.analysis.satisfiability import Judge
from gehoor.core.conditions.model import Comparison, Condition, Not, Operator, fact_names
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.filled_places import late_levels
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def late_answer_problems(whole: Sourced, agreement: Agreement, judge: Judge) -> Iterator[Problem]:
    """Yield the answers that Gehoor could not give, and the terms that make each other begin for ever."""
    check = _Check(whole, agreement, judge)
    for term in agreement.terms.values():
        for level in term.levels:
            yield from check.answers(term, level)
    yield from check.circles()


@dataclass(frozen=True)
class _Check:
    whole: Sourced
    agreement: Agreement
    judge: Judge

    def answers(self, term: Term, level: LateLevel) -> Iterator[Problem]:
        for name in level.fills:
            reason = self._never(term, name)
            if reason:
                details = {"value": name, "reason": reason}
                yield Problem(self.whole.spot(self._place(term, name)).key, "vul-in-kan-niet", details)

    def _never(self, term: Term, name: str) -> str:
        """Return why nobody could fill in a field when a term is late; nothing where they could."""
        agreement, of = self.agreement, self.agreement.dossier_form.fields[name]
        marks = {field for one in agreement.milestones.values() for field in (one.field, one.hour)}
        given = {effect.field for stage in agreement.derivations for _, effect in stage.derivations}
        fixed = agreement.milestones.get(agreement.fixed_after(of))
        if name in marks:
            return "het zegt wanneer iets gebeurd is, en dat weet alleen wie het deed"
        if name in given:
            return "een regel of tabel geeft het al een waarde"
        if of.read_only:
            return "door readOnly verandert het nooit"
        if fixed is not None and (
            fixed.id in (term.starts, *term.other_starts) or fixed.field == agreement.field_for("received-on")
        ):
            return f"na de mijlpaal '{fixed.id}' verandert het niet meer, en die is dan al voorbij"
        if not self.judge.possible(*_runs(term), *asked_when(agreement)[name]):
            return "het wordt niet gevraagd in een dossier waarin deze termijn loopt"
        return ""

    def circles(self) -> Iterator[Problem]:
        """A term may bring another, never, along the way, itself."""
        brings = {name: self._brings(term) for name, term in self.agreement.terms.items()}
        chain = circle({name: found for name, found in brings.items() if found})
        if chain:
            term = self.agreement.terms[chain[0]]
            first = next(name for level in term.levels for name in level.fills)
            names = " en dan ".join(f"'{self.agreement.terms[one].name}'" for one in chain)
            yield Problem(self.whole.spot(self._place(term, first)).key, "vul-in-kring", {"chain": names})

    def _brings(self, term: Term) -> frozenset[str]:
        """Return the other terms that could begin because of what is filled in once this one is late."""
        found = set[str]()
        for level in term.levels:
            for name, value in level.fills.items():
                touched, so = self._touched(name), self._is(name, value)
                for other in self.agreement.terms.values():
                    runs = _runs(other)
                    asked = frozenset[str]().union(*map(fact_names, runs))
                    if other is not term and asked & touched and self.judge.possible(so, *runs):
                        found.add(other.id)
        return frozenset(found)

    def _touched(self, name: str) -> frozenset[str]:
        """Return a field, and those to which rules give a value by it."""
        found = {name}
        for _ in self.agreement.derivations:
            for stage in self.agreement.derivations:
                for rule, effect in stage.derivations:
                    if found & {*fact_names(rule.condition), *effect.reads}:
                        found.add(effect.field)
        return frozenset(found)

    def _is(self, name: str, value: object) -> Condition:
        of = self.agreement.dossier_form.fields[name]
        fact = of.type.fact(value, of)
        operators = Operator.IS if not isinstance(fact, tuple) else Operator.FILLED
        return Comparison(name, operators, fact if operators is Operator.IS else None)

    def _place(self, term: Term, name: str) -> Path:
        """Return where a term says that a field is filled in."""
        home: Path = ("rules", term.id.rsplit("/", 1)[0]) if term.of_duty else ("terms", term.id)
        for path, level in late_levels(self.whole.data):
            if name in level.get("fill", ()) and path[:2] == home:
                return (*path, "fill", name)
        return home


def _runs(term: Term) -> tuple[Condition, ...]:
    """Return what holds while a term runs."""
    needed = Not(term.not_needed_if) if term.not_needed_if else None
    return tuple(one for one in (term.begins_if, term.applies_if, needed) if one is not None)


CHECK = Check(
    Pass.ANALYSIS,
    ("vul-in-kan-niet", "vul-in-kring"),
    lambda on: late_answer_problems(on.whole, on.agreement, on.judge),
)
