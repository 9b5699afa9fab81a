"""A register in PostgreSQL: whatever becomes of the server or of the way to it, what was acknowledged is
there, once."""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from urllib.parse import quote

import pytest

from gehoor.adapters.stores.postgres_store import PostgresStore
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.incoming import Opening, Receipt
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.maintenance.verify import verify
from gehoor.services.ports.belonging import EVERYWHERE
from gehoor.services.ports.store import StoreUnavailableError
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.cutting_proxy import cutting
from tests.support.de_linde import ORGANISATION, PHONE, de_linde, open_by_phone
from tests.support.faults import Tell
from tests.support.patience import PATIENCE
from tests.support.postgres import Server, run_as_nobody, running, why_not

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not() or "-")

MONDAY = "2026-05-11 09:00"


def tell(runtime: Runtime, key: str) -> Receipt:
    """Send a complaint by the desk, with the key of its form: sent again, it is the same."""
    opening = Opening(ORGANISATION, "beukenhof", "dossier", PHONE, key, Operator("ria"), "Ria Onthaal")
    return open_dossier(runtime, opening, at(MONDAY))


class People:
    """Several people who send complaints, each again until it is acknowledged, as a browser with its key does."""

    def __init__(self, runtime: Runtime, complaints: int, people: int = 4) -> None:
        self.acknowledged: dict[str, str] = {}
        self.refused = 0
        self._runtime, self._keys = runtime, count(1)
        self._complaints = complaints
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._send) for _ in range(people)]

    def __enter__(self) -> People:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        for thread in self._threads:
            thread.join(PATIENCE)
        assert not any(thread.is_alive() for thread in self._threads)

    @property
    def busy(self) -> bool:
        return any(thread.is_alive() for thread in self._threads)

    def _send(self) -> None:
        while (number := next(self._keys)) <= self._complaints:
            key, end = f"key-{number}", time.monotonic() + PATIENCE
            while time.monotonic() < end:
                try:
                    opened = tell(self._runtime, key)
                except StoreUnavailableError:
                    with self._lock:
                        self.refused += 1
                    time.sleep(0.02)
                else:
                    self.acknowledged[key] = opened.number
                    break


def kept_once(store: PostgresStore, people: People, complaints: int) -> None:
    """Say that each complaint is there once, with the number that was told, without a gap; and that all is sound."""
    with reading(store) as register:
        opened = register.tables.select("events", where={"sequence": 1})
        numbers = sorted(register.dossier(one["dossier"]).number for one in opened)
        sent = register.tables.count("submissions")
    assert len(people.acknowledged) == complaints, "somebody was never heard"
    assert sorted(people.acknowledged.values()) == numbers, "lost, doubled, or with another number"
    assert [int(number.rpartition("-")[2]) for number in numbers] == list(range(1, complaints + 1))
    assert sent == complaints
    assert verify(store).findings == []


@pytest.fixture
def server() -> Iterator[Server]:
    """A server of this test alone, that may be stopped."""
    with running() as server:
        yield server


@pytest.fixture
def store(server: Server) -> Iterator[PostgresStore]:
    store = PostgresStore(server.new_address(), SCHEMAS)
    yield store
    store.close()


@pytest.mark.parametrize(
    ("restarts", "complaints"), [(2, 30), pytest.param(20, 1000, marks=pytest.mark.soak)]
)
def test_a_server_that_is_restarted_loses_nothing_and_work_goes_on(
    server: Server, store: PostgresStore, restarts: int, complaints: int, fault: Tell
) -> None:
    runtime, chance = de_linde(store), random.Random(restarts)
    with People(runtime, complaints) as people:
        for number in range(restarts):
            done = len(people.acknowledged)
            while people.busy and len(people.acknowledged) < done + complaints // (restarts + 2):
                time.sleep(0.01)
            time.sleep(chance.uniform(0, 0.05))
            server.restart("immediate" if number % 2 else "fast")
    kept_once(store, people, complaints)
    fault(
        "PostgreSQL restarted while complaints come in", restarts, "acknowledged complaints lost or doubled"
    )


@pytest.mark.parametrize("cuts", [5, pytest.param(200, marks=pytest.mark.soak)])
def test_connections_that_are_cut_off_lose_nothing(
    server: Server, store: PostgresStore, cuts: int, fault: Tell
) -> None:
    runtime = de_linde(store)
    cut_off = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'gehoor'"
    with People(runtime, cuts * 6) as people:
        for number in range(cuts):
            while people.busy and len(people.acknowledged) < number * 5:
                time.sleep(0.005)
            server.ask(cut_off)
    kept_once(store, people, cuts * 6)
    fault("connections to PostgreSQL cut off", cuts, "acknowledged complaints lost or doubled")


