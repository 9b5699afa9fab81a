"""Accounts of the same person: saying so, and not any more. What is about that person exists for none of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.services.ports.records import Account
from gehoor.services.projection.projection import UNDECIDABLE
from gehoor.services.recording.recording import keep_excluded
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime


def relink(runtime: Runtime, register: Register, name: str, other: str, now: datetime) -> list[str]:
    """Let an account be of the same person as another (empty: of nobody else); returns the dossiers that are handled by
    somebody for whom they do not exist any more. What waited to be confirmed about whose these accounts are, was asked
    of before. Raises ``LookupError``."""
    touched = {name, *runtime.staff.of(register, now).accounts_of(name)}
    if other:
        account = register.account(other)
        if account is None:
            raise LookupError(other)
        touched |= runtime.staff.of(register, now).accounts_of(other)
        _name_person(register, touched, account.person or other)
    else:
        others = sorted(touched - {name})
        _name_person(register, [name], "")
        # The name of the person may have been that of the account that leaves.
        _name_person(register, others, others[0] if len(others) > 1 else "")
    return _exclude(runtime, register, touched, now)


def know_each_other(register: Register, account: Account) -> None:
    """Let the accounts of one person say of each other that they are theirs, where they do not yet: those of before
    they did."""
    if not account.person or account.alongside:
        return
    theirs = [one for one in register.accounts() if account.person in (one.person, one.name)]
    names = tuple(sorted({account.person, *(one.name for one in theirs)}))
    for one in theirs:
        if one.alongside != names:
            register.save_account(replace(one, alongside=names))


def _name_person(register: Register, accounts: Iterable[str], person: str) -> None:
    named = sorted(accounts)
    alongside = tuple(named) if person else ()
    for name in named:
        account = register.account(name)
        if account is not None:
            left = tuple(one for one in account.waiting if not {"person", "apart"} & set(one))
            after = replace(account, person=person, waiting=left, alongside=alongside)
            if after != account:
                register.save_account(after)


def _exclude(runtime: Runtime, register: Register, accounts: Iterable[str], now: datetime) -> list[str]:
    """Work out anew for whom those dossiers do not exist that do not exist for some of these accounts."""
    same_person = runtime.staff.of(register, now).same_person
    handled = []
    for dossier_id in sorted({one for name in accounts for one in register.excluded_dossiers(name)}):
        try:
            dossier = register.dossier(dossier_id)
            agreement = runtime.library.agreement(register, dossier.agreement)
        except UNDECIDABLE:
            # It cannot be asked whom it is about; whoever it did not exist for, it exists for under no other account.
            kept = register.excluded_from(dossier_id)
            more = {other for one in kept for other in same_person.get(one, ())}
            register.save_exclusions(dossier_id, kept, kept | more)
            continue
        excluded = excluded_from(agreement, dossier.values, same_person)
        keep_excluded(register, dossier, excluded, now)
        if not excluded.isdisjoint(dossier.handlers):
            handled.append(dossier_id)
    return handled
