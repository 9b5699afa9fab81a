"""A dossier: what its events add up to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from gehoor.core.deadlines.rule import Suspension
from gehoor.core.dossier.conversation import Written, written
from gehoor.core.dossier.events import CLOCKS_DIFFER, Event, EventKind, parse_instant
from gehoor.core.dossier.frozen import Frozen, frozen
from gehoor.core.dossier.letters import LetterDraft, SentLetter, sent, with_draft
from gehoor.core.dossier.notes import Contact, Note, with_contact, with_note, with_pin, with_strike
from gehoor.core.dossier.parts import Answered, Approval, Found, Settled
from gehoor.core.dossier.relations import RELATING, Relations, relations_after
from gehoor.core.dossier.rows import keys_after
from gehoor.core.forms.fields import StoredValue
from gehoor.core.rules import names as rule_names


@dataclass(frozen=True, slots=True)
class Dossier:
    """A dossier at a moment. ``version`` is the number of its events, ``head`` the hash of the last.

    ``fired`` holds what was already flagged, reminded or told, so that nothing is said twice: of a term for each time
    round and each due day, as whatever moves the due day makes its moments new.
    """

    id: str
    organisation: str = ""
    department: str = ""
    number: str = ""
    agreement: str = ""
    opened_at: datetime | None = None
    opened_with: str = ""
    has_code: bool = False
    code_hash: str = ""
    """The hash of the follow-up code that was given last; empty for the one that it was opened with."""
    values: Mapping[str, StoredValue] = field(default_factory=dict)
    history: tuple[Answered, ...] = ()
    """The answers after each event that changed them, the first first."""
    rows: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Of each answer that is a list of rows, a key for each row that stays with it."""
    fired: frozenset[str] = frozenset()
    suspensions: Mapping[str, tuple[Suspension, ...]] = field(default_factory=dict)
    """Term -> when it stood still; the last may still run."""
    extensions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Term -> the durations (canonical) it was made longer by."""
    reopened_on: date | None = None
    """The local day on which the dossier was last opened again."""
    reopened_at: int = 0
    """The sequence of the event by which it was."""
    adjusted_before: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Term -> how many of its suspensions and extensions are from before that."""
    found: Mapping[str, Found] = field(default_factory=dict)
    """What rules ask of the register -> what it gave when this dossier was last saved."""
    settled: Mapping[str, Settled] = field(default_factory=dict)
    """Duty -> how it was settled."""
    approvals: Mapping[str, Approval] = field(default_factory=dict)
    """Name of what was approved (see ``names.approval`` of the rules) -> the last time that it was."""
    changed: Mapping[str, int] = field(default_factory=dict)
    """Field -> the sequence of the event that last changed its answer."""
    conversation: tuple[Written, ...] = ()
    """What was written to and fro with the follow-up code, the first first."""
    notes: tuple[Note, ...] = ()
    """What was noted, the first first."""
    contacts: tuple[Contact, ...] = ()
    """When somebody was spoken or written to, in the order in which it was written down."""
    drafts: Mapping[str, LetterDraft] = field(default_factory=dict)
    """Letter -> what was last kept of it, as long as it is not sent."""
    letters: tuple[SentLetter, ...] = ()
    """What was sent, the first first."""
    handler: str = ""
    """The account that handles it, if anyone does: of several the first."""
    beside: tuple[str, ...] = ()
    """The accounts that handle it too, in the order in which they came."""
    emergencies: Mapping[str, tuple[datetime, datetime]] = field(default_factory=dict)
    """Account -> from and until when (UTC) it may see what is hidden from it: the last time that it broke the glass."""
    relations: Relations = field(default_factory=Relations)
    """What it has to do with other dossiers."""
    changed_at: datetime | None = None
    """The instant of the last event."""
    frozen: Frozen | None = None
    """There once it is anonymised."""
    version: int = 0
    head: str = ""

    @property
    def handlers(self) -> tuple[str, ...]:
        """Everyone who handles it, the first first."""
        return (self.handler, *self.beside) if self.handler else ()

    @property
    def has_first_code(self) -> bool:
        """Whether the code that it was opened with opens it, and no other: which one, no event tells."""
        return self.has_code and not self.code_hash and self.relations.came_from is None

    @property
    def unanswered(self) -> bool:
        """Whether the last word in the conversation is not ours, and nobody answered by a letter or a call since."""
        since = [*(one.at for one in self.letters), *(one.at for one in self.contacts if one.answers)]
        last = self.conversation[-1] if self.conversation else None
        return last is not None and not last.ours and all(at <= last.at for at in since)

    def emergency_until(self, account: str, now: datetime) -> datetime | None:
        """Return until when an account may see what is hidden from it, if it may now."""
        since, until = self.emergencies.get(account, (now, now))
        # What was opened while the clock was ahead is not open: else it would be, until the clock gets there.
        return until if since - CLOCKS_DIFFER <= now < until else None


