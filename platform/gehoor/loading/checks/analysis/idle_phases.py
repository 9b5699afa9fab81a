"""Phases that are over when they open, and fields that are fixed before anybody can answer them."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.analysis.course_order import asked_early, opens_after
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def idle_phase_problems(whole: Sourced, agreement: Agreement) -> Iterator[Problem]:
    """Yield the phases and fields for which the milestone that ends them is always there before they begin."""
    before = {name: opens_after(agreement, name) for name in agreement.phases}
    for name, phase in agreement.phases.items():
        if phase.done_at in before[name]:
            details = {"value": name, "milestone": phase.done_at, "opens": phase.opens_after}
            yield Problem(whole.spot(("phases", name, "done-at")).value, "fase-meteen-klaar", details)
    early, told = asked_early(agreement), set[str]()
    for of in agreement.dossier_form.fields.values():
        fixed, opens = agreement.fixed_after(of), agreement.phases.get(of.phase)
        if opens is None or fixed not in before[of.phase] or of.id in early:
            continue
        path: Path = ("forms", DOSSIER_FORM, "properties", of.id, "fixed-after")
        if not of.fixed_after:
            # Of a whole phase it is told once.
            if of.phase in told:
                continue
            told.add(of.phase)
            path = ("phases", of.phase, "fixed-after")
        details = {"value": of.id, "milestone": fixed, "opens": opens.opens_after}
        yield Problem(whole.spot(path).value, "veld-vast-voor-open", details)


CHECK = Check(
    Pass.ANALYSIS,
    ("fase-meteen-klaar", "veld-vast-voor-open"),
    lambda on: idle_phase_problems(on.whole, on.agreement),
)
