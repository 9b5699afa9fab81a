"""Events: what happened stays what it was, or it shows."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.dossier.events import (
    BrokenChainError,
    Event,
    EventKind,
    NewEvent,
    instant_text,
    parse_instant,
    seal,
    verify,
)
from tests.support.clock import at

WHEN = at("2026-03-27 09:00")
HAPPENINGS = [
    NewEvent(EventKind.OPENED, {"number": "BEU-2026-0001", "values": {"anoniem": True, "drager": ["brief"]}}),
    NewEvent(EventKind.ANSWERED, {"values": {"ernst": 3}, "cleared": []}),
    NewEvent(EventKind.REMINDED, {"term": "antwoord", "index": 0}),
]


def sealed(new_events: list[NewEvent] = HAPPENINGS) -> list[Event]:
    return seal(new_events, dossier="d", after=(0, ""), at=WHEN, actor="ria", agreement="a" * 64)


def test_a_chain_as_it_was_written_is_sound() -> None:
    verify(sealed())


def test_events_count_from_one_and_hold_the_hash_of_the_one_before() -> None:
    events = sealed()
    assert [event.sequence for event in events] == [1, 2, 3]
    assert [event.previous for event in events] == ["", events[0].hash, events[1].hash]


def test_what_is_sealed_later_goes_on_where_the_chain_was() -> None:
    first = sealed(HAPPENINGS[:1])
    later = seal(
        HAPPENINGS[1:],
        dossier="d",
        after=(1, first[0].hash),
        at=WHEN + timedelta(days=1),
        actor="jo",
        agreement="b",
    )
    verify([*first, *later])


CHANGES = {
    "dossier": "e",
    "sequence": 9,
    "kind": EventKind.ESCALATED,
    "at": WHEN + timedelta(microseconds=1),
    "actor": "rik",
    "agreement": "b" * 64,
    "data": {"number": "BEU-2026-0002"},
    "previous": "0" * 64,
    "hash": "0" * 64,
}


def test_the_changes_below_forget_no_member() -> None:
    assert set(CHANGES) == {member.name for member in fields(Event)}


@pytest.mark.parametrize("place", range(3))
@pytest.mark.parametrize("member", CHANGES)
def test_any_change_of_any_event_shows(member: str, place: int) -> None:
    events = sealed()
    events[place] = replace(events[place], **{member: CHANGES[member]})
    with pytest.raises(BrokenChainError, match=r"event \d"):
        verify(events)


@pytest.mark.parametrize("place", [0, 1])
def test_a_missing_event_shows(place: int) -> None:
    events = sealed()
    del events[place]
    with pytest.raises(BrokenChainError):
        verify(events)


def test_events_in_another_order_show() -> None:
    first, second, third = sealed()
    with pytest.raises(BrokenChainError):
        verify([first, third, second])


def test_a_change_that_was_hashed_again_shows_in_the_next_event() -> None:
    events = sealed()
    forged = seal(
        [NewEvent(EventKind.ANSWERED, {"values": {"ernst": 1}, "cleared": []})],
        dossier="d", after=(1, events[0].hash), at=WHEN, actor="ria", agreement="a" * 64,
    )  # fmt: skip
    with pytest.raises(BrokenChainError, match="event 3"):
        verify([events[0], *forged, events[2]])


PLAIN = st.recursive(
    st.booleans() | st.integers(-(2**53), 2**53) | st.text(st.characters(codec="utf-8"), max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(st.characters(codec="utf-8"), max_size=4), inner, max_size=3)
    ),
    max_leaves=6,
)
DATA = st.dictionaries(st.sampled_from(["values", "cleared", "term", "told"]), PLAIN, max_size=4)


@given(DATA, DATA)
def test_other_data_has_another_hash(one: dict[str, object], other: dict[str, object]) -> None:
    def digest(data: dict[str, object]) -> str:
        return sealed([NewEvent(EventKind.ANSWERED, data)])[0].hash

    assert (digest(one) == digest(other)) is (_typed(one) == _typed(other))


def _typed(value: object) -> object:
    """Python takes True for 1; a dossier does not. The order of members means nothing, that of a list does."""
    if isinstance(value, dict):
        return frozenset((name, _typed(inner)) for name, inner in value.items())
    if isinstance(value, list):
        return tuple(map(_typed, value))
    return (type(value), value)


def test_the_order_in_which_a_store_gives_members_back_means_nothing() -> None:
    event = sealed()[0]
    verify([replace(event, data=dict(reversed(event.data.items())))])


@given(st.datetimes(timezones=st.just(WHEN.tzinfo), min_value=WHEN.replace(year=1900, tzinfo=None)))
def test_an_instant_is_read_back_as_it_was(moment: object) -> None:
    assert parse_instant(instant_text(moment)) == moment  # type: ignore[arg-type]


def test_instants_sort_as_text() -> None:
    moments = [at("2026-03-29 01:30"), at("2026-03-29 03:30"), WHEN, WHEN + timedelta(microseconds=1)]
    assert sorted(moments, key=instant_text) == sorted(moments)
