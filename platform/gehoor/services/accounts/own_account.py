"""What people do with their own account: another password, and an end to sessions elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from gehoor.core.access.account_log import Deed, Done
from gehoor.core.access.password_rules import THE_SAME, TOO_EASY, length_refusal
from gehoor.services.accounts.accounts import (
    begin_session,
    end_all_access,
    lasting,
    with_same_password,
)
from gehoor.services.accounts.throttling import count_try, succeeded
from gehoor.services.ports.outside import CommonPasswords, PasswordHasher
from gehoor.services.ports.records import Account, SignIn
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime


class WrongPasswordError(Exception):
    """The password that was asked for once more is not theirs."""


class PasswordRefusedError(Exception):
    """A new password will not do. ``sentence`` says why, in Dutch."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def judge_password(common: CommonPasswords, account: Account, password: str) -> None:
    """Say whether an account may have this password. Raises ``PasswordRefusedError``."""
    about = (account.name, account.full_name, account.email)
    sentence = length_refusal(password) or (TOO_EASY if common.easy(password, about) else None)
    if sentence:
        raise PasswordRefusedError(sentence)


def confirm_password(
    runtime: Runtime, hasher: PasswordHasher, account: Account, password: str, now: datetime
) -> None:
    """Ask someone who is signed in for their password once more. Raises ``WrongPasswordError``, and ``WaitError`` when
    it was tried too often."""
    tried = f"confirm/{account.name}"
    count_try(runtime, tried, now)
    if not hasher.matches(account.password_hash, password):
        raise WrongPasswordError
    with writing(runtime.store) as register:
        if with_same_password(register, account) is None:
            raise WrongPasswordError
        succeeded(register, tried)


def change_password(
    runtime: Runtime,
    hasher: PasswordHasher,
    common: CommonPasswords,
    account: Account,
    passwords: tuple[str, str],
    now: datetime,
) -> str:
    """Change the password of who is signed in, given the old and the new one. All their sessions end; returns the
    token of the one that begins. Raises ``WrongPasswordError``, ``PasswordRefusedError`` and ``WaitError``."""
    old, new = passwords
    confirm_password(runtime, hasher, account, old, now)
    if old == new:
        raise PasswordRefusedError(THE_SAME)
    judge_password(common, account, new)
    made = hasher.hash(new)
    with writing(runtime.store) as register:
        kept = with_same_password(register, account)
        if kept is None:
            raise WrongPasswordError
        register.save_account(replace(kept, password_hash=made, one_time=False))
        register.add_deed(account.name, Done(Deed.PASSWORD), account.name, now)
        end_all_access(register, account.name)
        return begin_session(register, account.name, now)


def own_sessions(runtime: Runtime, name: str, now: datetime) -> list[SignIn]:
    """Return the sessions of an account that last, the latest used first."""
    with reading(runtime.store) as register:
        found = [one for one in register.sessions_of(name) if lasting(one, now) and not one.waits_for_code]
    return sorted(found, key=lambda one: one.last_seen_at, reverse=True)


def end_own_session(runtime: Runtime, name: str, session: str) -> None:
    """End one session of an account, by its id; one that is not theirs is left alone."""
    with writing(runtime.store) as register:
        for one in register.sessions_of(name):
            if one.id == session:
                register.end_session(one.token_hash)


def end_all_sessions(runtime: Runtime, name: str) -> None:
    """End all sessions of an account, and the address of its calendar with them."""
    with writing(runtime.store) as register:
        end_all_access(register, name)
