"""Before nobody is left to confirm what a manager of accounts gives, the pages say so, and as long as it is so."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gehoor.services.accounts.absence import Away, be_away
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.confirmation import confirm
from gehoor.services.accounts.new_accounts import new_account_once
from gehoor.services.ports.records import Account
from tests.scenarios.accounts.test_administration_pages import page_of, post
from tests.scenarios.accounts.test_confirmation import BOSS, DESK, HERE, PERSONNEL, at_home, kept
from tests.support.pages import page_faults
from tests.support.passwords import QuickHasher
from tests.support.site import Site, Visitor

HOME = "/medewerker/beheer"
MANAGES = f"{HERE}{PERSONNEL}"
ALONE = "beheert dan alleen Piet nog accounts"
WARNED = "Dan is er geen tweede persoon meer"


def two() -> tuple[Site, Visitor, Visitor]:
    """Piet and Pia manage accounts, and Pia works at the desk too."""
    site, visitors = at_home("piet", "pia")
    change_account(site.runtime, AccountChange("pia", more=(DESK,)), BOSS, site.clock.now)
    return site, visitors["piet"], visitors["pia"]


BY_ANOTHER: dict[str, tuple[str, dict[str, Any]]] = {
    "a role taken away": ("rollen/weg", {"rol": MANAGES}),
    "a role until a day": ("rollen", {"rol": MANAGES, "rol_van": "", "rol_tot": "2026-06-30"}),
    "a role from a day": ("rollen", {"rol": MANAGES, "rol_van": "2026-06-01", "rol_tot": ""}),
    "away": ("afwezig", {"weg_van": "2026-05-13", "weg_tot": "2026-05-20", "vervanger": ""}),
    "away later": ("afwezig", {"weg_van": "2026-06-01", "weg_tot": "", "vervanger": ""}),
}


@pytest.mark.parametrize("what", BY_ANOTHER)
def test_it_is_said_before_and_done_only_by_who_says_so(what: str) -> None:
    site, piet, _pia = two()
    where, typed = BY_ANOTHER[what]
    before = kept(site.runtime, "pia")
    code, page = post(piet, f"{page_of('pia')}/{where}", page_of("pia"), **typed)
    assert (code, page_faults(page), WARNED in page.text, ALONE in page.text) == (422, [], True, True)
    assert "Personeelsdienst" in page.text
    assert kept(site.runtime, "pia") == before
    again = {one.attributes["name"]: one.attributes["value"] for one in page.all("input", type="hidden")}
    again.pop("csrf_token")
    code, _ = post(piet, f"{page_of('pia')}/{where}", page_of("pia"), **again, toch="ja")
    assert code == 303
    assert kept(site.runtime, "pia") != before


def test_it_says_from_which_day_it_would_be_so() -> None:
    _site, piet, _pia = two()
    where, typed = BY_ANOTHER["a role until a day"]
    _code, page = post(piet, f"{page_of('pia')}/{where}", page_of("pia"), **typed)
    assert "Vanaf woensdag 1 juli 2026:" in page.text


def test_closing_says_it_on_the_page_that_asks() -> None:
    _site, piet, _pia = two()
    page = piet.page(f"{page_of('pia')}/afsluiten")
    assert ALONE in page.text
    assert page_faults(page) == []
    assert "beheert dan" not in piet.page(f"{page_of('els')}/afsluiten").text


def test_who_goes_away_themselves_is_asked_too() -> None:
    site, piet, pia = two()
    mine = "/medewerker/mijn-account/afwezig"
    code, page = post(pia, mine, mine, van="2026-05-20", tot="2026-05-25", vervanger="")
    assert (code, WARNED in page.text, ALONE in page.text) == (422, True, True)
    code, _ = post(pia, mine, mine, van="2026-05-20", tot="2026-05-25", vervanger="", toch="ja")
    assert code == 303
    code, page = post(piet, mine, mine, van="2026-05-21", tot="", vervanger="")
    assert (code, "beheert dan niemand meer accounts" in page.text) == (422, True)
    assert kept(site.runtime, "piet").absences == ()


def test_with_a_third_manager_nothing_is_asked() -> None:
    site, piet, _pia = two()
    site.add_staff("pol", PERSONNEL)
    for where, typed in BY_ANOTHER.values():
        assert post(piet, f"{page_of('pia')}/{where}", page_of("pia"), **typed)[0] == 303


def test_the_overview_says_so_as_long_as_it_is_so() -> None:
    site, piet, _pia = two()
    assert "geen tweede persoon" not in piet.page(HOME).text
    be_away(site.runtime, Away("pia", date(2026, 5, 13), date(2026, 5, 13)), "pia", site.clock.now)
    page = piet.page(HOME)
    assert "Er is geen tweede persoon voor accounts" in page.text
    assert "In WZC Beukenhof beheert nu alleen Piet accounts." in page.text
    assert page_faults(page) == []


def test_two_of_whom_one_made_the_other_are_not_two() -> None:
    site, visitors = at_home("piet")
    account = Account("nep", "Nep", "nep@delinde.example", "", (MANAGES,))
    new_account_once(site.runtime, QuickHasher(), account, "piet", site.clock.now)
    confirm(site.runtime, "nep", BOSS, site.clock.now)
    text = visitors["piet"].page(HOME).text
    assert "In WZC Beukenhof gelden Nep, Piet samen niet als twee" in text
