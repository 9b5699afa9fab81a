"""The accounts of an organisation in its exit kit: who has which role, and what was done with accounts; no secret, and
nothing of what somebody has elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from gehoor.services.exchange.exit_kit.sink import Sink, add_line, add_row, begin_table
from gehoor.services.ports.records import Account, to_document
from gehoor.services.ports.store import DamagedError
from gehoor.services.register.register import Register

ACCOUNTS: Final = "accounts/accounts.jsonl"
_LOG: Final = "accounts/logboek.jsonl"
_TABLE: Final = "tabellen/accounts.csv"
_KEPT: Final = ("name", "full_name", "email", "active", "client", "second_step")
"""What goes along of an account, beside its roles: no hash of a password, and nothing that waits to be confirmed."""


def write_accounts(register: Register, organisation: str, sink: Sink) -> tuple[frozenset[str], list[str]]:
    """Write the accounts with a role in an organisation; return their names, and what is damaged."""
    left_out: list[str] = []
    names: set[str] = set()
    for name in (ACCOUNTS, _LOG):
        sink.add(name, b"")
    begin_table(sink, _TABLE, ("aanmeldnaam", "naam", "e-mailadres", "rollen", "in gebruik", "programma"))
    for account in register.accounts():
        roles = _there(account.held_roles, organisation)
        periods = [one for one in account.periods if _there([one.get("role", "")], organisation)]
        if not roles and organisation not in account.coordinates:
            continue
        names.add(account.name)
        document = to_document(account)
        said: dict[str, Any] = {name: document[name] for name in _KEPT}
        said |= {
            "roles": _there(account.roles, organisation),
            "periods": periods,
            "coordinates": organisation in account.coordinates,
        }
        add_line(sink, ACCOUNTS, said)
        cells = (account.name, account.full_name, account.email, ", ".join(roles))
        add_row(sink, _TABLE, (*cells, _yes(account.active), _yes(account.client)))
        try:
            for entry in register.account_log(account.name):
                add_line(sink, _LOG, _own(to_document(entry), organisation))
        except DamagedError as error:
            left_out.append(f"logboek van {account.name} ({error.key})")
    return frozenset(names), left_out


def account_in(account: Account, organisation: str) -> bool:
    """Say whether an account has, or had for a while, a role in an organisation."""
    return bool(_there(account.held_roles, organisation)) or organisation in account.coordinates


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
