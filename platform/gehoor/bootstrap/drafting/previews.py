"""Trying a proposal: a website of its own, with a register that is thrown away, below an address that nobody guesses.

Every process can open it: the register is a file, and what it is made from follows from the address. Nothing of it is
public without the address, which is signed and ends after some hours; every page says that it is to try.
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from flask import Flask
from itsdangerous import BadData, URLSafeSerializer

from gehoor.bootstrap.drafting.preview_files import PreviewFiles, forget_ended
from gehoor.bootstrap.register import hasher, open_runtime
from gehoor.core.access.roles import EVERY_DEPARTMENT, role_text
from gehoor.core.proposals.sources import SourcesError
from gehoor.services.accounts.accounts import add_account
from gehoor.services.agreements.drafts import every_role
from gehoor.services.agreements.publishing import (
    EnginesDisagreeError,
    Publishable,
    ValidityError,
    publish,
)
from gehoor.services.agreements.same_numbers import SameNumbersError
from gehoor.services.ports.drafting import BusyDrafterError, Drafter, Preview, TooHeavySourcesError
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import DuplicateKeyError, StoreUnavailableError
from gehoor.services.proposals.outlook import publishables
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.web.request.draft import Draft, DraftState
from gehoor.web.workbench.unread import BUSY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX: Final = "/proberen/"
USER: Final = "proef"
"""Who signs in there, with every role that there is."""
_HALF_DAY: Final = 12 * 3600
"""An address lasts at least so long, in seconds, and at most twice."""
_LOOKS: Final = 600
"""So many seconds after it looked a process looks again whether something is to be thrown away."""
_KEPT: Final = 4
"""How many a process keeps open."""
_PASSWORD: Final = 10
_NOTHING_TO_SHOW: Final = (
    EnginesDisagreeError,
    OSError,
    SameNumbersError,
    SourcesError,
    StoreUnavailableError,
    TooHeavySourcesError,
    ValidityError,
    sqlite3.Error,
)
"""What can be wrong with files that an address was made for, or with what they are tried in."""
Making = Callable[[Runtime, Draft], Flask]


@dataclass(frozen=True)
class _Tried:
    title: str

    def state(self, now: datetime) -> DraftState:  # noqa: ARG002 - nothing changes in it
        return DraftState((), serves=True, proposal=self.title)


@dataclass(frozen=True)
class _Open:
    site: Flask
    runtime: Runtime
    until: int


class _BusyError(Exception):
    """Another one is being made."""


@dataclass
class Previews:
    """The websites on which proposals of a register are tried. ``folder``: where their registers are; ``make``: makes a
    website of a register."""

    runtime: Runtime
    drafter: Drafter
    secret: str
    folder: Path
    make: Making
    clock: Callable[[], datetime]
    _open: OrderedDict[str, _Open] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)
    _making: Lock = field(default_factory=Lock)
    _looked: float = 0
    _files: PreviewFiles = field(init=False)

    def __post_init__(self) -> None:
        self._files = PreviewFiles(self.folder)

    def preview(self, organisation: str, tree: str, title: str) -> Preview:
        """Return where a tree of files is tried."""
        # The same address for half a day, so that what was tried is there when somebody comes back.
        until = int(self.clock().timestamp() // _HALF_DAY + 2) * _HALF_DAY
        key = self._serializer().dumps([organisation, tree, title[:80], until])
        return Preview(f"{PREFIX}{key}/", USER, self._password(tree))

    def around(self, app: WSGIApplication) -> WSGIApplication:
        """Return an application with these websites below its own pages."""

        def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            path: str = environ.get("PATH_INFO", "")
            self._forget_ended()
            if path.startswith(PREFIX):
                key, _, rest = path.removeprefix(PREFIX).partition("/")
                try:
                    site = self._site(key)
                except _BusyError:
                    site = None
                    environ[BUSY] = True
                if site is not None:
                    changed: dict[str, Any] = environ
                    changed["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}{PREFIX}{key}"
                    changed["PATH_INFO"] = f"/{rest}"
                    return site(changed, start_response)
            return app(environ, start_response)

        return answer

    def close(self) -> None:
        """Let go of all that is open, and throw away what was typed there."""
        with self._lock:
            while self._open:
                self._open.popitem()[1].runtime.store.close()
        self._files.close()

    def _serializer(self) -> URLSafeSerializer:
        return URLSafeSerializer(self.secret, salt="gehoor-preview")

    def _password(self, tree: str) -> str:
        return hmac.new(self.secret.encode(), tree.encode(), hashlib.sha256).hexdigest()[:_PASSWORD]

    def _site(self, key: str) -> Flask | None:
        try:
            organisation, tree, title, until = self._serializer().loads(key)
        except BadData:
            return None
        if self.clock().timestamp() >= until:
            return None
        if (found := self._opened(key)) is not None:
            return found
        # One at a time: whoever waits for another keeps none from the pages of the register itself.
        if not self._making.acquire(blocking=False):
            raise _BusyError
        try:
            made = self._opened(key) or self._made(organisation, tree, title, (key, until))
        except (BusyDrafterError, DuplicateKeyError) as error:
            # Another process makes the same.
            raise _BusyError from error
        except _NOTHING_TO_SHOW:
            return None
        finally:
            self._making.release()
        return made

    def _opened(self, key: str) -> Flask | None:
        with self._lock:
            if key not in self._open:
                return None
            self._open.move_to_end(key)
            return self._open[key].site

    def _made(self, organisation: str, tree: str, title: str, address: tuple[str, int]) -> Flask | None:
        with reading(self.runtime.store) as register:
            sources = register.sources(tree)
        judged = self.drafter.judge(sources, organisation)
        if not judged.is_sound:
            return None
        key, until = address
        runtime = open_runtime(self._files.place(key, until), self.runtime.home)
        try:
            self._fill(runtime, tree, publishables(organisation, judged))
        except BaseException:
            runtime.store.close()
            raise
        app = self.make(runtime, _Tried(title))
        # Its cookies go nowhere else: who tries something stays signed in where they work.
        app.config.update(SESSION_COOKIE_NAME="gehoor-proef", SESSION_COOKIE_PATH=f"{PREFIX}{key}/")
        with self._lock:
            self._open[key] = _Open(app, runtime, until)
            while len(self._open) > _KEPT:
                self._open.popitem(last=False)[1].runtime.store.close()
        return app

    def _fill(self, runtime: Runtime, tree: str, offered: Sequence[Publishable]) -> None:
        now = self.clock()
        publish(runtime, offered, now - timedelta(days=1), USER)
        self._add_users(runtime, tree, now)

    def _add_users(self, runtime: Runtime, tree: str, now: datetime) -> None:
        """Add somebody with every role, and somebody for each role, called as that is."""
        with reading(runtime.store) as register:
            if register.account(USER) is not None:
                return
        roles = every_role(runtime, now)
        people = {USER: roles}
        for role in roles:
            place, _, name = role.partition(":")
            one = role_text(place.partition("/")[0], EVERY_DEPARTMENT, name)
            people.setdefault(name, (one,))
        quick, password = hasher(), self._password(tree)
        for name, held in people.items():
            add_account(
                runtime, quick, Account(name, name.replace("-", " ").capitalize(), "", "", held), password
            )

    def _forget_ended(self) -> None:
        """Now and then, throw away what nobody can open any more."""
        now = self.clock().timestamp()
        if abs(now - self._looked) < _LOOKS:
            return
        self._looked = now
        with self._lock:
            for key in [key for key, one in self._open.items() if one.until <= now]:
                self._open.pop(key).runtime.store.close()
        forget_ended(self.folder, now)
