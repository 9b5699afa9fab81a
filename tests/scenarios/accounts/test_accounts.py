"""Signing in and out: sessions live on the server, and end there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from gehoor.services.accounts.accounts import (
    IDLE,
    LONGEST,
    account_names,
    add_account,
    sign_in,
    sign_out,
    signed_in,
)
from gehoor.services.ports.records import Account
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import new_runtime, staff
from tests.support.passwords import QuickHasher

NOW = at("2026-05-12 09:00")
PASSWORD = "lindebloesem"


def house(name: str = "ria", *, active: bool = True) -> Runtime:
    runtime = new_runtime()
    account = Account(name, "Ria Onthaal", "ria@delinde.example", "", ("de-linde/beukenhof:onthaal",), active)
    add_account(runtime, QuickHasher(), account, PASSWORD)
    return runtime


def token_of(runtime: Runtime) -> str:
    token = sign_in(runtime, QuickHasher(), "ria", PASSWORD, NOW)
    assert token is not None
    return token


@pytest.mark.parametrize("name", ["ria", "Ria", " RIA "])
def test_the_right_password_begins_a_session(name: str) -> None:
    runtime = house()
    token = sign_in(runtime, QuickHasher(), name, PASSWORD, NOW)
    assert token is not None
    account = signed_in(runtime, token, NOW)
    assert account is not None
    assert account.full_name == "Ria Onthaal"


def test_an_account_that_was_added_with_capitals_can_sign_in() -> None:
    assert sign_in(house(" Ria "), QuickHasher(), "ria", PASSWORD, NOW) is not None


@pytest.mark.parametrize(("name", "password"), [("ria", "linde"), ("ria", ""), ("rik", PASSWORD), ("", "")])
def test_anything_else_begins_none(name: str, password: str) -> None:
    runtime = house()
    assert sign_in(runtime, QuickHasher(), name, password, NOW) is None
    with runtime.store.snapshot() as tables:
        assert tables.count("sessions") == 0


def test_an_account_that_was_stopped_cannot_sign_in() -> None:
    assert sign_in(house(active=False), QuickHasher(), "ria", PASSWORD, NOW) is None


def test_stopping_an_account_ends_its_sessions() -> None:
    runtime = house()
    token = token_of(runtime)
    staff(runtime, "ria", "onthaal", active=False)
    assert signed_in(runtime, token, NOW) is None


@pytest.mark.parametrize("name", ["ria", "rik", "gestopt"])
def test_a_wrong_password_takes_the_same_work_for_every_name(name: str) -> None:
    runtime, hasher = house(), QuickHasher()
    staff(runtime, "gestopt", "onthaal", active=False)
    sign_in(runtime, hasher, name, "linde", NOW)
    assert hasher.work == 1


def test_the_register_holds_no_token_and_no_password() -> None:
    runtime = house()
    token = token_of(runtime)
    with runtime.store.snapshot() as tables:
        assert token not in str(tables.select("sessions"))
        assert [row["password_hash"] for row in tables.select("accounts")] == [QuickHasher().hash(PASSWORD)]


def test_signing_out_ends_the_session_on_the_server() -> None:
    runtime = house()
    token = token_of(runtime)
    sign_out(runtime, token)
    assert signed_in(runtime, token, NOW) is None


def test_signing_out_here_leaves_the_session_elsewhere() -> None:
    runtime = house()
    here, there = token_of(runtime), token_of(runtime)
    sign_out(runtime, here)
    assert signed_in(runtime, there, NOW) is not None


@pytest.mark.parametrize(("later", "lasts"), [(IDLE, True), (IDLE + timedelta(seconds=1), False)])
def test_a_session_nobody_uses_ends(later: timedelta, lasts: bool) -> None:
    runtime = house()
    token = token_of(runtime)
    assert (signed_in(runtime, token, NOW + later) is not None) is lasts


def test_a_session_that_is_used_goes_on_until_it_has_lasted_long_enough() -> None:
    runtime = house()
    token, moment = token_of(runtime), NOW
    while moment + IDLE <= NOW + LONGEST:
        moment += IDLE
        assert signed_in(runtime, token, moment) is not None
    assert signed_in(runtime, token, NOW + LONGEST + timedelta(seconds=1)) is None


def test_an_ended_session_does_not_come_back() -> None:
    runtime = house()
    token = token_of(runtime)
    signed_in(runtime, token, NOW + IDLE * 2)
    assert signed_in(runtime, token, NOW) is None


def test_looking_at_pages_writes_at_most_once_a_minute() -> None:
    runtime = house()
    token = token_of(runtime)

    def seen_after(seconds: int) -> str:
        signed_in(runtime, token, NOW + timedelta(seconds=seconds))
        with runtime.store.snapshot() as tables:
            return str(tables.select("sessions")[0]["last_seen_at"])

    assert [seen_after(seconds) for seconds in (30, 60, 61, 90)] == [
        "2026-05-12T07:00:00.000000Z",
        "2026-05-12T07:00:00.000000Z",
        "2026-05-12T07:01:01.000000Z",
        "2026-05-12T07:01:01.000000Z",
    ]


def test_a_new_password_takes_the_place_of_the_old() -> None:
    runtime = house()
    with reading(runtime.store) as register:
        account = register.account("ria")
    assert account is not None
    add_account(runtime, QuickHasher(), account, "beukenblad")
    assert sign_in(runtime, QuickHasher(), "ria", PASSWORD, NOW) is None
    assert sign_in(runtime, QuickHasher(), "ria", "beukenblad", NOW) is not None


def test_accounts_are_listed_by_name() -> None:
    runtime = house()
    for name in ("zoe", "an"):
        staff(runtime, name, "onthaal")
    assert [account.name for account in account_names(runtime)] == ["an", "ria", "zoe"]
