"""A server that is killed, with all its workers and while a copy is made, loses nothing that it said was received."""

from __future__ import annotations

import http.client
import os
import random
import signal
import sys
import threading
import time
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import pytest

from gehoor.bootstrap.register_files.backup_file import check_backup
from gehoor.services.maintenance.verify import verify
from gehoor.services.register.register import reading
from tests.scenarios.cli.site.test_serve import free_port
from tests.support.cli_run import publish_all, start
from tests.support.faults import Tell
from tests.support.patience import PATIENCE
from tests.support.stores import opened_at

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills a group of processes")

_FORM = "/de-linde/beukenhof/melden/alles"
_HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}


def tell(port: int, key: str) -> bool:
    """Send a complaint; says whether the server said that it was received."""
    form = urlencode({"sleutel": key, "v_uiteenzetting": f"De soep was koud: {key}", "v_anoniem": "ja"})
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("POST", _FORM, form, _HEADERS)
        return connection.getresponse().status == 303
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


class Senders:
    """Several people who send one complaint after another, until they are told to stop."""

    def __init__(self, port: int, keys: count[int], people: int = 4) -> None:
        self.received: list[str] = []
        self._port, self._keys, self._stop = port, keys, threading.Event()
        self._threads = [threading.Thread(target=self._send) for _ in range(people)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _send(self) -> None:
        while not self._stop.is_set():
            key = f"key-{next(self._keys)}"
            if tell(self._port, key):
                self.received.append(key)
            else:
                time.sleep(0.01)


@pytest.mark.parametrize("kills", [2, pytest.param(60, marks=pytest.mark.soak)])
def test_what_was_said_to_be_received_is_there(kills: int, tmp_path: Path, place: str, fault: Tell) -> None:
    publish_all(place)
    chance, keys, port = random.Random(kills), count(1), free_port()
    received: set[str] = set()
    for number in range(kills):
        server = start(
            "serve", "--store", place, "--port", str(port), "--workers", "2", start_new_session=True
        )
        assert server.stdout is not None
        server.stdout.readline()
        senders = Senders(port, keys)
        before = len(senders.received)
        end = time.monotonic() + PATIENCE
        while len(senders.received) < before + 5 and time.monotonic() < end:
            time.sleep(0.01)
        copy = tmp_path / f"{number}.gehoor"
        backup = start("backup", copy, "--store", place, start_new_session=True)
        time.sleep(chance.uniform(0, 2))
        os.killpg(server.pid, signal.SIGKILL)
        if number % 2:
            backup.kill()
        backup.communicate(timeout=PATIENCE)
        server.communicate(timeout=PATIENCE)
        senders.stop()
        received |= set(senders.received)
        if not number % 2:
            assert check_backup(copy).total > 0
    store = opened_at(place)
    with reading(store) as register:
        opened = register.tables.select("events", where={"kind": "opened"})
    kept = {event["data"]["values"]["uiteenzetting"].removeprefix("De soep was koud: ") for event in opened}
    found = verify(store)
    store.close()
    assert len(received) >= 5 * kills
    assert received <= kept, "received, and lost"
    assert found.findings == []
    fault(
        "kill -9 of a website with two workers, while copies are made",
        kills,
        "complaints lost that were said to be received",
    )
