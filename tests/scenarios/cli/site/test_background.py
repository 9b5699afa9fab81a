"""What runs beside the website: sweeping, and sending, that never waits for each other."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable

import pytest

from gehoor.adapters.mail.smtp import SmtpMailer
from gehoor.cli.site.background import Background, start_background
from gehoor.core.dossier.events import EventKind
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime
from tests.support.de_linde import de_linde, open_by_phone, staff
from tests.support.paper_post import PaperPost
from tests.support.patience import PATIENCE
from tests.support.smtp_sink import GREETING, SILENCE, listening

OPENED = "2026-05-12 14:00"
"""Long ago, so that a sweep at this very moment has something to flag."""


def house() -> Runtime:
    runtime = de_linde()
    staff(runtime, "karen", "kwaliteitscoordinator")
    return runtime


def flags(runtime: Runtime, dossier: str) -> int:
    with reading_projection(runtime) as register:
        kinds = [event.kind for event in register.events(dossier)]
    return kinds.count(EventKind.DEADLINE_MISSED)


def wait_for(check: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not check():
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.01)


def ended(threads: list[Background], stop: threading.Event) -> None:
    stop.set()
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def test_a_silent_mail_server_delays_no_flag() -> None:
    """From the moment at which the server is asked something until after the last flag, it says nothing."""
    runtime, stop = house(), threading.Event()
    open_by_phone(runtime, OPENED)
    threads: list[Background] = []
    try:
        with listening({GREETING: SILENCE}) as sink:
            post = SmtpMailer(host="127.0.0.1", port=sink.port, sender="g@x.example", timeout=PATIENCE)
            threads = start_background(runtime, post, 0.01, stop)
            assert sink.asked.wait(PATIENCE)
            later = [open_by_phone(runtime, OPENED).dossier for _ in range(3)]
            wait_for(lambda: all(flags(runtime, dossier) == 4 for dossier in later))
            assert (sink.connections, sink.messages) == (1, [])
            stop.set()
    finally:
        ended(threads, stop)


def test_what_is_flagged_is_sent_beside_it() -> None:
    runtime, stop, post = house(), threading.Event(), PaperPost()
    open_by_phone(runtime, OPENED)
    threads = start_background(runtime, post, 0.01, stop)
    try:
        wait_for(lambda: "karen@delinde.example" in post.addresses)
    finally:
        ended(threads, stop)


def test_what_goes_wrong_is_told_and_tried_again(caplog: pytest.LogCaptureFixture) -> None:
    stop, times = threading.Event(), []

    def stumble() -> None:
        times.append(1)
        if len(times) == 3:
            stop.set()
        raise RuntimeError("the disk is full")

    with caplog.at_level(logging.ERROR):
        thread = Background("sending", stumble, 0, stop)
        thread.start()
        thread.join(PATIENCE)
    assert len(times) == 3
    assert "the sending failed" in caplog.text


def test_without_a_mailer_nothing_is_sent() -> None:
    stop = threading.Event()
    threads = start_background(house(), None, 1, stop)
    assert [thread.name for thread in threads] == ["sweep"]
    ended(threads, stop)
