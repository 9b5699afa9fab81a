"""Adding an account, closing one, and a password that is made for somebody: shown once, and changed by who has it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from gehoor.core.access.account_log import Deed, Done
from gehoor.core.retention.anonymisation import STAFF
from gehoor.services.access.authorisation import COMMAND_LINE, OPERATOR, OUTSIDE, Actor, Operator, name_of
from gehoor.services.accounts.accounts import end_all_access, plain_name
from gehoor.services.accounts.administration import (
    UnknownAccountError,
    managed_account,
    managed_by,
    refuse_full_name,
)
from gehoor.services.accounts.confirmation import Asked, opened, signing_in_waits, told_as, waiting
from gehoor.services.accounts.vacancies import closed
from gehoor.services.dossiers.assignment import take_back_about
from gehoor.services.ports.outside import PasswordHasher
from gehoor.services.ports.records import Account
from gehoor.services.recording.recording import SWEEPER
from gehoor.services.records.ledger_lookup import is_entered
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.typed_codes import random_code

SIGN_IN_NAME: Final = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")

RESERVED: Final = frozenset({OUTSIDE, OPERATOR, COMMAND_LINE, SWEEPER, STAFF})
"""By these names others than accounts stand in what happened."""


class NameTakenError(Exception):
    """There is an account with this name already, or it stands for somebody without one."""


def new_account(
    runtime: Runtime, hasher: PasswordHasher, account: Account, password: str, actor: Actor, now: datetime
) -> None:
    """Add an account with a password. It waits to be confirmed, whatever its roles: whoever adds it knows the password,
    and could see with it what is kept from them. What whoever runs the server adds, counts at once.

    Raises ``FullNameRefusedError``, ``NameTakenError``, also where the actor does not know of that account, and
    ``LookupError`` for roles that are not theirs to give."""
    add_kept(runtime, replace(account, password_hash=hasher.hash(password)), actor, now)


def add_kept(runtime: Runtime, account: Account, actor: Actor, now: datetime) -> None:
    """Add an account as ``new_account`` does, that has its hash of what somebody, or a program, signs in with."""
    refuse_full_name(account.full_name)
    kept = replace(account, name=plain_name(account.name))
    with writing(runtime.store) as register:
        managed = managed_by(runtime, register, actor, now)
        if not (managed.everything or (kept.all_roles and all(map(managed.has, kept.all_roles)))):
            raise UnknownAccountError(kept.name)
        # One that is gone comes back from a copy, or somebody accepts that it is lost; it is no new one.
        known = register.account(kept.name) is not None or is_entered(
            register.tables, f"accounts/{kept.name}"
        )
        if kept.name in RESERVED or known:
            raise NameTakenError(kept.name)
        kept = replace(kept, password_by=_maker(actor))
        if not managed.everything:
            kept = _until_confirmed(kept, actor, now)
        register.save_account(kept)
        register.add_deed(kept.name, Done(Deed.ADDED, came=kept.held_roles), name_of(actor), now)
        for one in kept.waiting:
            register.add_deed(kept.name, told_as(Deed.ASKED, one), name_of(actor), now)


def new_account_once(
    runtime: Runtime, hasher: PasswordHasher, account: Account, actor: Actor, now: datetime
) -> str:
    """Add an account as ``new_account`` does; returns the password that was made for it."""
    password = random_code()
    new_account(runtime, hasher, replace(account, one_time=True), password, actor, now)
    return password


def set_password(
    runtime: Runtime,
    hasher: PasswordHasher,
    name: str,
    password: str,
    actor: Actor,
    now: datetime,
    *,
    one_time: bool = False,
) -> None:
    """Give an account another password, also one that had left. All its sessions end. ``one_time``: they choose their
    own when they sign in. Of an account that opens more than the actor's, also as a
    deputy or once what waits is confirmed, and of one that was closed or is new, it waits to be confirmed, and the one
    before stays. Raises ``LookupError`` and ``LimitError``."""
    give_kept(runtime, name, hasher.hash(password), actor, now, one_time=one_time)


def give_password_once(
    runtime: Runtime, hasher: PasswordHasher, name: str, actor: Actor, now: datetime
) -> str:
    """Give an account a password that is made for it, as ``set_password`` does; returns it."""
    password = random_code()
    give_kept(runtime, name, hasher.hash(password), actor, now, one_time=True)
    return password


def close_account(runtime: Runtime, name: str, actor: Actor, now: datetime) -> None:
    """Let somebody who leaves sign in no more; all their sessions end, and what waits for them does not go through: a
    confirmation would open the account again. Who acts in its roles by the agreement gets nothing more than the actor
    has, until a second person confirms it. What they handled and is about the actor goes back to its department. Raises
    ``LookupError`` and ``LimitError``."""
    with writing(runtime.store) as register:
        account, managed = managed_account(runtime, register, name, actor, now)
        after = closed(account, managed, runtime.staff.of(register, now), actor, now)
        register.save_account(after)
        end_all_access(register, name)
        register.add_deed(name, Done(Deed.LEFT), name_of(actor), now)
        for deed, here, there in ((Deed.REFUSED, account, after), (Deed.ASKED, after, account)):
            for one in here.waiting:
                if one not in there.waiting:
                    register.add_deed(name, told_as(deed, one), name_of(actor), now)
    take_back_about(runtime, name, actor, now)


def _until_confirmed(account: Account, actor: Actor, now: datetime) -> Account:
    """Return a new account with which nobody signs in, and that has no role, until somebody else confirms it."""
    asked = [waiting(Asked.ACCOUNT, actor, now, password_hash=account.password_hash)]
    asked += [waiting(Asked.ROLE, actor, now, role=one, from_at="", until_at="") for one in account.roles]
    asked += [waiting(Asked.ROLE, actor, now, **one) for one in account.periods]
    return replace(account, password_hash="", roles=(), periods=(), active=False, waiting=tuple(asked))


def _maker(actor: Actor) -> str:
    return "" if isinstance(actor, Operator) else actor


def give_kept(
    runtime: Runtime,
    name: str,
    made: str,
    actor: Actor,
    now: datetime,
    *,
    one_time: bool = False,
    client: bool = False,
) -> None:
    """Give an account another hash of what is signed in with, as ``set_password`` does. ``client``: it is that of a
    program; what is for one kind of account is not for the other."""
    with writing(runtime.store) as register:
        account, managed = managed_account(runtime, register, name, actor, now)
        if account.client is not client:
            raise UnknownAccountError(name)
        kind = Asked.ACCOUNT if account.is_new else Asked.PASSWORD
        account = replace(
            account, waiting=tuple(one for one in account.waiting if "password_hash" not in one)
        )
        if signing_in_waits(managed, runtime.staff.of(register, now), actor, account, now):
            asked = waiting(kind, actor, now, password_hash=made)
            register.save_account(replace(account, waiting=(*account.waiting, asked)))
            register.add_deed(name, told_as(Deed.ASKED, asked), name_of(actor), now)
            return
        made_by = _maker(actor)
        register.save_account(opened(account, password_hash=made, one_time=one_time, password_by=made_by))
        end_all_access(register, name)
        register.add_deed(name, Done(Deed.PASSWORD), name_of(actor), now)
