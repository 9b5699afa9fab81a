"""Accounts as someone types them, and who does something at the command line."""

from __future__ import annotations

from gehoor.cli.support.click_dutch import Failure, did_you_mean
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import Actor, NotAllowedError, Operator, by_operator
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime


def account_named(runtime: Runtime, name: str) -> Account:
    """Return an account. Raises ``Failure`` for one that there is not."""
    with reading(runtime.store) as register:
        account = register.account(name.strip().lower())
        known = [other.name for other in register.accounts()]
    if account is None:
        raise Failure(f'"{name}" kennen wij niet{did_you_mean(name, known) or "; zie gehoor user list."}')
    return account


def actor_named(runtime: Runtime, name: str, operator: str) -> Actor:
    """Return the account in whose name something is done, with its rights and no others; without a name, whoever runs
    the server, under the name ``operator``. Raises ``Failure`` for an account that there is not, or that is closed."""
    if not name:
        return Operator(operator)
    account = account_named(runtime, name)
    if not account.active:
        raise Failure(f'Het account "{account.name}" is afgesloten.')
    return account.name


def actor_said(actor: str) -> str:
    """Return a name in what happened as it is told: whoever runs the server as such, whomever they name."""
    whom = by_operator(actor)
    if whom is None:
        return actor
    return f"{DUTCH.events.operator} ({whom})" if whom else DUTCH.events.operator


def no_dossier(actor: Actor, which: str) -> Failure:
    """Return what is said where a dossier does not exist for somebody."""
    return Failure(f'Voor "{actor}" bestaat het dossier {which} niet: dat account mag het niet kennen.')


def not_allowed(actor: Actor, error: NotAllowedError) -> Failure:
    """Return what is said where an agreement keeps something for others."""
    kept_for = ", ".join(error.roles) or "niemand"
    return Failure(f'Dit is niet aan "{actor}". De afspraken houden het voor: {kept_for}.')
