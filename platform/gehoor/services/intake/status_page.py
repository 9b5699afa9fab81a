"""What someone outside may know of their own dossier: its number, how far it is, and what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.belonging import Withdrawing
from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.relative_dates import TODAY
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import PhaseState, TermState
from gehoor.core.decision.term_course import standing_since
from gehoor.core.dossier.conversation import Written
from gehoor.core.dossier.events import BrokenChainError
from gehoor.core.dossier.letters import SentLetter
from gehoor.core.dossier.match_keys import tell_one_person
from gehoor.core.forms.fields import StoredValue
from gehoor.services.dossiers.viewing import OpenedDossier, look
from gehoor.services.ports.store import DamagedError
from gehoor.services.recording.follow_up_codes import code_hash
from gehoor.services.register.register import Register, UnknownDossierError
from gehoor.services.register.runtime import Runtime

_LONGEST: Final = 2000
"""How many signs a reason to withdraw may have, where its field does not say."""


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a dossier goes on. ``merged``: with one that somebody told too; else it was sent on to the department with
    this name. ``number``: only where the other is theirs as well, whose letters and messages they read then."""

    merged: bool
    department: str
    number: str = ""


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
    onward: Onward | None = None
    """Where it goes on, when it does so in another dossier: how far that is, is how far this is."""
    withdrawing: Withdrawing | None = None
    """What people read before they withdraw it, and after; None where they cannot here."""
    withdrawn: bool = False
    longest_reason: int = _LONGEST
    """How many signs may say why."""

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
    chain = _chain(runtime, opened, now)
    last, theirs = chain[-1].opened, [one.opened for one in chain if one.theirs]
    agreement, decision = last.agreement, last.decision
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
        if state.term.public and (since := standing_since(last.dossier, state))
    ]
    conversation = sorted((one for of in theirs for one in of.dossier.conversation), key=lambda one: one.at)
    letters = sorted(
        (one for of in theirs for one in of.dossier.letters), key=lambda one: one.at, reverse=True
    )
    own = theirs[-1]
    withdrawing = own.agreement.belonging.withdrawing
    withdrawn = is_withdrawn(own.agreement, own.dossier.values)
    return Seen(
        number=opened.dossier.number,
        received=str(opened.dossier.values.get(opened.agreement.field_for("received-on"), "")),
        agreement=agreement,
        phases=tuple(state for state in decision.phases.values() if state.applies),
        coming=tuple(sorted(coming, key=lambda pair: str(pair[1]))),
        standing=tuple(standing),
        closed=decision.closed,
        has_code=opened.dossier.has_code,
        conversation=tuple(conversation),
        letters=tuple(letters),
        onward=_onward(chain),
        withdrawing=withdrawing if withdrawn or not own.decision.closed else None,
        withdrawn=withdrawn,
        longest_reason=longest_reason(own.agreement),
    )


def longest_reason(agreement: Agreement) -> int:
    """Return how many signs may say why somebody withdraws: what may stand where that is kept."""
    withdrawing = agreement.belonging.withdrawing
    of = agreement.dossier_form.fields.get(withdrawing.reason_in) if withdrawing else None
    return int(of.schema.get("maxLength", _LONGEST)) if of else _LONGEST


def is_withdrawn(agreement: Agreement, values: Mapping[str, StoredValue]) -> bool:
    """Say whether what withdrawing fills in on its day is there."""
    withdrawing = agreement.belonging.withdrawing
    days = [name for name, value in withdrawing.fills.items() if value == TODAY] if withdrawing else []
    return bool(days) and all(name in values for name in days)


def written_to(runtime: Runtime, dossier_id: str, now: datetime) -> str:
    """Return the dossier in which whoever has the code of this one writes: the last that is theirs and can be written
    in."""
    chain = _chain(runtime, look(runtime, dossier_id, now), now)
    return [one.opened for one in chain if one.theirs and one.opened.dossier.has_code][-1].dossier.id


def withdrawn_in(runtime: Runtime, dossier_id: str, now: datetime) -> str:
    """Return the dossier that whoever has the code of this one withdraws: the last that is theirs."""
    chain = _chain(runtime, look(runtime, dossier_id, now), now)
    return [one.opened for one in chain if one.theirs][-1].dossier.id


@dataclass(frozen=True)
class _Step:
    """A dossier in which another goes on. ``theirs``: whether it was told by the same person, for certain."""

    opened: OpenedDossier
    theirs: bool


def _chain(runtime: Runtime, opened: OpenedDossier, now: datetime) -> list[_Step]:
    """Return a dossier and those in which it goes on, as far as that can be found."""
    chain, gone_through = [_Step(opened, theirs=True)], {opened.dossier.id, ""}
    while (onward := chain[-1].opened.dossier.relations.goes_on_in) not in gone_through:
        gone_through.add(onward)
        try:
            following = look(runtime, onward, now)
        except (UnknownDossierError, DamagedError, BrokenChainError):
            break
        chain.append(_Step(following, chain[-1].theirs and _same_teller(chain[-1].opened, following)))
    return chain


def _same_teller(one: OpenedDossier, following: OpenedDossier) -> bool:
    """Say whether a dossier that another goes on in is of the same person: as it was sent on, or as staff said so and
    what both hold still bears it out. What one person was told, another never reads."""
    merged = one.dossier.relations.merged
    if merged is None:
        return True
    return merged.same_person and tell_one_person(one.agreement, one.dossier.values, following.dossier.values)


def _onward(chain: list[_Step]) -> Onward | None:
    if len(chain) == 1:
        return None
    last = chain[-1]
    merged = any(one.opened.dossier.relations.merged for one in chain[:-1])
    return Onward(
        merged, last.opened.agreement.department_name, last.opened.dossier.number if last.theirs else ""
    )


def dossier_of_code(register: Register, code: str) -> str | None:
    """Return the dossier that a follow-up code opens, or None: wrong and unknown are the same answer."""
    summary = register.by_code(code_hash(code))
    return summary.id if summary else None
