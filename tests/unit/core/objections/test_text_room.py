"""What is kept of a dossier has an end, whatever happened and whoever wrote it."""

from __future__ import annotations

import pytest

from gehoor.core.dossier.events import EventKind, NewEvent
from gehoor.core.objections.text_room import LETTER, LONG, SHORT, TooLong, without_room


@pytest.mark.parametrize("kind", EventKind)
@pytest.mark.parametrize("name", ["reason", "why", "note", "text", "whom"])
def test_no_event_has_a_text_without_an_end(kind: EventKind, name: str) -> None:
    assert without_room([NewEvent(kind, {name: "x" * (LETTER + 1)})]) is not None


@pytest.mark.parametrize(
    ("kind", "name", "most"),
    [
        (EventKind.REOPENED, "reason", SHORT),
        (EventKind.EXTENDED, "why", SHORT),
        (EventKind.APPROVED, "note", SHORT),
        (EventKind.SENT_ON, "to", SHORT),
        (EventKind.CODE_GIVEN, "reason", LONG),
        (EventKind.WRITTEN_TO_US, "text", LONG),
        (EventKind.LETTER_SENT, "text", LETTER),
    ],
)
def test_as_much_fits_as_a_page_lets_type(kind: EventKind, name: str, most: int) -> None:
    assert without_room([NewEvent(kind, {name: "x" * most})]) is None
    assert without_room([NewEvent(kind, {name: "x" * (most + 1)})]) == TooLong(most + 1, most)


def test_what_was_answered_is_a_matter_of_its_form() -> None:
    assert without_room([NewEvent(EventKind.ANSWERED, {"values": {"verhaal": "x" * LETTER * 2}})]) is None
