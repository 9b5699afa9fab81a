"""Subscriptions of programs in the register: all together in one setting, as there are few and every save asks them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Final

from gehoor.core.text.canonical_json import dump, load
from gehoor.services.ports.hooks import Hook
from gehoor.services.ports.records import from_document
from gehoor.services.ports.store import DamagedError
from gehoor.services.records.setting_records import SettingRecords

HOOKS: Final = "hooks"
"""The setting that holds them."""


def hooks_in(register: SettingRecords) -> dict[str, Hook]:
    """Return all subscriptions, by id, the first first."""
    kept = register.setting(HOOKS)
    return {one["id"]: from_document(Hook, one) for one in load(kept)} if kept else {}


def hooks_for(register: SettingRecords, organisation: str) -> list[Hook]:
    """Return the subscriptions to what happens in an organisation; none where they are damaged: nobody is kept from
    what they do with a dossier because of who would hear of it, and ``gehoor verify`` tells."""
    try:
        hooks = hooks_in(register)
    except DamagedError:
        return []
    return [one for one in hooks.values() if one.organisation == organisation]


def save_hooks(register: SettingRecords, hooks: Iterable[Hook]) -> None:
    """Keep these subscriptions, and no others."""
    register.save_setting(HOOKS, dump([{**asdict(one), "events": list(one.events)} for one in hooks]))
