"""Beheer tells what was changed about accounts, who may see dossiers, and who works where in which role."""

from __future__ import annotations

from datetime import date

import pytest

from gehoor.core.dossier.access_log import Way
from gehoor.services.access.access_log import log_access
from gehoor.services.accounts.absence import Away, be_away
from gehoor.services.accounts.account_changes import AccountChange, change_account
from gehoor.services.accounts.account_history import Narrowed, all_changes
from gehoor.services.accounts.new_accounts import close_account
from gehoor.services.dossiers.assignment import Assigning, assign
from gehoor.services.maintenance.verify import verify
from tests.scenarios.accounts.test_administration_pages import page_of
from tests.scenarios.accounts.test_confirmation import (
    BOSS,
    COORDINATOR,
    DESK,
    HERE,
    NOW,
    PERSONNEL,
    acting,
    at_home,
    house,
    kept,
)
from tests.support.clock import at
from tests.support.de_linde import open_by_phone, staff
from tests.support.pages import Page, page_faults
from tests.support.site import PASSWORD, Site, Visitor

HOME = "/medewerker/beheer"
THERE = "de-linde/eikenrode:onthaal"


def site_of() -> tuple[Site, Visitor]:
    site, visitors = at_home("piet", "pia", "pol")
    site.add_staff("ria", "onthaal")
    site.add_staff("koen", "teamverantwoordelijke")
    site.add_staff("ver", THERE)
    return site, visitors["piet"]


def rows(page: Page) -> list[str]:
    return [row.text for row in page.all("tr")][1:]


# What was changed


def test_all_changes_stand_in_one_list_the_latest_first_with_their_days() -> None:
    site, piet = site_of()
    now = site.clock.now
    change_account(
        site.runtime, AccountChange("ria", more=(COORDINATOR,), last=date(2026, 12, 31)), BOSS, now
    )
    be_away(site.runtime, Away("koen", date(2026, 6, 1), date(2026, 6, 30)), "koen", at("2026-05-13 13:00"))
    page = piet.page(f"{HOME}/wijzigingen")
    assert page_faults(page) == []
    first, second = rows(page)
    assert "Koenafwezig gemeld (van maandag 1 juni 2026 tot en met dinsdag 30 juni 2026)" in first
    assert first.endswith("Koen")
    assert "Kwaliteitscoördinator, WZC Beukenhof (tot en met donderdag 31 december 2026)" in second
    assert "2 wijzigingen" in page.text
    assert not verify(site.runtime.store).findings


def test_they_are_narrowed_to_a_period_and_to_people() -> None:
    runtime = house()
    for day, name in enumerate(("ria", "koen", "els"), start=10):
        when = at(f"2026-05-{day} 12:00")
        change_account(runtime, AccountChange(name, email=f"{name}@x.example"), BOSS, when)

    def found(**wanted: str) -> list[str]:
        return [one.account for one in all_changes(runtime, "piet", NOW, Narrowed(**wanted), (0, 50))[0]]

    assert found(since_at="2026-05-09", until_at="2026-05-13") == ["els", "koen", "ria"]
    assert found(since_at="2026-05-11", until_at="2026-05-13") == ["els", "koen"]
    assert found(since_at="2026-05-11", until_at="2026-05-12") == ["koen"]
    assert found(who="Ri") == ["ria"]
    change_account(runtime, AccountChange("koen", more=(DESK,)), "pia", at("2026-05-13 08:00"))
    assert found(who="pia") == ["koen"], "also by who did it"
    assert found(who="nobody") == []


def test_what_is_not_theirs_is_not_in_it() -> None:
    """Of Ria, who works in Eikenrode too, what was done with her roles there is not told here."""
    runtime = house()
    staff(runtime, "ver", THERE)
    before = all_changes(runtime, "piet", NOW, Narrowed(), (0, 50))[1]
    change_account(runtime, AccountChange("ver", email="ver@x.example"), BOSS, NOW)
    change_account(runtime, AccountChange("ria", more=(THERE,)), BOSS, NOW)
    assert all_changes(runtime, "piet", NOW, Narrowed(), (0, 50))[1] == before
    assert all_changes(runtime, BOSS, NOW, Narrowed(), (0, 50))[1] == before + 2


