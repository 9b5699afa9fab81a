"""What is sent slowly takes no place among the requests that are answered, and one network never all the waiting."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest

from gehoor.web.forms.uploads import MAX_WITH_FILES
from gehoor.web.security.bodies_first import BodiesFirst
from tests.support.patience import PATIENCE


class Trickle(io.RawIOBase):
    """What somebody sends who stops half way, until they are told to go on."""

    def __init__(self, sent: bytes) -> None:
        self._sent = sent
        self.asked, self.goes_on = threading.Event(), threading.Event()

    def read(self, size: int = -1) -> bytes:
        self.asked.set()
        assert self.goes_on.wait(PATIENCE)
        part, self._sent = self._sent[:size], self._sent[size:]
        return part


class Echo:
    """An application that gives back what was sent, and counts how many it answers at a time."""

    def __init__(self) -> None:
        self.now = self.most = 0
        self.hold = threading.Event()
        self.hold.set()
        self._lock = threading.Lock()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        with self._lock:
            self.now += 1
            self.most = max(self.most, self.now)
        assert self.hold.wait(PATIENCE)
        with self._lock:
            self.now -= 1
        start_response("200 OK", [])
        return [environ["wsgi.input"].read() if environ.get("CONTENT_LENGTH") else b"seen"]


def ask(
    app: BodiesFirst, body: Any = None, length: int | str = "", address: str = "192.0.2.1"
) -> tuple[str, bytes]:
    said: list[str] = []
    environ = {"CONTENT_LENGTH": str(length), "wsgi.input": body, "REMOTE_ADDR": address}
    answer = app(environ, lambda status, *_: said.append(status))
    content = b"".join(answer)
    if (close := getattr(answer, "close", None)) is not None:
        close()
    return said[0][:3], content


@contextmanager
def sending(app: BodiesFirst, amount: int, address: str) -> Iterator[list[Future[tuple[str, bytes]]]]:
    """Have so many people send something, and stop half way for as long as the block lasts."""
    bodies = [Trickle(b"half and half") for _ in range(amount)]
    with ThreadPoolExecutor(amount) as people:
        answers = [people.submit(ask, app, body, 13, address) for body in bodies]
        try:
            assert all(body.asked.wait(PATIENCE) for body in bodies)
            yield answers
        finally:
            for body in bodies:
                body.goes_on.set()


def test_who_stops_half_way_keeps_nobody_waiting() -> None:
    app = BodiesFirst(Echo(), at_once=2, of_network=10)
    with sending(app, 10, "192.0.2.1") as answers:
        assert ask(app) == ("200", b"seen")
        assert ask(app, io.BytesIO(b"whole"), 5, "198.51.100.1") == ("200", b"whole")
    assert {answer.result() for answer in answers} == {("200", b"half and half")}


def test_one_network_has_a_part_of_the_waiting_and_others_theirs() -> None:
    app = BodiesFirst(Echo(), at_once=2, of_network=3)
    with sending(app, 3, "2001:db8::1"):
        status, said = ask(app, io.BytesIO(b"x"), 1, "2001:db8::2")
        assert (status, "Wacht even" in said.decode()) == ("503", True)
        assert ask(app, io.BytesIO(b"x"), 1, "192.0.2.1") == ("200", b"x")
        assert ask(app, address="2001:db8::2") == ("200", b"seen"), "looking is never refused"
    assert ask(app, io.BytesIO(b"x"), 1, "2001:db8::2") == ("200", b"x")


def test_so_many_are_answered_at_a_time_and_no_more() -> None:
    echo = Echo()
    app = BodiesFirst(echo, at_once=2, of_network=50)
    echo.hold.clear()
    with ThreadPoolExecutor(10) as people:
        answers = [people.submit(ask, app, io.BytesIO(b"x"), 1) for _ in range(10)]
        echo.hold.set()
    assert {answer.result() for answer in answers} == {("200", b"x")}
    assert echo.most <= 2


@pytest.mark.parametrize("size", [1, 600_000])
def test_what_is_not_sent_whole_is_not_answered(size: int) -> None:
    app = BodiesFirst(Echo(), 1, 1)
    assert ask(app, io.BytesIO(b"x" * size), size + 1)[0] == "400"
    assert ask(app, io.BytesIO(b"x" * size), size) == ("200", b"x" * size)


def test_a_sender_who_is_gone_costs_no_place() -> None:
    class Gone(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise OSError("connection reset")

    app = BodiesFirst(Echo(), 1, 1)
    for _ in range(3):
        assert ask(app, Gone(), 5)[0] == "400"
    assert ask(app, io.BytesIO(b"x"), 1) == ("200", b"x")


@pytest.mark.parametrize("length", ["", "0", "-1", "²", "x", str(MAX_WITH_FILES + 1)])
def test_what_has_no_length_that_can_be_taken_in_is_for_the_application(length: str) -> None:
    class Unread(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            raise AssertionError("nobody reads this")

    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        start_response("413 Too Large", [])
        return []

    assert ask(BodiesFirst(app, 1, 1), Unread(), length) == ("413", b"")


def test_an_application_that_fails_gives_its_place_back() -> None:
    def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        raise RuntimeError("broken")

    first = BodiesFirst(app, 1, 1)
    for _ in range(3):
        with pytest.raises(RuntimeError):
            ask(first, io.BytesIO(b"x"), 1)
