"""Retention survey: working out, for the dossiers that are closed, until when each is kept.

What was worked out is kept, and only done again for a dossier that changed or rules that did: a survey costs what is
new.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.dossier.events import instant_text
from gehoor.services.ports.records import RetentionRecord, Summary
from gehoor.services.projection.projection import UNDECIDABLE, reading_projection
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.policy import Judged, judge, rules_for
from gehoor.services.retention.records import (
    drop_record,
    lost_records,
    record_of,
    records_in,
    save_record,
    sound_record,
)

_BATCH: Final = 100
LOST: Final = "wat over het bewaren ervan beslist werd, is beschadigd of verdwenen (gehoor verify)"
"""Why a dossier is not worked out of which somebody may have said that it is held back."""
UNLISTED: Final = (
    "wat lijsten ervan tonen, is beschadigd of verdwenen (gehoor verify); "
    "wat over het bewaren ervan beslist werd, blijft"
)
"""Why a dossier is not worked out of which nobody can read whether it is still closed."""
_STATES: Final = ("kept", "held", "approved", "done")


@dataclass
class Surveyed:
    """How many dossiers were worked out, and which could not be and why."""

    done: int = 0
    failed: dict[str, str] = field(default_factory=dict)


def survey(runtime: Runtime, now: datetime, progress: Callable[[int], None] = lambda _: None) -> Surveyed:
    """Bring up to date until when every closed dossier is kept. ``progress`` hears how many were done."""
    result = Surveyed()
    with reading_projection(runtime) as register:
        closed = register.summaries(register.published_departments(), closed=True)
        records = {one.dossier: one for state in _STATES for one in records_in(register, state)}
        rules = _Rules(runtime, register, now)
        stale = [one.id for one in closed if _is_stale(records.get(one.id), one, rules)]
        lost = lost_records(register, [one for one in stale if one not in records])
        stale = [one for one in stale if one not in lost]
        result.failed = dict.fromkeys(sorted(lost), LOST)
        # Not in the list of what is closed may also be: in no list that can be read.
        absent = {name for name, one in records.items() if one.state != "done"} - {one.id for one in closed}
        lines = register.sound_summaries(absent)
        result.failed |= dict.fromkeys(sorted(absent - lines.keys()), UNLISTED)
        opened = [one for one in sorted(lines) if not lines[one].closed and not _is_set_aside(records[one])]
    for batch in _batches(stale):
        with reading(runtime.store) as register:
            judged = [_judged(runtime, register, dossier, now, result) for dossier in batch]
        with writing(runtime.store) as register:
            for one in judged:
                if one is not None:
                    _keep(register, one)
                    result.done += 1
        progress(len(batch))
    if opened:
        with writing(runtime.store) as register:
            for dossier in opened:
                _set_aside(register, dossier)
    return result


def worked_out(judged: Judged, before: RetentionRecord | None) -> RetentionRecord:
    """Return the record of a dossier as it was judged. What somebody decided about it stands while it is about the same
    dossier and the same period; that it is held back, until somebody lets it go."""
    dossier, decision, longest = judged.dossier, judged.decision, judged.retention.longest
    closed = [state.at for state in decision.milestones.values() if state.milestone.closes and state.at]
    made = RetentionRecord(
        dossier=dossier.id,
        organisation=dossier.organisation,
        department=dossier.department,
        number=dossier.number,
        kind=str(decision.values.get(judged.own.field_for("message-kind"), "")),
        received=str(decision.values.get(judged.own.field_for("received-on"), "")),
        closed_at=min(moment.isoformat() for moment in closed) if closed else "",
        version=dossier.version,
        agreement=judged.rules.hash,
        until=longest.until.isoformat() if longest else "",
        rule=longest.rule.id if longest else "",
        name=longest.rule.name if longest else "",
        selection_rule=longest.rule.selection_rule if longest else "",
        blocked=judged.is_stopped,
        came_in=_unanswered(judged, min(closed)) if closed else "",
        goes_on=judged.goes_on,
        related=bool(dossier.relations.named),
    )
    if before is None:
        return made
    same = (before.version, before.until, before.rule) == (made.version, made.until, made.rule)
    if before.state == "held" or (before.state == "approved" and same and not made.blocked):
        return replace(
            made, state=before.state, by=before.by, roles=before.roles, at=before.at, reason=before.reason
        )
    return made


def _unanswered(judged: Judged, closed: date) -> str:
    if not judged.dossier.unanswered:
        return ""
    at = judged.dossier.conversation[-1].at
    day = at.astimezone(ZoneInfo(judged.rules.time_zone)).date()
    return instant_text(at) if day >= closed else ""


@dataclass
class _Rules:
    """Which agreement's periods count, looked up once for each agreement that dossiers are under."""

    runtime: Runtime
    register: Register
    now: datetime
    known: dict[str, str] = field(default_factory=dict)

    def hash_for(self, agreement: str) -> str:
        """Return the hash of the agreement whose periods count for dossiers under this one."""
        if agreement not in self.known:
            own = self.runtime.library.agreement(self.register, agreement)
            self.known[agreement] = rules_for(self.runtime, self.register, own, self.now).hash
        return self.known[agreement]


def _is_stale(record: RetentionRecord | None, summary: Summary, rules: _Rules) -> bool:
    if record is None:
        return True
    if record.state == "done":
        return False
    if record.goes_on:
        # That ends by what happens in the other.
        return True
    try:
        return (record.version, record.agreement) != (summary.version, rules.hash_for(summary.agreement))
    except UNDECIDABLE:
        # Why is told where it is worked out.
        return True


def _judged(
    runtime: Runtime, register: Register, dossier: str, now: datetime, result: Surveyed
) -> Judged | None:
    try:
        return judge(runtime, register, dossier, now)
    except UNDECIDABLE as error:
        result.failed[dossier] = f"{type(error).__name__}: {error}"
        return None


def _keep(register: Register, judged: Judged) -> None:
    before = record_of(register, judged.dossier.id)
    if before is not None and before.state == "done":
        return
    if not judged.decision.closed or judged.dossier.frozen is not None:
        return
    save_record(register, worked_out(judged, before))


def _is_set_aside(record: RetentionRecord) -> bool:
    return record.state == "held" and not record.until


def _set_aside(register: Register, dossier: str) -> None:
    """Forget what was worked out of a dossier that was opened again, and an approval with it, as that was of what was
    closed. That it is held back lasts until somebody lets it go, also over a second closing."""
    record, line = sound_record(register, dossier), register.sound_summary(dossier)
    if record is None or record.state == "done" or line is None or line.closed:
        return
    if record.state != "held":
        drop_record(register, dossier)
        return
    save_record(
        register,
        replace(
            record, closed_at="", until="", rule="", name="", selection_rule="", came_in="", blocked=False,
            goes_on=False,
        ),
    )  # fmt: skip


def _batches(dossiers: list[str]) -> Iterable[list[str]]:
    return (dossiers[start : start + _BATCH] for start in range(0, len(dossiers), _BATCH))
