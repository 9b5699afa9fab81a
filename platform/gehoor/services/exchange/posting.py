"""Telling programs what happened: each event again and again until it is taken in, each program apart from the others.

An event is claimed first, as a message is (``messages/claims.py``): of many senders one has it, and what was sent by
one that was killed goes out again under the same id.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import suppress
from contextvars import copy_context
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.core.text.canonical_json import load
from gehoor.services.messages.addresses import MOOT
from gehoor.services.messages.claims import POSTING as POSTING  # noqa: PLC0414 - of what waits here
from gehoor.services.messages.claims import UNTOLD, backoff, claim, claimed, give_back, put_off, settle
from gehoor.services.messages.hook_records import hooks_in, known_hooks, save_hooks
from gehoor.services.messages.sending import Delivered
from gehoor.services.ports.hooks import Hook, HookError, HookPoster
from gehoor.services.ports.outside import Vault
from gehoor.services.ports.records import Message
from gehoor.services.ports.store import DamagedError
from gehoor.services.recording.hook_news import HELD, told_to
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime

POSTED: Final = "posted"
"""The state of an event that was taken in."""
SECRET: Final = "webhook/"  # noqa: S105 - for what it is sealed, not a secret
"""For what the secret of a subscription is sealed: this, and its id."""
_BATCH: Final = 40
_AT_ONCE: Final = 8
"""How many programs are told at the same time: one that does not answer keeps the others from nothing."""
_TURN: Final = timedelta(seconds=30)
"""So long a program is told what waits; if it is slow, the others have their turn before it goes on."""
_PACE: Final = 3.0
"""After so many seconds it is looked what came meanwhile, for others than who is being told."""
_MENDED_BY: Final = timedelta(minutes=10)
"""So long after it could not be told for whom something is, that is looked at again."""
_LONGEST_WAIT: Final = timedelta(hours=6)
_PATIENCE: Final = timedelta(days=3)
"""A program that took nothing in for so long is left alone until somebody looks at it."""
_LEAST_TRIES: Final = 10
_NO_KEY: Final = "het geheim van deze webhook kan niet gelezen worden: maak de webhook opnieuw"


def post_events(
    runtime: Runtime,
    poster: HookPoster,
    vault: Vault,
    clock: Callable[[], datetime],
    stop: Callable[[], bool] = lambda: False,
) -> Delivered:
    """Tell what waits and may be tried now, until that is done or ``stop`` says so. While a program takes its time, the
    others hear what comes meanwhile."""
    hand_out(runtime, clock())
    states: list[str] = []
    one = _Postman(runtime, poster, vault, clock, stop)
    busy: dict[Future[list[str]], str] = {}
    goes_on = True
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while goes_on or busy:
            batch = claim(runtime, one.name, clock(), _BATCH, POSTING) if goes_on else []
            of_hook: dict[str, list[Message]] = {}
            for message in batch:
                of_hook.setdefault(message.hook or "", []).append(message)
            # Where steps take so long that what was put off is due by now, the next round goes on.
            again = one.in_vain(of_hook)
            for hook in of_hook.keys() & {*busy.values()}:
                one.leave(hook, of_hook.pop(hook))
            # What the thread that asks works within, each of these works within too.
            busy |= {
                pool.submit(copy_context().run, one.send, found): hook for hook, found in of_hook.items()
            }
            goes_on = bool(batch or busy) and not (again and batch) and not stop() and goes_on
            done, _ = wait(busy, timeout=_PACE if goes_on else None)
            states += [state for told in done for state in told.result()]
            busy = {told: hook for told, hook in busy.items() if told not in done}
    return Delivered(states.count(POSTED), states.count(POSTING))


def hand_out(runtime: Runtime, now: datetime) -> None:
    """Give the events that were kept while nobody could tell for which programs, to those that ask for them; what still
    cannot be told is looked at again later. No program was subscribed meanwhile: that is refused then."""
    while True:
        with reading(runtime.store) as register:
            if not register.messages_to_send(now, 1, UNTOLD):
                return
        with writing(runtime.store) as register:
            for kept in register.messages_to_send(now, _BATCH, UNTOLD):
                try:
                    hooks = known_hooks(register, kept.organisation)
                except DamagedError:
                    register.save_message(replace(kept, next_at=instant_text(now + _MENDED_BY)))
                    continue
                register.queue_all(told_to(hooks, kept))
                register.save_message(replace(kept, state=MOOT, next_at=None))


def signed(secret: str, name: str, at: datetime, body: bytes) -> dict[str, str]:
    """Return the headers by which a program knows that it is we who tell, as Standard Webhooks has them."""
    moment = str(int(at.timestamp()))
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, b".".join((name.encode(), moment.encode(), body)), hashlib.sha256).digest()
    return {
        "webhook-id": name,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{base64.b64encode(digest).decode()}",
    }


class _Postman:
    """One of perhaps many that tell at the same time."""

    def __init__(
        self,
        runtime: Runtime,
        poster: HookPoster,
        vault: Vault,
        clock: Callable[[], datetime],
        stop: Callable[[], bool],
    ) -> None:
        self.name = uuid4().hex
        self._runtime, self._poster, self._vault = runtime, poster, vault
        self._clock, self._stop = clock, stop
        self._failed: dict[str, Message] = {}
        """The programs that did not take something in: they are not tried again in this round."""

    def in_vain(self, hooks: Iterable[str]) -> bool:
        """Return whether all of these are programs that took nothing in before in this round."""
        return all(hook in self._failed for hook in hooks)

    def leave(self, hook: str, batch: Iterable[Message]) -> None:
        """Leave claimed events to a later turn: their program is being told something else."""
        later = instant_text(self._clock() + _TURN)
        give_back(self._runtime, self.name, batch)
        put_off(self._runtime, hook, self._clock(), lambda one: replace(one, next_at=later))

    def send(self, batch: Iterable[Message]) -> list[str]:
        """Send claimed events of one subscription, and return what became of those that were tried or must wait."""
        left = {message.key: message for message in batch}
        states: list[str] = []
        begun, slow, hook = self._clock(), "", ""
        failed: Message | None = None
        try:
            for key, waiting in [*left.items()]:
                hook = waiting.hook or ""
                failed = self._failed.get(hook)
                if self._stop():
                    break
                if states and not begun <= self._clock() < begun + _TURN:
                    slow = hook
                    break
                try:
                    message = self._current(key)
                    if message is None:
                        continue
                    # Where one was not taken in, the next is not tried now: it would be waited for in vain again.
                    after = self._as_failed(message, failed) if failed else self._tried(message)
                except DamagedError:
                    del left[key]  # Nothing can be kept of it before it is mended.
                    continue
                del left[key]
                if after.state in (POSTING, HELD) and failed is None:
                    self._failed[hook] = failed = after
                with suppress(DamagedError):
                    settle(self._runtime, self.name, after)
                states.append(after.state)
        finally:
            if left:
                give_back(self._runtime, self.name, left.values())
            if failed is not None:
                like = failed
                put_off(self._runtime, hook, self._clock(), lambda one: self._as_failed(one, like))
            elif slow:
                self.leave(slow, ())
        return states

    def _current(self, key: str) -> Message | None:
        with reading(self._runtime.store) as register:
            return claimed(register, self.name, key, self._clock())

    def _hook(self, message: Message) -> Hook | None:
        """Return the subscription of an event; None where it was taken away. Raises ``DamagedError`` where that cannot
        be told: the event waits."""
        with reading(self._runtime.store) as register:
            hooks = known_hooks(register, message.organisation)
        return next((one for one in hooks if one.id == message.hook), None)

    def _tried(self, message: Message) -> Message:
        hook = self._hook(message)
        if hook is None:
            return replace(message, state=MOOT, next_at=None, error="")
        if hook.is_paused:
            return replace(message, state=HELD, next_at=None)
        body = message.text.encode()
        secret = self._vault.opened(f"{SECRET}{hook.id}", hook.secret)
        try:
            if secret is None:
                raise HookError(_NO_KEY)
            headers = {
                "content-type": "application/cloudevents+json; charset=utf-8",
                **signed(secret, load(message.text)["id"], self._clock(), body),
            }
            self._poster.post(hook.address, headers, body)
        except HookError as error:
            return self._refused(message, hook, str(error))
        return replace(message, state=POSTED, attempts=message.attempts + 1, next_at=None, error="")

    def _refused(self, message: Message, hook: Hook, why: str) -> Message:
        attempts, now = message.attempts + 1, self._clock()
        if attempts >= _LEAST_TRIES and now - parse_instant(message.created_at) > _PATIENCE:
            self._pause(hook, why, now)
            return replace(message, state=HELD, attempts=attempts, next_at=None, error=why)
        next_at = instant_text(now + backoff(attempts, _LONGEST_WAIT))
        return replace(message, attempts=attempts, next_at=next_at, error=why)

    def _as_failed(self, message: Message, failed: Message) -> Message:
        return replace(message, state=failed.state, next_at=failed.next_at, error=failed.error)

    def _pause(self, hook: Hook, why: str, now: datetime) -> None:
        with writing(self._runtime.store) as register:
            hooks = hooks_in(register)
            if hook.id in hooks and not hooks[hook.id].is_paused:
                hooks[hook.id] = replace(hooks[hook.id], paused_at=instant_text(now), why=why)
                save_hooks(register, hooks.values())