def test_the_list_has_pages() -> None:
    site, piet = site_of()
    for number in range(52):
        change = AccountChange("ria", email=f"ria{number}@x.example")
        change_account(site.runtime, change, BOSS, site.clock.now)
    page = piet.page(f"{HOME}/wijzigingen?wie=ria")
    assert "52 wijzigingen, bladzijde 1 van 2" in page.text
    (further,) = (one.attributes["href"] for one in page.all("a", rel="next"))
    assert len(rows(piet.page(str(further)))) == 2


# Who may see dossiers


def test_who_may_see_dossiers_is_told_with_the_roles_and_the_levels() -> None:
    site, piet = site_of()
    change_account(site.runtime, AccountChange("koen", more=(f"{HERE}sociale-dienst",)), BOSS, NOW)
    page = piet.page(f"{HOME}/inzage?afdeling=de-linde/beukenhof")
    assert page_faults(page) == []
    assert "Wie mag dossiers van WZC Beukenhof inzien?" in page.text
    found = rows(page)
    assert [row[:3] for row in found] == ["Els", "Koe", "Ria"], "who manages accounts only sees none"
    assert found[0] == "Els Kwaliteitscoördinator Normaal, Beperkt, Streng"
    assert found[2] == "Ria Onthaal Normaal"
    close_account(site.runtime, "ria", BOSS, site.clock.now)
    assert "Ria" not in piet.page(f"{HOME}/inzage").text


def test_a_deputy_is_told_as_one() -> None:
    site, piet = site_of()
    be_away(site.runtime, Away("els", date(2026, 5, 13), None, "ria"), "els", site.clock.now)
    found = rows(piet.page(f"{HOME}/inzage"))
    assert "(Weg vanaf woensdag 13 mei 2026. Ria neemt intussen waar.)" in found[0]
    assert "Onthaal; neemt waar voor Els" in found[2]
    assert found[2].endswith("Normaal, Beperkt, Streng")


def test_so_is_who_acts_in_a_role_that_nobody_has() -> None:
    site, piet = site_of()
    change_account(
        site.runtime, AccountChange("els", more=(DESK,), fewer=(COORDINATOR,)), BOSS, site.clock.now
    )
    found = piet.page(f"{HOME}/inzage").text
    assert "vervangt, omdat niemand die rol nu heeft" not in found
    site.add_staff("dag", "dagelijks-verantwoordelijke")
    assert (
        "vervangt, omdat niemand die rol nu heeft: Kwaliteitscoördinator" in piet.page(f"{HOME}/inzage").text
    )


def test_who_is_not_theirs_is_not_named_there() -> None:
    site, piet = site_of()
    assert "Ook anderen" not in piet.page(f"{HOME}/inzage").text
    site.add_staff("baas", "de-linde/*:algemeen-directeur")
    page = piet.page(f"{HOME}/inzage")
    assert "Baas" not in page.text
    assert "Ook anderen, van wie u de accounts niet beheert" in page.text
    assert piet.get(f"{HOME}/inzage?afdeling=de-linde/eikenrode").status_code == 404


@pytest.mark.parametrize("name", ["els", "koen", "ria", "piet", "ver"])
def test_the_list_is_as_the_dossiers_have_it(name: str) -> None:
    """Who stands in it, opens a dossier there, and nobody else does."""
    site, piet = site_of()
    dossier = open_by_phone(site.runtime, "2026-05-12 10:00").dossier
    visitor = site.visitor()
    if name != "piet":
        visitor.send("/medewerker/aanmelden", naam=name, wachtwoord=PASSWORD)
    opened = (piet if name == "piet" else visitor).get(f"/medewerker/dossiers/{dossier}").status_code == 200
    named = {row.split(maxsplit=1)[0] for row in rows(piet.page(f"{HOME}/inzage"))}
    assert any(one.startswith(name.title()) for one in named) is opened


# Searching


def test_accounts_are_searched_by_role_and_by_department() -> None:
    site, piet = site_of()

    def found(asked: str) -> list[str]:
        return [row.split()[0] for row in rows(piet.page(f"{HOME}?{asked}"))]

    assert found("rol=onthaal") == ["Ria"]
    assert found(f"rol={PERSONNEL}") == ["Pia", "Piet", "Pol"]
    assert found("afdeling=de-linde/beukenhof&rol=onthaal&q=koen") == []
    change_account(site.runtime, AccountChange("koen", more=(DESK,), first=date(2027, 1, 1)), BOSS, NOW)
    assert found("rol=onthaal") == ["Koen", "Ria"], "also later"
    change_account(site.runtime, AccountChange("koen", more=(THERE,)), BOSS, NOW)
    assert found("afdeling=de-linde/eikenrode") == [], "not of what is not theirs"
    assert page_faults(piet.page(f"{HOME}?rol=onthaal")) == []