def fold(events: Iterable[Event], start: Dossier | None = None) -> Dossier:
    """Add events up to a dossier. Raises ``ValueError`` when there are none and no start."""
    dossier = start
    for event in events:
        dossier = dossier or Dossier(event.dossier)
        applied = _APPLY[event.kind](dossier, event)
        # Anonymising says something of the register, and nothing of what happened in the dossier.
        at = dossier.changed_at if event.kind is EventKind.ANONYMISED else event.at
        history, adjusted = dossier.history, (applied.suspensions, applied.extensions)
        if applied.values is not dossier.values:
            history = (*history, Answered(event.sequence, event.at, applied.values, *adjusted))
        dossier = replace(applied, version=event.sequence, head=event.hash, changed_at=at, history=history)
    if dossier is None:
        raise ValueError("a dossier has at least one event")
    return dossier


def occurrence_key(name: str, occurrence: int | str, due: str = "") -> str:
    """Name one occurrence of something that fires once; of a term that is due so (a local date or an instant, as ISO
    text), for that day alone."""
    return f"{name}/{occurrence}/{due}" if due else f"{name}/{occurrence}"


def _opened(dossier: Dossier, event: Event) -> Dossier:
    data = event.data
    return replace(
        dossier,
        organisation=data["organisation"],
        department=data["department"],
        number=data["number"],
        agreement=event.agreement,
        opened_at=event.at,
        opened_with=data["form"],
        has_code=data["follow_up"],
        values=dict(data["values"]),
        rows=keys_after(dossier.rows, dossier.values, event.data, event.sequence),
        changed=dict.fromkeys(data["values"], event.sequence),
        found=_found(dossier, event),
    )


def _answered(dossier: Dossier, event: Event) -> Dossier:
    values, cleared = event.data["values"], event.data["cleared"]
    kept = {name: value for name, value in dossier.values.items() if name not in cleared}
    changed = dict.fromkeys((*values, *cleared), event.sequence)
    return replace(
        dossier,
        values={**kept, **values},
        rows=keys_after(dossier.rows, dossier.values, event.data, event.sequence),
        changed={**dossier.changed, **changed},
        found=_found(dossier, event),
    )


def _code_given(dossier: Dossier, event: Event) -> Dossier:
    # Of one that was anonymised there is none any more.
    code = event.data["code"]
    return replace(dossier, has_code=dossier.has_code or bool(code), code_hash=code)


def _suspended(dossier: Dossier, event: Event) -> Dossier:
    term, start = event.data["term"], date.fromisoformat(event.data["start"])
    running = (*dossier.suspensions.get(term, ()), Suspension(start, None))
    return replace(dossier, suspensions={**dossier.suspensions, term: running})


def _resumed(dossier: Dossier, event: Event) -> Dossier:
    term, end = event.data["term"], date.fromisoformat(event.data["end"])
    *before, last = dossier.suspensions[term]
    ended = (*before, Suspension(last.start, max(end, last.start)))
    return replace(dossier, suspensions={**dossier.suspensions, term: ended})


def _extended(dossier: Dossier, event: Event) -> Dossier:
    term = event.data["term"]
    longer = (*dossier.extensions.get(term, ()), event.data["by"])
    return replace(dossier, extensions={**dossier.extensions, term: longer})


def _reopened(dossier: Dossier, event: Event) -> Dossier:
    kept = {name: value for name, value in dossier.values.items() if name not in event.data["cleared"]}
    changed = {**dossier.changed, **dict.fromkeys(event.data["cleared"], event.sequence)}
    day = date.fromisoformat(event.data["day"])
    before = {
        term: (len(dossier.suspensions.get(term, ())), len(dossier.extensions.get(term, ())))
        for term in (*dossier.suspensions, *dossier.extensions)
    }
    return replace(
        dossier,
        values=kept,
        changed=changed,
        reopened_on=day,
        reopened_at=event.sequence,
        adjusted_before=before,
    )


def _found(dossier: Dossier, event: Event) -> Mapping[str, Found]:
    """Return what the register gave with this save, or else what it gave before."""
    given = event.data.get("found")
    if given is None:
        return dossier.found
    return {fact: Found(one["count"], tuple(one["dossiers"])) for fact, one in given.items()}


def register_facts(dossier: Dossier) -> dict[str, int]:
    """Return the facts of what the register gave: how many dossiers."""
    return {fact: found.count for fact, found in dossier.found.items()}


def _settles(*, waived: bool) -> Callable[[Dossier, Event], Dossier]:
    def apply(dossier: Dossier, event: Event) -> Dossier:
        settled = Settled(waived, event.at, event.actor, event.data["reason" if waived else "note"])
        return replace(dossier, settled={**dossier.settled, event.data["duty"]: settled})

    return apply


def _owed_again(dossier: Dossier, event: Event) -> Dossier:
    settled = {key: how for key, how in dossier.settled.items() if key != event.data["duty"]}
    return replace(dossier, settled=settled)


