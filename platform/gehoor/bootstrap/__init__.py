"""Where Gehoor is put together: the only place that names adapters and reads the clock and the environment.

This module itself is light, so that every command can ask it for the time and for places. What costs more to
import stands beside it: ``register`` (store, rule engine, mail), ``files`` (definitions) and ``web``.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

FOLDERS = ("definitions", "forms", "rules")
"""The folders of a workspace."""

_REGISTER = Path(".gehoor") / "register.db"
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.IGNORECASE | re.ASCII)
"""How an address begins: with its scheme. One letter is a drive of Windows."""
_CHECKOUT = Path(__file__).resolve().parents[3]
STARTER = Path(str(resources.files("gehoor"))) / "starter"
"""The workspace that comes with an installed Gehoor: to begin from, not to write in."""


class SetupError(Exception):
    """Something around Gehoor is not in place. The message is Dutch and says what to do."""


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


def store_path(option: str | None, workspace_option: str | None, name: str = _REGISTER.name) -> Path:
    """Return the file of the register: ``option``, the setting ``GEHOOR_STORE``, or one in the workspace.

    The starter that comes with Gehoor is no place for a register; the current folder is used then. Raises
    ``SetupError`` for an address, such as that of a database server: it is no file.
    """
    named = option or os.environ.get("GEHOOR_STORE")
    if named:
        if _ADDRESS.match(named):
            raise SetupError(
                f"Een register is een bestand, en {_without_secret(named)} is er geen: wij kennen geen ander soort. "
                "Schrijf het pad van het bestand, bijvoorbeeld /var/lib/gehoor/register.db "
                "(in GEHOOR_STORE, of na --store)."
            )
        return Path(named)
    place = workspace(workspace_option)
    return (Path.cwd() if place == STARTER else place) / _REGISTER.parent / name


def base_url(default: str = "http://127.0.0.1:8000") -> str:
    """Return the address under which people open Gehoor: the setting ``GEHOOR_URL``, or ``default``."""
    return named_url() or default.rstrip("/")


def named_url() -> str:
    """Return the setting ``GEHOOR_URL``, empty where nobody gave this site an address."""
    return os.environ.get("GEHOOR_URL", "").rstrip("/")


def _is_workspace(place: Path) -> bool:
    return all((place / folder).is_dir() for folder in FOLDERS)


def _without_secret(address: str) -> str:
    """Return an address as it may be shown: no password is repeated on a screen or in a log."""
    scheme, colon, rest = address.partition(":")
    return f"{scheme}{colon}//..." if rest.startswith("//") else f"{scheme}{colon}..."


def _folders() -> str:
    return f"{', '.join(FOLDERS[:-1])} en {FOLDERS[-1]}"
