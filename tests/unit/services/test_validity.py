"""Which publication is in force on a day: the last whose day has come; and how the others stand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.dossier.events import instant_text
from gehoor.services.ports.records import Publication, from_document
from gehoor.services.register.validity import State, in_force, overtaken, review_overdue, standings
from tests.support.clock import at


def published(sequence: int, when: str, valid_from: str = "", review_before: str = "") -> Publication:
    return Publication(
        "de-linde", "beukenhof", f"hash-{sequence}", instant_text(at(when)), sequence, "team",
        valid_from or when[:10], review_before, "Europe/Brussels",
    )  # fmt: skip


FIRST = published(1, "2026-01-16 10:00")
JUNE = published(2, "2026-05-12 14:00", "2026-06-01")
QUICK_REPAIR = published(3, "2026-05-20 09:00")


def number(publications: list[Publication], now: str) -> int | None:
    found = in_force(publications, at(now))
    return found.sequence if found else None


def states(publications: list[Publication], now: str) -> list[State]:
    return [standing.state for standing in standings(publications, {}, at(now))]


@pytest.mark.parametrize(
    ("now", "expected"), [("2026-05-31 23:59", 1), ("2026-06-01 00:00", 2), ("2030-01-01 00:00", 2)]
)
def test_the_older_one_opens_dossiers_until_the_local_day_begins(now: str, expected: int) -> None:
    assert number([FIRST, JUNE], now) == expected


def test_before_the_first_day_nothing_is_in_force() -> None:
    assert number([FIRST], "2026-01-15 23:59") is None


def test_the_day_is_that_of_the_organisation() -> None:
    paramaribo = Publication(
        "o", "a", "h", "2026-05-12T12:00:00.000000Z", 1, "", "2026-06-01", "", "America/Paramaribo"
    )
    # Three o'clock in the night in Brussels is still yesterday there.
    assert number([paramaribo], "2026-06-01 03:00") is None
    assert number([paramaribo], "2026-06-01 05:00") == 1


def test_what_is_published_later_and_valid_earlier_stays_in_force() -> None:
    assert number([FIRST, JUNE, QUICK_REPAIR], "2026-06-02 10:00") == 3


def test_planned_in_force_and_earlier() -> None:
    assert states([FIRST, JUNE], "2026-05-13 10:00") == [State.IN_FORCE, State.PLANNED]
    assert states([FIRST, JUNE], "2026-06-01 10:00") == [State.EARLIER, State.IN_FORCE]


def test_what_was_overtaken_before_its_day_never_was_in_force() -> None:
    expected = [State.EARLIER, State.OVERTAKEN, State.IN_FORCE]
    assert states([FIRST, JUNE, QUICK_REPAIR], "2026-05-21 10:00") == expected
    assert states([FIRST, JUNE, QUICK_REPAIR], "2026-07-01 10:00") == expected


def test_two_on_one_day_were_both_in_force() -> None:
    again = published(2, "2026-01-16 15:00")
    assert states([FIRST, again], "2026-01-16 16:00") == [State.EARLIER, State.IN_FORCE]


def test_what_a_publication_would_overtake() -> None:
    assert overtaken([FIRST, JUNE], date(2026, 5, 20), at("2026-05-20 09:00")) == [JUNE]
    assert overtaken([FIRST, JUNE], date(2026, 7, 1), at("2026-05-20 09:00")) == []
    assert overtaken([FIRST, JUNE, QUICK_REPAIR], date(2026, 5, 21), at("2026-05-21 09:00")) == []


OLD = {
    "organisation": "de-linde",
    "department": "beukenhof",
    "agreement": "hash-0",
    "published_at": "2025-12-31T23:30:00.000000Z",
    "sequence": 1,
    "by": "team",
}
"""As publications were kept before they had a day of their own."""


def test_an_old_publication_is_valid_from_when_it_was_published() -> None:
    old = from_document(Publication, OLD)
    assert number([old], "2026-01-01 00:31") == 1
    (standing,) = standings([old], {}, at("2026-02-01 10:00"))
    assert (standing.state, standing.review_before, standing.review_overdue) == (State.IN_FORCE, None, False)


def test_the_review_is_what_was_said_when_publishing_or_else_what_was_agreed() -> None:
    agreed = {"hash-1": date(2028, 1, 15)}
    said = published(1, "2026-01-16 10:00", review_before="2027-01-01")
    now = at("2026-02-01 10:00")
    assert standings([FIRST], agreed, now)[0].review_before == date(2028, 1, 15)
    assert standings([said], agreed, now)[0].review_before == date(2027, 1, 1)


@pytest.mark.parametrize(("today", "late"), [(date(2027, 12, 31), False), (date(2028, 1, 1), True)])
def test_a_review_before_a_day_is_late_on_that_day(today: date, late: bool) -> None:
    assert review_overdue(date(2028, 1, 1), today) is late


def test_only_what_is_in_force_can_be_overdue() -> None:
    early = published(1, "2026-01-16 10:00", review_before="2026-03-01")
    later = published(2, "2026-04-01 10:00", review_before="2027-01-01")
    found = standings([early, later], {}, at("2026-05-01 10:00"))
    assert [standing.review_overdue for standing in found] == [False, False]
    assert standings([early], {}, at("2026-05-01 10:00"))[0].review_overdue


_DAY = timedelta(days=1)
_START = date(2026, 3, 20)
"""A week before the clock changes, so that days of another length are among those below."""


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 6)), min_size=1, max_size=6))
def test_what_was_ever_in_force_is_earlier_and_what_never_was_is_overtaken(
    plan: list[tuple[int, int]],
) -> None:
    """``plan``: for each publication how many days after the one before, and how many days before it is valid."""
    found: list[Publication] = []
    ever: set[int] = set()
    day = _START
    for sequence, (wait, ahead) in enumerate(plan, start=1):
        for _ in range(wait):
            day += _DAY
            _note(found, f"{day} 00:00", ever)
        start = (day + ahead * _DAY).isoformat()
        found.append(published(sequence, f"{day} 12:00", start))
        _note(found, f"{day} 12:00", ever)
    for _ in range(8):
        shown = standings(found, {}, at(f"{day} 12:00"))
        current = number(found, f"{day} 12:00")
        for standing in shown:
            sequence = standing.publication.sequence
            was = {State.IN_FORCE} if sequence == current else {State.EARLIER}
            never = {State.PLANNED, State.OVERTAKEN}
            assert standing.state in (was if sequence in ever else never)
        day += _DAY
        _note(found, f"{day} 00:00", ever)
    # By now every day that was named has come.
    assert {one.publication.sequence for one in shown if one.state is State.PLANNED} == set()


def _note(found: list[Publication], when: str, ever: set[int]) -> None:
    current = number(found, when)
    if current is not None:
        ever.add(current)
