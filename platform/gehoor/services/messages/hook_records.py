"""Subscriptions of programs in the register: all together in one setting, as there are few and every save asks them.
Those of each organisation stand once more in one of its own: nothing is lost while one of the two cannot be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import asdict
from typing import Final

from gehoor.core.text.canonical_json import dump, load
from gehoor.services.ports.hooks import Hook
from gehoor.services.ports.records import from_document
from gehoor.services.ports.store import DamagedError
from gehoor.services.records.setting_records import SettingRecords

HOOKS: Final = "hooks"
"""The setting that holds them."""
HOOKS_OF: Final = f"{HOOKS}/"
"""With what the settings begin that hold those of an organisation once more."""


def hooks_in(register: SettingRecords) -> dict[str, Hook]:
    """Return all subscriptions, by id, the first first. Raises ``DamagedError``, also where they are gone."""
    kept = register.setting(HOOKS)
    if kept is None and _has_some(register):
        raise DamagedError(f"settings {HOOKS} is gone", "settings", HOOKS)
    return {one.id: one for one in _read(kept)}


def hooks_for(register: SettingRecords, organisation: str) -> list[Hook] | None:
    """Return the subscriptions to what happens in an organisation; None where nobody can tell which there are."""
    own = f"{HOOKS_OF}{organisation}"
    with suppress(DamagedError):
        if (kept := register.setting(HOOKS)) is not None:
            return [one for one in _read(kept) if one.organisation == organisation]
    try:
        kept = register.setting(own)
    except DamagedError:
        return None
    if kept is not None:
        return _read(kept)
    # Of before they were kept twice, or with its own gone too, what cannot be read may say of this one too.
    return None if _is_damaged(register) or _has_some(register) else []


def known_hooks(register: SettingRecords, organisation: str) -> list[Hook]:
    """Return the same for who knows that there were any. Raises ``DamagedError``, also where all of them are gone."""
    found = hooks_for(register, organisation)
    names = (HOOKS, f"{HOOKS_OF}{organisation}")
    if found is None or (not found and all(register.sound_setting(one) is None for one in names)):
        raise DamagedError(f"settings {HOOKS} cannot be read", "settings", HOOKS)
    return found


def save_hooks(register: SettingRecords, hooks: Iterable[Hook]) -> None:
    """Keep these subscriptions, and no others."""
    kept = list(hooks)
    before = {one.organisation for one in _read(register.sound_setting(HOOKS))}
    register.save_setting(HOOKS, _written(kept))
    _keep_own(register, kept, before | {one.organisation for one in kept})


def mend_hooks(register: SettingRecords, gone: Collection[str]) -> list[str]:
    """Make again which subscriptions there are where that is damaged or gone, of where they are kept once more; return
    the settings that were. ``gone``: the settings that are gone."""
    owns = [one for one in register.tables.scan("settings") if one[0].startswith(HOOKS_OF)]
    with suppress(DamagedError):
        if (kept := register.setting(HOOKS)) is not None:
            hurt = {key.removeprefix(HOOKS_OF) for key, one in owns if one is None}
            hooks = _read(kept)
            return _keep_own(register, hooks, hurt | {one.organisation for one in hooks})
    # Only where none of them is missing: who is left out would hear nothing more, and nobody would know.
    if not owns or any(one is None for _, one in owns) or any(one.startswith(HOOKS_OF) for one in gone):
        return []
    register.save_setting(HOOKS, _written([hook for _, one in owns if one for hook in _read(one["value"])]))
    return [HOOKS]


def _keep_own(register: SettingRecords, hooks: Collection[Hook], organisations: Collection[str]) -> list[str]:
    changed = []
    for organisation in sorted(organisations):
        own = _written([one for one in hooks if one.organisation == organisation])
        if register.sound_setting(f"{HOOKS_OF}{organisation}") != own:
            register.save_setting(f"{HOOKS_OF}{organisation}", own)
            changed.append(f"{HOOKS_OF}{organisation}")
    return changed


def _is_damaged(register: SettingRecords) -> bool:
    try:
        register.setting(HOOKS)
    except DamagedError:
        return True
    return False


def _has_some(register: SettingRecords) -> bool:
    return any(key.startswith(HOOKS_OF) for key, _ in register.tables.scan("settings"))


def _read(kept: str | None) -> list[Hook]:
    return [from_document(Hook, one) for one in load(kept)] if kept else []


def _written(hooks: Iterable[Hook]) -> str:
    return dump([{**asdict(one), "events": list(one.events)} for one in hooks])
