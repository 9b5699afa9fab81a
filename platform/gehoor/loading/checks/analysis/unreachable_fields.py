"""What is agreed about a field that is never asked then: a requirement, a milestone, a phase, a term until it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.agreement.terms import Term
from gehoor.core.analysis.field_visibility import asked_when
from gehoor.core.analysis.satisfiability import Judge
from gehoor.core.conditions.model import All, Condition, Not
from gehoor.core.rules.effects import Require
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.checks.check import OF_JUDGE, Check, Pass
from gehoor.loading.checks.effect_places import effect_path
from gehoor.loading.merge.located_document import Sourced


def asking_problems(whole: Sourced, agreement: Agreement, judge: Judge) -> list[Problem]:
    """Return what waits for an answer to a field that nobody is asked at that time."""
    asked = asked_when(agreement)
    # A condition that is impossible by itself is told where it stands.
    never = {
        name
        for name, conditions in asked.items()
        if not judge.possible(*conditions) and all(map(judge.possible, conditions))
    }
    check = _Check(whole, agreement, judge, asked, never)
    return [*check.fields(), *check.milestones(), *check.phases(), *check.terms(), *check.requirements()]


@dataclass(frozen=True)
class _Check:
    whole: Sourced
    agreement: Agreement
    judge: Judge
    asked: dict[str, tuple[Condition, ...]]
    never: set[str]

    def fields(self) -> Iterator[Problem]:
        answered = {milestone.field for milestone in self.agreement.milestones.values()}
        for name in sorted(self.never - answered):
            spot = self.whole.spot(("forms", DOSSIER_FORM, "properties", name))
            yield Problem(spot.key, "veld-nooit-gevraagd", {"value": name}, Severity.WARNING)

    def milestones(self) -> Iterator[Problem]:
        for name, milestone in self.agreement.milestones.items():
            if milestone.field in self.never:
                spot = self.whole.spot(("milestones", name, "field"))
                yield Problem(spot.value, "mijlpaal-onbereikbaar", {"value": name, "field": milestone.field})

    def phases(self) -> Iterator[Problem]:
        for name, phase in self.agreement.phases.items():
            for key, milestone, code in (
                ("done-at", phase.done_at, "fase-nooit-klaar"),
                ("opens-after", phase.opens_after, "fase-nooit-open"),
            ):
                field = self.agreement.milestones[milestone].field if milestone else ""
                if field and self._excluded(phase.applies_if, field):
                    details = {"value": name, "milestone": milestone, "field": field}
                    yield Problem(self.whole.spot(("phases", name, key)).value, code, details)

    def terms(self) -> Iterator[Problem]:
        for name, term in self.agreement.terms.items():
            if term.of_duty:
                continue
            needed = Not(term.not_needed_if) if term.not_needed_if else None
            runs = _together(term.begins_if, term.applies_if, needed)
            for key, field in self._asked_by(term):
                if self._excluded(runs, field, *self._open_when(field)):
                    code = "termijn-nooit-klaar" if key == "until" else "termijn-begint-nooit"
                    spot = self.whole.spot(("terms", name, key))
                    yield Problem(spot.value, code, {"value": name, "field": field})
                    break

    def _asked_by(self, term: Term) -> Iterator[tuple[str, str]]:
        """Give the fields without which a term does not begin, and does not end, with the keyword of each."""
        milestones = self.agreement.milestones
        if term.rows:
            yield "every", term.rows
        elif term.day:
            yield "at-latest", term.day
        for start in (term.starts, *term.other_starts) if term.starts else ():
            yield "from", milestones[start].field
        if not term.rows:
            yield "until", milestones[term.until].field

    def _open_when(self, field: str, seen: tuple[str, ...] = ()) -> tuple[Condition, ...]:
        """Return what must hold for the phase of a field to open: that what opens it is asked, and so on."""
        phase = self.agreement.phases.get(self.agreement.dossier_form.fields[field].phase)
        if phase is None or not phase.opens_after or phase.id in seen:
            return ()
        before = self.agreement.milestones[phase.opens_after].field
        return (*self.asked[before], *self._open_when(before, (*seen, phase.id)))

    def requirements(self) -> Iterator[Problem]:
        for rule in self.agreement.rules.values():
            for place, effect in enumerate(rule.effects):
                if isinstance(effect, Require) and self._excluded(rule.condition, effect.field):
                    spot = self.whole.spot((*effect_path(self.whole.data, rule, place), "require"))
                    details = {"value": effect.field}
                    yield Problem(spot.value, "vereist-maar-nooit-gevraagd", details, Severity.WARNING)

    def _excluded(self, condition: Condition | None, field: str, *also: Condition) -> bool:
        """Say whether a field that is asked at times is never asked when a condition holds, though that can hold.
        ``also``: what must hold too for it to be asked."""
        asked = (*self.asked[field], *also)
        if condition is None or field in self.never or self.judge.possible(condition, *asked):
            return False
        return self.judge.possible(condition) and self.judge.possible(*asked)


def _together(*conditions: Condition | None) -> Condition | None:
    found = tuple(condition for condition in conditions if condition is not None)
    return All(found) if len(found) > 1 else next(iter(found), None)


CHECK = Check(
    Pass.ANALYSIS,
    (
        "veld-nooit-gevraagd",
        "mijlpaal-onbereikbaar",
        "fase-nooit-klaar",
        "fase-nooit-open",
        "termijn-begint-nooit",
        "termijn-nooit-klaar",
        "vereist-maar-nooit-gevraagd",
    ),
    lambda on: asking_problems(on.whole, on.agreement, on.judge),
    goes_by=("forms", "rules", "tables", "phases", "milestones", *OF_JUDGE),
)
