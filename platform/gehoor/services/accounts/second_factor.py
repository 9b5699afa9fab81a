"""The second step of signing in: a code of an app on one's phone, or one of the recovery codes on paper."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from gehoor.core.access.account_log import Deed, Done
from gehoor.core.access.roles import departments_of, holds_role
from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.services.access.authorisation import Actor, name_of
from gehoor.services.accounts.accounts import WAITS, begin_session, end_all_access, lasting, token_hash
from gehoor.services.accounts.administration import managed_account
from gehoor.services.accounts.confirmation import Asked, signing_in_waits, told_as, waiting
from gehoor.services.accounts.throttling import count_try, succeeded
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.ports.outside import OneTimeCodes, Vault
from gehoor.services.ports.records import Account, SecondStep
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.expiry import within
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.typed_codes import random_code, typed

RECOVERY_CODES = 10
_SECRET = "second step"  # noqa: S105 - a purpose, not a secret
_RECOVERY = "recovery code"
_ASTRAY: Final = 10
"""So many steps of half a minute the clocks of two computers may differ, and nobody notices."""


class WrongCodeError(Exception):
    """This code is not right, not of now, or used before."""


@dataclass(frozen=True)
class Codes:
    """What codes are made and checked with."""

    vault: Vault
    codes: OneTimeCodes


def waiting_for(runtime: Runtime, token: str, now: datetime) -> Account | None:
    """Return whose session waits for a code, while it waits."""
    with reading(runtime.store) as register:
        session = register.session(token_hash(token))
        account = register.account(session.account) if session else None
    if session is None or account is None or not account.active:
        return None
    return account if session.waits_for_code and lasting(session, now) else None


def pass_on(runtime: Runtime, codes: Codes, token: str, code: str, now: datetime, browser: str = "") -> str:
    """Give the code that a session waits for. Returns the token of the session that begins.

    Raises ``WrongCodeError``, ``WaitError``, and ``LookupError`` when nothing waits (any more).
    """
    account = waiting_for(runtime, token, now)
    if account is None:
        raise LookupError
    tried = f"code/{account.name}/{browser}"
    count_try(runtime, tried, now)
    with writing(runtime.store) as register:
        # Not when it was ended in between, as by a new password.
        if register.session(token_hash(token)) is None:
            raise LookupError
        _use(register, codes, account.name, code, now)
        succeeded(register, tried)
        register.end_session(token_hash(token))
        return begin_session(register, account.name, now)


def step_of(runtime: Runtime, name: str) -> SecondStep | None:
    """Return the second step of an account, also one that is not confirmed yet."""
    with reading(runtime.store) as register:
        return register.second_step(name)


def asks_code(register: Register, name: str) -> bool:
    """Say whether nobody signs in to an account without a code: also where what the code is held against is damaged,
    and nobody signs in at all until that is taken away."""
    try:
        step = register.second_step(name)
    except DamagedError:
        return True
    return step is not None and step.confirmed


def owed(runtime: Runtime, account: Account, now: datetime) -> bool:
    """Say whether an account has no second step while the agreement asks one of a role that it holds."""
    with reading(runtime.store) as register:
        step = register.second_step(account.name)
        if step is not None and step.confirmed:
            return False
        mine = departments_of(account.roles, register.published_departments())
        return any(
            role.second_step
            and holds_role(account.roles, agreement.organisation, agreement.department, role.id)
            for agreement in (one.agreement for one in all_in_force(register, runtime.library, mine, now))
            for role in agreement.roles.values()
        )


def prepare(runtime: Runtime, codes: Codes, name: str, now: datetime) -> None:
    """Make a secret for an account that has no second step yet. Nothing asks for its codes before it is confirmed."""
    secret = codes.vault.seal(_purpose(name), codes.codes.new_secret())
    with writing(runtime.store) as register:
        known = register.second_step(name)
        if known is None or not known.confirmed:
            register.save_second_step(SecondStep(name, secret, instant_text(now)))


def secret_to_show(runtime: Runtime, codes: Codes, name: str, now: datetime) -> str | None:
    """Return the secret of an account while it waits to be confirmed, and never after that."""
    step = step_of(runtime, name)
    return codes.vault.opened(_purpose(name), step.secret) if step and _waits(step, now) else None


def _waits(step: SecondStep, now: datetime) -> bool:
    """Say whether a second step can be confirmed still: whoever finds the screen later has no part in it."""
    return not step.confirmed and within(parse_instant(step.since_at), WAITS, now)


def confirm(runtime: Runtime, codes: Codes, name: str, code: str, now: datetime) -> tuple[str, list[str]]:
    """Switch the second step on, with a first code. All sessions of the account end, and the address of its calendar.

    Returns the token of the one that begins, and the recovery codes: they can be read this once. Raises
    ``WrongCodeError`` and ``WaitError``.
    """
    tried = f"confirm code/{name}"
    count_try(runtime, tried, now)
    fresh = [random_code() for _ in range(RECOVERY_CODES)]
    with writing(runtime.store) as register:
        step = register.second_step(name)
        used = _time_step(codes, step, code, now) if step and _waits(step, now) else None
        if step is None or used is None:
            raise WrongCodeError
        succeeded(register, tried)
        register.save_second_step(
            replace(
                step,
                confirmed=True,
                since_at=instant_text(now),
                last_step=used,
                recovery=_digests(codes, name, fresh),
            )
        )
        end_all_access(register, name)
        return begin_session(register, name, now), fresh


def new_recovery_codes(runtime: Runtime, codes: Codes, name: str, code: str, now: datetime) -> list[str]:
    """Replace the recovery codes of an account, given a code. Raises ``WrongCodeError`` and ``WaitError``."""
    tried = f"confirm code/{name}"
    count_try(runtime, tried, now)
    fresh = [random_code() for _ in range(RECOVERY_CODES)]
    with writing(runtime.store) as register:
        step = _use(register, codes, name, code, now)
        succeeded(register, tried)
        register.save_second_step(replace(step, recovery=_digests(codes, name, fresh)))
    return fresh


def switch_off(runtime: Runtime, codes: Codes, name: str, code: str, now: datetime) -> str:
    """Switch the second step off, with a code; ask for the password first. All sessions of the account end, and the
    address of its calendar; returns the token of the session that begins. Raises ``WrongCodeError`` and
    ``WaitError``."""
    tried = f"confirm code/{name}"
    count_try(runtime, tried, now)
    with writing(runtime.store) as register:
        _use(register, codes, name, code, now)
        succeeded(register, tried)
        register.drop_second_step(name)
        register.add_deed(name, Done(Deed.SECOND_STEP_OFF), name, now)
        end_all_access(register, name)
        return begin_session(register, name, now)


def take_away(runtime: Runtime, name: str, actor: Actor, now: datetime) -> bool:
    """Take the second step of an account away, by who manages it. Of an account that opens more than the actor's, it
    waits to be confirmed. False when there was none: then nobody is signed out. Raises ``LookupError`` and
    ``LimitError``."""
    with writing(runtime.store) as register:
        account, managed = managed_account(runtime, register, name, actor, now)
        try:
            if register.second_step(name) is None:
                return False
        except DamagedError:
            # What nobody can use any more is taken away all the same: that is how its owner gets in again.
            pass
        if signing_in_waits(managed, runtime.staff.of(register, now), actor, account, now):
            left = tuple(one for one in account.waiting if one["what"] != Asked.SECOND_STEP)
            asked = waiting(Asked.SECOND_STEP, actor, now)
            register.save_account(replace(account, waiting=(*left, asked)))
            register.add_deed(name, told_as(Deed.ASKED, asked), name_of(actor), now)
            return True
        register.drop_second_step(name)
        end_all_access(register, name)
        register.add_deed(name, Done(Deed.SECOND_STEP_OFF), name_of(actor), now)
    return True


def _use(register: Register, codes: Codes, name: str, code: str, now: datetime) -> SecondStep:
    """Use a code up. Returns the second step without it. Raises ``WrongCodeError``."""
    step = register.second_step(name)
    if step is None or not step.confirmed:
        raise WrongCodeError
    digest = codes.vault.digest(_RECOVERY, f"{name}/{typed(code)}")
    if digest in step.recovery:
        after = replace(step, recovery=tuple(one for one in step.recovery if one != digest))
    elif (used := _time_step(codes, step, code, now)) is not None:
        after = replace(step, last_step=used)
    else:
        raise WrongCodeError
    register.save_second_step(after)
    return after


def _time_step(codes: Codes, step: SecondStep, code: str, now: datetime) -> int | None:
    secret = codes.vault.opened(_purpose(step.account), step.secret)
    used = codes.codes.step(secret, code, now) if secret else None
    if used is None:
        return None
    # One far ahead was kept while the clock was: no code of now was used before.
    return used if used > step.last_step or step.last_step > used + _ASTRAY else None


def _digests(codes: Codes, name: str, recovery: list[str]) -> tuple[str, ...]:
    return tuple(codes.vault.digest(_RECOVERY, f"{name}/{typed(code)}") for code in recovery)


def _purpose(name: str) -> str:
    # A sealed secret that is put with another account opens nothing.
    return f"{_SECRET}/{name}"
