"""What all tests share: reproducible property tests, their own organisations, and no network beyond this computer."""

from __future__ import annotations

import gc
import os
import socket
from collections import Counter
from collections.abc import Callable, Generator, Iterator
from contextvars import ContextVar
from functools import partial
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings
from itsdangerous import TimestampSigner

from gehoor.adapters.security.passwords import Argon2Hasher
from gehoor.bootstrap import register
from gehoor.services.ports.belonging import EVERYWHERE
from gehoor.services.records import within
from tests.browser.launched import browser
from tests.support.example_files import reading_as
from tests.support.faults import PROPERTY, Tell, line, lines
from tests.support.places import ORGANISATIONS
from tests.support.postgres import Server, running, why_not

__all__ = ["browser"]
"""A fixture that several rooms share."""

# No bound on time, neither for an example nor for making one: a computer may be slow or busy.
_COMMON: dict[str, Any] = {
    "deadline": None,
    "print_blob": True,
    "suppress_health_check": [HealthCheck.too_slow],
}
settings.register_profile("ci", derandomize=True, **_COMMON)
settings.register_profile("soak", derandomize=False, max_examples=2000, **_COMMON)
settings.load_profile(os.environ.get("GEHOOR_HYPOTHESIS", "ci"))


# A test, in whatever thread, is who runs the server: what it asks itself, it asks within all organisations. A request
# to a website is within none until its policy says of which.
within._current = ContextVar("within", default=EVERYWHERE)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say above the closing line how often something went wrong on purpose, and what was left out and why."""
    passed = terminalreporter.getreports("passed")
    if figures := lines(one for report in passed for one in report.user_properties):
        terminalreporter.section("faults")
        for figure in figures:
            terminalreporter.write_line(figure)
    skipped = terminalreporter.getreports("skipped")
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)
    for reason, number in reasons.items():
        terminalreporter.write_line(f"Left out: {number} tests. {reason}", yellow=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a test with many cases of one kind, leave the others than each n-th (``share``) for the long share."""
    seen = Counter[str]()
    for item in items:
        if share := item.get_closest_marker("share"):
            test = item.nodeid.partition("[")[0]
            if seen[test] % share.args[0]:
                item.add_marker(pytest.mark.soak)
            seen[test] += 1
    if (every := int(os.environ.get("GEHOOR_TEST_SHARE", "1"))) > 1:
        # By name, so that one test more or less changes nothing of the others.
        items[:] = [item for item in items if crc32(item.nodeid.encode()) % every == 0]


@pytest.fixture
def fault(record_property: Callable[[str, object], None]) -> Tell:
    """Keep a figure about faults, to be shown at the end when the test passes."""
    return lambda what, times, none_of: record_property(PROPERTY, line(what, times, none_of))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, Any, Any]:
    """Keep the collector of cycles from the tests themselves: ten thousand that stay, which it would look through again
    and again. What a test leaves behind it still finds, and more rarely looks for."""
    gc.disable()
    gc.set_threshold(20_000, 20, 50)
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """Keep a module that is about something else from the examples that are shipped, as it is imported."""
    if not isinstance(collector, pytest.Module):
        return (yield)
    with reading_as(collector.path):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Keep a test that is about something else from the examples that are shipped."""
    with reading_as(item.path):
        return (yield)


@pytest.fixture(autouse=True, scope="session")
def _organisations_of_the_tests() -> Iterator[None]:
    """Let a command that is not told where the files are, in this process or its own, read those of the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEHOOR_WORKSPACE", str(ORGANISATIONS))
        yield


@pytest.fixture(autouse=True, scope="session")
def _a_cache_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let what a check found right be kept for this run alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(autouse=True, scope="session")
def _cheap_passwords() -> Iterator[None]:
    """Hash the passwords of commands in this process with the same algorithm, at the least cost that it has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            register, "Argon2Hasher", partial(Argon2Hasher, time_cost=1, memory_cost=8, parallelism=1)
        )
        yield


@pytest.fixture(autouse=True, scope="session")
def _signed_in_one_second() -> Iterator[None]:
    """Let a page that is asked for twice be the same page: what is signed in it tells no second of the real clock."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TimestampSigner, "get_timestamp", lambda _signer: 1_767_225_600)
        yield


@pytest.fixture(autouse=True, scope="session")
def _no_network() -> Iterator[None]:
    """Refuse connections to other computers, such as for a remote ``$ref`` in a form."""
    connect = socket.socket.connect

    def connect_here(self: socket.socket, address: Any) -> None:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            raise AssertionError(f"a test connects to {address[0]}; tests stay on this computer")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_here)
        yield


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A PostgreSQL server for all tests of this process: each opens a place of its own in it."""
    if reason := why_not():
        pytest.skip(reason)
    with running() as server:
        yield server


@pytest.fixture(params=["file", "postgres"])
def place(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where a new register can be kept: in a file, and in a database."""
    if request.param == "file":
        return str(tmp_path / "register.db")
    monkeypatch.setenv("GEHOOR_STATE", str(tmp_path / "beside"))
    server: Server = request.getfixturevalue("postgres")
    return server.new_address()
