"""The first people of a new organisation get their roles from whoever founded it, until somebody manages accounts."""

from __future__ import annotations

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_changes import coordinate
from gehoor.services.accounts.account_history import account_history
from gehoor.services.accounts.new_accounts import NameTakenError, close_account
from gehoor.services.proposals.first_people import (
    NotFoundingError,
    Wanted,
    appoint_first,
    appointing,
    take_back,
)
from gehoor.services.register.register import reading
from gehoor.web.request.site import open_workbench
from tests.support.clock import at
from tests.support.de_linde import open_by_web
from tests.support.pages import Page, page_faults
from tests.support.passwords import QuickHasher
from tests.support.site import PASSWORD, Site, Visitor, new_site
from tests.support.workbench import LINDE, RIGHTS, WHO_WE_ARE, WORKPLACE, files, sent, with_agreements

NOW = at("2026-05-12 14:00")
PEOPLE = f"{WORKPLACE}/mensen/{LINDE}"
DESK = "de-linde/*:onthaal"
MANAGER = "de-linde/*:kwaliteitscoordinator"
HANDS = Operator(OPERATOR)


@pytest.fixture
def site(drafter: ConfinedDrafter) -> Site:
    """De Linde as if it were new: two people make its agreements, and nobody has a role."""
    managed = RIGHTS + "  accounts-beheren: [kwaliteitscoordinator]\n"
    sources = {**files(), WHO_WE_ARE: files()[WHO_WE_ARE].replace(RIGHTS.encode(), managed.encode())}
    found = new_site(runtime=with_agreements(drafter, sources))
    open_workbench(found.app, drafter, None)
    found.clock.to("2026-05-12 14:00")
    for name in ("fien", "koen"):
        found.add_staff(name, "elders/hier:niets")
        coordinate(found.runtime, name, [LINDE], HANDS, NOW)
    return found


@pytest.fixture
def fien(site: Site) -> Visitor:
    visitor = site.visitor()
    assert visitor.send("/medewerker/aanmelden", naam="fien", wachtwoord=PASSWORD).status_code == 303
    return visitor


def roles(site: Site, name: str) -> tuple[str, ...]:
    with reading(site.runtime.store) as register:
        account = register.account(name)
    assert account is not None
    return account.roles


def test_the_workplace_says_what_is_not_open_and_leads_to_who_changes_that(site: Site, fien: Visitor) -> None:
    page = fien.page(WORKPLACE)
    assert "zijn nog niet open voor wie iets wil vertellen" in page.text
    assert f"{PEOPLE}#eerste-mensen" in [link.attributes["href"] for link in page.all("a")]
    assert page_faults(page) == []


def given(site: Site, role: str, account: str = "", actor: str = "fien", **who: str) -> tuple[str, str]:
    """Give a first role; return the account that got it, and the password that was made."""
    wanted = Wanted(role, account, who.get("full_name", ""), who.get("email", ""))
    return appoint_first(site.runtime, QuickHasher(), LINDE, wanted, actor, NOW)


def test_the_founder_gives_the_roles_and_the_department_opens(site: Site, fien: Visitor) -> None:
    assert page_faults(fien.page(PEOPLE)) == []
    answer = sent(fien, PEOPLE, rol=DESK, wie="koen")
    assert answer.status_code == 303, answer.text
    assert DESK in roles(site, "koen")
    page = fien.page(answer.location)
    assert "Nu open voor wie iets wil vertellen:" in page.text
    assert "/de-linde/beukenhof/" in [link.attributes["href"] for link in page.all("a")]
    assert site.visitor().get("/de-linde/beukenhof/melden").status_code == 200
    assert "De rol is gegeven." in fien.page(answer.location).text
    (entry,) = [one for one in account_history(site.runtime, "koen", HANDS, NOW) if one.came == (DESK,)]
    assert entry.by == "fien"


