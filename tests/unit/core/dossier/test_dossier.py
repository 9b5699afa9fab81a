"""A dossier is what its events add up to."""

from __future__ import annotations

import pytest

from gehoor.core.dossier.dossier import _APPLY, Dossier, fold, occurrence_key
from gehoor.core.dossier.events import Event, EventKind, NewEvent, seal
from gehoor.core.dossier.parts import Answered
from tests.support.clock import at

WHEN = at("2026-03-27 09:00")
OPENED = NewEvent(
    EventKind.OPENED,
    {
        "organisation": "de-linde",
        "department": "beukenhof",
        "form": "melden",
        "number": "BEU-2026-0001",
        "values": {"anoniem": True, "ernst": 2},
        "follow_up": True,
    },
)


def events(*new_events: NewEvent) -> list[Event]:
    return seal(new_events, dossier="d", after=(0, ""), at=WHEN, actor="melder", agreement="afspraak")


def answered(*cleared: str, **values: object) -> NewEvent:
    return NewEvent(EventKind.ANSWERED, {"values": values, "cleared": list(cleared)})


def test_opening_says_where_it_belongs_and_what_was_told() -> None:
    (opened,) = events(OPENED)
    assert fold([opened]) == Dossier(
        id="d", organisation="de-linde", department="beukenhof", number="BEU-2026-0001", agreement="afspraak",
        opened_at=WHEN, opened_with="melden", has_code=True, values={"anoniem": True, "ernst": 2},
        changed={"anoniem": 1, "ernst": 1}, changed_at=WHEN, version=1, head=opened.hash,
        history=(Answered(1, WHEN, {"anoniem": True, "ernst": 2}, {}, {}),),
    )  # fmt: skip


def test_answers_come_in_the_place_of_earlier_ones() -> None:
    dossier = fold(events(OPENED, answered(ernst=4, gegrondheid="gegrond")))
    assert dossier.values == {"anoniem": True, "ernst": 4, "gegrondheid": "gegrond"}


def test_an_answer_that_was_cleared_is_absent() -> None:
    assert fold(events(OPENED, answered("ernst"))).values == {"anoniem": True}


def test_an_answer_can_come_back() -> None:
    assert fold(events(OPENED, answered("ernst"), answered(ernst=5))).values["ernst"] == 5


@pytest.mark.parametrize(
    ("kind", "data", "name"),
    [
        (EventKind.DEADLINE_MISSED, {"term": "antwoord", "occurrence": 1, "level": 1}, "late/antwoord/1/1"),
        (EventKind.ESCALATED, {"term": "antwoord", "occurrence": 1, "level": 3}, "late/antwoord/3/1"),
        (EventKind.REMINDED, {"term": "antwoord", "occurrence": 2, "index": 0}, "remind/antwoord/0/2"),
        (
            EventKind.DEADLINE_MISSED,
            {"term": "antwoord", "occurrence": 1, "level": 1, "due": "2026-06-11"},
            "late/antwoord/1/1/2026-06-11",
        ),
        (EventKind.NOTIFIED, {"rule": "gevaar", "told": "directeur"}, "notice/gevaar/directeur/1"),
    ],
)
def test_what_fired_is_remembered(kind: EventKind, data: dict[str, object], name: str) -> None:
    assert fold(events(OPENED, NewEvent(kind, data))).fired == {name}


def test_every_kind_of_event_adds_up() -> None:
    assert set(_APPLY) == set(EventKind)


def test_adding_up_in_two_steps_is_adding_up_at_once() -> None:
    all_of_it = events(OPENED, answered(ernst=4), answered("ernst"))
    assert fold(all_of_it[1:], fold(all_of_it[:1])) == fold(all_of_it)


def test_version_and_head_are_those_of_the_last_event() -> None:
    all_of_it = events(OPENED, answered(ernst=4))
    dossier = fold(all_of_it)
    assert (dossier.version, dossier.head) == (2, all_of_it[-1].hash)


def test_without_events_there_is_no_dossier() -> None:
    with pytest.raises(ValueError, match="at least one event"):
        fold([])


def test_each_time_round_has_its_own_key() -> None:
    assert occurrence_key("late/nazorg/1", 1) != occurrence_key("late/nazorg/1", 2)


def test_each_due_day_has_its_own_key() -> None:
    days = ("2026-06-11", "2026-06-26", "")
    assert len({occurrence_key("late/nazorg/1", 1, day) for day in days}) == len(days)
