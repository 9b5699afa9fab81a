"""Trying a proposal: a website of its own, with a register that is thrown away, below an address that nobody guesses.

Every process can open it: the register is a file, and what it is made from follows from the address. Nothing of it is
public without the address, which is signed and ends after some hours; every page says that it is to try.
"""

from __future__ import annotations

import hashlib
import hmac
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Final

from flask import Flask
from itsdangerous import BadData, URLSafeSerializer

from gehoor.bootstrap.register import hasher, open_runtime
from gehoor.core.access.roles import EVERY_DEPARTMENT, role_text
from gehoor.services.accounts.accounts import add_account
from gehoor.services.agreements.drafts import every_role
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.ports.drafting import Drafter, Preview, TooHeavySourcesError
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from gehoor.web.request.draft import Draft, DraftState

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PREFIX: Final = "/proberen/"
USER: Final = "proef"
"""Who signs in there, with every role that there is."""
_HALF_DAY: Final = 12 * 3600
"""An address lasts at least so long, in seconds, and at most twice."""
_KEPT: Final = 4
"""How many a process keeps open."""
_PASSWORD: Final = 10
Making = Callable[[Runtime, Draft], Flask]


@dataclass(frozen=True)
class _Tried:
    title: str

    def state(self, now: datetime) -> DraftState:  # noqa: ARG002 - nothing changes in it
        return DraftState((), serves=True, proposal=self.title)


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
    _open: OrderedDict[str, tuple[Flask, Runtime]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

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
            if path.startswith(PREFIX):
                key, _, rest = path.removeprefix(PREFIX).partition("/")
                site = self._site(key)
                if site is not None:
                    changed: dict[str, Any] = environ
                    changed["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}{PREFIX}{key}"
                    changed["PATH_INFO"] = f"/{rest}"
                    return site(changed, start_response)
            return app(environ, start_response)

        return answer

    def close(self) -> None:
        """Let go of all that is open."""
        while self._open:
            self._open.popitem()[1][1].store.close()

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
        with self._lock:
            if key in self._open:
                self._open.move_to_end(key)
                return self._open[key][0]
            made = self._made(organisation, tree, title, key)
            if made is None:
                return None
            self._open[key] = made
            while len(self._open) > _KEPT:
                self._open.popitem(last=False)[1][1].store.close()
            return made[0]

    def _made(self, organisation: str, tree: str, title: str, key: str) -> tuple[Flask, Runtime] | None:
        with reading(self.runtime.store) as register:
            sources = register.sources(tree)
        try:
            judged = self.drafter.judge(sources, organisation)
        except TooHeavySourcesError:
            return None
        if not judged.is_sound:
            return None
        self._forget_old()
        digest = hashlib.sha256(key.encode()).hexdigest()[:24]
        runtime = open_runtime(self.folder / f"{digest}.db", self.runtime.home)
        offered = [
            Publishable(organisation, one.name, one.document, one.places) for one in judged.departments
        ]
        now = self.clock()
        publish(runtime, offered, now - timedelta(days=1), USER)
        self._add_users(runtime, tree, now)
        app = self.make(runtime, _Tried(title))
        # Its cookies go nowhere else: who tries something stays signed in where they work.
        app.config.update(SESSION_COOKIE_NAME="gehoor-proef", SESSION_COOKIE_PATH=f"{PREFIX}{key}/")
        return app, runtime

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

    def _forget_old(self) -> None:
        """Throw away the registers that nobody can open any more."""
        oldest = self.clock().timestamp() - 3 * _HALF_DAY
        if not self.folder.is_dir():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for file in self.folder.iterdir():
            with suppress(OSError):
                if file.stat().st_mtime < oldest:
                    file.unlink()