# Who read a dossier


def test_who_read_a_dossier_is_narrowed_to_a_period() -> None:
    site, _piet = site_of()
    dossier = open_by_phone(site.runtime, "2026-05-12 10:00").dossier
    els = site.staff("els", "kwaliteitscoordinator")
    log_access(site.runtime, dossier, "ria", Way.PAGE, site.clock.now, "Europe/Brussels")
    place = f"/medewerker/dossiers/{dossier}/inzage"
    assert "Ria" in " ".join(rows(els.page(f"{place}?van=2026-05-13&tot=2026-05-13")))
    empty = els.page(f"{place}?van=2026-05-14")
    assert "In deze periode opende niemand dit dossier." in empty.text
    assert page_faults(empty) == []
    assert "In deze periode" in els.page(f"{place}?tot=2026-05-12").text


# Smaller things on the pages of accounts


def test_of_a_closed_account_roles_are_read_and_not_changed() -> None:
    site, piet = site_of()
    close_account(site.runtime, "ria", BOSS, site.clock.now)
    page = piet.page(page_of("ria"))
    assert "Onthaal, WZC Beukenhof" in page.text
    assert "Neem weg" not in page.text
    assert page.all("select", name="rol") == []
    assert page_faults(page) == []


def test_an_absence_is_shown_with_what_changes_and_ends_it_and_no_empty_form() -> None:
    site, piet = site_of()
    be_away(site.runtime, Away("ria", date(2026, 6, 1), date(2026, 6, 30), "koen"), "ria", site.clock.now)
    page = piet.page(page_of("ria"))
    assert "Afwezigheid beëindigen" in page.text
    assert "Afwezigheid wijzigen" in page.text
    assert (page.value("weg-van"), page.value("weg-tot")) == ("2026-06-01", "2026-06-30")
    assert page_faults(page) == []
    ria = site.visitor()
    ria.send("/medewerker/aanmelden", naam="ria", wachtwoord=PASSWORD)
    own = ria.page("/medewerker/mijn-account/afwezig")
    assert "Ik ga toch niet weg" in own.text
    assert (own.value("van"), own.value("tot")) == ("2026-06-01", "2026-06-30")
    assert page_faults(own) == []


def test_ones_own_password_stands_first() -> None:
    _site, piet = site_of()
    headings = [one.text for one in piet.page("/medewerker/mijn-account").all("h2")]
    assert headings[0] == "Wachtwoord wijzigen"


def test_work_is_handed_over_only_to_who_can_take_it() -> None:
    """Not to who works elsewhere, has no dossiers, is the same person, or whose role has ended."""
    site, _piet = site_of()
    els = site.staff("els", "kwaliteitscoordinator", "de-linde/eikenrode:kwaliteitscoordinator", PERSONNEL)
    site.add_staff("ria2", "onthaal")
    change_account(site.runtime, AccountChange("ria2", same_person_as="ria"), BOSS, site.clock.now)
    site.add_staff("oud", PERSONNEL)
    ended = AccountChange("oud", more=(DESK,), first=date(2026, 1, 1), last=date(2026, 5, 12))
    change_account(site.runtime, ended, BOSS, site.clock.now)
    dossier = open_by_phone(site.runtime, "2026-05-12 10:00").dossier
    assign(site.runtime, Assigning(dossier, "ria", BOSS), site.clock.now)
    page = els.page(f"{page_of('ria')}/afsluiten")
    offered = [one.attributes["value"] for one in page.all("option")]
    assert offered == ["", "els", "koen"]
    assert page_faults(page) == []


def test_roles_of_a_new_account_stand_in_the_overview_and_count_for_nothing() -> None:
    site, piet = site_of()
    piet.send(f"{HOME}/nieuw", naam="pop", volledig="Pop Pen", adres="pop@x.example", rol=DESK)
    assert "Onthaal, WZC Beukenhof" in next(row for row in rows(piet.page(HOME)) if row.startswith("Pop"))
    assert (acting(site.runtime, "pop").roles, kept(site.runtime, "pop").held_roles) == ((), ())
    assert f"{HERE}onthaal" in kept(site.runtime, "pop").all_roles
