"""How often something was tried lately: a window that moves, and nothing kept of what is recent no more."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.web.security.recent_tries import Rate, RecentTries

TWICE = Rate(2, 60)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Return a clock."""
    return Clock()


@pytest.fixture
def tries(clock: Clock) -> RecentTries:
    """Return tries that were not made yet."""
    return RecentTries(clock)


def test_so_many_are_taken_and_no_more(tries: RecentTries) -> None:
    assert [tries.hit(TWICE, "a") for _ in range(3)] == [True, True, False]


def test_what_was_tried_elsewhere_does_not_count(tries: RecentTries) -> None:
    tries.hit(TWICE, "a")
    tries.hit(TWICE, "a")
    assert tries.hit(TWICE, "b")


def test_two_rates_of_one_thing_are_counted_apart(tries: RecentTries) -> None:
    tries.hit(TWICE, "a")
    tries.hit(TWICE, "a")
    assert tries.hit(Rate(3, 60), "a")


def test_to_ask_is_not_to_try(tries: RecentTries) -> None:
    assert all(tries.is_free(TWICE, "a") for _ in range(5))


def test_the_window_moves_along_with_the_time(tries: RecentTries, clock: Clock) -> None:
    tries.hit(TWICE, "a")
    clock.now += 40
    tries.hit(TWICE, "a")
    clock.now += 19.9
    assert not tries.is_free(TWICE, "a")
    clock.now += 0.1
    assert tries.is_free(TWICE, "a")
    assert tries.hit(TWICE, "a")
    assert not tries.hit(TWICE, "a")


def test_what_is_refused_does_not_make_one_wait_longer(tries: RecentTries, clock: Clock) -> None:
    tries.hit(TWICE, "a")
    tries.hit(TWICE, "a")
    clock.now += 59
    assert not tries.hit(TWICE, "a")
    clock.now += 1
    assert tries.hit(TWICE, "a")


def test_who_was_here_long_ago_is_forgotten(tries: RecentTries, clock: Clock) -> None:
    for number in range(500):
        tries.hit(TWICE, number)
    clock.now += 61
    tries.hit(TWICE, "the next")
    assert len(tries) == 1


def test_who_was_here_lately_is_not(tries: RecentTries, clock: Clock) -> None:
    tries.hit(TWICE, "long ago")
    clock.now += 30
    tries.hit(TWICE, "lately")
    tries.hit(TWICE, "lately")
    clock.now += 31
    tries.hit(TWICE, "now")
    assert len(tries) == 2
    assert not tries.is_free(TWICE, "lately")


@given(st.lists(st.tuples(st.integers(0, 50), st.sampled_from("abc")), max_size=60))
def test_in_no_window_are_more_taken_than_may_be(steps: list[tuple[int, str]]) -> None:
    clock = Clock()
    tries = RecentTries(clock)
    taken: dict[str, list[float]] = {}
    for later, what in steps:
        clock.now += later
        mine = taken.setdefault(what, [])
        recent = [moment for moment in mine if moment > clock.now - TWICE.seconds]
        assert tries.is_free(TWICE, what) == (len(recent) < TWICE.most)
        if tries.hit(TWICE, what):
            mine.append(clock.now)
        assert sum(moment > clock.now - TWICE.seconds for moment in mine) <= TWICE.most
