"""Settings of a register, and the marks by which everyone sees that something is no longer as it was."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from gehoor.services.ports.store import Tables


@dataclass(frozen=True)
class SettingRecords:
    """The settings inside one transaction."""

    tables: Tables

    def setting(self, name: str) -> str | None:
        """Return a setting of this register."""
        document = self.tables.get("settings", name)
        return document["value"] if document else None

    def save_setting(self, name: str, value: str) -> None:
        """Keep a setting of this register."""
        self.tables.put("settings", name, {"value": value})

    def change(self, setting: str) -> None:
        """Give a setting a text that it never had."""
        # Never a count: a register that was put back from a copy would count the same again.
        self.save_setting(setting, secrets.token_hex(8))
