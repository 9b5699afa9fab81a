"""Events: what happened to a dossier, never changed afterwards, each chained to the one before it by its hash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from gehoor.core.text.canonical_json import content_hash, dump

CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""So far the clocks of two computers may differ, and nobody notices."""


class EventKind(StrEnum):
    """What can happen to a dossier."""

    OPENED = "opened"
    """organisation, department, form, number, values, follow_up (a code was given), found, proposal.

    ``proposal`` is there when the deciding questions came to something: kind, decided_by (question id, or empty)."""
    ANSWERED = "answered"
    """Answers were filled in or changed: values, cleared (field ids), found, hidden, undone (terms that ended so by
    closing; of a row: term and row), skipped (milestones that closing passed over), why (the reason for these), late
    (there when the platform filled them in because a term was late: what the event of that says).

    ``found``, here and elsewhere, is there when the register gave something else than before: fact -> count, dossiers
    (ids); see ``register_questions``. ``hidden``, here and elsewhere, is there when lateness no longer shows because of
    it: term and due of each."""
    RECOUNTED = "recounted"
    """found: what the register gives now, as answers of other dossiers by which this one counts them changed."""
    SUSPENDED = "suspended"
    """term, start (local date from which it stands still), reason, hidden, why."""
    RESUMED = "resumed"
    """term, end (local date that counts again)."""
    EXTENDED = "extended"
    """term, by (canonical duration), reason, told (local date, or empty), consent (local date, or empty)."""
    REOPENED = "reopened"
    """day (local date), reason, cleared (field ids), hidden."""
    DUTY_DONE = "duty-done"
    """duty (key), name, note."""
    DUTY_WAIVED = "duty-waived"
    """duty (key), name, reason: it will not be done, and why."""
    DUTY_BACK = "duty-back"
    """duty (key), name, reason: it was not done after all."""
    APPROVAL_ASKED = "approval-asked"
    """rule, told (role), milestone, occurrence."""
    APPROVED = "approved"
    """rule, role, milestone (their ids), note, draft (there when a letter was approved: the sequence of its draft)."""
    WRITTEN_TO_US = "written-to-us"
    """text: what someone outside wrote, with the follow-up code."""
    WRITTEN_BY_US = "written-by-us"
    """text: what was written back."""
    NOTE_WRITTEN = "note-written"
    """text, pinned: what somebody who works here wrote for the others."""
    NOTE_PINNED = "note-pinned"
    """note (the sequence of the event by which it was written), pinned."""
    NOTE_STRUCK = "note-struck"
    """note (the sequence of the event by which it was written), why: it stood in the wrong dossier, or is wrong."""
    CONTACT_NOTED = "contact-noted"
    """on (local date), whom, way, ours (it came from us), reached, text, answers (it answered the last message of
    whoever told it): that somebody was spoken or written to."""
    CODE_GIVEN = "code-given"
    """way (by e-mail or on paper), reason (how one knew who asked for it), code (its hash): a follow-up code that takes
    the place of the one before, if there was one."""
    LETTER_DRAFTED = "letter-drafted"
    """letter (id), name, language, subject, text, fields (ids that it tells something of), basis (hash of what the
    template gave)."""
    LETTER_SENT = "letter-sent"
    """As ``LETTER_DRAFTED``, with way, and draft (the sequence of the event by which the text was kept)."""
    ASSIGNED = "assigned"
    """to (account; empty: nobody any more), name (what people called them then), before (account), note, conflict
    (it was taken from whoever had it, because they may not see it any more), beside (there when it is about who handles
    it too: ``to`` does from now on, ``before`` no longer), left (what people called whoever does so no more), first
    (what people called who handled it too, and is the first now)."""
    GLASS_BROKEN = "glass-broken"
    """account (who may see it in an emergency), name (what people called them then), reason, until (instant)."""
    REPINNED = "repinned"
    """from, to (hashes of agreements), reason, found, hidden."""
    DEADLINE_MISSED = "deadline-missed"
    """term, occurrence, level 1, due; here and below row, the number of the row that it was about, if it was."""
    ESCALATED = "escalated"
    """term, occurrence, level, due, told (role)."""
    REMINDED = "reminded"
    """term, occurrence, index, due, told (role)."""
    NOTIFIED = "notified"
    """rule, told (role), acting (the role that stands in for it here, and was told)."""
    LINKED = "linked"
    """dossier, number (here and below: of the other dossier), reason."""
    UNLINKED = "unlinked"
    """dossier, number, reason: they do not belong together after all."""
    MERGED = "merged"
    """dossier, number, reason, same_person (who told this one told that one), before (field -> what was answered before
    merging filled it in; None: nothing): it goes on in that dossier."""
    UNMERGED = "unmerged"
    """dossier, number, reason: it goes on by itself again."""
    TOOK_IN = "took-in"
    """dossier, number, reason, same_person: that dossier goes on in this one."""
    GAVE_BACK = "gave-back"
    """dossier, number, reason: that dossier goes on by itself again."""
    MERGED_TOLD = "merged-told"
    """dossier, number, note: whoever told that dossier heard what came of it."""
    SENT_ON = "sent-on"
    """to (what people call it), department, dossier, number (each empty when it went outside), reason, fields (ids of
    what went along), files (there when files went along: their ids here)."""
    CAME_ON = "came-on"
    """dossier, number, place (what people call the department that it came from)."""
    BROUGHT_IN = "brought-in"
    """source (what people call the register that it comes from), key (what it is called there), number (that it kept;
    empty: it got one here), lacking (field ids that were never filled in there), passed (of a dossier that ended there:
    what its terms and rules called for, as ``fired`` of the dossier names it)."""
    PUT_BACK = "put-back"
    """copy (instant that it is of), spare: what stands before it was put back from a copy, and what happened since is
    gone. ``spare``: it only keeps a number that an event had which is gone, so that nobody takes another for it."""
    ANONYMISED = "anonymised"
    """rule, name, selection_rule, kept_until (local date), approved_by (roles), head and count (of the chain that was),
    holding (names of conditions), values and given_by (what rules gave: field -> value, field -> rule), began (there
    when terms began because something became true: term -> instant).

    The last of its dossier: what came before it was rewritten without what is about people."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event. ``at`` is a UTC instant; ``agreement`` the hash of the agreement it happened under;
    ``sequence`` counts from 1 within the dossier; ``previous`` is the hash of the event before it."""

    dossier: str
    sequence: int
    kind: EventKind
    at: datetime
    actor: str
    agreement: str
    data: Mapping[str, Any]
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class NewEvent:
    """What is about to become an event: its kind and data."""

    kind: EventKind
    data: Mapping[str, Any]


