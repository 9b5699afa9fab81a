"""Claims on messages: of however many senders, one has a message, until it is sent or its lease ends."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.dossier.events import instant_text
from gehoor.services.messages.claims import LEASE, claim, claimed, give_back, settle
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.records import Message
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import new_runtime
from tests.support.paper_post import PaperPost

NOW = at("2026-05-21 09:00")
SOON = timedelta(seconds=1)


def house(count: int, runtime: Runtime | None = None) -> Runtime:
    runtime = runtime or new_runtime()
    moment = instant_text(NOW - timedelta(hours=1))
    with writing(runtime.store) as register:
        for number in range(count):
            key = f"m{number:03}"
            register.queue(
                Message(key, "d", "o", "a", "rol", ("kc@delinde.example",), "S", "T", moment, next_at=moment)
            )
    return runtime


def keys(messages: list[Message]) -> list[str]:
    return [message.key for message in messages]


def kept(runtime: Runtime, key: str = "m000") -> Message:
    with reading(runtime.store) as register:
        message = register.message(key)
    assert message is not None
    return message


def test_what_one_has_another_does_not_get() -> None:
    runtime = house(3)
    assert keys(claim(runtime, "first", NOW, 2)) == ["m000", "m001"]
    assert keys(claim(runtime, "second", NOW, 2)) == ["m002"]
    assert claim(runtime, "third", NOW, 2) == []


def test_a_message_says_who_has_it_until_when() -> None:
    runtime = house(1)
    claim(runtime, "first", NOW, 1)
    assert (kept(runtime).claimed_by, kept(runtime).next_at) == ("first", instant_text(NOW + LEASE))


def test_of_who_was_killed_another_takes_over_when_the_lease_ends() -> None:
    runtime = house(1)
    claim(runtime, "killed", NOW, 1)
    assert claim(runtime, "second", NOW + LEASE - SOON, 1) == []
    assert keys(claim(runtime, "second", NOW + LEASE, 1)) == ["m000"]
    assert kept(runtime).claimed_by == "second"


def test_nothing_is_begun_that_may_not_be_done_before_the_lease_ends() -> None:
    runtime = house(1)
    claim(runtime, "slow", NOW, 1)
    with reading(runtime.store) as register:
        assert claimed(register, "slow", "m000", NOW + LEASE / 2) is not None
        assert claimed(register, "slow", "m000", NOW + LEASE / 2 + SOON) is None
        assert claimed(register, "other", "m000", NOW) is None


def test_a_slow_server_is_no_reason_to_send_twice() -> None:
    """Each message takes two minutes: the lease of a batch ends long before the batch does."""
    runtime, passed = house(12), [NOW]

    class Slow(PaperPost):
        def send(self, message: Message) -> None:
            other = PaperPost()
            deliver(runtime, other, lambda: passed[0])
            assert other.sent == []
            passed[0] += timedelta(minutes=2)
            super().send(message)

    post = Slow()
    assert deliver(runtime, post, lambda: passed[0]) == (12, 0)
    assert Counter(post.sent).most_common(1)[0][1] == 1


def test_that_a_message_was_sent_holds_also_when_another_took_it_over() -> None:
    runtime = house(1)
    (message,) = claim(runtime, "slow", NOW, 1)
    claim(runtime, "second", NOW + LEASE, 1)
    settle(runtime, "slow", sent(message))
    assert kept(runtime).state == "sent"
    with reading(runtime.store) as register:
        assert claimed(register, "second", "m000", NOW + LEASE) is None


def test_what_failed_for_somebody_whose_lease_ended_changes_nothing() -> None:
    runtime = house(1)
    (message,) = claim(runtime, "slow", NOW, 1)
    claim(runtime, "second", NOW + LEASE, 1)
    before = kept(runtime)
    give_back(runtime, "slow", [message])
    settle(runtime, "slow", message)
    assert kept(runtime) == before


def test_what_is_given_back_may_be_sent_at_once() -> None:
    runtime = house(1)
    given = claim(runtime, "first", NOW, 1)
    give_back(runtime, "first", given)
    assert keys(claim(runtime, "second", NOW, 1)) == ["m000"]


def test_a_sent_message_is_not_sent_again_because_somebody_gives_it_back() -> None:
    runtime = house(1)
    (message,) = claim(runtime, "first", NOW, 1)
    settle(runtime, "first", sent(message))
    give_back(runtime, "first", [message])
    assert kept(runtime).state == "sent"


@pytest.mark.parametrize("kind", ["memory", "file"])
def test_four_that_send_at_once_send_each_message_once(kind: str, tmp_path: Path) -> None:
    store = MemoryStore(SCHEMAS) if kind == "memory" else TinyDBStore(tmp_path / "register.db", SCHEMAS)
    runtime, posts = house(150, new_runtime(store)), [PaperPost() for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        delivered = list(pool.map(lambda post: deliver(runtime, post, lambda: NOW), posts))
    assert sum(one.sent for one in delivered) == 150
    assert sorted(key for post in posts for key in post.sent) == [f"m{number:03}" for number in range(150)]
    store.close()


def sent(message: Message) -> Message:
    return replace(message, state="sent", next_at=None)
