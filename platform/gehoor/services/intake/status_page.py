"""What someone outside may know of their own dossier: its number, how far it is, and what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import PhaseState, TermState
from gehoor.core.decision.term_course import standing_since
from gehoor.core.dossier.conversation import Written
from gehoor.core.dossier.letters import SentLetter
from gehoor.services.dossiers.viewing import look
from gehoor.services.recording.follow_up_codes import code_hash
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True)
class Seen:
    """A dossier as seen from outside: no names, no judgement, of texts only what was written to and fro, and letters
    that were sent."""

    number: str
    received: str
    agreement: Agreement
    phases: tuple[PhaseState, ...]
    coming: tuple[tuple[TermState, date], ...]
    """The terms that people outside are told about and that still run, with their local due day."""
    standing: tuple[tuple[TermState, date, date | None], ...]
    """Those that somebody let stand still: since which local day, and until which, when that is known."""
    closed: bool
    has_code: bool
    conversation: tuple[Written, ...]
    letters: tuple[SentLetter, ...]
    """What was written to whoever told it, the last first. Of what went on paper only that it did."""

    @property
    def is_late(self) -> bool:
        """Whether a day that people outside were told passed, and what was to happen did not."""
        return any(state.status is TermStatus.LATE for state, _due in self.coming)

    @property
    def current(self) -> PhaseState | None:
        """The phase that we are in: the first that is open and not done."""
        return next((state for state in self.phases if state.open and not state.done), None)


def follow(runtime: Runtime, dossier_id: str, now: datetime) -> Seen:
    """Return how far a dossier is. Raises ``UnknownDossierError``."""
    opened = look(runtime, dossier_id, now)
    agreement, decision = opened.agreement, opened.decision
    coming = [
        (state, state.due.due)
        for state in decision.terms.values()
        if state.term.public and state.due and state.due.due and state.completed_at is None
        and state.status is not TermStatus.NOT_NEEDED
    ]  # fmt: skip
    zone = ZoneInfo(agreement.time_zone)
    standing = [
        (state, since, state.resumes_at.astimezone(zone).date() if state.resumes_at else None)
        for state in decision.terms.values()
        if state.term.public and (since := standing_since(opened.dossier, state))
    ]
    return Seen(
        number=opened.dossier.number,
        received=str(opened.dossier.values.get(agreement.field_for("received-on"), "")),
        agreement=agreement,
        phases=tuple(state for state in decision.phases.values() if state.applies),
        coming=tuple(sorted(coming, key=lambda pair: str(pair[1]))),
        standing=tuple(standing),
        closed=decision.closed,
        has_code=opened.dossier.has_code,
        conversation=opened.dossier.conversation,
        letters=tuple(reversed(opened.dossier.letters)),
    )


def dossier_of_code(register: Register, code: str) -> str | None:
    """Return the dossier that a follow-up code opens, or None: wrong and unknown are the same answer."""
    summary = register.by_code(code_hash(code))
    return summary.id if summary else None