def _approved(dossier: Dossier, event: Event) -> Dossier:
    key = rule_names.approval(event.data["rule"], event.data["role"], event.data["milestone"])
    given = Approval(event.at, event.actor, event.sequence, event.data.get("draft", 0))
    return replace(dossier, approvals={**dossier.approvals, key: given})


def _assigned(dossier: Dossier, event: Event) -> Dossier:
    to, before = event.data["to"], event.data["before"]
    if event.data.get("beside"):
        others = [one for one in (*dossier.beside, to) if one and one != before]
        return replace(dossier, beside=tuple(others))
    # Whoever handled it too comes first where the first leaves.
    first, *others = [one for one in (to, *dossier.beside) if one] or [""]
    return replace(dossier, handler=first, beside=tuple(one for one in others if one != to))


def _glass_broken(dossier: Dossier, event: Event) -> Dossier:
    opened = {event.data["account"]: (event.at, parse_instant(event.data["until"]))}
    return replace(dossier, emergencies={**dossier.emergencies, **opened})


def _repinned(dossier: Dossier, event: Event) -> Dossier:
    return replace(dossier, agreement=event.data["to"], found=_found(dossier, event))


def _writes(dossier: Dossier, event: Event) -> Dossier:
    return replace(dossier, conversation=(*dossier.conversation, written(event)))


def _fires(name: Callable[[Mapping[str, str]], str]) -> Callable[[Dossier, Event], Dossier]:
    def apply(dossier: Dossier, event: Event) -> Dossier:
        data = event.data
        key = occurrence_key(name(data), data.get("occurrence", 1), data.get("due", ""))
        return replace(dossier, fired=dossier.fired | {key})

    return apply


def _letter_sent(dossier: Dossier, event: Event) -> Dossier:
    left = {name: draft for name, draft in dossier.drafts.items() if name != event.data["letter"]}
    return replace(dossier, drafts=left, letters=(*dossier.letters, sent(event)))


def _relates(dossier: Dossier, event: Event) -> Dossier:
    return replace(dossier, relations=relations_after(dossier.relations, event))


_APPLY: Mapping[EventKind, Callable[[Dossier, Event], Dossier]] = {
    **dict.fromkeys(RELATING, _relates),
    EventKind.OPENED: _opened,
    EventKind.ANSWERED: _answered,
    EventKind.RECOUNTED: lambda dossier, event: replace(dossier, found=_found(dossier, event)),
    EventKind.SUSPENDED: _suspended,
    EventKind.RESUMED: _resumed,
    EventKind.EXTENDED: _extended,
    EventKind.REOPENED: _reopened,
    EventKind.DUTY_DONE: _settles(waived=False),
    EventKind.DUTY_WAIVED: _settles(waived=True),
    EventKind.DUTY_BACK: _owed_again,
    EventKind.APPROVED: _approved,
    EventKind.WRITTEN_TO_US: _writes,
    EventKind.WRITTEN_BY_US: _writes,
    EventKind.NOTE_WRITTEN: lambda dossier, event: replace(dossier, notes=with_note(dossier.notes, event)),
    EventKind.NOTE_PINNED: lambda dossier, event: replace(dossier, notes=with_pin(dossier.notes, event)),
    EventKind.NOTE_STRUCK: lambda dossier, event: replace(dossier, notes=with_strike(dossier.notes, event)),
    EventKind.CONTACT_NOTED: lambda of, event: replace(of, contacts=with_contact(of.contacts, event)),
    EventKind.CODE_GIVEN: _code_given,
    EventKind.LETTER_DRAFTED: lambda dossier, event: replace(
        dossier, drafts=with_draft(dossier.drafts, event)
    ),
    EventKind.LETTER_SENT: _letter_sent,
    EventKind.GLASS_BROKEN: _glass_broken,
    EventKind.REPINNED: _repinned,
    EventKind.ASSIGNED: _assigned,
    EventKind.BROUGHT_IN: lambda dossier, event: replace(
        dossier, fired=dossier.fired | set(event.data["passed"])
    ),
    EventKind.PUT_BACK: lambda dossier, _event: dossier,
    EventKind.ANONYMISED: lambda dossier, event: replace(dossier, frozen=frozen(event)),
    EventKind.DEADLINE_MISSED: _fires(lambda data: rule_names.late(data["term"], 1)),
    EventKind.ESCALATED: _fires(lambda data: rule_names.late(data["term"], int(data["level"]))),
    EventKind.REMINDED: _fires(lambda data: rule_names.reminder(data["term"], int(data["index"]))),
    EventKind.NOTIFIED: _fires(lambda data: rule_names.notice(data["rule"], data["told"])),
    EventKind.APPROVAL_ASKED: _fires(
        lambda data: rule_names.notice(f"{data['rule']}/{data['milestone']}", data["told"])
    ),
}
