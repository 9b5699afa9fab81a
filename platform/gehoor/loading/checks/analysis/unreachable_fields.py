"""What is agreed about a field that is never asked then: a requirement, a milestone, a phase, a term until it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.analysis.field_visibility import asked_when
from gehoor.core.analysis.satisfiability import Judge
from gehoor.core.conditions.model import Condition
from gehoor.core.rules.effects import Require
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.checks.check import Check, Pass
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
            field = self.agreement.milestones[term.until].field
            if self._excluded(term.applies_if, field):
                details = {"value": name, "milestone": term.until, "field": field}
                spot = self.whole.spot(("terms", name, "until"))
                yield Problem(spot.value, "termijn-nooit-klaar", details)

    def requirements(self) -> Iterator[Problem]:
        for name, rule in self.agreement.rules.items():
            for index, effect in enumerate(rule.effects):
                if isinstance(effect, Require) and self._excluded(rule.condition, effect.field):
                    spot = self.whole.spot(("rules", name, "then", index, "require"))
                    details = {"value": effect.field}
                    yield Problem(spot.value, "vereist-maar-nooit-gevraagd", details, Severity.WARNING)

    def _excluded(self, condition: Condition | None, field: str) -> bool:
        """Say whether a field that is asked at times is never asked when a condition holds, though that can hold."""
        if condition is None or field in self.never or self.judge.possible(condition, *self.asked[field]):
            return False
        return self.judge.possible(condition) and self.judge.possible(*self.asked[field])


CHECK = Check(
    Pass.ANALYSIS,
    (
        "veld-nooit-gevraagd",
        "mijlpaal-onbereikbaar",
        "fase-nooit-klaar",
        "fase-nooit-open",
        "termijn-nooit-klaar",
        "vereist-maar-nooit-gevraagd",
    ),
    lambda on: asking_problems(on.whole, on.agreement, on.judge),
)
