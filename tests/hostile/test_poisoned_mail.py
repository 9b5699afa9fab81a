"""Whatever somebody types as an address, and whatever one message raises, it keeps no other message."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.adapters.mail.file import FileMailer
from gehoor.adapters.mail.message import as_email
from gehoor.core.dossier.events import instant_text
from gehoor.core.mail.eml import read_eml
from gehoor.core.mail.model import UnreadableMailError
from gehoor.core.mail.outlook import read_msg
from gehoor.services.messages.sending import deliver
from gehoor.services.ports.outside import MailError
from gehoor.services.ports.records import Message
from gehoor.services.ports.store import StoreUnavailableError
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.library import Library
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.scenarios.correspondence.test_acknowledging import NUMBER, agreeing, agreeing_on, by_web
from tests.support.clock import at
from tests.support.de_linde import fill, publish_change
from tests.support.paper_post import PaperPost

NOW = at("2026-05-21 09:00")
NAMED = {"anoniem": "nee", "klager_naam": "Peeters"}
STRANGE = (
    "jan@[thuis",
    "a@[",
    ".\u00e9@\u00e9.be",
    "\u00e9(@x.be",
    "a@x.be,(\u00e9",
    "a@x.be, b@y.be",
    "<a@x.be>, <b@y.be>",
)


def message(key: str, to: str, **more: Any) -> Message:
    moment = instant_text(NOW - timedelta(hours=1))
    return Message(key, "d", "o", "p", "rol", (to,), "Onderwerp", "Tekst", moment, next_at=moment, **more)


@given(st.text(alphabet="ab.@<>\"(),;:\\\\[] \u00e9=?%_-+'`", min_size=3, max_size=12))
def test_an_address_is_written_or_refused(address: str) -> None:
    with suppress(MailError):
        as_email(message("k", address), "gehoor@delinde.example").as_bytes()


def as_text(document: dict[str, Any]) -> None:
    """Agree on a receipt by e-mail, and have the address be a line of text, of which the form says nothing."""
    agreeing_on(NUMBER)(document)
    for form in document["forms"].values():
        for field in form["properties"].values():
            if field.get("format") == "email":
                del field["format"]


def by_text(address: str) -> tuple[Runtime, list[str]]:
    """Three dossiers, of which the address of the second is none; it stands there from before it was looked at."""
    runtime = agreeing(NUMBER)
    publish_change(runtime, as_text, "2026-02-02 09:00")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("gehoor.core.forms.parse.ADDRESS", "")
        before = replace(runtime, library=Library())
        opened = [
            by_web(before, f"k{n}", f"2026-05-12 14:0{n}", **NAMED, klager_email=one).dossier
            for n, one in enumerate(("eerst@voorbeeld.be", address, "daarna@voorbeeld.be"))
        ]
    return replace(runtime, library=Library()), opened


def states(runtime: Runtime, dossiers: list[str]) -> list[str]:
    with reading(runtime.store) as register:
        return [one.state for dossier in dossiers for one in register.messages_of(dossier) if one.is_outside]


@pytest.mark.parametrize("address", STRANGE)
def test_a_strange_address_keeps_no_other_message(address: str) -> None:
    runtime, opened = by_text(address)
    mailer = FileMailer(Path(tempfile.mkdtemp()), "gehoor@delinde.example")
    for hour in (1, 2, 3):
        deliver(runtime, mailer, lambda hour=hour: NOW + timedelta(hours=hour))  # type: ignore[misc]
    assert states(runtime, opened) == ["sent", "waiting", "sent"]
    with reading(runtime.store) as register:
        (waits,) = [one for one in register.messages_of(opened[1]) if one.is_outside]
    assert waits.attempts == 3
    assert waits.error


def test_it_goes_out_once_the_address_is_mended() -> None:
    runtime, opened = by_text("jan@[thuis")
    post = PaperPost()
    deliver(runtime, post, lambda: NOW)
    fill(runtime, opened[1], "2026-05-21 10:00", klager_email="jan@voorbeeld.be", reason="verbeterd")
    deliver(runtime, post, lambda: NOW + timedelta(days=1))
    assert "jan@voorbeeld.be" in post.addresses


class Breaking(PaperPost):
    """A mail server of which the library breaks on one message."""

    def __init__(self, error: Exception) -> None:
        super().__init__()
        self._error = error

    def send(self, message: Message) -> None:
        if message.key == "b":
            raise self._error
        super().send(message)


@pytest.mark.parametrize(
    "error",
    [
        IndexError("x"),
        AttributeError("x"),
        RecursionError(),
        AssertionError(),
        KeyError("x"),
        MemoryError(),
        OSError(5),
    ],
)
def test_whatever_one_message_raises_is_a_try_of_that_message(error: Exception) -> None:
    runtime, post = agreeing(NUMBER), Breaking(error)
    with writing(runtime.store) as register:
        for key in "abc":
            register.queue(message(key, "kc@delinde.example"))
    assert deliver(runtime, post, lambda: NOW) == (2, 1)
    with reading(runtime.store) as register:
        (waits,) = [one for one in register.messages_of("d") if one.state == "waiting"]
    assert (waits.attempts, type(error).__name__ in waits.error) == (1, True)


def test_a_store_that_is_gone_is_no_fault_of_a_message() -> None:
    runtime = agreeing(NUMBER)
    with writing(runtime.store) as register:
        register.queue(message("b", "kc@delinde.example"))
    with pytest.raises(StoreUnavailableError):
        deliver(runtime, Breaking(StoreUnavailableError("x")), lambda: NOW)
    with reading(runtime.store) as register:
        assert [one.attempts for one in register.messages_of("d")] == [0]


@pytest.mark.parametrize("address", STRANGE)
def test_what_is_written_to_is_an_address_whatever_its_field_says(address: str) -> None:
    runtime = agreeing(NUMBER)
    publish_change(runtime, as_text, "2026-02-02 09:00")
    with pytest.raises(RefusedError):
        by_web(replace(runtime, library=Library()), **NAMED, klager_email=address)


@given(st.binary(max_size=400))
def test_a_mail_that_comes_in_is_read_or_unreadable(content: bytes) -> None:
    for read in (read_eml, read_msg):
        with suppress(UnreadableMailError):
            read(b"From: a@[b\nSubject: x\nDate: " + content + b"\n\nx" if read is read_eml else content)
