"""Passwords are kept as hashes, and signing in says nothing about who exists."""

from __future__ import annotations

from argon2 import PasswordHasher

from gehoor.adapters.security.passwords import Argon2Hasher

CHEAP = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)


def test_a_password_matches_its_own_hash_only() -> None:
    kept = CHEAP.hash("een goed woord")
    assert kept.startswith("$argon2id$")
    assert CHEAP.matches(kept, "een goed woord")
    assert not CHEAP.matches(kept, "een goed woord ")


def test_every_hash_is_salted() -> None:
    assert CHEAP.hash("x") != CHEAP.hash("x")


def test_what_is_no_hash_matches_nothing() -> None:
    for kept in ("", "x", "$argon2id$v=19$m=8", "$2b$12$abc"):
        assert not CHEAP.matches(kept, "x")


def test_the_usual_cost_is_that_of_the_standard() -> None:
    assert "m=65536,t=3,p=4" in Argon2Hasher().hash("x")


def test_a_hash_at_another_cost_is_outdated() -> None:
    kept = CHEAP.hash("x")
    assert not CHEAP.outdated(kept)
    assert Argon2Hasher(time_cost=2, memory_cost=8, parallelism=1).outdated(kept)
    assert CHEAP.outdated("no hash")


def test_a_password_is_the_same_in_whatever_unicode_form_a_keyboard_sends_it() -> None:
    made = CHEAP.hash("caf\u00e9 op zondag")
    assert CHEAP.matches(made, "cafe\u0301 op zondag")
    assert not CHEAP.matches(made, "cafe op zondag")


def test_a_hash_made_of_what_was_typed_as_it_came_still_holds() -> None:
    made = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash("cafe\u0301 op zondag")
    assert CHEAP.matches(made, "caf\u00e9 op zondag")
