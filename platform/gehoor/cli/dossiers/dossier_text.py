"""A dossier in Dutch, for reading on a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gehoor.cli.support.actors import actor_said
from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import MilestoneState, Reason, TermState
from gehoor.core.dossier.events import told
from gehoor.core.wording.registry import DUTCH
from gehoor.services.dossiers.viewing import OpenedDossier

_STATUS = {
    TermStatus.RUNNING: "loopt",
    TermStatus.REMINDER: "loopt bijna af",
    TermStatus.TODAY: "moet vandaag",
    TermStatus.LATE: "te laat",
    TermStatus.ON_TIME: "op tijd gedaan",
    TermStatus.LATE_DONE: "te laat gedaan",
    TermStatus.SUSPENDED: "staat stil",
    TermStatus.NOT_NEEDED: "niet nodig",
}


def dossier_lines(seen: OpenedDossier) -> Iterator[str]:
    """Say how a dossier stands, line by line."""
    agreement, zone = seen.agreement, ZoneInfo(seen.agreement.time_zone)
    yield f"{seen.dossier.number}  {agreement.department_name}, {agreement.organisation_name}"
    if seen.decision.closed:
        yield "Dit dossier is afgesloten."
    if seen.decision.flags:
        yield f"Gemarkeerd: {', '.join(flag.because for flag in seen.decision.flags)}"
    if assigned := seen.decision.assigned:
        yield f"Behandelt dit dossier: {_role(agreement, assigned.role)}. {_because(assigned.reason)}"
    yield from _values(seen)
    yield from _heading("Mijlpalen")
    for milestone in seen.decision.milestones.values():
        yield f"  {milestone.milestone.name}: {_moment(milestone.at, zone) if milestone.at else 'nog niet'}"
    yield from _heading("Termijnen")
    for term in seen.decision.terms.values():
        yield from _term(agreement, term, zone)
    yield from _duties(seen, zone)
    yield from _next_steps(seen)
    if seen.decision.warnings:
        yield from _heading("Let op")
        yield from (f"  {_because(reason)}" for reason in seen.decision.warnings)
    yield from _heading("Wat er gebeurde")
    for event in told(seen.events):
        text = DUTCH.events.text(seen.under[event.agreement], event)
        yield f"  {DUTCH.formats.instant(event.at.astimezone(zone))}, {actor_said(event.actor)}: {text.what}"
        for label, value in text.details:
            lines = value.replace("\n", "\n      ")
            yield f"    {label}: {lines}"


def _values(seen: OpenedDossier) -> Iterator[str]:
    for name, state in seen.decision.phases.items():
        answered = [
            (of, seen.decision.values[of.id])
            for of in seen.agreement.dossier_form.fields.values()
            if of.phase == name and of.id in seen.decision.values
        ]
        if answered:
            yield from _heading(state.phase.name)
            for of, value in answered:
                shown = of.type.show(value, of, DUTCH.formats).replace("\n", "\n    ")
                yield f"  {of.label}: {shown}"
                if of.id in seen.decision.derived:
                    yield f"    Volgt uit: {_because(seen.decision.derived[of.id])}"


def _term(agreement: Agreement, state: TermState, zone: ZoneInfo) -> Iterator[str]:
    when = state.due
    due = f", uiterlijk {_moment(when.due, zone)}" if when and when.due else ""
    if when is None and state.status is TermStatus.RUNNING and not state.faulty:
        yield f"  {state.name}: begint bij \u201c{DUTCH.derivation.starts_at(agreement, state.term)}\u201d"
        return
    yield f"  {state.name}: {_STATUS[state.status]}{due}"
    if state.faulty:
        yield "    Met de startdatum kunnen wij niet rekenen. Kijk het jaar na."
    if when is not None:
        # The last step only repeats the due date.
        for said in DUTCH.derivation.sentences(when.steps[:-1], DUTCH.derivation.begun_at(agreement, state)):
            yield f"    {said}"
        yield f"    Bron: {'; '.join(part for part in (state.term.source, state.term.place) if part)}"


def _duties(seen: OpenedDossier, zone: ZoneInfo) -> Iterator[str]:
    """Say which duties there are, and how each was settled. What still has a term stands with the terms too."""
    if seen.decision.duties:
        yield from _heading("Plichten")
    for state in seen.decision.duties:
        how = "nog te doen"
        if state.settled:
            word = "vervalt" if state.settled.waived else "gedaan"
            how = f"{word} op {_moment(state.settled.at, zone)}, {state.settled.by}"
        yield f"  {state.owed.duty.name} ({_role(seen.agreement, state.responsible)}): {how}"
        if state.settled and state.settled.why:
            yield f"    {state.settled.why}"


def _role(agreement: Agreement, role: str) -> str:
    known = agreement.roles.get(role)
    return known.name if known else role


def _next_steps(seen: OpenedDossier) -> Iterator[str]:
    for state in seen.decision.milestones.values():
        if not state.reached and state.hindered:
            yield from _heading(f"Nodig voor \u201c{state.milestone.name}\u201d")
            yield from _missing(seen.agreement, state)


def _missing(agreement: Agreement, state: MilestoneState) -> Iterator[str]:
    for earlier in state.earlier:
        yield from _missing(agreement, earlier)
    for requirement in state.missing:
        why = f": {_because(requirement.reason)}" if requirement.reason else ""
        yield f"  {agreement.dossier_form.fields[requirement.field].label}{why}"
    for duty in state.owed:
        yield f"  Eerst te doen: {duty.owed.duty.name}. {_because(duty.reason)}"
    for approval in state.unapproved:
        yield f"  Goedkeuring door {_role(agreement, approval.role)}: {_because(approval.reason)}"
    for reason in state.blocks:
        yield f"  Dit kan nog niet: {_because(reason)}"
    for running in state.running:
        yield f"  Loopt nog: {running.name}"


def _because(reason: Reason) -> str:
    sources = "; ".join(part for part in (reason.basis, reason.source) if part)
    return f"{reason.because} ({sources})" if sources else reason.because


def _heading(text: str) -> Iterator[str]:
    yield ""
    yield text


def _moment(moment: date | datetime, zone: ZoneInfo) -> str:
    return (
        DUTCH.formats.instant(moment.astimezone(zone))
        if isinstance(moment, datetime)
        else DUTCH.formats.day(moment)
    )
