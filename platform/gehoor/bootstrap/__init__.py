"""Where Gehoor is put together: the only place that names adapters and reads the clock and the environment.

This module itself is light, so that every command can ask it for the time and for places. What costs more to
import stands beside it: ``register`` (store, rule engine, mail), ``files`` (definitions) and ``web``.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import Final, TypeAlias

FOLDERS = ("definitions", "forms", "rules")
"""The folders of a workspace."""

_REGISTER = Path(".gehoor") / "register.db"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE | re.ASCII)
"""How an address begins: with its scheme. One letter is a drive of Windows."""
_BESIDES: Final = re.compile("[?#]")
_PORT_LIKE: Final = re.compile(r"^[^/]*:(?!\d{1,5}(/|$))")
"""A server with something after it that is no port: perhaps a password."""
_DATABASES: Final = ("postgresql:", "postgres:")
_CHECKOUT = Path(__file__).resolve().parents[3]
STARTER = Path(str(resources.files("gehoor"))) / "starter"
"""The workspace that comes with an installed Gehoor: to begin from, not to write in."""

HANDBOOK = STARTER.parent / "handbook"
"""The pages of the handbook that come with an installed Gehoor."""


class SetupError(Exception):
    """Something around Gehoor is not in place. The message is Dutch and says what to do."""


@dataclass(frozen=True)
class Database:
    """A register in a database. ``beside``: what the files are named after that stand on this computer beside it, such
    as its key; there is no such file itself."""

    address: str = field(repr=False)
    beside: Path

    def __str__(self) -> str:
        """Return the address as it may be shown: without who signs in, and without a password."""
        scheme, _, rest = self.address.partition("://")
        # A password may have any sign in it; what follows on the last @ is no part of it.
        place = _BESIDES.split(rest.rpartition("@")[2])[0]
        signed_in = "@" in rest or not _PORT_LIKE.search(place)
        return f"{scheme}://{place if signed_in else '...'}"


Place: TypeAlias = Path | Database
"""Where a register is: its file, or a database."""


def beside(place: Place) -> Path:
    """Return what the files beside a register are named after: a file that is the register itself, or none."""
    return place.beside if isinstance(place, Database) else place


def now() -> datetime:
    """Return this instant, in UTC. Nothing else reads the clock."""
    return datetime.now(UTC)  # noqa: TID251 - the one place where the clock may be read


def workspace(option: str | None) -> Path:
    """Return the folder with the definition files.

    The first there is of: ``option``, the setting ``GEHOOR_WORKSPACE``, the current folder, the folder that
    Gehoor is developed in, and the starter that comes with it. Raises ``SetupError``.
    """
    named = option or os.environ.get("GEHOOR_WORKSPACE")
    if named:
        if not _is_workspace(Path(named)):
            raise SetupError(
                f"In {named} staan de mappen {_folders()} niet. Maak ze met: gehoor init {named}"
            )
        return Path(named)
    looked = (Path.cwd(), _CHECKOUT, STARTER)
    for place in looked:
        if _is_workspace(place):
            return place
    places = ", ".join(str(place) for place in looked)
    raise SetupError(f"Wij vinden de mappen {_folders()} niet. Wij zochten in: {places}.")


def starter() -> Path:
    """Return the workspace that new ones begin as. Raises ``SetupError``."""
    for place in (STARTER, _CHECKOUT):
        if _is_workspace(place):
            return place
    raise SetupError(f"De afspraken om mee te beginnen ontbreken. Wij zochten in: {STARTER}, {_CHECKOUT}.")


def handbook_folder() -> Path | None:
    """Return where the handbook is: in the package that was installed, or where Gehoor is developed; None where it did
    not come along."""
    return next((place for place in (HANDBOOK, _CHECKOUT / "docs" / "handleiding") if place.is_dir()), None)


def register_place(option: str | None, workspace_option: str | None, name: str = _REGISTER.name) -> Place:
    """Return where the register is: ``option``, the setting ``GEHOOR_STORE``, or a file in the workspace.

    The starter that comes with Gehoor is no place for a register; the current folder is used then. Raises
    ``SetupError`` for an address of another kind than a PostgreSQL database.
    """
    named = (option or os.environ.get("GEHOOR_STORE") or "").strip()
    if not named:
        return _kept(workspace_option) / name
    if named.lower().startswith(_DATABASES):
        folder = os.environ.get("GEHOOR_STATE")
        return Database(named, (Path(folder) if folder else _kept(workspace_option)) / "register")
    if _ADDRESS.match(named):
        raise SetupError(
            f"Een register is een bestand of een PostgreSQL-database, en {_without_secret(named)} is geen van beide. "
            "Schrijf het pad van het bestand, bijvoorbeeld /var/lib/gehoor/register.db, of het adres van de database: "
            "postgresql://server/naam (in GEHOOR_STORE, of na --store)."
        )
    return Path(named)


def _kept(workspace_option: str | None) -> Path:
    """Return the folder for what is kept, where nobody names another."""
    place = workspace(workspace_option)
    return (Path.cwd() if place == STARTER else place) / _REGISTER.parent


def base_url(default: str = "http://127.0.0.1:8000") -> str:
    """Return the address under which people open Gehoor: the setting ``GEHOOR_URL``, or ``default``."""
    return named_url() or default.rstrip("/")


def named_url() -> str:
    """Return the setting ``GEHOOR_URL``, empty where nobody gave this site an address. Whether it is one of a website:
    ``site_address.read_address``."""
    scheme, colon, rest = os.environ.get("GEHOOR_URL", "").strip().rstrip("/").partition("://")
    return f"{scheme.lower()}{colon}{rest}"


def _is_workspace(place: Path) -> bool:
    return all((place / folder).is_dir() for folder in FOLDERS)


def _without_secret(address: str) -> str:
    """Return an address as it may be shown: no password is repeated on a screen or in a log."""
    scheme, colon, rest = address.partition(":")
    return f"{scheme}{colon}//..." if rest.startswith("//") else f"{scheme}{colon}..."


def _folders() -> str:
    return f"{', '.join(FOLDERS[:-1])} en {FOLDERS[-1]}"