def test_somebody_new_gets_an_account_with_a_password_that_is_shown_once(site: Site, fien: Visitor) -> None:
    answer = sent(fien, PEOPLE, rol=MANAGER, wie="", volledig="Mia Maes", adres="Mia@linde.example")
    assert answer.status_code == 200
    page = Page(answer.text)
    assert page_faults(page) == []
    password = page.one("dd", class_="key").text
    assert roles(site, "mia@linde.example") == (MANAGER,)
    mia = site.visitor()
    assert mia.send("/medewerker/aanmelden", naam="mia@linde.example", wachtwoord=password).status_code == 303
    assert password not in fien.page(PEOPLE).text
    assert appointing(site.runtime, LINDE, "fien", NOW).by == ("Mia Maes",)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"adres": "mia@linde.example"}, "Geef de volledige naam."),
        ({"volledig": "Mia Maes"}, "geef een naam en een e-mailadres"),
        ({"volledig": "Mia Maes", "adres": "mia"}, "Geef een e-mailadres, bijvoorbeeld"),
    ],
)
def test_of_somebody_new_both_are_asked_and_stay_as_typed(
    fien: Visitor, typed: dict[str, str], told: str
) -> None:
    answer = sent(fien, PEOPLE, rol=DESK, wie="", **typed)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert told in page.text
    assert {name: page.by_id(name).attributes["value"] for name in typed} == typed


def test_the_founder_takes_a_role_herself_in_one_department(site: Site, fien: Visitor) -> None:
    here = "de-linde/beukenhof:onthaal"
    assert sent(fien, PEOPLE, rol=here, wie="fien").status_code == 303
    assert here in roles(site, "fien")
    assert site.visitor().get("/de-linde/beukenhof/melden").status_code == 200


def test_what_the_founder_gave_she_takes_back(site: Site, fien: Visitor) -> None:
    given(site, MANAGER, "koen")
    assert sent(fien, f"{PEOPLE}/terug", account="koen", rol=MANAGER).status_code == 303
    assert MANAGER not in roles(site, "koen")
    assert appointing(site.runtime, LINDE, "fien", NOW).founds


def test_an_account_that_was_made_for_a_role_closes_with_it_and_opens_with_another(site: Site) -> None:
    name, first = given(site, DESK, full_name="Mia", email="mia@linde.example")
    take_back(site.runtime, LINDE, name, DESK, "fien", NOW)
    with reading(site.runtime.store) as register:
        account = register.account(name)
    assert account is not None
    assert not account.active
    again, second = given(site, MANAGER, full_name="Mia Maes", email="mia@linde.example")
    assert again == name
    assert first != second
    assert roles(site, name) == (MANAGER,)


def test_what_others_gave_is_not_taken_back(site: Site) -> None:
    site.add_staff("nadia", DESK)
    with pytest.raises(NotFoundingError):
        take_back(site.runtime, LINDE, "nadia", DESK, "fien", NOW)


def test_a_stranger_is_not_listed_and_gets_a_role_only_where_typed_exactly(site: Site, fien: Visitor) -> None:
    site.add_staff("vera", "ginder/ver:niets")
    assert 'value="vera"' not in fien.get(PEOPLE).text
    with pytest.raises(NotFoundingError):
        given(site, DESK, "vera")
    given(site, DESK, email="vera")
    assert DESK in roles(site, "vera")


def test_nobody_is_given_the_address_of_an_account_that_left(site: Site) -> None:
    site.add_staff("vera@linde.example", "ginder/ver:niets")
    close_account(site.runtime, "vera@linde.example", HANDS, NOW)
    with pytest.raises(NameTakenError):
        given(site, DESK, full_name="Vera", email="vera@linde.example")


def test_once_somebody_else_manages_accounts_it_is_theirs_and_they_are_named(
    site: Site, fien: Visitor
) -> None:
    site.add_staff("mia", MANAGER)
    with pytest.raises(NotFoundingError):
        given(site, DESK, "koen")
    assert appointing(site.runtime, LINDE, "fien", NOW).by == ("Mia",)
    assert sent(fien, PEOPLE, rol=DESK, wie="koen").status_code == 409


def test_once_something_came_in_nothing_is_given_or_taken_by_who_founded_it(site: Site) -> None:
    given(site, DESK, "koen")
    open_by_web(site.runtime, "2026-05-12 10:00")
    assert not appointing(site.runtime, LINDE, "fien", NOW).founds
    with pytest.raises(NotFoundingError):
        given(site, DESK, "fien")
    with pytest.raises(NotFoundingError):
        take_back(site.runtime, LINDE, "koen", DESK, "fien", NOW)


def test_a_role_of_another_organisation_is_not_given(site: Site) -> None:
    with pytest.raises(NotFoundingError):
        given(site, "elders/*:baas", "koen")


def test_who_proposes_without_having_founded_it_gives_nothing(site: Site) -> None:
    site.add_staff("nadia", "de-linde/beukenhof:teamverantwoordelijke")
    with pytest.raises(NotFoundingError):
        given(site, DESK, "koen", "nadia")
