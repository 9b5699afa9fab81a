"""Being away for a while, and being back: who acts meanwhile is named; no role has to be given and taken back."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum

from gehoor.core.access.account_log import Deed, Done
from gehoor.core.access.delegation import manages_accounts
from gehoor.core.access.roles import works_in
from gehoor.core.deadlines.local_time import end_of_day, start_of_day
from gehoor.core.dossier.events import instant_text
from gehoor.services.access.authorisation import Actor, Operator, name_of
from gehoor.services.accounts.administration import Managed, managed_account
from gehoor.services.accounts.confirmation import Asked, beyond, told_as, waiting
from gehoor.services.accounts.deputies import acting_roles, deputies_of
from gehoor.services.accounts.vacancies import left_to_deputies
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.ports.records import Account
from gehoor.services.register.register import Register, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff
from gehoor.services.register.validity import NO_ZONE


@dataclass(frozen=True, slots=True)
class Away:
    """That an account is away from a local day to another, both included; ``last`` None: until they are back.
    ``deputy`` is the account that acts in their roles meanwhile; empty: the deputies of the agreement do."""

    name: str
    first: date
    last: date | None = None
    deputy: str = ""


class DeputyRefusal(StrEnum):
    """Why somebody cannot act for somebody else."""

    THEMSELVES = "themselves"
    LEFT = "left"
    ELSEWHERE = "elsewhere"
    """They do not work in every department in which the other does: they would see what is not theirs."""
    YOURSELF = "yourself"
    """Who says that somebody else is away would get their roles."""
    NOT_IN_USE = "not-in-use"
    """Nobody signs in with the account: it is closed, or waits to be confirmed."""
    ENDED = "ended"
    """The last day comes before the first, or has gone by."""


class AbsenceRefusedError(Exception):
    """An absence that cannot be kept; ``refusal`` says why."""

    def __init__(self, refusal: DeputyRefusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


def be_away(runtime: Runtime, away: Away, actor: Actor, now: datetime) -> Account:
    """Keep that somebody is away; an absence that had not ended gives way to it. What they handle stays theirs; what is
    told them is told their deputy too. They say so themselves, or who manages their account: a deputy, also
    one of the agreement, who would so get more than that one has, or would manage accounts only so, waits to be
    confirmed, and nobody acts by name meanwhile.

    Raises ``LookupError`` for an account that does not exist for the actor, ``LimitError`` and ``AbsenceRefusedError``.
    """
    with writing(runtime.store) as register:
        account, managed = _own(runtime, register, away.name, actor, now)
        if not account.active:
            raise AbsenceRefusedError(DeputyRefusal.NOT_IN_USE)
        days = kept_days(runtime, register, account, away, now)
        until_at = days["until_at"]
        if until_at and ((away.last is not None and away.last < away.first) or until_at <= instant_text(now)):
            raise AbsenceRefusedError(DeputyRefusal.ENDED)
        staff = runtime.staff.of(register, now)
        own_doing = isinstance(actor, Operator) or actor in staff.accounts_of(account.name)
        if away.deputy:
            _refuse_deputy(runtime, register, account, away.deputy, now)
            own = staff.accounts_of(name_of(actor))
            if actor != account.name and not own.isdisjoint(deputies_of(staff.accounts, away.deputy, now)):
                raise AbsenceRefusedError(DeputyRefusal.YOURSELF)
        left = tuple(one for one in account.waiting if "deputy" not in one)
        asked: tuple[Mapping[str, str], ...] = ()
        said: dict[str, str] = {}
        lent = acting_roles(staff.accounts, account, now)
        if not own_doing:
            more = beyond(managed, staff, actor, lent)
            said = {"by": name_of(actor), "counts": "" if more else name_of(actor)}
            waits = bool(more) if away.deputy else left_to_deputies(managed, staff, actor, lent)
        else:
            waits = bool(away.deputy) and not isinstance(actor, Operator)
            waits = waits and _lends_managing(runtime, register, lent, away.deputy, now)
        if waits:
            asked = (waiting(Asked.DEPUTY, actor, now, deputy=away.deputy),)
        absence = {**days, "deputy": "" if asked else away.deputy, **said}
        kept = replace(account, absences=(absence,), waiting=(*left, *asked))
        if absence["from_at"] > instant_text(now):
            kept = _said_to_be_back(kept, staff, actor)
        register.save_account(kept)
        done = Done(
            Deed.AWAY, other=absence["deputy"], from_at=absence["from_at"], until_at=absence["until_at"]
        )
        register.add_deed(kept.name, done, name_of(actor), now)
        for one in asked:
            register.add_deed(kept.name, told_as(Deed.ASKED, one), name_of(actor), now)
        return kept


def be_back(runtime: Runtime, name: str, actor: Actor, now: datetime) -> Account:
    """Let somebody be there again from now on; an absence that had not begun is forgotten. Raises ``LookupError`` and
    ``LimitError`` as ``be_away`` does."""
    with writing(runtime.store) as register:
        account, _managed = _own(runtime, register, name, actor, now)
        kept = replace(
            account, absences=(), waiting=tuple(one for one in account.waiting if "deputy" not in one)
        )
        if not account.active:
            # It is kept who closed it; nobody is back but by a password.
            return account
        kept = _said_to_be_back(kept, runtime.staff.of(register, now), actor)
        register.save_account(kept)
        register.add_deed(kept.name, Done(Deed.BACK), name_of(actor), now)
        return kept


def _said_to_be_back(account: Account, staff: Staff, actor: Actor) -> Account:
    """Return an account of which somebody says that its owner is not away any more. Where that is somebody else, it is
    kept until somebody signs in with it: nobody would notice before that another does."""
    if isinstance(actor, Operator) or actor in staff.accounts_of(account.name):
        return replace(account, back_by="")
    return replace(account, back_by=actor) if account.name in staff.presence.away else account


def kept_days(
    runtime: Runtime, register: Register, account: Account, away: Away, now: datetime
) -> dict[str, str]:
    """Return an absence as an account keeps it, without a deputy: the local days as instants (UTC text)."""
    zone = zone_of_work(runtime, register, account, now)
    return {
        "from_at": first_instant(away.first, zone),
        "until_at": instant_after(away.last, zone) if away.last else "",
        "deputy": "",
    }


def can_deputise(account: Account, other: Account) -> bool:
    """Say whether somebody works in every department in which another does. ``*`` is every department. No program
    does."""
    if other.client:
        return False
    places = {held.partition(":")[0].partition("/")[::2] for held in account.all_roles}
    return all(works_in(other.roles, *place) for place in places)


def first_instant(day: date, zone: str) -> str:
    """Return the instant (UTC text) at which a local day begins; of the first day there is, the first of all."""
    try:
        return instant_text(start_of_day(day, zone))
    except OverflowError:
        return instant_text(datetime.min.replace(tzinfo=UTC))


def instant_after(day: date, zone: str) -> str:
    """Return the first instant (UTC text) after a local day; of the last day there is, none: it does not end."""
    try:
        return instant_text(end_of_day(day, zone))
    except OverflowError:
        return ""


def zone_of_work(runtime: Runtime, register: Register, account: Account, now: datetime) -> str:
    """Return the time zone of the first organisation that somebody works for."""
    for place in register.published_departments():
        if works_in(account.all_roles, *place):
            for one in all_in_force(register, runtime.library, [place], now):
                return one.agreement.time_zone
    return NO_ZONE


def _own(
    runtime: Runtime, register: Register, name: str, actor: Actor, now: datetime
) -> tuple[Account, Managed]:
    account = register.account(name)
    if account is not None and actor == name:
        return account, Managed({})
    return managed_account(runtime, register, name, actor, now)


def _lends_managing(
    runtime: Runtime, register: Register, lent: Collection[str], deputy: str, now: datetime
) -> bool:
    """Say whether a deputy would manage accounts somewhere who does not by roles of their own."""
    account = register.account(deputy)
    own = account.roles if account is not None else ()
    return any(
        manages_accounts(one.agreement, lent) and not manages_accounts(one.agreement, own)
        for one in all_in_force(register, runtime.library, register.published_departments(), now)
    )


def _refuse_deputy(
    runtime: Runtime, register: Register, account: Account, deputy: str, now: datetime
) -> None:
    staff = runtime.staff.of(register, now)
    if deputy in staff.accounts_of(account.name):
        raise AbsenceRefusedError(DeputyRefusal.THEMSELVES)
    other = register.account(deputy)
    if other is None or not other.active:
        raise AbsenceRefusedError(DeputyRefusal.LEFT)
    if not can_deputise(account, other):
        raise AbsenceRefusedError(DeputyRefusal.ELSEWHERE)
