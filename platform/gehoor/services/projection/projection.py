"""The projection of dossiers: the summaries and words that lists and search read, made after a save and before a read.

A save keeps the event and notes the dossier as pending; nobody waits for the rest. Whoever reads lists first has all
that is pending worked out, so that what somebody saved is in what they see next.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

from gehoor.core.conditions.engine import RuleEngineError
from gehoor.core.decision.decide import decide
from gehoor.core.dossier.events import BrokenChainError, parse_instant
from gehoor.services.access.confidentiality import clearance_for
from gehoor.services.ports.records import Pending
from gehoor.services.ports.store import DamagedError, RefusedRowError
from gehoor.services.projection.search_index import keep_words
from gehoor.services.projection.summary import summarise
from gehoor.services.projection.tasks import keep_tasks
from gehoor.services.register.pending import Decided
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime

_BATCH: Final = 200
"""How many dossiers share one transaction."""
UNDECIDABLE: Final = (
    RuleEngineError, LookupError, ValueError, TypeError, ArithmeticError, BrokenChainError, DamagedError
)  # fmt: skip
"""What keeps one dossier from being decided on, and must not keep the others."""
UNWRITABLE: Final = (*UNDECIDABLE, RefusedRowError, RecursionError)
"""What keeps one dossier from being written: the store refuses what is kept of it, for whatever reason."""
_LOG: Final = logging.getLogger(__name__)


@contextmanager
def reading_projection(runtime: Runtime) -> Iterator[Register]:
    """Open the register at one consistent moment, for lists and search: with all that was saved before worked out."""
    project_pending(runtime)
    with reading(runtime.store) as register:
        yield register


def project_pending(runtime: Runtime, *, stuck_too: bool = False) -> None:
    """Work out the summaries and words of all dossiers that were saved since it was last done. ``stuck_too``: also of
    those that this process tried in vain; that is for who has the time, as nobody can say when it will do."""
    stuck = set[str]() if stuck_too else set(runtime.pending.stuck())
    more = True
    while more:
        with reading(runtime.store) as register:
            if not register.pending(1, stuck):
                break
        try:
            with writing(runtime.store) as register:
                more = project(runtime, register, stuck)
        except UNWRITABLE:
            # One of them cannot be written, and nothing says which: each by itself.
            _one_by_one(runtime, stuck)
    runtime.pending.keep_stuck(stuck)


def _one_by_one(runtime: Runtime, stuck: set[str]) -> None:
    with reading(runtime.store) as register:
        waiting = [one.dossier for one in register.pending(_BATCH, stuck)]
    for dossier in waiting:
        try:
            with writing(runtime.store) as register:
                # Somebody else may have saved in it since, or worked it out.
                now = [one for one in register.pending(without=stuck) if one.dossier == dossier]
                _project_each(runtime, register, now, stuck)
        except UNWRITABLE as error:
            # What was answered may stand in what the error says.
            _LOG.error("What lists keep of dossier %s cannot be written: %s", dossier, type(error).__name__)
            stuck.add(dossier)


def project(runtime: Runtime, register: Register, stuck: set[str]) -> bool:
    """Work out what was saved, a number of dossiers at most, in a transaction that is open; says whether there is more.

    What cannot be worked out stays pending, and is added to ``stuck``: those are left alone. Raises what is in
    ``UNWRITABLE`` where one of them cannot be written: then nothing of this transaction is to stay.
    """
    waiting = register.pending(_BATCH, stuck)
    _project_each(runtime, register, waiting, stuck)
    return len(waiting) == _BATCH


def _project_each(runtime: Runtime, register: Register, waiting: Iterable[Pending], stuck: set[str]) -> None:
    decided = [(one, _decided(runtime, register, one)) for one in waiting]
    stuck.update(one.dossier for one, found in decided if found is None)
    # Search gives the last added first: what was saved in one instant is added by number.
    decided.sort(key=lambda pair: (pair[0].saved_at, pair[1].dossier.number if pair[1] else ""))
    done = [(one, found) for one, found in decided if found is not None]
    for one, found in done:
        try:
            _project(runtime, register, one, found)
        except DamagedError:
            # What was kept of it before is damaged or gone: it waits for ``gehoor repair``, which says what is lost, or
            # for a copy, and keeps nobody else waiting.
            stuck.add(one.dossier)
            continue
        register.drop_pending(one.dossier)


def _decided(runtime: Runtime, register: Register, pending: Pending) -> Decided | None:
    """Return what was decided on a save; None when it cannot be now: the dossier stays pending, and is tried again when
    something is saved in it, and by the next sweep."""
    try:
        return runtime.pending.take(pending.dossier, pending.version) or _decide(runtime, register, pending)
    except UNDECIDABLE:
        return None


def _project(runtime: Runtime, register: Register, pending: Pending, decided: Decided) -> None:
    before = register.summary(pending.dossier)
    # The code that it was opened with is known from then on: what waits in the register vouches for nothing. Of one
    # that was given later its event does; one that was sent on has the code of the dossier that it came from.
    code_hash = before.code_hash if before else pending.code_hash
    agreement, dossier, decision = decided.agreement, decided.dossier, decided.decision
    # Was it listed before, then its words are there: a code that waits now is not the one that was given.
    if before is None and dossier.has_first_code and (not code_hash or _was_listed(register, dossier.id)):
        raise DamagedError(f"dossiers {dossier.id} is gone, and with it its code", "dossiers", dossier.id)
    staff = runtime.staff.of(register, decision.at)
    register.save_summary(summarise(agreement, dossier, decision, code_hash, staff))
    register.save_clearance(dossier.id, clearance_for(agreement, dossier, decision, staff))
    keep_tasks(register, agreement, dossier, decision)
    keep_words(register, staff.in_forms(agreement), dossier, decision, is_new=before is None)


def _was_listed(register: Register, dossier: str) -> bool:
    return register.tables.count("texts", where={"dossier": dossier}) > 0


def _decide(runtime: Runtime, register: Register, pending: Pending) -> Decided:
    dossier = register.dossier(pending.dossier)
    register.refuse_shortened(dossier)
    agreement = runtime.library.agreement(register, dossier.agreement)
    return Decided(
        agreement, dossier, decide(agreement, dossier, parse_instant(pending.saved_at), runtime.engine)
    )
