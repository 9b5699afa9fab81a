"""Terms that run in no dossier: they are over when they begin, or begin when it is closed."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import Term
from gehoor.core.analysis.course_order import reached_before
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced


def idle_term_problems(whole: Sourced, agreement: Agreement) -> Iterator[Problem]:
    """Yield the terms that end at a milestone which is always there when they begin."""
    for term in agreement.terms.values():
        # That of a duty is done when the duty is; one that begins anew, begins after what was before.
        if not term.of_duty and not term.again_on_reopening:
            yield from [*_over(whole, agreement, term)] or _after_closing(whole, agreement, term)


def _over(whole: Sourced, agreement: Agreement, term: Term) -> Iterator[Problem]:
    key, ends = ("recurring-until", term.recurring_until) if term.recurring_until else ("until", term.until)
    for start in (term.starts, *term.other_starts) if ends else ():
        if start == ends:
            reason = f"hij begint bij '{start}', en is dan al klaar"
        elif start and ends in reached_before(agreement, start):
            reason = f"'{ends}' komt altijd voor '{start}', en dan begint hij pas"
        else:
            continue
        spot = whole.spot(("terms", term.id, key))
        yield Problem(spot.value, "termijn-loopt-nooit", {"value": term.id, "reason": reason})
        return


def _after_closing(whole: Sourced, agreement: Agreement, term: Term) -> Iterator[Problem]:
    """Of a closed dossier no term runs but those that go on after it."""
    closing = {name for name, one in agreement.milestones.items() if one.closes}
    for start in filter(None, (term.starts, *term.other_starts)):
        if not term.after_closing and closing & {start, *reached_before(agreement, start)}:
            reason = f"bij '{start}' is het dossier al gesloten, en 'ook-na-afsluiten' staat er niet bij"
            spot = whole.spot(("terms", term.id, "from"))
            yield Problem(spot.value, "termijn-loopt-nooit", {"value": term.id, "reason": reason})
            return


CHECK = Check(Pass.ANALYSIS, ("termijn-loopt-nooit",), lambda on: idle_term_problems(on.whole, on.agreement))
