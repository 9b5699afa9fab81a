"""People who send one complaint after another, while servers come and go: each is answered, and kept once."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.maintenance.verify import verify
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from tests.support.patience import PATIENCE

_STORY = "De soep was koud: "


@dataclass(frozen=True)
class Page:
    """A page to tell something on: its address, its field for the story, and what else is filled in."""

    path: str = "/de-linde/beukenhof/melden/alles"
    story: str = "uiteenzetting"
    more: Mapping[str, str] = field(default_factory=lambda: {"v_anoniem": "ja"})


BEUKENHOF = Page()


class Senders:
    """``people`` who send until they are told to stop. ``connect``: how they come to the website."""

    def __init__(
        self, connect: Callable[[], http.client.HTTPConnection], page: Page = BEUKENHOF, people: int = 3
    ) -> None:
        self.received: list[str] = []
        self.failed: list[str] = []
        self._connect, self._page = connect, page
        self._keys, self._stop = count(1), threading.Event()
        self._threads = [threading.Thread(target=self._send) for _ in range(people)]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def wait_for(self, more: int) -> None:
        """Wait until so many more were received."""
        wanted, end = len(self.received) + more, time.monotonic() + PATIENCE
        while len(self.received) < wanted and not self.failed:
            assert time.monotonic() < end, "nobody is answered"
            time.sleep(0.01)

    def _send(self) -> None:
        while not self._stop.is_set():
            key = f"key-{next(self._keys)}"
            form = {"sleutel": key, f"v_{self._page.story}": f"{_STORY}{key}", **self._page.more}
            if why := self._answered(urlencode(form)):
                self.failed.append(f"{key}: {why}")
            else:
                self.received.append(key)
            # As people do, who leave others a turn.
            time.sleep(0.02)

    def _answered(self, form: str) -> str:
        """Return why a complaint was not received; empty when it was."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
        connection = self._connect()
        try:
            connection.request("POST", self._page.path, form, headers)
            answer = connection.getresponse()
            answer.read()
            return "" if answer.status == 303 else f"answered with {answer.status}"
        except (OSError, http.client.HTTPException) as error:
            return repr(error)
        finally:
            connection.close()


@contextmanager
def sending(connect: Callable[[], http.client.HTTPConnection], page: Page = BEUKENHOF) -> Iterator[Senders]:
    """Have people send while something happens to the servers; nobody may go without an answer."""
    senders = Senders(connect, page)
    senders.start()
    try:
        yield senders
    finally:
        senders.stop()
    assert not senders.failed, senders.failed


def kept_once(file: Path, received: list[str], page: Page = BEUKENHOF) -> None:
    """Assert that a register holds each complaint that was received, once, and no other of theirs; and is whole."""
    store = TinyDBStore(file, SCHEMAS)
    try:
        with reading(store) as register:
            opened = register.tables.select("events", where={"kind": "opened"})
        found = verify(store)
    finally:
        store.close()
    told = [event["data"]["values"].get(page.story, "") for event in opened]
    kept = [text.removeprefix(_STORY) for text in told if text.startswith(_STORY)]
    assert sorted(kept) == sorted(received)
    assert found.findings == []
