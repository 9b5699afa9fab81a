"""Nobody stays in because something beside their account is damaged: a calendar's address, or what was done with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gehoor.services.access.authorisation import Operator
from gehoor.services.accounts.accounts import session_of, sign_in
from gehoor.services.accounts.new_accounts import close_account, set_password
from gehoor.services.accounts.own_account import end_all_sessions
from gehoor.services.exchange.calendar_feed import new_address
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.damage import damaged, last_damaged
from tests.support.passwords import QuickHasher
from tests.support.site import PASSWORD, Site, new_site

BOSS = Operator("beheerder")
NOW = at("2026-05-12 14:00")
ACCOUNT = "/medewerker/mijn-account"


def closing(runtime: Runtime) -> None:
    close_account(runtime, "ria", BOSS, NOW)


def another_password(runtime: Runtime) -> None:
    set_password(runtime, QuickHasher(), "ria", "een lange zin over linden", BOSS, NOW)


def ending_sessions(runtime: Runtime) -> None:
    end_all_sessions(runtime, "ria")


@pytest.fixture
def site() -> Site:
    """Ria has an address for a calendar, and was given another password before."""
    site = new_site("2026-05-12 14:00")
    site.staff()
    set_password(site.runtime, QuickHasher(), "ria", PASSWORD, BOSS, at("2026-05-12 13:00"))
    return site


@pytest.fixture
def calendar(site: Site) -> str:
    """The address of her calendar, of which the setting that says whose it is is damaged."""
    address = f"/agenda/{new_address(site.runtime, 'ria')}.ics"
    damaged(site.runtime, "settings", "calendar-of/ria")
    return address


def lasts(site: Site, token: str | None) -> bool:
    return session_of(site.runtime, token or "", NOW) is not None


@pytest.mark.parametrize("way", [closing, another_password, ending_sessions])
def test_all_that_shuts_out_does_so_although_the_address_of_a_calendar_is_damaged(
    site: Site, calendar: str, way: Callable[[Runtime], None]
) -> None:
    token = sign_in(site.runtime, QuickHasher(), "ria", PASSWORD, NOW)
    way(site.runtime)
    assert not lasts(site, token)


@pytest.mark.parametrize("way", [closing, another_password])
def test_all_that_shuts_out_does_so_although_what_was_done_is_damaged(
    site: Site, way: Callable[[Runtime], None]
) -> None:
    token = sign_in(site.runtime, QuickHasher(), "ria", PASSWORD, NOW)
    last_damaged(site.runtime, "account_log", "account", "ria")
    way(site.runtime)
    assert not lasts(site, token)


def test_what_is_done_then_stands_after_what_is_damaged(site: Site) -> None:
    with reading(site.runtime.store) as register:
        before = len(register.account_log("ria"))
    last_damaged(site.runtime, "account_log", "account", "ria")
    closing(site.runtime)
    with reading(site.runtime.store) as register:
        newest = next(one for one in register.account_deeds() if one.account == "ria")
    assert (newest.deed, newest.sequence) == ("left", before + 1)


def test_a_damaged_address_is_that_of_nobody(site: Site, calendar: str) -> None:
    assert site.visitor().get(calendar).status_code == 404


def test_ones_own_account_opens_as_if_there_were_none(site: Site, calendar: str) -> None:
    assert site.staff("ria").get(ACCOUNT).status_code == 200


def test_another_address_can_be_made(site: Site, calendar: str) -> None:
    again = f"/agenda/{new_address(site.runtime, 'ria')}.ics"
    assert site.visitor().get(again).status_code == 200
