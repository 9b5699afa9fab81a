"""Sending messages: again and again until it works, and visibly so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.records import Message
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import new_runtime
from tests.support.paper_post import PaperPost

NOW = at("2026-05-21 09:00")
TO = ("kc@delinde.example",)


def house(*keys: str, to: tuple[str, ...] = TO) -> Runtime:
    runtime = new_runtime()
    with writing(runtime.store) as register:
        for number, key in enumerate(keys):
            moment = instant_text(NOW - timedelta(hours=1) + timedelta(seconds=number))
            register.queue(
                Message(
                    key, "d", "de-linde", "beukenhof", "rol", to, "Onderwerp", "Tekst", moment, next_at=moment
                )
            )
    return runtime


def fixed(moment: datetime) -> Callable[[], datetime]:
    return lambda: moment


def state(runtime: Runtime) -> dict[str, tuple[str, int]]:
    with reading(runtime.store) as register:
        return {message.key: (message.state, message.attempts) for message in register.messages_of("d")}


def next_try(runtime: Runtime) -> datetime:
    with reading(runtime.store) as register:
        (message,) = register.messages_of("d")
    assert message.next_at is not None
    return parse_instant(message.next_at)


def test_what_waits_is_sent_the_oldest_first_and_once() -> None:
    runtime, post = house("b", "a"), PaperPost()
    assert deliver(runtime, post, lambda: NOW) == (2, 0)
    assert deliver(runtime, post, lambda: NOW) == (0, 0)
    assert post.sent == ["b", "a"]


def test_everything_that_waits_is_sent_however_much_it_is() -> None:
    keys = [f"m{number:03}" for number in range(120)]
    runtime, post = house(*keys), PaperPost()
    assert deliver(runtime, post, lambda: NOW) == (120, 0)
    assert post.sent == keys


def test_what_was_refused_waits_and_the_others_go_out() -> None:
    runtime, post = house("a", "b", "c"), PaperPost(refuses=("b",))
    assert deliver(runtime, post, lambda: NOW) == (2, 1)
    assert state(runtime) == {"a": ("sent", 1), "b": ("waiting", 1), "c": ("sent", 1)}


def test_when_the_server_is_down_not_all_is_tried() -> None:
    keys = [f"m{number:03}" for number in range(220)]
    runtime, post = house(*keys), PaperPost(down=True)
    deliver(runtime, post, lambda: NOW)
    assert 0 < post.tried < 220


def test_the_wait_doubles_up_to_six_hours() -> None:
    runtime, post, moment, waits = house("a"), PaperPost(down=True), NOW, []
    for _ in range(12):
        deliver(runtime, post, fixed(moment))
        waits.append((next_try(runtime) - moment) // timedelta(minutes=1))
        moment = next_try(runtime)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]


def test_nothing_is_tried_before_its_time() -> None:
    runtime, post = house("a"), PaperPost(down=True)
    deliver(runtime, post, lambda: NOW)
    deliver(runtime, post, lambda: NOW + timedelta(seconds=59))
    assert state(runtime) == {"a": ("waiting", 1)}


def test_what_failed_goes_out_when_the_server_is_back() -> None:
    runtime, post = house("a"), PaperPost(down=True)
    deliver(runtime, post, lambda: NOW)
    post.down = False
    assert deliver(runtime, post, lambda: NOW + timedelta(minutes=1)) == (1, 0)
    with reading(runtime.store) as register:
        (message,) = register.messages_of("d")
    assert (message.state, message.attempts, message.error, message.next_at) == ("sent", 2, "", None)


def test_why_it_waits_is_kept() -> None:
    runtime = house("a")
    deliver(runtime, PaperPost(down=True), lambda: NOW)
    with reading(runtime.store) as register:
        assert [message.error for message in register.messages_of("d")] == ["de server antwoordt niet"]


def test_a_message_for_nobody_says_so_and_does_not_wait() -> None:
    runtime, post = house("a", to=()), PaperPost()
    assert deliver(runtime, post, lambda: NOW) == (0, 0)
    assert (state(runtime), post.tried) == ({"a": ("nobody", 1)}, 0)


def test_what_went_out_is_known_before_the_next_is_tried() -> None:
    class Struck(PaperPost):
        def send(self, message: Message) -> None:
            if message.key == "b":
                raise KeyboardInterrupt
            super().send(message)

    runtime = house("a", "b")
    with pytest.raises(KeyboardInterrupt):
        deliver(runtime, Struck(), lambda: NOW)
    post = PaperPost()
    deliver(runtime, post, lambda: NOW)
    assert post.sent == ["b"]


def test_a_server_that_is_gone_is_called_once_and_all_wait_for_it() -> None:
    runtime, post = house("a", "b", "c"), PaperPost(gone=True)
    assert deliver(runtime, post, lambda: NOW) == (0, 3)
    assert post.tried == 1
    assert state(runtime) == {"a": ("waiting", 1), "b": ("waiting", 0), "c": ("waiting", 0)}
    with reading(runtime.store) as register:
        assert {message.error for message in register.messages_of("d")} == {"de server is weg"}


def test_what_the_server_chokes_on_does_not_stay_in_front() -> None:
    class Choking(PaperPost):
        def send(self, message: Message) -> None:
            self.gone = message.key == "a"
            super().send(message)

    runtime, post = house("a", "b", "c"), Choking()
    for minute in range(4):
        deliver(runtime, post, fixed(NOW + timedelta(minutes=minute)))
    assert post.sent == ["b", "c"]


def test_a_server_that_is_gone_is_called_again_within_a_quarter() -> None:
    runtime, post, moment = house("a"), PaperPost(gone=True), NOW
    for _ in range(8):
        deliver(runtime, post, fixed(moment))
        waited, moment = next_try(runtime) - moment, next_try(runtime)
    assert waited == timedelta(minutes=15)


def test_who_is_asked_to_stop_finishes_one_message_and_leaves_the_others_to_be_sent() -> None:
    runtime, post = house("a", "b", "c"), PaperPost()
    assert deliver(runtime, post, lambda: NOW, lambda: post.tried == 1) == (1, 0)
    assert state(runtime) == {"a": ("sent", 1), "b": ("waiting", 0), "c": ("waiting", 0)}
    deliver(runtime, post, lambda: NOW)
    assert post.sent == ["a", "b", "c"]


def people(runtime: Runtime) -> tuple[str, ...]:
    with reading(runtime.store) as register:
        (message,) = register.messages_of("d")
    return message.recipients


def test_who_has_a_message_does_not_get_it_again_for_who_has_not() -> None:
    runtime = house("a", to=("an@x.example", "bo@x.example"))
    full = PaperPost(refuses=("bo@x.example",))
    for hour in range(3):
        deliver(runtime, full, fixed(NOW + timedelta(hours=hour)))
    assert full.addresses == ["an@x.example"]
    assert people(runtime) == ("bo@x.example",)
    assert state(runtime) == {"a": ("waiting", 3)}
    emptied = PaperPost()
    deliver(runtime, emptied, fixed(NOW + timedelta(hours=12)))
    assert emptied.addresses == ["bo@x.example"]
    assert state(runtime)["a"][0] == "sent"


def test_what_strangers_have_us_send_in_vain_keeps_no_colleague_waiting() -> None:
    """A hundred forms with addresses that are refused; then something urgent."""
    runtime = house(*(f"m{number:03}" for number in range(100)), "z-urgent")
    with writing(runtime.store) as register:
        for message in register.messages_of("d"):
            if message.key != "z-urgent":
                register.save_message(
                    replace(message, recipients=("ü@x.example",), code_of=None, is_outside=True)
                )
    post = PaperPost(refuses=("ü@x.example",))
    deliver(runtime, post, lambda: NOW)
    assert post.sent[0] == "z-urgent"


def test_a_batch_that_goes_nowhere_does_not_end_the_round() -> None:
    runtime = house(*(f"m{number:03}" for number in range(60)), "z-last")
    post = PaperPost(refuses=[f"m{number:03}" for number in range(60)])
    deliver(runtime, post, lambda: NOW)
    assert post.sent == ["z-last"]
