"""Mensen: who has which role, who acts for whom, and who makes the agreements, for who has a part in them."""

from __future__ import annotations

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.agreement.actions import Action
from gehoor.services.proposals.people import People, people_of
from gehoor.services.proposals.rights import NoAgreementsError
from tests.support.clock import at
from tests.support.site import Site
from tests.support.workbench import LINDE, workbench_site

NOW = at("2026-05-12 14:00")


@pytest.fixture
def site(drafter: ConfinedDrafter) -> Site:
    found = workbench_site(drafter)
    found.clock.to("2026-05-12 14:00")
    found.staff("els", "de-linde/*:kwaliteitscoordinator")
    found.staff("dirk", "de-linde/*:algemeen-directeur")
    found.staff("fatima", "de-linde/beukenhof:teamverantwoordelijke")
    return found


def _people(site: Site, actor: str = "els") -> People:
    return people_of(site.runtime, LINDE, actor, NOW)


def test_each_role_names_who_has_it_and_who_acts_where_nobody_does(site: Site) -> None:
    here = next(one for one in _people(site).departments if "Beukenhof" in one.name)
    roles = {one.name: one for one in here.roles}
    assert roles["Teamverantwoordelijke"].held_by == ("Fatima",)
    empty = next(one for one in here.roles if not one.held_by and one.acted_by)
    assert empty.deputy


def test_a_role_of_one_department_is_of_nobody_in_another(site: Site) -> None:
    there = next(one for one in _people(site).departments if "Eikenrode" in one.name)
    assert next(one for one in there.roles if one.name == "Teamverantwoordelijke").held_by == ()


def test_who_makes_the_agreements_is_said_by_what_they_may(site: Site) -> None:
    here = next(one for one in _people(site).departments if "Beukenhof" in one.name)
    assert here.makers[Action.PROPOSE] == ("Els",)
    assert here.makers[Action.APPROVE] == ("Dirk",)


def test_the_page_says_it_to_who_has_a_part_and_exists_for_nobody_else(site: Site) -> None:
    griet = site.staff("griet", "de-linde/*:kwaliteitscoordinator")
    text = griet.get(f"/medewerker/werkplaats/mensen/{LINDE}").get_data(as_text=True)
    assert "Wie maakt hier de afspraken?" in text
    nadia = site.staff("nadia", "de-linde/beukenhof:onthaal")
    assert nadia.get(f"/medewerker/werkplaats/mensen/{LINDE}").status_code in (403, 404)
    with pytest.raises(NoAgreementsError):
        _people(site, "nadia")
