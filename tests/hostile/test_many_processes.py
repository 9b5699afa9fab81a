"""Two websites, two who look at the terms, and a database that is started anew under them: what was acknowledged is
there once, and each term that was missed is flagged once and told once."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from itertools import count, cycle
from pathlib import Path
from typing import Any

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.postgres_store import PostgresStore
from gehoor.services.backups.copying import copy_register
from gehoor.services.jobs.sweep import sweep
from gehoor.services.maintenance.verify import verify
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import Register, reading
from tests.hostile.test_servers_killed import tell
from tests.scenarios.cli.site.test_serve import free_port, wait_for
from tests.support.cli_run import ANSWERS, publish_all, run, start
from tests.support.clock import at
from tests.support.de_linde import new_runtime, open_by_web
from tests.support.faults import Tell
from tests.support.patience import PATIENCE
from tests.support.postgres import Server, running, why_not
from tests.support.serving import is_served

pytestmark = [
    pytest.mark.skipif(bool(why_not()), reason=why_not() or "-"),
    pytest.mark.skipif(sys.platform == "win32", reason="kills a group of processes"),
]

LATER = "2026-08-03 09:00"
"""When the terms are looked at: those of all that was told in January have passed."""
LOOK = ("sweep", "--no-mail", "--future", "--now", LATER.replace(" ", "T"))
_TOLD = "De soep was koud: "


class People:
    """Who send one complaint after another, each again, now to this website and then to that one, until one says that
    it was received; ``many`` complaints in all."""

    def __init__(self, ports: list[int], many: int) -> None:
        self.received: list[str] = []
        self._many, self._keys = many, count(1)
        self._threads = [
            threading.Thread(target=self._send, args=(cycle(ports[turn:] + ports[:turn]),)) for turn in (0, 1)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def busy(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def wait_for(self, received: int) -> None:
        end = time.monotonic() + PATIENCE
        while self.busy and len(self.received) < received:
            assert time.monotonic() < end, "nobody is answered"
            time.sleep(0.01)

    def end(self) -> None:
        for thread in self._threads:
            thread.join(PATIENCE)
        assert not self.busy

    def _send(self, ports: Iterator[int]) -> None:
        while (number := next(self._keys)) <= self._many:
            key, end = f"key-{number}", time.monotonic() + PATIENCE
            while not tell(next(ports), key):
                if time.monotonic() > end:
                    return
                time.sleep(0.02)
            self.received.append(key)


class Sweeper:
    """A process that looks at the terms, again and again, as long as it is asked to."""

    def __init__(self, address: str) -> None:
        self.rounds = 0
        self._address, self._stop = address, threading.Event()
        self._thread = threading.Thread(target=self._go_round)
        self._thread.start()

    def end(self) -> None:
        self._stop.set()
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def _go_round(self) -> None:
        while not self._stop.is_set():
            process = start(
                "sweep", "--no-mail", "--future", "--now", LATER.replace(" ", "T"), "--store", self._address
            )
            process.communicate(timeout=PATIENCE)
            self.rounds += 1


@contextmanager
def website(address: str, port: int, *more: str) -> Iterator[subprocess.Popen[str]]:
    """Have a website run, in a process of its own."""
    words = ("serve", "--store", address, "--port", str(port), *more)
    server = start(*words, start_new_session=True)
    try:
        wait_for(lambda: is_served(port))
        yield server
    finally:
        server.terminate()
        server.communicate(timeout=PATIENCE)


def flags(register: Register) -> list[tuple[str, str]]:
    """Return which term was flagged of which dossier, each as often as it was."""
    found = register.tables.select("events", where={"kind": "deadline-missed"})
    return sorted((one["dossier"], str(sorted(one["data"].items()))) for one in found)


def letters(register: Register, dossiers: set[str]) -> list[tuple[Any, ...]]:
    """Return what was told about dossiers, to whom, each as often as it was."""
    found = [one for dossier in dossiers for one in register.messages_of(dossier)]
    return sorted((one.dossier, one.key, one.subject, tuple(one.recipients)) for one in found)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as server:
        yield server


@pytest.mark.parametrize(("restarts", "complaints"), [(2, 30), pytest.param(10, 300, marks=pytest.mark.soak)])
def test_many_processes_and_a_database_that_is_started_anew(
    server: Server,
    restarts: int,
    complaints: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    fault: Tell,
) -> None:
    monkeypatch.setenv("GEHOOR_STATE", str(tmp_path / "beside"))
    address = publish_all(server.new_address())
    store = PostgresStore(address, SCHEMAS)
    runtime = new_runtime(store)
    late = {open_by_web(runtime, f"2026-01-{day:02} 09:00").dossier for day in range(5, 11)}
    # What one who looks alone, at a register that nothing happens to, would flag and tell.
    alone = MemoryStore(SCHEMAS)
    copy_register(store, alone)
    sweep(new_runtime(alone), at(LATER))
    with reading(alone) as register:
        expected = flags(register), letters(register, late)

    ports = [free_port(), free_port()]
    with ExitStack() as websites:
        for port in ports:
            websites.enter_context(website(address, port, "--workers", "1", "--no-sweep"))
        people, sweepers = People(ports, complaints), [Sweeper(address), Sweeper(address)]
        for number in range(restarts):
            people.wait_for(len(people.received) + complaints // (restarts + 2))
            server.restart("immediate" if number % 2 else "fast")
        people.end()
        for sweeper in sweepers:
            sweeper.end()
    assert (
        run("sweep", "--no-mail", "--future", "--now", LATER.replace(" ", "T"), "--store", address).code == 0
    )

    with reading(store) as register:
        opened = register.tables.select("events", where={"kind": "opened"})
        found = flags(register), letters(register, late)
    told = [one["data"]["values"]["uiteenzetting"] for one in opened]
    kept = sorted(text.removeprefix(_TOLD) for text in told if text.startswith(_TOLD))
    assert len(people.received) == complaints, "somebody was never heard"
    assert kept == sorted(people.received), "lost or doubled"
    assert len({one["data"]["number"] for one in opened}) == complaints + len(late)
    assert all(sweeper.rounds for sweeper in sweepers)
    assert len(expected[0]) >= len(late)
    assert found == expected
    assert verify(store).findings == []
    store.close()
    fault(
        "PostgreSQL restarted under two websites and two who sweep",
        restarts,
        "complaints or terms lost or doubled",
    )


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_website_looks_beside_it_at_the_terms_of_all_organisations(
    server: Server, workers: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEHOOR_STATE", str(tmp_path / "beside"))
    address, told = publish_all(server.new_address()), tmp_path / "a.json"
    for organisation, department in (("de-linde", "beukenhof"), ("waterhof", "wijk")):
        words = replace(ANSWERS, where=(organisation, department, "melden")).to_submit(told)
        assert run(*words, "--store", address, "--now", "2026-01-05T09:00").code == 0
    store = PostgresStore(address, SCHEMAS)

    def flagged() -> set[str]:
        with reading(store) as register:
            late = {dossier for dossier, _ in flags(register)}
            return {register.organisation_of(dossier) for dossier in late}

    with website(address, free_port(), "--workers", workers, "--sweep-every", "1"):
        wait_for(lambda: flagged() == {"de-linde", "waterhof"})
    store.close()
