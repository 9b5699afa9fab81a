"""Subscriptions to what happens in an organisation: by who manages the accounts of all of it, and whoever runs the
server."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from gehoor.core.dossier.events import instant_text
from gehoor.services.access.authorisation import Actor, name_of
from gehoor.services.accounts.administration import Managed, managed_by
from gehoor.services.exchange.posting import POSTED, POSTING, SECRET
from gehoor.services.messages.addresses import MOOT
from gehoor.services.messages.hook_records import hooks_in, save_hooks
from gehoor.services.ports.hooks import Hook, HookEvent, HookPoster
from gehoor.services.ports.outside import Vault
from gehoor.services.ports.records import Message, from_document
from gehoor.services.ports.store import Where
from gehoor.services.recording.hook_news import HELD
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime

MOST: Final = 20
"""How many subscriptions an organisation can have."""
LONGEST_NAME: Final = 100
LONGEST_ADDRESS: Final = 500
_LOOKED_AT: Final = 500
_SHOWN: Final = 10
_BYTES: Final = 32


class UnknownHookError(LookupError):
    """There is no such subscription or organisation, as far as who asks may know."""


class HookRefusedError(ValueError):
    """A subscription cannot be as it is. ``code``: ``name``, ``address``, ``https``, ``private``, ``events`` or
    ``many``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class NewHook:
    """A subscription as somebody asks for it."""

    organisation: str
    name: str
    address: str
    events: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HookShown:
    """A subscription with how it goes: how many events wait, and the last that were told or tried."""

    hook: Hook
    waiting: int
    last: tuple[Message, ...]


def subscribe(
    runtime: Runtime, tools: tuple[Vault, HookPoster], wanted: NewHook, actor: Actor, now: datetime
) -> tuple[Hook, str]:
    """Subscribe a program, and return its subscription with the secret that it is to know, shown this once. Raises
    ``UnknownHookError`` and ``HookRefusedError``."""
    vault, poster = tools
    name, address = " ".join(wanted.name.split()), wanted.address.strip()
    if not name or len(name) > LONGEST_NAME:
        raise HookRefusedError("name")
    if len(address) > LONGEST_ADDRESS or (why := poster.refuses(address)):
        raise HookRefusedError("address" if len(address) > LONGEST_ADDRESS else why)
    events = tuple(one.value for one in HookEvent if one.value in wanted.events)
    if not events or len(events) < len(set(wanted.events)):
        raise HookRefusedError("events")
    secret = f"whsec_{base64.b64encode(secrets.token_bytes(_BYTES)).decode()}"
    with writing(runtime.store) as register:
        _refuse(managed_by(runtime, register, actor, now), wanted.organisation, register)
        hooks = hooks_in(register)
        if sum(one.organisation == wanted.organisation for one in hooks.values()) >= MOST:
            raise HookRefusedError("many")
        made = secrets.token_hex(8)
        sealed = vault.seal(f"{SECRET}{made}", secret)
        hook = Hook(
            made, wanted.organisation, name, address, events, sealed, name_of(actor), instant_text(now)
        )
        save_hooks(register, [*hooks.values(), hook])
    return hook, secret


def pause(runtime: Runtime, hook_id: str, actor: Actor, now: datetime) -> None:
    """Send nothing to a program until somebody lets it go on: what happens waits. Raises ``UnknownHookError``."""

    def change(register: Register, hook: Hook) -> Hook:
        _move(register, hook, (POSTING,), HELD, None)
        return hook if hook.is_paused else replace(hook, paused_at=instant_text(now), why="")

    _change(runtime, hook_id, actor, now, change)


def send_again(runtime: Runtime, hook_id: str, actor: Actor, now: datetime) -> None:
    """Let what waits for a program go now, also where it was paused. Raises ``UnknownHookError``."""

    def change(register: Register, hook: Hook) -> Hook:
        _move(register, hook, (HELD, POSTING), POSTING, instant_text(now))
        return replace(hook, paused_at="", why="")

    _change(runtime, hook_id, actor, now, change)


def unsubscribe(runtime: Runtime, hook_id: str, actor: Actor, now: datetime) -> None:
    """Tell a program nothing any more, also of what waits. Raises ``UnknownHookError``."""

    def change(register: Register, hook: Hook) -> None:
        _move(register, hook, (HELD, POSTING), MOOT, None)

    _change(runtime, hook_id, actor, now, change)


def hooks_shown(runtime: Runtime, actor: Actor, now: datetime) -> list[HookShown]:
    """Return the subscriptions that somebody manages, with how each goes."""
    with reading(runtime.store) as register:
        managed = managed_by(runtime, register, actor, now)
        hooks = [one for one in hooks_in(register).values() if _manages(managed, one.organisation)]
        if not hooks:
            return []
        waiting = list(_of_state(register, (POSTING, HELD)))
        tried = [*(one for one in waiting if one.attempts), *_of_state(register, (POSTED,), _LOOKED_AT)]
    tried.sort(key=lambda one: one.created_at, reverse=True)
    return [
        HookShown(
            one,
            sum(message.hook == one.id for message in waiting),
            tuple(message for message in tried if message.hook == one.id)[:_SHOWN],
        )
        for one in hooks
    ]


def _change(
    runtime: Runtime,
    hook_id: str,
    actor: Actor,
    now: datetime,
    change: Callable[[Register, Hook], Hook | None],
) -> None:
    with writing(runtime.store) as register:
        hooks = hooks_in(register)
        hook = hooks.get(hook_id)
        if hook is None or not _manages(managed_by(runtime, register, actor, now), hook.organisation):
            raise UnknownHookError(hook_id)
        after = change(register, hook)
        kept = [after if one.id == hook_id else one for one in hooks.values()]
        save_hooks(register, [one for one in kept if one is not None])


def _move(register: Register, hook: Hook, states: Iterable[str], to: str, next_at: str | None) -> None:
    for message in [*_of_state(register, states)]:
        if message.hook == hook.id:
            register.save_message(replace(message, state=to, next_at=next_at, claimed_by=None))


def _of_state(register: Register, states: Iterable[str], limit: int | None = None) -> Iterable[Message]:
    where = Where({"state": [*states]}, sound_only=True)
    found = register.tables.select("messages", where=where, order_by=("-created_at",), limit=limit)
    return (from_document(Message, one) for one in found)


def _manages(managed: Managed, organisation: str) -> bool:
    return managed.everything or organisation in managed.whole


def _refuse(managed: Managed, organisation: str, register: Register) -> None:
    there = {one for one, _department in register.published_departments()}
    if organisation not in there or not _manages(managed, organisation):
        raise UnknownHookError(organisation)
