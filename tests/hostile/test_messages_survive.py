"""Each missed term is flagged once and each message arrives once, however many sweep and send, whoever is killed."""

from __future__ import annotations

import email
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from gehoor.core.dossier.events import EventKind, verify
from gehoor.services.messages.claims import LEASE
from gehoor.services.ports.records import Message
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime
from tests.support.de_linde import de_linde, open_by_phone, staff
from tests.support.faults import Tell
from tests.support.patience import PATIENCE
from tests.support.processes import environment
from tests.support.smtp_sink import Sink, listening
from tests.support.stores import opened_at

MISSED = 9
"""How often each of them was too late: four terms, and five escalations."""
START = datetime.fromisoformat("2026-07-15 09:00")
WORKERS = 4


@pytest.fixture
def runtime(place: str) -> Iterator[Runtime]:
    store = opened_at(place)
    runtime = de_linde(store)
    for name, role in (
        ("karen", "kwaliteitscoordinator"),
        ("dirk", "dagelijks-verantwoordelijke"),
        ("alma", "algemeen-directeur"),
    ):
        staff(runtime, name, role)
    yield runtime
    store.close()


def late(runtime: Runtime, count: int) -> list[str]:
    """Open dossiers of which everything is too late by now."""
    return [open_by_phone(runtime, "2026-05-12 14:00").dossier for _ in range(count)]


def worker(place: str, minutes: float, sink: Sink) -> subprocess.Popen[str]:
    moment = (START + timedelta(minutes=minutes)).isoformat(sep=" ", timespec="seconds")
    command = [
        sys.executable,
        "-m",
        "tests.support.register_worker",
        "work",
        place,
        moment,
        str(sink.port),
    ]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment())


def flagged_once(runtime: Runtime, dossiers: list[str]) -> None:
    with reading_projection(runtime) as register:
        for dossier in dossiers:
            events = register.events(dossier)
            verify(events)
            flags = [
                (event.data["term"], event.data["level"])
                for event in events
                if event.kind in (EventKind.DEADLINE_MISSED, EventKind.ESCALATED)
            ]
            assert len(flags) == len(set(flags)) == MISSED


def queued(runtime: Runtime, dossiers: list[str]) -> list[Message]:
    with reading_projection(runtime) as register:
        messages = [message for dossier in dossiers for message in register.messages_of(dossier)]
    assert len(messages) == len(dossiers) * MISSED
    return messages


def arrived(sink: Sink) -> Counter[str]:
    return Counter(email.message_from_string(text)["Message-ID"] for text in sink.messages)


def test_four_that_sweep_and_send_at_once_do_each_thing_once(
    place: str, runtime: Runtime, fault: Tell
) -> None:
    dossiers = late(runtime, 12)
    with listening() as sink:
        workers = [worker(place, 0, sink) for _ in range(WORKERS)]
        done = [one.communicate(timeout=PATIENCE)[0].split() for one in workers]
        assert sum(int(words[1]) for words in done) == len(dossiers) * MISSED
        assert sum(int(words[2]) for words in done) == len(dossiers) * MISSED
    flagged_once(runtime, dossiers)
    assert {message.state for message in queued(runtime, dossiers)} == {"sent"}
    assert len(sink.messages) == len(arrived(sink)) == len(dossiers) * MISSED
    assert 1 <= sink.connections <= WORKERS
    fault("messages of four that sweep and send at once", len(sink.messages), "lost or sent twice")


@pytest.mark.parametrize("kills", [4, pytest.param(200, marks=pytest.mark.soak)])
def test_whoever_is_killed_no_message_is_lost(place: str, runtime: Runtime, kills: int, fault: Tell) -> None:
    """One that is killed between the acknowledgement and the note of it has sent what is sent again: at most one
    message for each that was killed, and the same mail, by its Message-ID."""
    chance = random.Random(kills)
    killed, minutes = 0, 0.0
    dossiers: list[str] = []
    with listening() as sink:
        while killed < kills:
            dossiers += late(runtime, 3)
            workers = [worker(place, minutes, sink) for _ in range(WORKERS)]
            for one in workers:
                assert one.stdout is not None
                # It is at work now; the blow falls anywhere.
                assert one.stdout.readline() == "ready\n"
            for one in workers:
                time.sleep(chance.uniform(0, 0.05))
                one.kill()
                one.communicate(timeout=PATIENCE)
                killed += 1
            minutes += LEASE / timedelta(minutes=1)
        last = worker(place, minutes, sink)
        last.communicate(timeout=PATIENCE)
        assert last.returncode == 0
    flagged_once(runtime, dossiers)
    assert {message.state for message in queued(runtime, dossiers)} == {"sent"}
    mails = arrived(sink)
    assert len(mails) == len(dossiers) * MISSED, "each of them arrived"
    assert sum(mails.values()) - len(mails) <= killed, "more came twice than there were blows"
    fault("kill -9 of who sends", kills, "messages lost")
