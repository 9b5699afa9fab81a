"""Confirmation: a new account, and what somebody gives that opens more than they have themselves, opens nothing until a
second person who manages accounts confirms it, or whoever runs the server."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from gehoor.core.access.account_log import Deed, Done
from gehoor.core.access.delegation import opens_more
from gehoor.core.access.roles import EVERY_DEPARTMENT
from gehoor.core.dossier.events import instant_text
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.services.access.authorisation import Actor, Operator, name_of
from gehoor.services.accounts.accounts import end_all_access
from gehoor.services.accounts.administration import Limit, LimitError, Managed, seen_account
from gehoor.services.accounts.deputies import acting_roles
from gehoor.services.accounts.same_person import relink
from gehoor.services.accounts.second_person import (
    ChangedMeanwhileError,
    comes_by_what_waits,
    is_theirs,
    may_confirm,
    state_stamp,
)
from gehoor.services.dossiers.assignment import take_back
from gehoor.services.dossiers.handing_back import hand_back
from gehoor.services.messages.addresses import readdress
from gehoor.services.ports.records import Account
from gehoor.services.register.register import Register, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff


class Asked(StrEnum):
    """What waits for a second person."""

    ACCOUNT = "account"
    """That it is there at all. ``password_hash``: the one that it gets; until then nobody signs in with it."""
    ROLE = "role"
    """``role``, ``from_at`` and ``until_at``: as a role for a while; without bounds for good."""
    PASSWORD = "password"  # noqa: S105 - what is asked, not a secret
    """``password_hash``: the one that it gets."""
    SECOND_STEP = "second-step"
    """That it signs in without one."""
    NAME = "full_name"
    """``full_name``: by which people know whose it is."""
    EMAIL = "email"
    """``email``: the address to which its messages go."""
    SAME_PERSON = "same-person"
    """``person``: the account of the same person."""
    OTHER_PERSON = "other-person"
    """``apart``: the accounts, by a space, of which it is not the same person after all."""
    DEPUTY = "deputy"
    """``deputy``: who acts in the absence that is kept, and whose it is not yet; empty: the deputies of the agreement
    do, also for who has left."""
    VACANCY = "vacancy"
    """``vacant``: a role that was taken away, in which the deputies of the agreement do not act yet."""


def waiting(asked: Asked, actor: Actor, now: datetime, **said: str) -> dict[str, str]:
    """Return something that waits, as an account keeps it."""
    return {"what": asked.value, "by": name_of(actor), "at": instant_text(now), **said}


def waiting_key(one: Mapping[str, str]) -> str:
    """Return what something that waits is called: another when anything about it is another."""
    return content_hash(dump(dict(one)))[:16]


def beyond(managed: Managed, staff: Staff, actor: Actor, roles: Iterable[str]) -> tuple[str, ...]:
    """Return those of some roles that open more than an actor has by roles of their own; none for whoever runs the
    server."""
    if isinstance(actor, Operator):
        return ()
    own = staff.presence.own.get(actor, ())
    return tuple(role for role in roles if _opens_more(managed, own, role))


def signing_in_waits(managed: Managed, staff: Staff, actor: Actor, account: Account, now: datetime) -> bool:
    """Say whether another way to sign in with an account, as somebody gives it, waits: the account is closed or new, or
    its owner is away, also where only somebody else says that they are back, so that nobody would notice; it opens more
    than they have, also as a deputy; or it will once something that waits is confirmed."""
    if isinstance(actor, Operator):
        return False
    lent = acting_roles(staff.accounts, account, now)
    return (
        not account.active
        or account.name in staff.presence.away
        or bool(account.back_by)
        or _coordinates_more(staff, actor, account)
        or bool(beyond(managed, staff, actor, lent))
        or comes_by_what_waits(account.name, managed, staff, now)
    )


def _coordinates_more(staff: Staff, actor: str, account: Account) -> bool:
    own = staff.active(actor)
    return bool(set(account.coordinates).difference(own.coordinates if own else ()))


def _opens_more(managed: Managed, own: Collection[str], role: str) -> bool:
    place, _, name = role.partition(":")
    organisation, _, department = place.partition("/")
    agreements = [
        one
        for (of, where), one in managed.agreements.items()
        if of == organisation and department in (where, EVERY_DEPARTMENT)
    ]
    return not agreements or any(
        opens_more(
            one,
            name,
            {text.partition(":")[2] for text in own if _is_there(text, organisation, one.department)},
        )
        for one in agreements
    )


def _is_there(role: str, organisation: str, department: str) -> bool:
    return role.partition(":")[0] in (f"{organisation}/{department}", f"{organisation}/{EVERY_DEPARTMENT}")


def confirm(
    runtime: Runtime,
    name: str,
    actor: Actor,
    now: datetime,
    keys: Collection[str] | None = None,
    seen: str | None = None,
) -> tuple[Mapping[str, str], ...]:
    """Let what waits for an account count; returns it. ``keys``: what of it (see ``waiting_key``); None: all that the
    actor may. ``seen``: the account as they saw it (see ``state_stamp``); None: whatever it is now.

    Raises ``UnknownAccountError``, ``LimitError`` where nothing of it is theirs to confirm: they gave it, or it is
    for themselves; and ``ChangedMeanwhileError``.
    """
    with writing(runtime.store) as register:
        account, managed = seen_account(runtime, register, name, actor, now)
        staff = runtime.staff.of(register, now)
        _as_seen(account, staff, seen, now)
        wanted = [one for one in account.waiting if keys is None or waiting_key(one) in keys]
        done = tuple(one for one in wanted if may_confirm(account, one, managed, staff, now))
        if wanted and not done:
            raise LimitError(Limit.SECOND)
        if not done:
            return ()
        after = replace(account, waiting=tuple(one for one in account.waiting if one not in done))
        for one in done:
            after = _APPLY[Asked(one["what"])](after, one, name_of(actor))
            _note(register, account, Deed.CONFIRMED, one, actor, now)
        if any("role" in one for one in done):
            after = asked_again(after, now)
        register.save_account(after)
        handled = _with_it(runtime, register, (account, after), done, now)
    # Whoever manages accounts may not know of those dossiers.
    take_back(runtime, handled, actor, now)
    # Who deputised for a role that somebody has now may know of less.
    hand_back(runtime, now)
    return done


def _with_it(
    runtime: Runtime,
    register: Register,
    accounts: tuple[Account, Account],
    done: Collection[Mapping[str, str]],
    now: datetime,
) -> list[str]:
    """Do what goes with what counts from now on, beside the account (before, and after); returns the dossiers that are
    handled by somebody for whom they do not exist any more."""
    before, after = accounts
    asked = {one["what"] for one in done}
    if Asked.SECOND_STEP in asked:
        register.drop_second_step(after.name)
    if not asked.isdisjoint((Asked.ACCOUNT, Asked.PASSWORD, Asked.SECOND_STEP)):
        end_all_access(register, after.name)
    if Asked.EMAIL in asked:
        readdress(register, after, before.email)
    links = [one.get("person", "") for one in done if one["what"] in (Asked.SAME_PERSON, Asked.OTHER_PERSON)]
    return [one for other in links for one in relink(runtime, register, after.name, other, now)]


def refuse(
    runtime: Runtime,
    name: str,
    actor: Actor,
    now: datetime,
    keys: Collection[str] | None = None,
    seen: str | None = None,
) -> tuple[Mapping[str, str], ...]:
    """Let what waits for an account not count; returns it. Also who gave it may. An account that then has no role at
    all is closed. ``keys``, ``seen`` and what is raised: as for ``confirm``; ``LimitError`` for what is for
    themselves."""
    with writing(runtime.store) as register:
        account, managed = seen_account(runtime, register, name, actor, now)
        if account.name in managed.own:
            raise LimitError(Limit.OWN)
        staff = runtime.staff.of(register, now)
        _as_seen(account, staff, seen, now)
        gone = tuple(
            one
            for one in account.waiting
            if (keys is None or waiting_key(one) in keys) and is_theirs(account, one, staff, managed.has)
        )
        after = replace(account, waiting=tuple(one for one in account.waiting if one not in gone))
        for one in gone:
            _note(register, account, Deed.REFUSED, one, actor, now)
        if gone:
            nothing = any("role" in one for one in gone) and not after.all_roles
            register.save_account(replace(after, active=False) if nothing else after)
    return gone


def _as_seen(account: Account, staff: Staff, seen: str | None, now: datetime) -> None:
    if seen is not None and seen != state_stamp(account, staff, now):
        raise ChangedMeanwhileError(account.name)


def _note(
    register: Register, account: Account, deed: Deed, one: Mapping[str, str], actor: Actor, now: datetime
) -> None:
    register.add_deed(account.name, told_as(deed, one), name_of(actor), now)


def told_as(deed: Deed, one: Mapping[str, str]) -> Done:
    """Return what the account log says of something that waits."""
    asked = Asked(one["what"])
    changed = () if asked is Asked.ROLE else (asked.value,)
    other = next((one[name] for name in ("deputy", "person", "apart") if name in one), "")
    roles = (one["role"],) if asked is Asked.ROLE else ()
    went = (one["vacant"],) if asked is Asked.VACANCY else ()
    return Done(
        deed,
        changed,
        roles,
        went,
        other=other,
        from_at=one.get("from_at", ""),
        until_at=one.get("until_at", ""),
    )


def asked_again(account: Account, now: datetime) -> Account:
    """Return an account that gets a role, of which somebody else said alone that it is away: who acts for it was judged
    by the roles of before, and waits to be confirmed."""
    lone = [
        one
        for one in account.absences
        if one.get("by") and (one["deputy"] or one.get("counts")) and not one.get("confirmed_by")
    ]
    asked = (waiting(Asked.DEPUTY, one["by"], now, deputy=one["deputy"]) for one in lone)
    absences = ({**one, "deputy": "", "counts": ""} if one in lone else one for one in account.absences)
    return replace(account, absences=tuple(absences), waiting=(*account.waiting, *asked))


def with_role(account: Account, one: Mapping[str, str], by: str = "") -> Account:
    """Return an account with a role that waited: for good, or for a while."""
    role = one["role"]
    roles = tuple(held for held in account.roles if held != role)
    periods = tuple(held for held in account.periods if held["role"] != role)
    vacancies = tuple(held for held in account.vacancies if held["role"] != role)
    if not (one["from_at"] or one["until_at"]):
        return replace(account, roles=(*roles, role), periods=periods, vacancies=vacancies)
    period = {name: one[name] for name in ("role", "from_at", "until_at")}
    if role in account.held_roles:
        vacancies = (*vacancies, {"role": role, "by": one["by"], "counts": by})
    return replace(account, roles=roles, periods=(*periods, period), vacancies=vacancies)


def _with_password(account: Account, one: Mapping[str, str], _by: str) -> Account:
    return opened(account, password_hash=one["password_hash"], one_time=True, password_by=one["by"])


def opened(account: Account, **signing_in: Any) -> Account:
    """Return an account with which somebody signs in from now on; if it was closed, that is over."""
    kept = replace(account, **signing_in, active=True)
    if account.active:
        return kept
    asked = tuple(one for one in kept.waiting if one["what"] != Asked.DEPUTY)
    return replace(kept, absences=(), waiting=asked)


def _with_address(account: Account, one: Mapping[str, str], _by: str) -> Account:
    return replace(account, email=one["email"])


def _with_name(account: Account, one: Mapping[str, str], _by: str) -> Account:
    return replace(account, full_name=one["full_name"])


def _as_it_is(account: Account, _one: Mapping[str, str], _by: str) -> Account:
    return account


def _with_deputy(account: Account, one: Mapping[str, str], by: str) -> Account:
    absences = tuple(
        {**absence, "deputy": one["deputy"], "confirmed_by": by, "counts": by}
        if absence.get("by", account.name) == one["by"]
        else absence
        for absence in account.absences
    )
    return replace(account, absences=absences)


def _with_vacancy(account: Account, one: Mapping[str, str], by: str) -> Account:
    vacancies = tuple(
        {**held, "counts": by} if held["role"] == one["vacant"] else held for held in account.vacancies
    )
    return replace(account, vacancies=vacancies)


_APPLY: Mapping[Asked, Callable[[Account, Mapping[str, str], str], Account]] = {
    Asked.ACCOUNT: _with_password,
    Asked.ROLE: with_role,
    Asked.PASSWORD: _with_password,
    Asked.NAME: _with_name,
    Asked.EMAIL: _with_address,
    # Beside the account: see ``_with_it``.
    Asked.SECOND_STEP: _as_it_is,
    Asked.SAME_PERSON: _as_it_is,
    Asked.OTHER_PERSON: _as_it_is,
    Asked.DEPUTY: _with_deputy,
    Asked.VACANCY: _with_vacancy,
}
