"""How safe a database says it is for what stands in it: who can read along, and whether what is kept stays kept."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address

import psycopg
from psycopg.conninfo import conninfo_to_dict

from gehoor.adapters.stores.postgres.connections import conninfo
from gehoor.adapters.stores.postgres.errors import FAILURES, translated

_HELD: tuple[str, ...] = ("verify-ca", "verify-full")


@dataclass(frozen=True)
class Safety:
    """``remote``: whether it is on another computer; ``encrypted``: whether nobody reads along on the way;
    ``sure``: whether that is asked of it, and whose certificate it is; ``unkept``: the settings by which what was
    acknowledged can be lost, or half there, when the power fails."""

    remote: bool
    encrypted: bool
    sure: bool
    unkept: tuple[str, ...] = ()


def has_password(address: str) -> bool:
    """Say whether the password of a database stands in its address, where every list of settings shows it."""
    try:
        return bool(conninfo_to_dict(address).get("password"))
    except psycopg.ProgrammingError:
        return False


def safety_of(address: str) -> Safety:
    """Ask a database. Raises ``StoreUnavailableError``."""
    whole = conninfo(address)
    try:
        with psycopg.connect(whole, autocommit=True) as connection:
            row = connection.execute(
                "SELECT host(inet_client_addr()), host(inet_server_addr()), "
                "coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)"
            ).fetchone()
            unkept = [
                name
                for name in ("fsync", "full_page_writes", "synchronous_commit")
                for (value,) in connection.execute("SELECT setting FROM pg_settings WHERE name = %s", (name,))
                if value in ("off", "local")
                and not (name == "synchronous_commit" and _asks_for_it(connection))
            ]
    except FAILURES as error:
        raise translated(error) from error
    client, server, encrypted = row or (None, None, False)
    asked = str(conninfo_to_dict(whole).get("sslmode") or "prefer")
    return Safety(_is_elsewhere(client, server), bool(encrypted), asked in _HELD, tuple(unkept))


def _asks_for_it(connection: psycopg.Connection[tuple[str, ...]]) -> bool:
    """Say whether we may ask the database to keep what it acknowledges: then each connection of ours does."""
    try:
        connection.execute("SET synchronous_commit = on")
    except FAILURES:
        return False
    return True


def _is_elsewhere(client: object, server: object) -> bool:
    """Say whether what is said goes over a network. Over a socket there are no addresses."""
    if client is None or server is None:
        return False
    return client != server and not ip_address(str(client)).is_loopback
