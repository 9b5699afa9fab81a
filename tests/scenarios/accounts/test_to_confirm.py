"""The second person is told that something waits for them, and whoever gives is told whom to ask and what will wait."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gehoor.services.accounts.absence import Away, be_away
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.ports.records import SecondStep
from gehoor.services.register.register import writing
from tests.scenarios.accounts.test_administration_pages import page_of, post
from tests.scenarios.accounts.test_confirmation import (
    BOSS,
    COORDINATOR,
    DESK,
    PERSONNEL,
    PLACE,
    add_on_page,
    at_home,
    confirming,
    kept,
)
from tests.support.de_linde import publish_change
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor

WORK, HOME = "/medewerker/", "/medewerker/beheer"


def added() -> tuple[Site, dict[str, Visitor]]:
    """Piet adds Pop."""
    site, visitors = at_home("piet", "pia")
    add_on_page(visitors["piet"])
    return site, visitors


def test_who_may_confirm_sees_a_number_at_the_menu_and_a_line_on_the_work_list() -> None:
    _site, visitors = added()
    page = visitors["pia"].page(WORK)
    assert "Beheer 1 te bevestigen" in page.text
    assert "Bij 1 account wacht iets op uw bevestiging." in page.text
    assert page_faults(page) == []
    assert "bevestig" not in visitors["piet"].page(WORK).text, "who gave it does not"
    assert confirming(visitors["pia"], zeker="ja") == 303
    assert "bevestig" not in visitors["pia"].page(WORK).text


def test_the_overview_tells_what_is_theirs_to_confirm_from_what_is_not() -> None:
    _site, visitors = added()
    assert "Door u te bevestigen" in visitors["pia"].page(HOME).text
    own = visitors["piet"].page(HOME)
    assert "Door u te bevestigen" not in own.text
    assert "Wacht op iemand anders" in own.text
    assert page_faults(own) == []


def test_who_is_away_is_not_named_to_ask_and_who_has_the_role_no_more_neither() -> None:
    site, visitors = at_home("piet", "pia", "pol")
    add_on_page(visitors["piet"])
    assert "Vraag het aan: Pia, Pol." in visitors["piet"].page(PLACE).text
    be_away(site.runtime, Away("pia", date(2026, 5, 13)), "pia", site.clock.now)
    assert "Vraag het aan: Pol." in visitors["piet"].page(PLACE).text
    role = f"de-linde/beukenhof:{PERSONNEL}"
    change_account(site.runtime, AccountChange("pol", more=(DESK,), fewer=(role,)), BOSS, site.clock.now)
    text = visitors["piet"].page(PLACE).text
    assert "Wie dit kan bevestigen, is nu afwezig: Pia." in text
    assert "gehoor user confirm pop" in text


def test_the_page_says_beforehand_what_will_wait() -> None:
    site, visitors = at_home("piet", "pia")
    site.add_staff("ria", "onthaal")
    change_account(site.runtime, AccountChange("piet", more=(DESK,)), BOSS, site.clock.now)
    for name in ("ria", "els"):
        with writing(site.runtime.store) as register:
            register.save_second_step(SecondStep(name, "x", "2026-05-01T00:00:00Z", confirmed=True))
    ria, els = (visitors["piet"].page(page_of(name)) for name in ("ria", "els"))
    offered = {one.attributes.get("value"): one.text for one in ria.all("option")}
    assert offered[COORDINATOR].endswith("(wacht op bevestiging)")
    assert not offered[DESK].endswith("(wacht op bevestiging)")
    waits, at_once = "Dit telt pas als een tweede persoon het bevestigt.", "Dit geldt meteen."
    assert (ria.text.count(waits), ria.text.count(at_once)) == (1, 2), "whose account it is, always"
    assert (els.text.count(waits), els.text.count(at_once)) == (3, 0), "a password and a second step too"
    assert "Wie u hier kiest, telt pas" in els.text
    assert "Wie u hier kiest, telt pas" not in ria.text


@pytest.mark.parametrize("acts_for", ["", "els"])
def test_of_every_role_it_says_so_exactly_when_it_waits(acts_for: str) -> None:
    """Also of one that brings along the roles of somebody for whom they act there."""
    site, visitors = at_home("piet", "pia")
    now, there = site.clock.now, "de-linde/eikenrode:"

    def managed_too(document: dict[str, Any]) -> None:
        document["roles"][PERSONNEL] = {"name": "Personeelsdienst", "dossiers": False}
        document["rights"] = {**document.get("rights", {}), "manage-accounts": [PERSONNEL]}

    publish_change(site.runtime, managed_too, "2026-05-01 09:00", "eikenrode")
    site.add_staff("ria", "onthaal")
    more = (DESK, f"{there}onthaal", f"{there}{PERSONNEL}")
    change_account(site.runtime, AccountChange("piet", more=more), BOSS, now)
    if acts_for:
        be_away(site.runtime, Away(acts_for, date(2026, 5, 13), None, "ria"), BOSS, now)
        coordinates = AccountChange(acts_for, more=(f"{there}kwaliteitscoordinator",))
        change_account(site.runtime, coordinates, BOSS, now)
    offered = [
        one for one in visitors["piet"].page(page_of("ria")).all("option") if ":" in one.attributes["value"]
    ]
    told = {one.attributes["value"]: one.text.endswith("(wacht op bevestiging)") for one in offered}
    waits = {}
    for role in told:
        held = kept(site.runtime, "ria")
        after = change_account(site.runtime, AccountChange("ria", more=(role,)), "piet", now)
        waits[role] = any(one.get("role") == role for one in after.waiting)
        with writing(site.runtime.store) as register:
            register.save_account(held)
    assert told == waits
    assert told[f"{there}onthaal"] is bool(acts_for)


def test_who_makes_an_account_reads_to_tell_that_the_password_does_not_work_yet() -> None:
    site, visitors = at_home("piet", "pia")
    page = Page(add_on_page(visitors["piet"]).text)
    assert "Zeg erbij dat dit wachtwoord pas werkt als het bevestigd is." in page.text
    site.add_staff("ria", "onthaal")
    change_account(site.runtime, AccountChange("piet", more=(DESK,)), BOSS, site.clock.now)
    code, page = post(visitors["piet"], f"{page_of('ria')}/wachtwoord", page_of("ria"))
    assert (code, "Zeg erbij" in page.text) == (200, False)


def test_a_new_account_has_its_role_between_days_and_who_confirms_reads_them_with_the_department() -> None:
    site, visitors = at_home("piet", "pia")
    visitors["piet"].send(
        f"{HOME}/nieuw",
        **{
            "naam": "pop",
            "volledig": "Pop Pen",
            "adres": "pop@delinde.example",
            "rol": DESK,
            "rol-van": "2026-06-01",
            "rol-tot": "2026-12-31",
        },
    )
    page = visitors["pia"].page(PLACE)
    days = "van maandag 1 juni 2026 tot en met donderdag 31 december 2026"
    assert f"Onthaal, WZC Beukenhof ({days})" in page.text
    assert page_faults(page) == []
    assert confirming(visitors["pia"], zeker="ja") == 303
    (one,) = kept(site.runtime, "pop").periods
    assert (one["from_at"][:13], one["until_at"][:13]) == ("2026-05-31T22", "2026-12-31T23")


def test_days_of_a_new_account_that_will_not_do_come_back() -> None:
    _site, visitors = at_home("piet")
    typed = {"naam": "pop", "volledig": "Pop Pen", "adres": "pop@delinde.example", "rol": DESK}
    for last, sentence in (("2026-05-01", "Deze dag is al voorbij."), ("straks", "Geef de laatste dag")):
        answer = visitors["piet"].send(f"{HOME}/nieuw", **typed, **{"rol-tot": last})
        assert (answer.status_code, sentence in answer.text) == (422, True)


def test_what_holds_later_is_not_said_to_hold_at_once() -> None:
    site, visitors = at_home("piet", "pia", "pol")
    site.add_staff("ria", "onthaal")
    change_account(site.runtime, AccountChange("piet", more=(DESK,)), BOSS, site.clock.now)
    piet = visitors["piet"]

    def told(where: str, **typed: str) -> str:
        path, token = f"{page_of('ria')}/{where}", piet.page(page_of("ria")).value("csrf_token")
        answer = piet.post(path, {"csrf_token": token, **{k.replace("_", "-"): v for k, v in typed.items()}})
        return piet.page(str(answer.location)).all("p", role="status")[0].text

    later = "Het geldt vanaf donderdag 3 december 2026"
    assert told("rollen", rol=DESK, rol_van="2026-12-03", rol_tot="") == f"Bewaard. {later}."
    asked = told("rollen", rol=COORDINATOR, rol_van="2026-12-03", rol_tot="")
    assert asked == f"Bewaard. {later}, als iemand anders het eerst bevestigt."
    assert told("afwezig", weg_van="2026-12-03", weg_tot="", vervanger="") == f"Bewaard. {later}."
    assert told("rollen", rol=DESK, rol_van="", rol_tot="2026-12-03") == "Bewaard. Het geldt meteen."
    page = visitors["pia"].page(page_of("ria"))
    form = {
        "csrf_token": page.value("csrf_token"),
        "wat": [one.attributes["value"] for one in page.all("input", name="wat")],
        "gezien": page.value("gezien"),
        "zeker": "ja",
        "antwoord": "ja",
    }
    answer = visitors["pia"].post(f"{page_of('ria')}/bevestigen", form)
    assert "geldt vanaf donderdag 3 december 2026." in visitors["pia"].page(str(answer.location)).text
