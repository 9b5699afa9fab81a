"""Whoever reads says something of one sentence, or of one line of a letter, without a thousand links on the way."""

from __future__ import annotations

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.services.proposals.changing import discard
from gehoor.services.proposals.looking import see_proposal
from gehoor.web.request.site import open_workbench
from tests.scenarios.proposals.test_reading_letters import FILE, LETTER
from tests.support.clock import at
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor, new_site
from tests.support.workbench import WORKPLACE, begun, files, with_agreements


@pytest.fixture
def site(drafter: ConfinedDrafter) -> Site:
    found = new_site(runtime=with_agreements(drafter, {**files(), FILE: LETTER.encode()}))
    open_workbench(found.app, drafter, None)
    found.clock.to("2026-05-12 14:00")
    return found


@pytest.fixture
def room(site: Site, els: Visitor) -> str:
    return f"{WORKPLACE}/voorstel/{begun(site.runtime).id}"


def reached(page: Page) -> list[str]:
    """Return the links and controls that a keyboard stops at."""
    links = [one for one in page.all("a") if one.attributes.get("tabindex") != "-1"]
    return [one.attributes.get("href", "") for one in links]


def test_reading_stops_once_a_part_and_not_at_every_sentence(els: Visitor, room: str) -> None:
    page = els.page(f"{room}/lezen?afdeling=beukenhof")
    assert page_faults(page) == []
    parts = [one for one in reached(page) if "deel=" in one]
    assert 5 < len(parts) < 40
    assert not [one for one in reached(page) if "bij=" in one]
    hidden = list(page.all("a", class_="say-here"))
    assert len(hidden) > 200
    assert {one.attributes["aria-hidden"] for one in hidden} == {"true"}


def test_in_a_part_the_sentence_is_chosen_and_the_remark_stands_beside_it(els: Visitor, room: str) -> None:
    page = els.page(f"{room}/lezen?afdeling=beukenhof&deel=terms")
    assert page_faults(page) == []
    choices = page.all("input", name="bij")
    assert {one.attributes["type"] for one in choices} == {"radio"}
    answer = els.resend(
        f"{room}/opmerking",
        page,
        bij=choices[0].attributes["value"],
        tekst="Is dit genoeg tijd?",
        afdeling="beukenhof",
    )
    assert answer.status_code == 303, answer.text
    again = els.page(answer.location)
    assert "Is dit genoeg tijd?" in again.text
    assert "afdeling=beukenhof" in answer.location
    assert answer.location.endswith("#opmerking-2")
    assert "Bewaard. Het staat bij de zin" in again.text


def test_something_is_said_of_a_line_of_a_letter_where_it_is_read(els: Visitor, room: str) -> None:
    page = els.page(f"{room}/lezen/brieven?afdeling=beukenhof&zeg=stand-van-zaken")
    assert page_faults(page) == []
    lines = {one.text: one.attributes["value"] for one in page.all("option")}
    assert list(lines) == [
        "De hele brief",
        "Hoever wij staan (het nummer)",
        "Beste Naam,",
        "Wat wij deden",
        "Wij bellen u nog.",
    ]
    answer = els.resend(f"{room}/opmerking", page, bij=lines["Wij bellen u nog."], tekst="Wanneer?")
    assert answer.status_code == 303, answer.text
    assert "/lezen/brieven" in answer.location
    again = els.page(answer.location)
    assert "Wanneer?" in again.text
    assert "Wij bellen u nog." in {one.text for one in again.all("p", class_="quiet")}
    assert "Brief: Stand van zaken: Wij bellen u nog." in els.page(f"{room}/afspreken").text


def test_of_a_proposal_that_is_closed_nothing_more_is_said(site: Site, els: Visitor, room: str) -> None:
    found = see_proposal(site.runtime, room.rpartition("/")[2], "els", at("2026-05-12 14:00")).proposal
    discard(site.runtime, found.id, found.tree, "els", at("2026-05-12 14:00"))
    page = els.page(f"{room}/lezen?afdeling=beukenhof&deel=terms")
    assert not page.all("a", class_="say-part")
    assert not page.all("textarea")
