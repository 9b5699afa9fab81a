"""The first people of a new organisation get their roles from whoever founded it, until somebody manages accounts."""

from __future__ import annotations

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_changes import coordinate
from gehoor.services.accounts.account_history import account_history
from gehoor.services.proposals.first_people import NotFoundingError, appoint_first, appointing
from gehoor.services.register.register import reading
from gehoor.web.request.site import open_workbench
from tests.support.clock import at
from tests.support.de_linde import open_by_web
from tests.support.pages import page_faults
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


def test_the_founder_gives_the_roles_and_the_department_opens(site: Site, fien: Visitor) -> None:
    assert page_faults(fien.page(PEOPLE)) == []
    answer = sent(fien, PEOPLE, **{f"rol-{DESK}": "koen", f"rol-{MANAGER}": "koen"})
    assert answer.status_code == 303, answer.text
    assert {DESK, MANAGER} <= set(roles(site, "koen"))
    assert site.visitor().get("/de-linde/beukenhof/melden").status_code == 200
    page = fien.page(answer.location)
    assert "De rollen zijn gegeven." in page.text
    assert "De eerste mensen" not in page.text
    entries = account_history(site.runtime, "koen", HANDS, NOW)
    (entry,) = [one for one in entries if set(one.came) == {DESK, MANAGER}]
    assert entry.by == "fien"


def test_nobody_gives_themselves_anything(site: Site, fien: Visitor) -> None:
    with pytest.raises(NotFoundingError):
        appoint_first(site.runtime, LINDE, {DESK: "fien"}, "fien", NOW)
    assert 'value="fien"' not in fien.get(PEOPLE).text


def test_once_somebody_manages_accounts_it_is_theirs_and_they_are_named(site: Site, fien: Visitor) -> None:
    site.add_staff("mia", MANAGER)
    with pytest.raises(NotFoundingError):
        appoint_first(site.runtime, LINDE, {DESK: "koen"}, "fien", NOW)
    assert appointing(site.runtime, LINDE, "fien", NOW).by == ("Mia",)
    assert sent(fien, PEOPLE, **{f"rol-{DESK}": "koen"}).status_code == 409


def test_once_something_came_in_nothing_is_given_by_who_founded_it(site: Site) -> None:
    open_by_web(site.runtime, "2026-05-12 10:00")
    assert not appointing(site.runtime, LINDE, "fien", NOW).founds
    with pytest.raises(NotFoundingError):
        appoint_first(site.runtime, LINDE, {DESK: "koen"}, "fien", NOW)


def test_a_role_of_another_organisation_is_not_given(site: Site) -> None:
    with pytest.raises(NotFoundingError):
        appoint_first(site.runtime, LINDE, {"elders/*:baas": "koen"}, "fien", NOW)


def test_who_proposes_without_having_founded_it_gives_nothing(site: Site) -> None:
    site.add_staff("nadia", "de-linde/beukenhof:teamverantwoordelijke")
    with pytest.raises(NotFoundingError):
        appoint_first(site.runtime, LINDE, {DESK: "koen"}, "nadia", NOW)
