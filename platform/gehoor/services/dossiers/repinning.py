"""Version migration (repinning): a running dossier moves, with a reason, to another agreement of its department."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.access.confidentiality import MEANING, as_strict, level_of
from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.lateness import hidden_data
from gehoor.core.decision.model import Decision, TermState
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.objections.objections import Objection, first_per_field
from gehoor.services.access.authorisation import Actor
from gehoor.services.access.confidentiality import kept_from
from gehoor.services.agreements.comparison import Comparison, compare, published
from gehoor.services.projection.match_keeping import remember
from gehoor.services.projection.register_lookup import looked_up
from gehoor.services.recording.answers import RefusedError, read_answers
from gehoor.services.recording.changing import Case, Change, changing, open_case
from gehoor.services.recording.recording import Outcome, consequences, seal_all
from gehoor.services.register.register import Register, VersionConflictError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.validity import local_day, valid_from


@dataclass(frozen=True)
class Repinning:
    """What someone wants: the dossier, the beginning of the hash of the other agreement, and why.

    ``version`` is the dossier as they saw it; None when they did not look. ``opens_for``: the accounts for which it may
    exist from then on, and did not; and its level, where that lets more people in than before.
    """

    dossier: str
    to: str
    reason: str
    actor: Actor
    version: int | None = None
    opens_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DueChange:
    """A term that is due on another day or instant, that comes (``before`` is None) or that goes."""

    term: str
    name: str
    before: date | datetime | None
    after: date | datetime | None
    late: bool
    """Whether it is late under the other agreement, now."""
    was_late: bool = False
    """Whether it is late, or was done late, under the one that it leaves, and would no longer be."""


@dataclass(frozen=True)
class Repinned:
    """What repinning changes. ``dossier`` is as it is afterwards."""

    dossier: Dossier
    before: Agreement
    after: Agreement
    comparison: Comparison
    dues: tuple[DueChange, ...]
    hidden: tuple[str, ...]
    """The labels of answers that stay, and that no page shows under the other agreement."""


def rehearse_repin(runtime: Runtime, wanted: Repinning, now: datetime) -> Repinned:
    """Say what repinning would change; nothing is written. Raises what ``repin`` raises."""
    with reading(runtime.store) as register:
        case = open_case(runtime, register, wanted.dossier, wanted.actor, None, now)
        outcome, result = _move(case, wanted)
        came = (case.dossier, case.actor_name)
        recorded = consequences(runtime, case.register, case.staff, outcome, came=came)
        return replace(result, dossier=seal_all(case.dossier, recorded, case.actor_name, case.agreement)[1])


def repin(runtime: Runtime, wanted: Repinning, now: datetime) -> Repinned:
    """Move a dossier to another agreement. What was flagged, reminded or told stays so, and is not done again.

    Raises ``RefusedError`` with every reason why it cannot be, ``UnclearHashError``, ``VersionConflictError``, and as
    ``changing`` does; nothing is changed then.
    """
    results: list[Repinned] = []

    def change(case: Case) -> Change:
        outcome, result = _move(case, wanted)
        results.append(result)

        def find_again(register: Register) -> None:
            remember(
                register,
                outcome.agreement,
                case.dossier.values,
                outcome.dossier,
                now,
                was_under=case.agreement,
            )

        return Change(outcome, also=(find_again,))

    after = changing(runtime, wanted.dossier, wanted.actor, None, now, change)
    return replace(results[-1], dossier=after)


def _move(case: Case, wanted: Repinning) -> tuple[Outcome, Repinned]:
    runtime, register, dossier, now = case.runtime, case.register, case.dossier, case.now
    if wanted.version is not None and wanted.version != dossier.version:
        raise VersionConflictError(dossier.id)
    before, was = case.agreement, case.decision
    after = published(register, runtime.library, wanted.to)
    if refused := list(_refusals(register, was, (before, after), wanted, now)):
        raise RefusedError(refused)
    if refused := [*_answers(after, dossier), *_adjustments(after, dossier)]:
        raise RefusedError(refused)
    data: dict[str, Any] = {"from": before.hash, "to": after.hash, "reason": wanted.reason.strip()}
    data |= looked_up(register, after, dossier, dossier.values, now)
    # It happens under what held until now; everything after it happens under the other agreement.
    outcome = case.outcome(NewEvent(EventKind.REPINNED, data), moved_to=after)
    hidden = case.hidden_lateness(outcome)
    if hidden:
        data |= {"hidden": hidden_data(hidden)}
        outcome = case.outcome(NewEvent(EventKind.REPINNED, data), moved_to=after)
    if outcome.decision.closed:
        raise RefusedError([Objection("", "repin-would-close")])
    if refused := list(_opens(case, outcome, wanted)):
        raise RefusedError(refused)
    result = Repinned(
        dossier=outcome.dossier,
        before=before,
        after=after,
        comparison=compare(before, after),
        dues=tuple(_due_changes(was, outcome.decision, {one.term for one in hidden})),
        hidden=tuple(_hidden(after, outcome.dossier, (was, outcome.decision))),
    )
    return outcome, result


def _opens(case: Case, outcome: Outcome, wanted: Repinning) -> Iterator[Objection]:
    """Object where the dossier would exist for somebody for whom it does not: never for whom it is about, and for
    others where whoever moves it says so of each."""
    before, after, staff = case.agreement, outcome.agreement, case.staff
    conflicts = excluded_from(after, outcome.dossier.values, staff.same_person)
    if case.excluded - conflicts:
        yield Objection("", "repin-unprotected")
        return
    hidden = kept_from(after, outcome.dossier, outcome.decision, conflicts, staff)
    opens = sorted(case.hidden_from - hidden - set(wanted.opens_for))
    level = str(case.decision.values.get(before.field_for(MEANING), ""))
    is_strict = as_strict(level_of(after, outcome.decision), level_of(before, case.decision))
    if not is_strict and level not in wanted.opens_for:
        opens.append(level)
    if opens:
        yield Objection("", "repin-opens", {"parties": tuple(opens)})


def _refusals(
    register: Register,
    was: Decision,
    agreements: tuple[Agreement, Agreement],
    wanted: Repinning,
    now: datetime,
) -> Iterator[Objection]:
    before, after = agreements
    if not wanted.reason.strip():
        yield Objection("", "reason-needed")
    if was.closed:
        yield Objection("", "repin-closed")
    if (after.organisation, after.department) != (before.organisation, before.department):
        yield Objection("", "repin-elsewhere", {"department": f"{after.organisation}/{after.department}"})
    elif after.hash == before.hash:
        yield Objection("", "repin-same")
    else:
        days = [
            valid_from(one)
            for one in register.publications(after.organisation, after.department)
            if one.agreement == after.hash
        ]
        if min(days) > local_day(now, after.time_zone):
            yield Objection("", "repin-not-yet", {"day": min(days)})


def _answers(after: Agreement, dossier: Dossier) -> Sequence[Objection]:
    """Every answer must be one that the other agreement's dossier form has and accepts as it is."""
    form = after.dossier_form
    read = read_answers(form, dossier.values, ZoneInfo(after.time_zone))
    gone = [Objection(name, "repin-no-field") for name in dossier.values if name not in form.fields]
    refused = [objection for objection in read.objections if objection.field in form.fields]
    # What would have to be written differently is another answer.
    other = [
        Objection(name, "repin-answer")
        for name, value in dossier.values.items()
        if name in form.fields and read.values.get(name) != value
    ]
    return first_per_field([*gone, *refused, *other])


def _adjustments(after: Agreement, dossier: Dossier) -> Iterator[Objection]:
    """What was done to a term must be possible under the other agreement, where that has the term."""
    for name, term in after.terms.items():
        if name in dossier.suspensions and term.suspending is None:
            yield Objection("", "repin-suspended", {"term": term.name})
        if name in dossier.extensions and term.extending is None:
            yield Objection("", "repin-extended", {"term": term.name})


def _due_changes(was: Decision, will_be: Decision, hidden: Collection[str]) -> Iterator[DueChange]:
    for name in {**will_be.terms, **was.terms}:
        old, new = was.terms.get(name), will_be.terms.get(name)
        before, after = _due(old), _due(new)
        state = new or old
        if (before != after or name in hidden) and state is not None:
            late = new is not None and new.status is TermStatus.LATE
            yield DueChange(name, state.name, before, after, late, name in hidden)


def _due(state: TermState | None) -> date | datetime | None:
    return state.due.due if state and state.due else None


def _hidden(after: Agreement, dossier: Dossier, decisions: tuple[Decision, Decision]) -> Iterator[str]:
    was, will_be = decisions
    for name in dossier.values:
        if was.fields[name].visible and not will_be.fields[name].visible:
            yield after.dossier_form.fields[name].label
