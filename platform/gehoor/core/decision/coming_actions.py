"""Coming actions: what terms will call for at later moments, known beforehand for as long as only time passes.

Deciding says what holds now. What a running term calls for next follows from when it is due and from its agreement
alone, unless a rule asks whether a term is late or lets a role stand in for another. The outlook of a dossier tells all
of it to people, done or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.due_actions import due_action, has_fired
from gehoor.core.decision.model import Decision, DueAction, Moment, TermState
from gehoor.core.decision.moments import moments_until
from gehoor.core.dossier.dossier import Dossier


@dataclass(frozen=True, slots=True)
class RunningTerm:
    """A term that runs: ``due`` is the day or instant as ISO text, ``too_late_at`` a UTC instant, ``responsible`` the
    role that has it here, and ``ahead`` the places, among its moments, of those that are still to come."""

    term: str
    occurrence: int | str
    due: str
    too_late_at: datetime
    responsible: str
    ahead: tuple[int, ...]
    row: int = 0
    named: tuple[str, ...] = ()
    """The accounts that have its task."""

    @property
    def course(self) -> dict[str, Any]:
        """Return what is kept of it with what it calls for, as ``TermState`` does."""
        told: dict[str, Any] = {"occurrence": self.occurrence, "due": self.due}
        if self.row:
            told["row"] = self.row
        return {**told, "named": list(self.named)} if self.named else told


@dataclass(frozen=True, slots=True)
class ComingActions:
    """What has come by a moment, in the order in which it came, and the terms with what is still ahead of them then.

    ``missed``: how many terms became late; ``next_at`` is the next instant (UTC) at which something is called for.
    """

    due_actions: tuple[DueAction, ...]
    terms: tuple[RunningTerm, ...]
    missed: int
    next_at: datetime | None


def are_foreseen(decision: Decision) -> bool:
    """Say whether what will be called for next follows from the running terms: nothing is called for now, nobody stands
    in for anybody, no term is about to run on by itself, and none was said to be done on a later moment than now."""
    return not (
        decision.due_actions
        or decision.stand_ins
        or any(
            state.resumes_at is not None
            or (state.completed_at is not None and state.completed_at > decision.at)
            for state in decision.terms.values()
        )
    )


def still_ahead(state: TermState, dossier: Dossier, now: datetime) -> tuple[int, ...]:
    """Return the places of the moments of a term that are to come after ``now``, and call for what was not done yet."""
    return tuple(
        place
        for place, moment in enumerate(state.moments)
        if moment.at > now and not has_fired(dossier, moment, state)
    )


def coming_actions(agreement: Agreement, terms: Sequence[RunningTerm], now: datetime) -> ComingActions | None:
    """Return what has come by ``now`` of what was ahead; None when it has to be decided on, because a rule does
    something once a term is late that is.

    ``terms``: those of a dossier about which ``are_foreseen`` said yes when it was last decided on.
    """
    if any(term.too_late_at <= now and term.term in agreement.tell_once_late for term in terms):
        return None
    came: list[tuple[Moment, RunningTerm]] = []
    left: list[RunningTerm] = []
    coming: list[datetime] = []
    for term in terms:
        moments = moments_until(agreement.terms[term.term], term.due) if term.ahead else ()
        ahead = tuple(place for place in term.ahead if moments[place].at > now)
        coming += [moments[place].at for place in ahead]
        # Once it is too late, a reminder that was missed says nothing any more.
        came += [
            (moments[place], term)
            for place in term.ahead
            if place not in ahead and (moments[place].level or term.too_late_at > now)
        ]
        left.append(term if ahead == term.ahead else replace(term, ahead=ahead))
    # At one instant in the order of the agreement, as when it is decided on; ``terms`` may come in any order.
    places = {name: place for place, name in enumerate(agreement.terms)} if len(came) > 1 else {}
    came.sort(key=lambda pair: (pair[0].at, places.get(pair[1].term, 0)))
    return ComingActions(
        tuple(
            due_action(
                moment,
                agreement.terms[term.term],
                term.course,
                term.responsible,
                {},
            )
            for moment, term in came
        ),
        tuple(left),
        sum(moment.level == 1 for moment, _ in came),
        min(coming, default=None),
    )


@dataclass(frozen=True, slots=True)
class Expected:
    """What a term calls for at an instant (UTC). ``done``: it was, for this due day."""

    at: datetime
    due_action: DueAction
    done: bool


@dataclass(frozen=True, slots=True)
class TermOutlook:
    """A term as it stands, and what it calls for, the first first."""

    state: TermState
    expected: tuple[Expected, ...]


def outlook(dossier: Dossier, decision: Decision) -> tuple[TermOutlook, ...]:
    """Return the terms that run or ran, with what they call for; those that have not started call for nothing yet."""
    return tuple(TermOutlook(state, _expected(dossier, decision, state)) for state in decision.terms.values())


def _expected(dossier: Dossier, decision: Decision, state: TermState) -> tuple[Expected, ...]:
    stand_ins = None if state.completed_at else decision.stand_ins
    return tuple(
        Expected(
            moment.at,
            due_action(moment, state.term, state.course, state.responsible, stand_ins),
            has_fired(dossier, moment, state),
        )
        for moment in sorted(state.moments, key=lambda one: one.at)
    )
