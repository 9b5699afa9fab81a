"""Settings of a register, and the marks by which everyone sees that something is no longer as it was."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from gehoor.services.ports.store import DamagedError, Tables
from gehoor.services.records.ledger_lookup import is_entered

_BYTES: Final = 32

Settings: TypeAlias = dict[str, str | None]
"""Settings that were read: None are those that there are not."""


@dataclass(frozen=True)
class SettingRecords:
    """The settings inside one transaction."""

    tables: Tables
    _read: Settings = field(default_factory=dict, compare=False, repr=False)
    """What was read in this transaction: nobody else changes it meanwhile."""

    def setting(self, name: str) -> str | None:
        """Return a setting of this register."""
        if name not in self._read:
            document = self.tables.get("settings", name)
            self._read[name] = document["value"] if document else None
        return self._read[name]

    def sound_setting(self, name: str) -> str | None:
        """Return a setting of this register; None also where that is damaged. For what is a help to somebody, without
        which all else has to go on."""
        try:
            return self.setting(name)
        except DamagedError:
            return None

    def mark(self, name: str) -> str | None:
        """Return a mark: a text that says only that all is as it was. For one that is damaged a text that it never had,
        so that everybody looks again."""
        try:
            return self.setting(name)
        except DamagedError:
            return secrets.token_hex(8)

    def secret(self, name: str) -> str:
        """Return a secret of this register (hexadecimal), and make it when there never was one. Raises
        ``DamagedError``, also for one that is gone: with another, what rests on it is worth nothing, and nobody would
        know why."""
        found = self.setting(name)
        if found is None:
            if is_entered(self.tables, f"settings/{name}"):
                raise DamagedError(f"settings {name} is gone", "settings", name)
            found = secrets.token_hex(_BYTES)
            self.save_setting(name, found)
        return found

    def renew_lost(self, name: str) -> bool:
        """Make a secret anew that is damaged or gone, and say whether it was: one on which nothing rests but what
        people do again, such as signing in."""
        try:
            if self.setting(name) is not None or not is_entered(self.tables, f"settings/{name}"):
                return False
        except DamagedError:
            pass
        self.save_setting(name, secrets.token_hex(_BYTES))
        return True

    def save_setting(self, name: str, value: str) -> None:
        """Keep a setting of this register."""
        self.tables.put("settings", name, {"value": value})
        self._read[name] = value

    def change(self, setting: str) -> None:
        """Give a setting a text that it never had."""
        # Never a count: a register that was put back from a copy would count the same again.
        self.save_setting(setting, secrets.token_hex(8))
