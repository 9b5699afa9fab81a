"""Guessing at a password gets slower for each name, and never shuts its owner out for ever."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gehoor.adapters.security.passwords import Argon2Hasher
from gehoor.services.accounts.accounts import add_account, sign_in
from gehoor.services.accounts.throttling import FIRST_WAIT, FORGOTTEN, FREE, LONGEST_WAIT, WaitError
from gehoor.services.ports.records import Account
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import new_runtime
from tests.support.passwords import QuickHasher

NOW = at("2026-05-12 09:00")
PASSWORD = "lindebloesem"
SECOND = timedelta(seconds=1)


@pytest.fixture
def house() -> Runtime:
    runtime = new_runtime()
    add_account(runtime, QuickHasher(), Account("ria", "Ria", "ria@delinde.example", ""), PASSWORD)
    return runtime


def guess(house: Runtime, name: str = "ria", *, when: timedelta = timedelta(), browser: str = "") -> None:
    assert sign_in(house, QuickHasher(), name, "fout", NOW + when, browser) is None


def enter(house: Runtime, *, when: timedelta = timedelta(), browser: str = "") -> bool:
    return sign_in(house, QuickHasher(), "ria", PASSWORD, NOW + when, browser) is not None


def test_a_few_mistakes_cost_nothing(house: Runtime) -> None:
    for _ in range(FREE - 1):
        guess(house)
    assert enter(house)


def test_after_some_mistakes_even_the_right_password_has_to_wait(house: Runtime) -> None:
    for _ in range(FREE):
        guess(house)
    hasher = QuickHasher()
    with pytest.raises(WaitError) as refused:
        sign_in(house, hasher, "ria", PASSWORD, NOW + FIRST_WAIT - SECOND)
    assert refused.value.wait == SECOND
    assert refused.value.minutes == 1
    assert hasher.work == 0
    assert enter(house, when=FIRST_WAIT)


def test_a_name_that_nobody_has_waits_just_as_long(house: Runtime) -> None:
    for _ in range(FREE):
        guess(house, "rik")
    with pytest.raises(WaitError) as refused:
        guess(house, "RIK ")
    assert refused.value.wait == FIRST_WAIT


def test_the_wait_grows_and_has_an_end(house: Runtime) -> None:
    moment, waits = timedelta(), []
    for count in range(14):
        guess(house, when=moment)
        if count >= FREE - 1:
            with pytest.raises(WaitError) as refused:
                guess(house, when=moment)
            waits.append(refused.value.wait)
            moment += refused.value.wait
    assert waits[:4] == [FIRST_WAIT, FIRST_WAIT * 2, FIRST_WAIT * 4, FIRST_WAIT * 8]
    assert waits[-1] == LONGEST_WAIT
    assert enter(house, when=moment)


def test_trying_while_one_waits_makes_the_wait_no_longer(house: Runtime) -> None:
    for _ in range(FREE):
        guess(house)
    for _ in range(50):
        with pytest.raises(WaitError):
            guess(house, when=FIRST_WAIT - SECOND)
    assert enter(house, when=FIRST_WAIT)


def test_who_guesses_elsewhere_does_not_shut_out_who_signed_in_here_before(house: Runtime) -> None:
    for _ in range(FREE):
        guess(house)
    assert enter(house, browser="the one at her desk")


def test_guesses_in_a_known_browser_count_too(house: Runtime) -> None:
    for _ in range(FREE):
        guess(house, browser="the one at her desk")
    with pytest.raises(WaitError):
        enter(house, browser="the one at her desk")


def test_signing_in_clears_the_count(house: Runtime) -> None:
    for _ in range(FREE - 1):
        guess(house)
    assert enter(house)
    for _ in range(FREE - 1):
        guess(house)
    assert enter(house)


def test_after_a_day_without_tries_nothing_is_left(house: Runtime) -> None:
    for name in ("ria", "rik"):
        for _ in range(FREE - 1):
            guess(house, name)
    guess(house, "els", when=FORGOTTEN)
    with house.store.snapshot() as tables:
        assert tables.count("tries") == 1


def test_the_register_does_not_hold_what_was_typed_as_a_name(house: Runtime) -> None:
    guess(house, "mijn wachtwoord")
    with house.store.snapshot() as tables:
        assert "wachtwoord" not in str(tables.select("tries"))


def test_a_password_kept_at_another_cost_is_kept_anew_when_it_is_used(house: Runtime) -> None:
    class Costlier(QuickHasher):
        def outdated(self, password_hash: str) -> bool:
            return password_hash == f"quick:{PASSWORD}"

        def hash(self, password: str) -> str:
            return f"costly:{super().hash(password)}"

    def kept() -> str:
        with house.store.snapshot() as tables:
            return str(tables.select("accounts")[0]["password_hash"])

    assert sign_in(house, Costlier(), "ria", "fout", NOW) is None
    assert kept() == f"quick:{PASSWORD}"
    assert sign_in(house, Costlier(), "ria", PASSWORD, NOW) is not None
    assert kept() == f"costly:quick:{PASSWORD}"


@pytest.mark.parametrize("password", ["fout", "verk\u00e9\u00e9rd", "verke\u0301erd"])
def test_the_work_of_an_answer_does_not_tell_who_has_an_account(password: str) -> None:
    def work(name: str) -> int:
        runtime, hasher = new_runtime(), Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
        add_account(runtime, hasher, Account("ria", "Ria", "ria@delinde.example", ""), PASSWORD)
        # What is made once, is made by the first who asks.
        sign_in(runtime, hasher, "niemand", "fout", NOW)
        with pytest.MonkeyPatch.context() as patch:
            done: list[str] = []
            verified = Argon2Hasher._verified
            patch.setattr(
                Argon2Hasher,
                "_verified",
                lambda self, kept, typed: done.append(typed) or verified(self, kept, typed),
            )
            sign_in(runtime, hasher, name, password, NOW)
        return len(done)

    assert work("ria") == work("rik")
