"""Notes and contact moments: what people who work on a dossier write down for each other."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from gehoor.core.agreement.actions import Action
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.relative_dates import TODAY
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.dossier.notes import ContactWay
from gehoor.core.forms.fields import StoredValue
from gehoor.core.forms.reading import UnreadableError, read_line
from gehoor.core.text.canonical_json import dump
from gehoor.services.access.authorisation import Actor, NotAllowedError
from gehoor.services.correspondence.texts import checked, once_for, remembering
from gehoor.services.dossiers.editing import Filling, filled_in
from gehoor.services.recording.changing import Case, Change, changing
from gehoor.services.register.codes_in_texts import text_without_codes
from gehoor.services.register.runtime import Runtime

_LONGEST_REASON: Final = 500
LONGEST_WHOM: Final = 200
"""How many characters a text may have that says with whom somebody spoke."""


class ContactRefusedError(ValueError):
    """A contact moment cannot be kept as it is. ``code`` says why: ``whom``, ``way``, ``no-day``, ``later`` (its day
    is still to come), or ``not-so`` (it does not count by that way)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class ContactMade:
    """A contact moment as somebody fills it in: see ``core.dossier.notes.Contact``. ``key`` names the rendered form."""

    dossier: str
    on: date | None
    whom: str
    way: str
    ours: bool
    reached: bool
    text: str
    key: str
    actor: Actor
    answers: bool = False
    counts_as: tuple[str, ...] = ()
    """What it was too, by the ids of what was agreed about contacts."""


def write_note(
    runtime: Runtime, dossier: str, text: str, key: str, now: datetime, actor: Actor, *, pinned: bool = False
) -> Dossier:
    """Keep a note for whoever else works on a dossier. ``key`` names the rendered form: the same text sent twice from
    it is one note; ``pinned``: it stands on top. Raises ``TextRefusedError``, and as ``changing`` does."""
    data = {"text": checked(text_without_codes(runtime, text)), "pinned": pinned}
    return _kept(runtime, dossier, NewEvent(EventKind.NOTE_WRITTEN, data), key, now, actor)


def pin_note(
    runtime: Runtime, dossier: str, note: int, now: datetime, actor: Actor, *, pinned: bool
) -> Dossier:
    """Put a note on top, or take it off. ``note``: its sequence. Nothing happens when there is no such note, or it is
    so already. Raises as ``changing`` does."""

    def change(case: Case) -> Change | None:
        _refuse(case)
        found = next((one for one in case.dossier.notes if one.sequence == note), None)
        if found is None or found.pinned is pinned:
            return None
        data = {"note": note, "pinned": pinned}
        return Change(case.outcome(NewEvent(EventKind.NOTE_PINNED, data)))

    return changing(runtime, dossier, actor, Action.NOTES, now, change)


def strike_note(runtime: Runtime, dossier: str, note: int, why: str, now: datetime, actor: Actor) -> Dossier:
    """Strike out a note, as whoever wrote it or may strike out those of others. ``note``: its sequence. Nothing happens
    when there is no such note, or it is struck out already. Raises ``TextRefusedError`` where no reason is given, and
    as ``changing`` does."""
    reason = checked(why)

    def change(case: Case) -> Change | None:
        _refuse(case)
        found = next((one for one in case.dossier.notes if one.sequence == note), None)
        if found is None or found.struck is not None:
            return None
        if found.by != case.actor_name and not case.rights.may(Action.STRIKE_NOTES):
            raise NotAllowedError(case.agreement, Action.STRIKE_NOTES)
        return Change(case.outcome(NewEvent(EventKind.NOTE_STRUCK, {"note": note, "why": reason})))

    return changing(runtime, dossier, actor, Action.NOTES, now, change)


def note_contact(runtime: Runtime, made: ContactMade, now: datetime) -> Dossier:
    """Keep that somebody was spoken or written to, or tried to be, and fill in what such a contact counts as. Raises
    ``TextRefusedError``, ``ContactRefusedError``, ``RefusedError``, and as ``changing`` does."""
    if made.way not in list(ContactWay):
        raise ContactRefusedError("way")
    try:
        whom = read_line(made.whom)
    except UnreadableError as error:
        raise ContactRefusedError("whom") from error
    if not whom or len(whom) > LONGEST_WHOM:
        raise ContactRefusedError("whom")
    if made.on is None:
        raise ContactRefusedError("no-day")
    data = {
        "on": made.on.isoformat(),
        "whom": whom,
        "way": str(made.way),
        "ours": made.ours,
        "reached": made.reached,
        # Who was not reached said nothing.
        "text": checked(text_without_codes(runtime, made.text)) if made.reached or made.text.strip() else "",
        "answers": made.answers and made.reached,
    }
    event = NewEvent(EventKind.CONTACT_NOTED, data)
    return _kept(runtime, made.dossier, event, made.key, now, made.actor, contact=made)


def _kept(
    runtime: Runtime,
    dossier: str,
    event: NewEvent,
    key: str,
    now: datetime,
    actor: Actor,
    *,
    contact: ContactMade | None = None,
) -> Dossier:
    # The same words that count as something else are something else.
    counts = {"counts_as": sorted(contact.counts_as)} if contact and contact.counts_as else {}
    once = once_for("note", dossier, key, _text({**event.data, **counts}))

    def change(case: Case) -> Change | None:
        _refuse(case)
        if case.register.submission(once) is not None:
            return None
        if contact is not None and contact.on is not None and contact.on > case.today:
            raise ContactRefusedError("later")
        change = _with_what_it_fills(case, contact, event) if contact and contact.reached else None
        change = change or Change(case.outcome(event))
        return Change(change.outcome, change.messages, (*change.also, remembering(once, dossier)))

    return changing(runtime, dossier, actor, Action.NOTES, now, change)


def _with_what_it_fills(case: Case, made: ContactMade, event: NewEvent) -> Change | None:
    """Return what is to be written of a contact with what it fills in; None where it fills in nothing. What was said
    is why, where the day of it hides that something was late."""
    kinds = [case.agreement.contacts[one] for one in made.counts_as if one in case.agreement.contacts]
    answers: dict[str, StoredValue] = {}
    for kind in kinds:
        if kind.ways and made.way not in kind.ways:
            raise ContactRefusedError("not-so")
        answers |= _of_the_day(case, kind.fills, made.on)
    if not answers:
        return None
    filling = Filling(
        dossier=made.dossier,
        answers=dict(answers),
        version=case.dossier.version,
        actor=made.actor,
        # As it is kept: without a code, that would else be cut in two.
        reason=str(event.data["text"])[:_LONGEST_REASON],
        events=(event,),
    )
    return filled_in(case, filling)


def _of_the_day(case: Case, fills: Mapping[str, StoredValue], on: date | None) -> dict[str, StoredValue]:
    """Return what is filled in with the day of a contact for today's; a later day that stands there already stays."""
    types, day = case.agreement.fact_types, on.isoformat() if on else ""
    of_day = {name for name, value in fills.items() if value == TODAY and types.get(name) is FactType.DATE}
    return {
        name: day if name in of_day else value
        for name, value in fills.items()
        if not (name in of_day and str(case.dossier.values.get(name, "")) >= day)
    }


def _refuse(case: Case) -> None:
    """Refuse somebody who changes nothing of a dossier. Raises ``NotAllowedError``."""
    if not case.rights.may(Action.FILL_IN):
        raise NotAllowedError(case.agreement, Action.FILL_IN)


def _text(data: Any) -> str:
    return dump(dict(data), sort=True)
