"""What may change a term while it runs: standing still, taking longer, coming back, starting again."""

from __future__ import annotations

from collections.abc import Iterable

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import Extending, Suspending, Term
from gehoor.core.calendar.durations import show_duration
from gehoor.core.wording.chapters import Sentence
from gehoor.core.wording.nl.agreement.phrases import joined, milestone, readable, role


def changed_course(agreement: Agreement, term: Term) -> Iterable[Sentence]:
    """Say what may change this term while it runs."""
    if term.suspending:
        yield from _suspending(term, term.suspending)
    if term.extending:
        yield from _extending(agreement, term, term.extending)
    if term.recurring_until:
        until = milestone(agreement, term.recurring_until)
        yield Sentence(
            "recurring-until", f"Is het gedaan, dan begint de tijd opnieuw. Dat stopt bij {until}."
        )
    if term.again_on_reopening:
        yield Sentence("on-reopening", "Gaat een gesloten dossier weer open, dan begint de tijd opnieuw.")


def _suspending(term: Term, agreed: Suspending) -> Iterable[Sentence]:
    reasons = tuple(readable(reason).lower() for reason in agreed.reasons)
    yield Sentence(
        "suspend",
        f"De tijd mag stilstaan om deze redenen: {joined(reasons)}.",
        subject=f"De redenen om de termijn {term.name} stil te zetten",
        members=reasons,
    )
    if agreed.at_most:
        most = show_duration(agreed.at_most)
        yield Sentence("suspend/at-most", f"De tijd staat alles samen hoogstens {most} stil.")


def _by(agreed: Extending) -> str:
    first, *then = map(show_duration, agreed.lengths)
    if then:
        return f": eerst met {first}, daarna met {', daarna met '.join(then)}"
    return f", telkens met {'hoogstens ' if agreed.chosen else ''}{first}"


def _extending(agreement: Agreement, term: Term, agreed: Extending) -> Iterable[Sentence]:
    yield Sentence("extend", f"Deze termijn mag langer worden{_by(agreed)}.")
    yield Sentence("extend/at-most", f"Dat mag hoogstens {agreed.at_most} keer.")
    needed = "moet" if agreed.reason_required else "hoeft niet"
    reason = "zeggen waarom" if agreed.reason_required else "te zeggen waarom"
    yield Sentence("extend/reason", f"Wie de termijn langer maakt, {needed} {reason}.")
    if agreed.tell:
        told = tuple(role(agreement, name) for name in agreed.tell)
        yield Sentence(
            "extend/tell-to",
            f"Wij laten het weten aan: {joined(told)}.",
            subject=f"Wie het weet als de termijn {term.name} langer wordt",
            members=told,
        )
    if agreed.consent:
        yield Sentence("further-delay", "Daarna mag het nog langer, als wie klaagde daarmee instemt.")
