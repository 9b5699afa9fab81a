"""Addresses of calendars: by the hash of a secret it is known whose deadlines may be asked for without signing in.

Whoever knows an account's password could have made or seen one, so that with another password it counts no more. One
that is damaged counts no more either: no account stays open because of it.
"""

from __future__ import annotations

import hashlib
from typing import Final

from gehoor.services.ports.store import DamagedError
from gehoor.services.register.register import Register

_WHOSE: Final = "calendar/"
"""With what the settings begin that say whose the address with a hash is; an empty text: nobody's."""
_OF: Final = "calendar-of/"
"""With what those begin that hold the hash of the address of an account; an empty text: there is none."""


def address_hash(secret: str) -> str:
    """Return by what an address is known: not by the secret in it."""
    # As long and as random as a key: nobody finds it by trying.
    return hashlib.sha256(f"calendar/{secret}".encode("utf-8", "surrogatepass")).hexdigest()


def has_calendar_address(register: Register, name: str) -> bool:
    """Say whether an account has an address for a calendar."""
    return bool(register.sound_setting(f"{_OF}{name}"))


def keep_calendar_address(register: Register, name: str, digest: str) -> None:
    """Let an account have this address; the one before counts no more."""
    forget_calendar_address(register, name)
    register.save_setting(f"{_OF}{name}", digest)
    register.save_setting(f"{_WHOSE}{digest}", name)


def forget_calendar_address(register: Register, name: str) -> None:
    """Let the address of an account count no more, if it has one."""
    try:
        before = register.setting(f"{_OF}{name}")
    except DamagedError:
        # Also once it is put back from a copy: this is written in its place.
        register.save_setting(f"{_OF}{name}", "")
        return
    if before:
        register.save_setting(f"{_WHOSE}{before}", "")
        register.save_setting(f"{_OF}{name}", "")


def named_by(register: Register, digest: str) -> str:
    """Return of which account an address is; empty for one of nobody."""
    name = register.sound_setting(f"{_WHOSE}{digest}") or ""
    # Of two settings, both have to say so.
    return name if name and register.sound_setting(f"{_OF}{name}") == digest else ""
