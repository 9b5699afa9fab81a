"""What someone outside may know of their own dossier: its number, how far it is, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.access.told_outside import (
    coming_terms,
    is_answered,
    is_withdrawn,
    past_milestones,
    told_phases,
)
from gehoor.core.agreement.belonging import Withdrawing
from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import PhaseState, TermState
from gehoor.core.decision.term_course import standing_since
from gehoor.core.dossier.conversation import Written
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import BrokenChainError
from gehoor.core.dossier.letters import SentLetter
from gehoor.core.dossier.match_keys import tell_one_person
from gehoor.core.dossier.promises import Made, promises_in
from gehoor.core.dossier.relations import Relations
from gehoor.core.letters.model import Way
from gehoor.core.wording.registry import sentences_in, sentences_of
from gehoor.services.dossiers.viewing import OpenedDossier, look
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.follow_up_codes import code_hash
from gehoor.services.register.register import Register, UnknownDossierError
from gehoor.services.register.runtime import Runtime

_LONGEST: Final = 2000
"""How many signs a reason to withdraw may have, where its field does not say."""


@dataclass(frozen=True, slots=True)
class Onward:
    """Where a dossier goes on: in the department of ``Seen.agreement``. ``merged``: with one that somebody told too;
    else it was sent on. ``number``: only where the other is theirs as well, whose letters and messages they read then.
    """

    merged: bool
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
    current: PhaseState | None = None
    """The phase that we are in, where people outside are told of it."""

    answered: bool = True
    """Whether the last letter that was agreed to come has gone, where any was, or the dossier is closed."""
    promises: tuple[Made, ...] = ()
    """What was promised and people outside are told of, once it was answered, and what became of each."""
    email_given: bool = False
    announced: bool = False
    """Whether an e-mail can say that there is something to read."""
    longest_reason: int = _LONGEST
    """How many signs may say why."""

    @property
    def is_late(self) -> bool:
        """Whether a day that people outside were told passed, and what was to happen did not."""
        return any(state.status is TermStatus.LATE for state, _due in self.coming)


def follow(runtime: Runtime, dossier_id: str, now: datetime, language: str = "") -> Seen:
    """Return how far a dossier is, with days as they are written in a language: that of the organisation where none is
    named. Raises ``UnknownDossierError``."""
    opened = look(runtime, dossier_id, now)
    chain = _chain(runtime, opened, now)
    last, theirs = chain[-1].opened, [one.opened for one in chain if one.theirs]
    agreement, decision = last.agreement, last.decision
    coming = [(state, state.due.due) for state in coming_terms(decision) if state.due and state.due.due]
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
    phases = told_phases(decision)
    answered = is_answered(agreement, decision)
    past = past_milestones(agreement, decision) if answered else frozenset()
    coming = [one for one in coming if one[0].term.until not in past]
    current = decision.phase_beside(past)
    own = theirs[-1]
    withdrawing = own.agreement.belonging.withdrawing
    withdrawn = is_withdrawn(own.agreement, own.dossier.values)
    return Seen(
        number=opened.dossier.number,
        received=str(opened.dossier.values.get(opened.agreement.field_for("received-on"), "")),
        agreement=agreement,
        phases=tuple(phases),
        current=current if current in phases else None,
        coming=tuple(sorted(coming, key=lambda pair: str(pair[1]))),
        standing=tuple(standing),
        closed=decision.closed,
        has_code=opened.dossier.has_code,
        conversation=tuple(conversation),
        letters=tuple(letters),
        onward=_onward(chain),
        withdrawing=withdrawing if withdrawn or not own.decision.closed else None,
        withdrawn=withdrawn,
        answered=answered,
        promises=tuple(_promises(last, language)) if answered and chain[-1].theirs else (),
        email_given=bool(opened.dossier.values.get(opened.agreement.field_for("complainant.email"))),
        announced=any(Way.EMAIL in one.ways for one in opened.agreement.correspondence.values()),
        longest_reason=longest_reason(own.agreement),
    )


def longest_reason(agreement: Agreement) -> int:
    """Return how many signs may say why somebody withdraws: what may stand where that is kept."""
    withdrawing = agreement.belonging.withdrawing
    of = agreement.dossier_form.fields.get(withdrawing.reason_in) if withdrawing else None
    return int(of.schema.get("maxLength", _LONGEST)) if of else _LONGEST


def _promises(opened: OpenedDossier, language: str) -> Iterator[Made]:
    """Give what was promised in lists of which whoever told it is to know. Why something was given up is not told."""
    formats = (sentences_in(language) if language else sentences_of(opened.agreement)).formats
    found = promises_in(opened.agreement, opened.decision.values, formats, followed=True)
    return (replace(one, label="", said="") for one in found)


@dataclass(frozen=True)
class Route:
    """Where what somebody sends with the code of a dossier goes, as far as that goes on elsewhere."""

    writes: str
    """In which they write: the last that is theirs and can be written in; an empty text where none can."""
    withdraws: str
    """Which they withdraw: the last that is theirs."""
    by: Mapping[str, tuple[Relations, str]]
    """By which dossiers that was found, with what each has to do with others, and the hash of its code."""

    def holds(self, register: Register) -> bool:
        """Say whether it goes so still."""
        try:
            return all(_turns_of(register.dossier(name)) == before for name, before in self.by.items())
        except (UnknownDossierError, DamagedError, BrokenChainError):
            return False


def route_of(runtime: Runtime, dossier_id: str, now: datetime) -> Route:
    """Return where what somebody sends with the code of a dossier goes now."""
    chain = _chain(runtime, look(runtime, dossier_id, now), now)
    theirs = [one.opened.dossier for one in chain if one.theirs]
    return Route(
        writes=next((one.id for one in reversed(theirs) if one.has_code), ""),
        withdraws=theirs[-1].id,
        by={one.opened.dossier.id: _turns_of(one.opened.dossier) for one in chain},
    )


def _turns_of(dossier: Dossier) -> tuple[Relations, str]:
    return dossier.relations, dossier.code_hash


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
        theirs = chain[-1].theirs and _same_teller(chain[-1].opened, following)
        if theirs and _has_own_code(following):
            break
        chain.append(_Step(following, theirs))
    return chain


def _has_own_code(opened: OpenedDossier) -> bool:
    """Say whether a dossier that was sent on has a code that took the place of the one of where it came from."""
    return bool(opened.dossier.code_hash) and opened.dossier.relations.came_from is not None


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
    return Onward(merged, last.opened.dossier.number if last.theirs else "")


def still_opens(runtime: Runtime, dossier_id: str, now: datetime) -> bool:
    """Say whether the code of a dossier opens it: no other took its place where that was sent on to."""
    last = _chain(runtime, look(runtime, dossier_id, now), now)[-1]
    onward = last.opened.dossier.relations.goes_on_in
    if not onward or not last.theirs:
        return True
    try:
        following = look(runtime, onward, now)
    except (UnknownDossierError, DamagedError, BrokenChainError):
        return True
    return not (_has_own_code(following) and _same_teller(last.opened, following))


def dossier_of_code(register: Register, code: str) -> str | None:
    """Return the dossier that a follow-up code opens, or None: wrong and unknown are the same answer."""
    summary = register.by_code(code_hash(code))
    return summary.id if summary else None
