"""Addresses of messages: those of the accounts that a message is for, as they are when it goes out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Final

from gehoor.core.conditions.engine import RuleEngineError
from gehoor.core.decision.decide import decide
from gehoor.core.decision.tasks import task_of
from gehoor.core.dossier.complainant import address_of
from gehoor.core.dossier.events import BrokenChainError, EventKind, instant_text
from gehoor.core.letters.places import CODE_SPOT
from gehoor.services.access.confidentiality import asked_under, kept_from_by
from gehoor.services.access.task_access import may_have_by, whose
from gehoor.services.ports.outside import NoKeyError
from gehoor.services.ports.records import Account, Message
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.follow_up_codes import code_for, code_hash, code_secret
from gehoor.services.register.library import NothingPublishedError
from gehoor.services.register.register import Register, UnknownDossierError, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff

MOOT: Final = "moot"
"""The state of a message that nobody is waiting for any more: it does not go out, and that is no news."""
NOBODY: Final = "nobody"
"""The state of a message that will not go any more, as there is nobody for it or what it says holds no more: staff read
why."""
_UNREADABLE: Final = (
    UnknownDossierError,
    DamagedError,
    BrokenChainError,
    NothingPublishedError,
    RuleEngineError,
)
_DAMAGED: Final = "wat dit bericht aangaat, is beschadigd: zie gehoor verify"
_MOVED: Final = "het adres in het dossier is niet meer dat waarvoor deze volgcode was: geef een nieuwe"
_GONE: Final = "het dossier heeft geen e-mailadres meer: geef deze volgcode op een andere manier"
_NO_KEY: Final = "de sleutel naast het register kan niet gelezen worden"
_DEAD: Final = "de volgcode in dit bericht opent niets meer: geef een nieuwe"


class UnjudgedError(Exception):
    """Nothing can say now for whom a message is: it waits until that can be read again."""


def addresses_of(people: Iterable[Account]) -> tuple[str, ...]:
    """Return the addresses of people; one that several have, once."""
    return tuple(dict.fromkeys(person.email for person in people if person.email))


def as_it_goes(runtime: Runtime, register: Register, message: Message, now: datetime) -> Message:
    """Return a message for those of its people for whom its dossier still exists, at their addresses of now; when
    nobody is left, for whoever acts for the role now. One for somebody outside goes to the address that they have now,
    one about a task to who still has it. Where nobody is left of these, it is ``NOBODY``, or ``MOOT`` where that is no
    news. Raises ``UnjudgedError``."""
    try:
        if message.is_outside:
            return _of_who_told(runtime, register, message)
        return _of_staff(runtime, register, message, now)
    except _UNREADABLE as error:
        raise UnjudgedError(_DAMAGED) from error


def _of_staff(runtime: Runtime, register: Register, message: Message, now: datetime) -> Message:
    staff, conflicts = runtime.staff.of(register, now), register.excluded_from(message.dossier)
    key = register.clearance_key(message.dossier)
    if key and asked_under(register, runtime.library, key) is None:
        raise UnjudgedError(_DAMAGED)  # It exists for nobody as long as nothing says for whom it does.
    if message.task is not None:
        having = _still_having(runtime, register, (staff, conflicts), message, now)
        may = may_have_by(register, runtime.library, staff, message.dossier, conflicts)
        left = addresses_of(staff.accounts[one] for one in having if may(one))
        return replace(message, recipients=left, state=message.state if having else MOOT)
    names = kept_from_by(register, runtime.library, staff, key, conflicts)
    if not message.people:
        left = _of_before(message.recipients, names, staff) if names else message.recipients
    else:
        there = _still_there(runtime, register, staff, message.people, key)
        known = (staff.accounts.get(one) for one in message.people if one not in names and one in there)
        left = addresses_of(one for one in known if one is not None)
    if message.recipients and not left and message.role:
        agreement = runtime.library.agreement(register, register.dossier(message.dossier).agreement)
        left = addresses_of(staff.acting(agreement, message.role, names, conflicts)[1])
    return replace(message, recipients=left)


def with_code(runtime: Runtime, message: Message) -> Message:
    """Return a message with the follow-up code that belongs in it, as it is handed over and kept nowhere; without one
    where the code opens nothing any more: ``MOOT`` where another was given since, else ``NOBODY``. Not to be asked
    inside a transaction. Raises ``UnjudgedError``."""
    if not message.code_of:
        return message
    try:
        code = code_for(code_secret(runtime), message.code_of)
        with reading(runtime.store) as register:
            events = register.events(message.dossier)
            given = [one for one in events if one.kind is EventKind.CODE_GIVEN]
            known = given[-1].data["code"] if given else register.code_hash_of(message.dossier)
    except (*_UNREADABLE, NoKeyError) as error:
        raise UnjudgedError(_NO_KEY if isinstance(error, NoKeyError) else _DAMAGED) from error
    if known == code_hash(code):
        return replace(message, text=message.text.replace(CODE_SPOT, code))
    if given and instant_text(given[-1].at) > message.created_at:
        return replace(message, state=MOOT)
    return replace(message, state=NOBODY, error=_DEAD)


def left_of(runtime: Runtime, message: Message, addresses: Collection[str]) -> Message:
    """Return a message of which the server took some addresses, for the others (``addresses``)."""
    with reading(runtime.store) as register:
        emails = {one.name: one.email for one in register.accounts()}
    people = tuple(one for one in message.people if emails.get(one) in addresses)
    if not people and message.task is not None:
        people = message.people
    return replace(message, recipients=tuple(addresses), people=people)


def _of_who_told(runtime: Runtime, register: Register, message: Message) -> Message:
    """Return a message for who told a dossier at the address that stands there now; who has none any more, or became
    anonymous, gets none. What cannot be read goes where it was to go, but for a code: whoever changes an address gets
    none by it."""
    try:
        dossier = register.dossier(message.dossier)
        agreement = runtime.library.agreement(register, dossier.agreement)
    except _UNREADABLE:
        if message.code_of:
            raise
        return message
    address = address_of(agreement, dossier)
    if not address and not message.code_of:
        return replace(message, recipients=(), state=MOOT)
    if not address:
        return replace(message, recipients=(), state=NOBODY, error=_GONE)
    if message.code_of and address.casefold() not in {one.casefold() for one in message.recipients}:
        return replace(message, recipients=(), state=NOBODY, error=_MOVED)
    return replace(message, recipients=(address,))


def _still_having(
    runtime: Runtime,
    register: Register,
    known: tuple[Staff, Collection[str]],
    message: Message,
    now: datetime,
) -> tuple[str, ...]:
    """Return for whom of those that a message about a task is for it is still to be done: they are named for it, or act
    for who is. ``known``: everyone, and who has a conflict of interest."""
    staff, conflicts = known
    task, _, row = (message.task or "").partition("/")
    try:
        dossier = register.dossier(message.dossier)
        agreement = runtime.library.agreement(register, dossier.agreement)
        state = task_of(agreement, dossier, decide(agreement, dossier, now, runtime.engine), (task, row))
    except (*_UNREADABLE, RuleEngineError):
        return message.people
    if state is None or state.done or state.closed:
        return ()
    return tuple(
        one for one in message.people if not set(whose(one, staff, conflicts)).isdisjoint(state.people)
    )


def _still_there(
    runtime: Runtime, register: Register, staff: Staff, people: Collection[str], key: str
) -> frozenset[str]:
    """Return those who still act in a role of a dossier's agreement: for whoever went elsewhere it does not exist."""
    clearance = register.clearance(key) if key else None
    if clearance is None:
        return frozenset(people)
    agreement = runtime.library.agreement(register, clearance.agreement)
    holders = staff.holders(agreement.organisation)
    return frozenset(one for one in people if holders.roles_of(agreement, one, clearance.excluded))


def readdress(register: Register, account: Account, old: str) -> None:
    """Let messages that wait for an account, of which the address was ``old``, stand at the one that it has now."""
    accounts = {one.name: one for one in register.accounts()}
    shared = any(one.email == old for one in accounts.values())
    for message in register.waiting_messages():
        if account.name in message.people:
            to = addresses_of(accounts[one] for one in message.people if one in accounts)
        elif message.people or message.is_outside or shared or old not in message.recipients:
            continue  # Of a shared address nobody can tell any more who of them a message of before was for.
        else:
            to = tuple(dict.fromkeys(account.email if one == old else one for one in message.recipients))
        register.save_message(replace(message, recipients=to))


def _of_before(recipients: Iterable[str], hidden: Collection[str], staff: Staff) -> tuple[str, ...]:
    """Return the addresses without those that only people have who may not know. A message of before there was kept
    for whom it is, is judged so."""
    may_know = {one.email for one in staff.accounts.values() if one.active and one.name not in hidden}
    may_not = {staff.accounts[name].email for name in hidden if name in staff.accounts}
    return tuple(one for one in recipients if one not in may_not - may_know)
