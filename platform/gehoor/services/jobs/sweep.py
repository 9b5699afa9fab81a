"""The sweep: everything that a moment calls for, done exactly once.

The register knows for each dossier the earliest instant at which something happens, so a sweep costs what the
dossiers that need attention cost, not what the register holds.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.coming_actions import ComingActions, coming_actions
from gehoor.core.decision.decide import decide
from gehoor.core.decision.late_answers import LateAnswers, late_answers
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.dossier.dossier import fold
from gehoor.core.dossier.events import Event, EventKind
from gehoor.services.access.confidentiality import asked_under, clearance_for, kept_from, kept_from_by
from gehoor.services.access.found_dossiers import unaware_of
from gehoor.services.access.task_access import may_have, may_have_by
from gehoor.services.dossiers.autosave import drop_old
from gehoor.services.dossiers.handing_back import hand_back
from gehoor.services.intake.unsent_forms import drop_expired
from gehoor.services.intake.visits import drop_ended
from gehoor.services.jobs.late_answering import Flagged, answered
from gehoor.services.jobs.recounting import recount
from gehoor.services.messages.notifications import Audience, messages_for
from gehoor.services.ports.attention import Attention
from gehoor.services.ports.documents import summary_document
from gehoor.services.ports.records import Message
from gehoor.services.ports.store import DamagedError, Document
from gehoor.services.projection.match_keeping import remember
from gehoor.services.projection.projection import UNDECIDABLE, UNWRITABLE, project, project_pending
from gehoor.services.projection.search_index import audiences_change, keep_words
from gehoor.services.projection.summary import summarise
from gehoor.services.projection.unlisted import NOT_LISTED, NOT_MADE, newly_unlisted
from gehoor.services.recording.attachments import drop_waiting
from gehoor.services.recording.hook_news import news_of_missed
from gehoor.services.recording.recording import SWEEPER, by_platform, keep, write
from gehoor.services.register.register import Register, VersionConflictError, reading, writing
from gehoor.services.register.repeats import drop_repeats
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

_BATCH = 100
"""How many dossiers share one transaction: large enough to share its cost, small enough not to keep others waiting."""


@dataclass(frozen=True, slots=True)
class MissedTerm:
    """A term that was found missed: level 1 the miss itself, higher levels its escalations."""

    dossier: str
    number: str
    deadline: str
    due: str
    level: int
    row: int | None = None
    """Of a term that runs for each row: the number of the row."""


@dataclass
class Swept:
    """What a sweep did. ``failed`` are dossiers that could not be decided; they are tried again next time."""

    missed: list[MissedTerm] = field(default_factory=list)
    reminders: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def sweep(
    runtime: Runtime,
    now: datetime,
    progress: Callable[[int], None] = lambda _: None,
    stop: Callable[[], bool] = lambda: False,
) -> Swept:
    """Do everything that is called for by ``now``, until that is done or ``stop`` says so between two steps; what is
    left is for the next sweep. ``progress`` hears how many dossiers were done.

    Several sweeps at once do no harm: what one has done, the next no longer finds.
    """
    result = Swept()
    drop_waiting(runtime, now)
    drop_expired(runtime, now)
    drop_ended(runtime, now)
    drop_old(runtime, now)
    drop_repeats(runtime, now)
    project_pending(runtime, stuck_too=True)
    # Roles also come and go with time, and with who else has them.
    hand_back(runtime, now)
    uncounted = recount(runtime, now, stop)
    with reading(runtime.store) as register:
        not_listed = dict.fromkeys(newly_unlisted(register, runtime.pending, now), NOT_LISTED)
        waits = {one.dossier for one in register.pending()} & runtime.pending.stuck()
        not_listed |= dict.fromkeys(sorted(waits), NOT_MADE)
    while not stop():
        with reading(runtime.store) as register:
            if len(register.attention_before(now, 1 + len(result.failed))) <= len(result.failed):
                break
        before = replace(result, missed=list(result.missed), failed=dict(result.failed))
        try:
            done = _round(runtime, now, result, _BATCH)
        except UNWRITABLE:
            # One of them cannot be written, and nothing says which: that one alone waits.
            result = before
            project_pending(runtime)
            done = _alone(runtime, now, result)
        progress(done)
    result.failed = {**uncounted, **not_listed, **result.failed}
    return result


def _round(runtime: Runtime, now: datetime, result: Swept, most: int) -> int:
    """Do what is called for first, of so many dossiers; returns of how many. Raises what is in ``UNWRITABLE``: then
    nothing was done."""
    with writing(runtime.store) as register:
        # Nobody else can write now: what was saved since is worked out, what another sweep did is no longer found.
        _project_all(runtime, register)
        batch = _called_for(register, now, result, most)
        _sweep_batch(runtime, register, batch, now, result)
    return len(batch)


def _called_for(register: Register, now: datetime, result: Swept, most: int) -> list[Attention]:
    found = register.attention_before(now, most + len(result.failed))
    return [summary for summary in found if summary.id not in result.failed]


def _alone(runtime: Runtime, now: datetime, result: Swept) -> int:
    """Do what is called for, each dossier by itself."""
    with reading(runtime.store) as register:
        waiting = len(_called_for(register, now, result, _BATCH))
    for _ in range(waiting):
        before = replace(result, missed=list(result.missed), failed=dict(result.failed))
        try:
            if not _round(runtime, now, result, 1):
                break
        except UNWRITABLE as error:
            result.missed, result.reminders, result.failed = before.missed, before.reminders, before.failed
            with reading(runtime.store) as register:
                for one in _called_for(register, now, result, 1)[:1]:
                    result.failed[one.id] = f"{type(error).__name__}: {error}"
    return waiting


@dataclass
class _Written:
    """What is to be written of a number of dossiers."""

    events: list[Event] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    summaries: list[tuple[Attention, Document]] = field(default_factory=list)
    answered: list[Callable[[], None]] = field(default_factory=list)
    """What gives the answers that were agreed for a term that is late."""


def _sweep_batch(
    runtime: Runtime, register: Register, batch: Sequence[Attention], now: datetime, result: Swept
) -> None:
    staff = runtime.staff.of(register, now)
    pending = {one.dossier for one in register.pending()}
    try:
        _sweep_all(runtime, register, (batch, staff), now, result, pending)
    except (VersionConflictError, DamagedError):
        # More happened to one of them than its summary says, or it cannot be written: nothing is taken for known.
        for one in batch:
            try:
                _sweep_all(runtime, register, ([one], staff), now, result, {one.id})
            except (VersionConflictError, DamagedError) as error:
                result.failed[one.id] = f"{type(error).__name__}: {error}"


def _sweep_all(
    runtime: Runtime,
    register: Register,
    known: tuple[Sequence[Attention], Staff],
    now: datetime,
    result: Swept,
    pending: Collection[str],
) -> None:
    """``known``: how lists show the dossiers, and everyone who may be told; ``pending``: those of which it has to be
    decided what is called for."""
    written, done = _Written(), []
    for before in known[0]:
        try:
            agreement = runtime.library.agreement(register, before.agreement)
            coming = None
            if before.last and before.id not in pending:
                coming = coming_actions(agreement, before.running_terms(), now)
            if before.clearance and not asked_under(register, runtime.library, before.clearance):
                # Nothing says any more who may be told: the dossier itself does.
                coming = None
            if coming is None:
                events = _decided(runtime, register, (before, known[1]), now, written)
            else:
                hidden = kept_from_by(register, runtime.library, known[1], before.clearance, before.excluded)
                may = may_have_by(register, runtime.library, known[1], before.id, before.excluded)
                events = _foreseen(
                    runtime,
                    agreement,
                    (before, Audience(known[1], hidden, before.excluded, may)),
                    coming,
                    now,
                    written,
                )
        except UNDECIDABLE as error:
            # One dossier that cannot be decided must not keep the others from being flagged.
            result.failed[before.id] = f"{type(error).__name__}: {error}"
            continue
        written.messages += news_of_missed(runtime, register, agreement, before, events)
        done.append((before, events))
    keep(register, written.events, written.messages)
    register.change_summaries(written.summaries)
    for give in written.answered:
        give()
    if written.answered:
        # What they bring may call for something at once.
        _project_all(runtime, register)
    for before, events in done:
        _count(before, events, result)


def _project_all(runtime: Runtime, register: Register) -> None:
    """Work out what was saved since, but for what this sweep tried in vain before."""
    stuck = set(runtime.pending.stuck())
    while project(runtime, register, stuck):
        pass


def _foreseen(
    runtime: Runtime,
    agreement: Agreement,
    known: tuple[Attention, Audience],
    coming: ComingActions,
    now: datetime,
    written: _Written,
) -> list[Event]:
    """Do what was known beforehand. ``known``: how lists show the dossier, and who may be told."""
    before, to = known
    assert before.last is not None
    events = by_platform(before.id, before.last, coming.due_actions, agreement, now)
    written.events += events
    written.messages += messages_for(runtime, agreement, before, coming.due_actions, to, now)
    written.summaries.append((before, before.after(coming, events)))
    return events


def _decided(
    runtime: Runtime, register: Register, known: tuple[Attention, Staff], now: datetime, written: _Written
) -> list[Event]:
    """Decide, and do what is called for. Raises what is in ``UNDECIDABLE``."""
    before, staff = known
    dossier = register.dossier(before.id)
    register.refuse_shortened(dossier)
    agreement = runtime.library.agreement(register, dossier.agreement)
    decision = decide(agreement, dossier, now, runtime.engine)
    called = decision.due_actions
    events = by_platform(dossier.id, (dossier.version, dossier.head), called, agreement, now)
    after = fold(events, dossier)
    excluded = excluded_from(agreement, dossier.values, staff.same_person)
    may = may_have(clearance_for(agreement, dossier, decision, staff), agreement, staff)
    to = Audience(staff, kept_from(agreement, dossier, decision, excluded, staff), excluded, may)
    written.events += events
    unaware = unaware_of(register, runtime.library, staff, (agreement, dossier, decision), runtime.engine)
    written.messages += messages_for(runtime, agreement, dossier, called, to, now, unaware)
    if given := [*late_answers(agreement, decision)]:
        flagged = Flagged(agreement, after, decision, (*register.events(dossier.id), *events))
        # What cannot be decided on must be found before anything is flagged; it is given once all that is written.
        answered(runtime, register, staff, flagged, given)
        written.answered.append(partial(_answer, runtime, register, staff, flagged, given))
    # What was called for is done; as far as the answers did not change, all else that was decided still holds. Where
    # they did, the summary is made anew.
    settled = replace(decision, due_actions=())
    summary = summarise(agreement, after, settled, before.code_hash, staff)
    written.summaries.append((before, summary_document(summary)))
    register.save_clearance(dossier.id, clearance_for(agreement, after, settled, staff))
    if audiences_change(agreement):
        keep_words(register, staff.in_forms(agreement), after, settled)
    return events


def _answer(
    runtime: Runtime, register: Register, staff: Staff, flagged: Flagged, given: Sequence[LateAnswers]
) -> None:
    """Fill in what was agreed, after the events by which the lateness was flagged."""
    recorded = answered(runtime, register, staff, flagged, given)
    write(register, flagged.dossier, recorded, SWEEPER, flagged.agreement)
    after = recorded.outcome.dossier
    remember(register, flagged.agreement, flagged.dossier.values, after, flagged.decision.at)


def _count(dossier: Attention, events: Iterable[Event], result: Swept) -> None:
    for event in events:
        if event.kind is EventKind.REMINDED:
            result.reminders += 1
        elif event.kind in (EventKind.DEADLINE_MISSED, EventKind.ESCALATED):
            data = event.data
            result.missed.append(
                MissedTerm(
                    dossier.id,
                    dossier.number,
                    data["term"],
                    data["due"],
                    int(data["level"]),
                    data.get("row"),
                )
            )