@pytest.mark.parametrize("how", ["before", "after"])
def test_an_end_that_was_not_heard_is_asked_for(server: Server, how: str) -> None:
    folder = Path(tempfile.mkdtemp(prefix="gehoor-cut-"))
    address = server.new_address()
    try:
        with cutting(folder, server.folder) as proxy:
            store = PostgresStore(
                address.replace(quote(str(server.folder), safe=""), quote(str(folder), safe="")), SCHEMAS
            )
            runtime = de_linde(store)
            proxy.cut = how
            if how == "after":
                assert tell(runtime, "eens").number == "BEU-2026-0001"
            else:
                with pytest.raises(StoreUnavailableError):
                    tell(runtime, "eens")
            assert proxy.cuts == 1
            # Whoever sends it again hears the same.
            assert tell(runtime, "eens").number == "BEU-2026-0001"
            with store.snapshot(EVERYWHERE) as tables:
                assert tables.count("events", where={"sequence": 1}) == 1
            store.close()
    finally:
        shutil.rmtree(folder)


def test_a_database_that_can_only_be_read_says_so_and_is_read(server: Server, store: PostgresStore) -> None:
    runtime = de_linde(store)
    before = open_by_phone(runtime, MONDAY)
    server.ask("ALTER SYSTEM SET default_transaction_read_only = on")
    server.restart("fast")
    with pytest.raises(StoreUnavailableError, match="read-only"):
        open_by_phone(runtime, MONDAY)
    with reading(store) as register:
        assert register.dossier(before.dossier).number == "BEU-2026-0001"
    server.ask("ALTER SYSTEM RESET default_transaction_read_only")
    server.restart("fast")
    assert open_by_phone(runtime, MONDAY).number == "BEU-2026-0002"


def test_a_disk_that_is_full_keeps_what_is_there(server: Server) -> None:
    folder = server.folder / "klein"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12M,mode=777", "tmpfs", str(folder)],
        capture_output=True, check=False,
    )  # fmt: skip
    if not mounted or mounted.returncode:
        pytest.skip("no disk can be made here")
    try:
        run_as_nobody(["mkdir", str(folder / "ruimte")])
        server.ask(f"CREATE TABLESPACE klein LOCATION '{folder / 'ruimte'}'")
        address = server.new_address()
        server.ask("ALTER ROLE gehoor SET default_tablespace = klein")
        server.ask("GRANT CREATE ON TABLESPACE klein TO gehoor")
        store = PostgresStore(address, SCHEMAS)
        runtime = de_linde(store)
        kept = [open_by_phone(runtime, MONDAY).number]
        with suppress(OSError), (folder / "vol").open("wb", buffering=0) as stream:
            while True:
                stream.write(bytes(512))
        refused = ""
        while not refused:
            try:
                kept += [open_by_phone(runtime, MONDAY).number]
            except StoreUnavailableError as error:
                refused = str(error)
        assert refused == "the disk is full"
        with reading(store) as register:
            assert len(register.tables.select("events", where={"sequence": 1})) == len(kept)
        (folder / "vol").unlink()
        kept.append(open_by_phone(runtime, MONDAY).number)
        assert [int(number.rpartition("-")[2]) for number in kept] == list(range(1, len(kept) + 1))
        assert verify(store).findings == []
        store.close()
    finally:
        if (server.data / "postmaster.pid").exists():
            server.stop()
        subprocess.run(["umount", str(folder)], check=False)


def test_a_standby_that_takes_over_has_all_that_was_acknowledged(server: Server, fault: Tell) -> None:
    with server.standby("standby") as standby:
        server.ask("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        server.ask("SELECT pg_reload_conf()")
        schema = server.new_address().rpartition("%3D")[2]
        hosts = ",".join(quote(str(one.folder), safe="") for one in (server, standby))
        address = (
            f"postgresql://gehoor@{hosts}/postgres?target_session_attrs=read-write"
            f"&options={quote(f'-csearch_path={schema}')}"
        )
        store = PostgresStore(address, SCHEMAS)
        runtime = de_linde(store)
        with People(runtime, 60) as people:
            while people.busy and len(people.acknowledged) < 30:
                time.sleep(0.01)
            server.stop("immediate")
            standby.promote()
        kept_once(store, people, 60)
        store.close()
    fault("failover to a standby", 1, "acknowledged complaints lost or doubled")