class BrokenChainError(Exception):
    """The events of a dossier are not what they were when they were written."""


@lru_cache(maxsize=1024)
def instant_text(moment: datetime) -> str:
    """Return a UTC instant as text that sorts by time."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def parse_instant(text: str) -> datetime:
    """Read what ``instant_text`` wrote."""
    return datetime.fromisoformat(text)


def told(events: Iterable[Event]) -> list[Event]:
    """Return the events that tell of something."""
    return [one for one in events if one.kind is not EventKind.PUT_BACK or not one.data.get("spare")]


def seal(
    new_events: Iterable[NewEvent],
    *,
    dossier: str,
    after: tuple[int, str],
    at: datetime,
    actor: str,
    agreement: str,
) -> list[Event]:
    """Turn new events into events that follow ``after``: the sequence and hash of the last event (0 and "")."""
    sequence, previous = after
    events = []
    for new_event in new_events:
        sequence += 1
        digest = _digest(dossier, sequence, new_event.kind, at, actor, agreement, new_event.data, previous)
        events.append(
            Event(dossier, sequence, new_event.kind, at, actor, agreement, new_event.data, previous, digest)
        )
        previous = digest
    return events


def draft(
    new_events: Iterable[NewEvent], *, dossier: str, after: int, at: datetime, actor: str, agreement: str
) -> list[Event]:
    """Return what ``seal`` would, without hashes: to decide on what would be, before it is certain. ``after``: the
    sequence of the last event."""
    return [
        Event(dossier, sequence, one.kind, at, actor, agreement, one.data, "", "")
        for sequence, one in enumerate(new_events, after + 1)
    ]


def verify(events: Iterable[Event]) -> None:
    """Check a dossier's chain from its start. Raises ``BrokenChainError``."""
    previous, ended = "", False
    for sequence, event in enumerate(events, start=1):
        digest = _digest(
            event.dossier, sequence, event.kind, event.at, event.actor, event.agreement, event.data, previous
        )
        if (event.sequence, event.previous, event.hash) != (sequence, previous, digest) or ended:
            raise BrokenChainError(f"dossier {event.dossier}, event {sequence}")
        # Nothing can happen to a dossier after it was anonymised.
        ended = event.kind is EventKind.ANONYMISED
        previous = digest


def _digest(*parts: Any) -> str:
    # A store may give the members of an object back in another order.
    return content_hash(dump([instant_text(p) if isinstance(p, datetime) else p for p in parts], sort=True))
