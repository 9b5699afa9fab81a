"""The accounts of an organisation in its exit kit: who has or had which role, and what was done with accounts; no
secret, and nothing of what somebody has elsewhere. Of who else did something there, the name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, Final

from gehoor.core.access.account_log import AccountEntry
from gehoor.services.exchange.exit_kit.sink import Sink, add_line, add_row, begin_table
from gehoor.services.ports.records import Account, to_document
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.register import Register

ACCOUNTS: Final = "accounts/accounts.jsonl"
NAMES: Final = "accounts/namen.jsonl"
_LOG: Final = "accounts/logboek.jsonl"
_TABLE: Final = "tabellen/accounts.csv"
_KEPT: Final = ("name", "full_name", "email", "active", "client", "second_step")
"""What goes along of an account, beside its roles: no hash of a password, and nothing that waits to be confirmed."""


def write_accounts(register: Register, organisation: str, sink: Sink) -> tuple[frozenset[str], list[str]]:
    """Write the accounts that have, or ever had, a role in an organisation; return their names, and what is damaged."""
    left_out: list[str] = []
    names: set[str] = set()
    for name in (ACCOUNTS, _LOG):
        sink.add(name, b"")
    heads = ("aanmeldnaam", "naam", "e-mailadres", "rollen", "in gebruik", "programma", "vroegere rollen")
    begin_table(sink, _TABLE, heads)
    for account in register.accounts():
        log, damaged = _log_of(register, account)
        roles = _there(account.held_roles, organisation)
        periods = [one for one in account.periods if _there([one.get("role", "")], organisation)]
        before = [one for one in _ever(account, log, organisation) if one not in roles]
        is_there = bool(roles or before) or organisation in account.coordinates
        if damaged:
            whose = account.name if is_there else "iemand die hier misschien vroeger werkte"
            left_out.append(f"logboek van {whose}{f' ({damaged})' if is_there else ''}")
        if not is_there:
            continue
        names.add(account.name)
        document = to_document(account)
        said: dict[str, Any] = {name: document[name] for name in _KEPT}
        said |= {
            "roles": _there(account.roles, organisation),
            "roles_before": before,
            "periods": periods,
            "coordinates": organisation in account.coordinates,
        }
        add_line(sink, ACCOUNTS, said)
        cells = (account.name, account.full_name, account.email, ", ".join(roles))
        add_row(sink, _TABLE, (*cells, _yes(account.active), _yes(account.client), ", ".join(before)))
        for entry in log:
            add_line(sink, _LOG, _own(to_document(entry), organisation))
    return frozenset(names), left_out


def write_names(register: Register, accounts: Iterable[str], sink: Sink) -> None:
    """Write what these accounts are called, of whom no more goes along."""
    sink.add(NAMES, b"")
    for name in sorted(accounts):
        # Of one that is damaged it is told elsewhere; whoever runs the server, or tells something, has none.
        with suppress(DamagedError):
            if account := register.account(name):
                add_line(sink, NAMES, {"name": name, "full_name": account.full_name})


def _log_of(register: Register, account: Account) -> tuple[list[AccountEntry], str]:
    """Return the log of an account, and the key of what is damaged in it, so that nothing of it can be read."""
    try:
        return register.account_log(account.name), ""
    except DamagedError as error:
        return [], error.key


def _ever(account: Account, log: Iterable[AccountEntry], organisation: str) -> list[str]:
    """Return the roles in an organisation that an account ever had: as its log says, or what somebody took from it."""
    told = [role for one in log for role in (*one.came, *one.went)]
    return sorted(
        {*_there(told, organisation), *_there((one["role"] for one in account.vacancies), organisation)}
    )


def _there(roles: Iterable[str], organisation: str) -> list[str]:
    return [one for one in roles if one.partition("/")[0] == organisation]


def _own(entry: Mapping[str, Any], organisation: str) -> dict[str, Any]:
    """Return an entry of a log without the roles of other organisations that it names."""
    found = dict(entry)
    for name in ("came", "went"):
        if isinstance(found.get(name), list):
            found[name] = _there(found[name], organisation)
    return found


def _yes(is_so: bool) -> str:
    return "ja" if is_so else "nee"
