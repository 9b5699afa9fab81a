"""After each act the page leads on: to agreeing, to the button that agrees, and to who asked for it."""

from __future__ import annotations

import pytest

from gehoor.core.proposals.proposal import Proposal
from gehoor.services.proposals.discussing import agree
from tests.support.clock import at
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor
from tests.support.workbench import LENGTH, TERMS, WORKPLACE, begun, replaced

NOW = at("2026-05-12 14:00")
SHORTER = "binnen: 3 werkdagen"
TASKS = "/medewerker/taken/"


@pytest.fixture
def dirk(site: Site) -> Visitor:
    return site.staff("dirk", "de-linde/*:algemeen-directeur")


@pytest.fixture
def proposal(site: Site, els: Visitor) -> Proposal:
    return replaced(site.runtime, begun(site.runtime), TERMS, LENGTH, SHORTER)


def buttons(page: Page) -> list[str]:
    """Return what the largest buttons of a page say."""
    return [one.text for one in page.elements if one.attributes.get("class", "").split() == ["button"]]


@pytest.mark.parametrize("room", ["", "/gesprek", "/gesprek/omschrijving", "/bewerken"])
def test_saved_somewhere_agreeing_is_offered(els: Visitor, proposal: Proposal, room: str) -> None:
    page = els.page(f"{WORKPLACE}/voorstel/{proposal.id}{room}?gedaan=gewijzigd")
    assert page_faults(page) == []
    assert ("Afspreken en publiceren" in buttons(page)) == (room != "/bewerken")


def test_a_question_has_one_main_button_and_going_on_is_a_smaller_one(
    els: Visitor, proposal: Proposal
) -> None:
    page = els.page(f"{WORKPLACE}/voorstel/{proposal.id}/gesprek/omschrijving")
    assert len(buttons(page)) == 1
    onward = next(one for one in page.elements if one.text == "Volgende vraag")
    assert "small" in onward.attributes["class"]


def test_whoever_is_asked_to_agree_does_so_on_the_page_behind_the_task(
    site: Site, els: Visitor, dirk: Visitor, proposal: Proposal
) -> None:
    where = f"{WORKPLACE}/voorstel/{proposal.id}"
    assert where in dirk.page(TASKS).html
    page = dirk.page(where)
    assert buttons(page) == ["Ik ga akkoord"]
    assert "Zeggen wat anders moet" in page.text
    assert page_faults(page) == []
    assert "Gaat u akkoord?" not in els.page(where).text
    agree(site.runtime, proposal.id, proposal.tree, "dirk", NOW)
    assert "Gaat u akkoord?" not in dirk.page(where).text


def test_whoever_asked_hears_that_it_was_approved(
    site: Site, els: Visitor, dirk: Visitor, proposal: Proposal
) -> None:
    assert "goedgekeurd" not in els.page(TASKS).text
    agree(site.runtime, proposal.id, proposal.tree, "dirk", NOW)
    page = els.page(TASKS)
    assert "Werkplaats 1 goedgekeurd" in page.text
    assert "Afspraken die goedgekeurd zijn" in page.text
    assert page_faults(page) == []
    assert "Goedgekeurd" in els.page(WORKPLACE).text
    assert "goedgekeurd" not in dirk.page(TASKS).text


def test_that_one_who_may_not_approve_agrees_is_no_approval(
    site: Site, els: Visitor, proposal: Proposal
) -> None:
    site.add_staff("griet", "de-linde/*:kwaliteitscoordinator")
    agree(site.runtime, proposal.id, proposal.tree, "griet", NOW)
    assert "goedgekeurd" not in els.page(TASKS).text


def test_whose_agreement_does_not_count_has_no_large_button_for_it(els: Visitor, proposal: Proposal) -> None:
    page = els.page(f"{WORKPLACE}/voorstel/{proposal.id}/afspreken")
    assert "Ik ga akkoord" not in buttons(page)
