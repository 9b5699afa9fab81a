"""What is agreed about a field that is never asked then: a requirement, a milestone, a term until it."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement import DOSSIER_FORM, Agreement
from gehoor.core.conditions import Condition
from gehoor.core.domains import Domains
from gehoor.core.effects import Require
from gehoor.core.problems import Problem, Severity
from gehoor.core.satisfiable import possible
from gehoor.core.showing import asked_when
from gehoor.loading.never_holds import domains_of
from gehoor.loading.sourced import Sourced


def asking_problems(whole: Sourced, agreement: Agreement) -> list[Problem]:
    """Return what waits for an answer to a field that nobody is asked at that time."""
    domains = domains_of(agreement)
    never = {name for name in agreement.dossier_form.fields if _never_asked(agreement, name, domains)}
    return [
        *_fields(whole, agreement, never),
        *_milestones(whole, agreement, never),
        *_phases(whole, agreement, domains, never),
        *_terms(whole, agreement, domains, never),
        *_requirements(whole, agreement, domains, never),
    ]


def _never_asked(agreement: Agreement, name: str, domains: Domains) -> bool:
    """Say whether conditions keep each other out. One that is impossible by itself is told where it stands."""
    conditions = asked_when(agreement, name)
    by_itself = all(possible(condition, domains=domains) for condition in conditions)
    return by_itself and not possible(*conditions, domains=domains)


def _fields(whole: Sourced, agreement: Agreement, never: set[str]) -> Iterator[Problem]:
    answered = {milestone.field for milestone in agreement.milestones.values()}
    for name in sorted(never - answered):
        spot = whole.spot(("forms", DOSSIER_FORM, "properties", name))
        yield Problem(spot.key, "veld-nooit-gevraagd", {"value": name}, Severity.WARNING)


def _milestones(whole: Sourced, agreement: Agreement, never: set[str]) -> Iterator[Problem]:
    for name, milestone in agreement.milestones.items():
        if milestone.field in never:
            spot = whole.spot(("milestones", name, "field"))
            yield Problem(spot.value, "mijlpaal-onbereikbaar", {"value": name, "field": milestone.field})


def _phases(whole: Sourced, agreement: Agreement, domains: Domains, never: set[str]) -> Iterator[Problem]:
    for name, phase in agreement.phases.items():
        applies: tuple[Condition, ...] = (phase.applies_if,) if phase.applies_if is not None else ()
        for key, milestone in (("done-at", phase.done_at), ("opens-after", phase.opens_after)):
            field = agreement.milestones[milestone].field if milestone else ""
            if field and field not in never and _exclude(applies, asked_when(agreement, field), domains):
                details = {"value": name, "milestone": milestone, "field": field}
                code = "fase-nooit-klaar" if key == "done-at" else "fase-nooit-open"
                yield Problem(whole.spot(("phases", name, key)).value, code, details)


def _terms(whole: Sourced, agreement: Agreement, domains: Domains, never: set[str]) -> Iterator[Problem]:
    for name, term in agreement.terms.items():
        if term.of_duty:
            continue
        field = agreement.milestones[term.until].field
        applies: tuple[Condition, ...] = (term.applies_if,) if term.applies_if is not None else ()
        if field not in never and _exclude(applies, asked_when(agreement, field), domains):
            details = {"value": name, "milestone": term.until, "field": field}
            yield Problem(whole.spot(("terms", name, "until")).value, "termijn-nooit-klaar", details)


def _requirements(
    whole: Sourced, agreement: Agreement, domains: Domains, never: set[str]
) -> Iterator[Problem]:
    for name, rule in agreement.rules.items():
        for index, effect in enumerate(rule.effects):
            if not isinstance(effect, Require) or effect.field in never:
                continue
            if _exclude((rule.condition,), asked_when(agreement, effect.field), domains):
                spot = whole.spot(("rules", name, "then", index, "require"))
                details = {"value": effect.field}
                yield Problem(spot.value, "vereist-maar-nooit-gevraagd", details, Severity.WARNING)


def _exclude(some: tuple[Condition, ...], others: tuple[Condition, ...], domains: Domains) -> bool:
    """Say whether these conditions cannot hold together with those, though each by themselves they can."""
    if possible(*some, *others, domains=domains):
        return False
    return possible(*some, domains=domains) and possible(*others, domains=domains)
