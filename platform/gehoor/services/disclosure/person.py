"""What is kept about one person: their dossiers, as far as the part in which they ask goes."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, TypeAlias

from gehoor.core.access.disclosure import Party, disclosed
from gehoor.core.access.roles import works_in
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.decide import decide
from gehoor.core.dossier.access_log import Way
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import Event
from gehoor.core.forms.fields import StoredValue
from gehoor.core.wording.registry import sentences_of
from gehoor.services.access.access_log import log_access
from gehoor.services.access.authorisation import Actor, NotAllowedError, Operator, refuse_strangers
from gehoor.services.access.confidentiality import exists_for, kept_from_by, refuse_uncleared
from gehoor.services.access.found_dossiers import others_named, unknown_to
from gehoor.services.access.known_relations import numbers_hidden
from gehoor.services.access.rights import named_for
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.disclosure.finding import Person, found_for, may_be
from gehoor.services.ports.records import Message
from gehoor.services.projection.projection import UNDECIDABLE, reading_projection
from gehoor.services.recording.attachments import content_of, files_in
from gehoor.services.register.library import NothingPublishedError
from gehoor.services.register.register import Register, UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True)
class Disclosed:
    """A dossier as a party gets it. ``answers``: label and text; ``withheld``: how many answers they do not get.

    ``written``: what was written to and fro (UTC, whether by us, text); ``noted``: notes and contact moments (UTC, by
    which account, text); ``sent``: the messages that went out about it
    (UTC, to which role, subject), for the officer; ``files``: name and content.
    """

    dossier: str
    number: str
    department: str
    time_zone: str
    opened_at: datetime | None
    closed: bool
    answers: tuple[tuple[str, str, str], ...]
    """Field, label, text."""
    withheld: int
    written: tuple[tuple[datetime, bool, str], ...]
    noted: tuple[tuple[datetime, str, str], ...]
    sent: tuple[tuple[str, str, str], ...]
    happened: tuple[tuple[datetime, str, str], ...]
    """All events, for the officer: when (UTC), kind, by whom."""
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class Given:
    """What is kept about somebody, the first opened first. ``damaged``: the numbers of dossiers that may be about them
    and cannot be read now; an empty text where nothing says the number any more."""

    dossiers: tuple[Disclosed, ...]
    damaged: tuple[str, ...] = ()


def about_person(
    runtime: Runtime, organisation: str, person: Person, party: Party, actor: Actor, now: datetime
) -> Given:
    """Return what is kept about somebody in an organisation.

    Of departments where the agreement names the actor for it, without dossiers that do not exist for them. Raises
    ``NotAllowedError`` for who is named nowhere, and ``NothingPublishedError`` for an organisation that is not there.
    """
    with reading_projection(runtime) as register:
        agreements = _departments(runtime, register, organisation, now)
        if not agreements:
            raise NothingPublishedError(organisation)
        places = {
            (one.organisation, one.department): one
            for one in agreements
            if _may(runtime, register, one, actor, now)
        }
        if not places:
            raise NotAllowedError(agreements[0], Action.EXPORT_PERSON)
        found = dict.fromkeys(found_for(runtime, register, agreements, (person, party), now))
        opened, damaged = list[tuple[Dossier, Agreement]](), list[str]()
        for dossier_id in found:
            try:
                one = _opened(runtime, register, dossier_id, (actor, places), now)
            except UNDECIDABLE:
                # What is wrong with one keeps nobody from the others, and is told.
                damaged += _unread(runtime, register, dossier_id, (actor, places), now)
                continue
            if one is not None and (party is not Party.COMPLAINANT or may_be(person, *one)):
                opened.append(one)
        history = {dossier.id: register.messages_of(dossier.id) for dossier, _ in opened}
    for dossier, agreement in opened:
        log_access(runtime, dossier.id, actor, Way.DISCLOSURE, now, agreement.time_zone)
    opened.sort(key=lambda pair: (pair[0].opened_at is None, pair[0].opened_at, pair[0].number))
    told = list[Disclosed]()
    for dossier, agreement in opened:
        try:
            told.append(_disclosed(runtime, dossier, agreement, (party, actor), history[dossier.id], now))
        except UNDECIDABLE:
            damaged.append(dossier.number)
    return Given(tuple(told), tuple(sorted(damaged)))


def not_looked_in(runtime: Runtime, organisation: str, actor: Actor, now: datetime) -> tuple[str, ...]:
    """Return the departments (names) of an organisation where somebody else gives access: what is kept there about the
    person, whoever asks has to be told by them."""
    with reading(runtime.store) as register:
        return tuple(
            one.department_name
            for one in _departments(runtime, register, organisation, now)
            if not _may(runtime, register, one, actor, now)
        )


def gives_access(runtime: Runtime, actor: str, now: datetime) -> dict[str, str]:
    """Return the organisations (id -> name) where somebody gives access."""
    with reading(runtime.store) as register:
        account = runtime.staff.of(register, now).active(actor)
        roles = account.roles if account else ()
        places = [place for place in register.published_departments() if works_in(roles, *place)]
        return {
            one.organisation: one.organisation_name
            for organisation in dict.fromkeys(owner for owner, _ in places)
            for one in _departments(runtime, register, organisation, now)
            if _may(runtime, register, one, actor, now)
        }


def _departments(runtime: Runtime, register: Register, organisation: str, now: datetime) -> list[Agreement]:
    """Return what holds now in each department: who gives access is a matter of that, not of what was planned."""
    places = [place for place in register.published_departments() if place[0] == organisation]
    return [one.agreement for one in all_in_force(register, runtime.library, places, now)]


def _may(runtime: Runtime, register: Register, agreement: Agreement, actor: Actor, now: datetime) -> bool:
    if isinstance(actor, Operator):
        return True
    staff = runtime.staff.of(register, now)
    account = staff.active(actor)
    holders = staff.holders(agreement.organisation)
    return account is not None and named_for(Action.EXPORT_PERSON, agreement, account.name, holders)


_To: TypeAlias = tuple[Actor, Mapping[tuple[str, str], Agreement]]
"""Who gives access, and what holds in the departments (with their organisation) of which they do."""


def _gives_it(
    runtime: Runtime,
    register: Register,
    known_by: tuple[tuple[str, str], str, Collection[str]],
    to: _To,
    now: datetime,
) -> bool:
    """Say whether somebody gives access to a dossier: not where they give it by the choice of somebody for whom it does
    not exist. ``known_by``: its department, the key of its clearance, and who has a conflict of interest."""
    (actor, places), (place, clearance, conflicts) = to, known_by
    if isinstance(actor, Operator):
        return place in places
    staff = runtime.staff.of(register, now)
    kept = kept_from_by(register, runtime.library, staff, clearance, conflicts)
    holders = staff.holders(place[0])
    return place in places and named_for(Action.EXPORT_PERSON, places[place], actor, holders, excluded=kept)


def _unread(runtime: Runtime, register: Register, dossier_id: str, to: _To, now: datetime) -> Iterator[str]:
    """Give the number of a dossier that cannot be read, as lists show it to whoever gives access; an empty text where
    nothing is known of it any more."""
    actor, summary = to[0], register.sound_summary(dossier_id)
    if summary is None:
        yield ""
        return
    known_by = ((summary.organisation, summary.department), summary.clearance, summary.excluded)
    if _gives_it(runtime, register, known_by, to, now):
        staff = runtime.staff.of(register, now)
        account = None if isinstance(actor, Operator) else staff.active(actor)
        if isinstance(actor, Operator) or (
            account is not None and exists_for(register, runtime.library, staff, account, summary)
        ):
            yield summary.number


def _opened(
    runtime: Runtime, register: Register, dossier_id: str, to: _To, now: datetime
) -> tuple[Dossier, Agreement] | None:
    actor, places = to
    dossier = register.dossier(dossier_id)
    agreement = runtime.library.agreement(register, dossier.agreement)
    place = (dossier.organisation, dossier.department)
    if place not in places or dossier.frozen is not None:
        return None
    try:
        staff = runtime.staff.of(register, now)
        conflicts = refuse_strangers(agreement, dossier, actor, staff)
        if not isinstance(actor, Operator):
            refuse_uncleared(runtime, register, staff, actor, dossier_id)
    except UnknownDossierError:
        return None
    known_by = (place, register.clearance_key(dossier_id), conflicts)
    return (dossier, agreement) if _gives_it(runtime, register, known_by, to, now) else None


def _disclosed(
    runtime: Runtime,
    dossier: Dossier,
    agreement: Agreement,
    asked: tuple[Party, Actor],
    messages: Iterable[Message],
    now: datetime,
) -> Disclosed:
    party, _ = asked
    decision = decide(agreement, dossier, now, runtime.engine)
    with reading(runtime.store) as register:
        people = runtime.staff.of(register, now).in_forms(agreement)
        events = register.events(dossier.id)
        untold = _of_others(runtime, register, (dossier, agreement, events), asked, now)
    fields = people.dossier_form.fields
    told = {name: value for name, value in decision.values.items() if name not in untold}
    given = disclosed(fields, told, party)
    shown = {name: value for name, value in given.items() if name in fields}
    return Disclosed(
        dossier=dossier.id,
        number=dossier.number,
        department=agreement.department_name,
        time_zone=agreement.time_zone,
        opened_at=dossier.opened_at,
        closed=decision.closed,
        answers=tuple(_answers(people, shown)),
        withheld=len(decision.values) - len(given),
        written=() if party is Party.ACCUSED else tuple(_written(dossier)),
        noted=tuple(_noted(dossier)) if party is Party.OFFICER else (),
        # They went to people inside: who is late with what, and whom it was told.
        sent=tuple(_sent(agreement, messages)) if party is Party.OFFICER else (),
        happened=tuple((one.at, one.kind.value, one.actor) for one in events if party is Party.OFFICER),
        files=tuple(_files(runtime, dossier.id, people, shown)),
    )


def _of_others(
    runtime: Runtime,
    register: Register,
    of: tuple[Dossier, Agreement, Sequence[Event]],
    asked: tuple[Party, Actor],
    now: datetime,
) -> frozenset[str]:
    """Return the fields that tell of other dossiers: what does not exist for whoever gives access, and to whom it is
    given, that others told something or where that is."""
    (dossier, agreement, events), (party, actor) = of, asked
    viewer = "" if isinstance(actor, Operator) else actor
    staff = runtime.staff.of(register, now)
    hidden = unknown_to(register, runtime.library, staff, viewer, others_named(events))
    untold = numbers_hidden(dossier, events, hidden)
    merging, merged = agreement.belonging.merging, dossier.relations.merged
    if merging and (hidden or party is not Party.OFFICER):
        untold |= {merging.to_tell}
    if merging and merged and not merged.same_person and party is not Party.OFFICER:
        untold |= {merging.number_in}
    return untold


def _answers(agreement: Agreement, values: Mapping[str, StoredValue]) -> Iterator[tuple[str, str, str]]:
    formats = sentences_of(agreement).formats
    for name, of in agreement.dossier_form.fields.items():
        if name in values:
            yield name, of.label, of.type.show(values[name], of, formats)


def _written(dossier: Dossier) -> Iterator[tuple[datetime, bool, str]]:
    """Give what went to and fro with whoever told it, letters as well, in the order in which it was written."""
    told = [(one.at, one.ours, one.text) for one in dossier.conversation]
    told += [(one.at, True, f"{one.content.subject}\n{one.content.text}") for one in dossier.letters]
    yield from sorted(told, key=itemgetter(0))


def _noted(dossier: Dossier) -> Iterator[tuple[datetime, str, str]]:
    """Give what people who work there noted for each other, in the order in which it was written down."""
    told = [
        (one.at, one.by, f"(doorgehaald: {one.struck.why}) {one.text}" if one.struck else one.text)
        for one in dossier.notes
    ]
    told += [
        (one.at, one.by, f"{one.on.isoformat()} {one.whom}\n{one.text}".strip()) for one in dossier.contacts
    ]
    yield from sorted(told, key=itemgetter(0))


def _sent(agreement: Agreement, messages: Iterable[Message]) -> Iterator[tuple[str, str, str]]:
    for one in messages:
        role = agreement.roles.get(one.role)
        yield one.created_at, role.name if role else one.role, one.subject


def _files(
    runtime: Runtime, dossier: str, agreement: Agreement, values: Mapping[str, Any]
) -> Iterator[tuple[str, bytes]]:
    for file_id, file in files_in(agreement.dossier_form.fields, values).items():
        content = content_of(runtime, dossier, file_id)
        if content is not None:
            yield str(file["name"]), content
