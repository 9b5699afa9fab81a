"""Retention policy: the periods that count for a dossier, and what they come to for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import BrokenChainError, Event
from gehoor.core.retention.periods import Retention, retention_of
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.library import NothingPublishedError
from gehoor.services.register.register import Register, UnknownDossierError
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True)
class Judged:
    """A dossier with until when it is kept. ``rules``: the agreement whose periods count; ``own``: its own."""

    events: tuple[Event, ...]
    dossier: Dossier
    own: Agreement
    rules: Agreement
    decision: Decision
    retention: Retention
    goes_on: bool = False
    """Whether it goes on in a dossier that is open, as it was merged or sent on, and is kept as long as that is."""

    @property
    def is_stopped(self) -> bool:
        """Whether something keeps it for now: an answer, or that it goes on in another dossier."""
        return self.retention.hold is not None or self.goes_on

    @property
    def today(self) -> date:
        """The local day on which it was judged."""
        return self.decision.at.astimezone(ZoneInfo(self.rules.time_zone)).date()


def rules_for(runtime: Runtime, register: Register, own: Agreement, now: datetime) -> Agreement:
    """Return the agreement whose periods count: that of the department now; where that says nothing of retention, or is
    no more, the dossier's own. How long things are kept is no promise to whoever complained, but what the organisation
    answers for today."""
    try:
        current = runtime.library.in_force(register, own.organisation, own.department, now)
    except NothingPublishedError:
        return own
    return current if current.retention else own


def judge(runtime: Runtime, register: Register, dossier_id: str, now: datetime) -> Judged:
    """Work out until when a dossier is kept. Raises ``UnknownDossierError``, and what ``decide`` raises."""
    events = tuple(register.events(dossier_id))
    if not events:
        raise UnknownDossierError(dossier_id)
    dossier = fold(events)
    own = runtime.library.agreement(register, dossier.agreement)
    rules = rules_for(runtime, register, own, now)
    decision = decide(own, dossier, now, runtime.engine)
    retention = retention_of(rules, own, dossier, decision, runtime.engine)
    return Judged(events, dossier, own, rules, decision, retention, _goes_on(register, dossier))


def _goes_on(register: Register, dossier: Dossier) -> bool:
    """Say whether it goes on in a dossier that is open, however many it went through. What is damaged may be."""
    onward, gone_through = dossier.relations.goes_on_in, {dossier.id, ""}
    while onward not in gone_through:
        gone_through.add(onward)
        following = register.sound_summary(onward)
        if following is not None and not following.closed:
            return True
        try:
            onward = register.dossier(onward).relations.goes_on_in
        except UnknownDossierError:
            return False
        except (DamagedError, BrokenChainError):
            return True
    return False
