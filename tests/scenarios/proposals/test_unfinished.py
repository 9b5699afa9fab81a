"""A text that is still to be written is asked about where it is published: in what it stands, and on which line."""

from __future__ import annotations

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.proposals.bringing_in import UnfinishedError, Wanted, publish_proposal
from gehoor.services.proposals.discussing import agree
from tests.support.clock import at
from tests.support.pages import page_faults
from tests.support.site import Site, Visitor
from tests.support.workbench import WORKPLACE, begun, replaced, sent

NOW = at("2026-05-12 14:00")
LETTER = "definitions/de-linde/brieven/herinnering.yaml"
WRITTEN, LEFT = "    Open het dossier: {link}", "    Vul aan wat iemand dan doet."
LINE = 11


@pytest.fixture
def left(site: Site, els: Visitor) -> Proposal:
    site.staff("dirk", "de-linde/*:algemeen-directeur")
    found = replaced(site.runtime, begun(site.runtime), LETTER, WRITTEN, LEFT)
    agree(site.runtime, found.id, found.tree, "dirk", NOW)
    return found


def test_the_page_names_the_letter_leads_to_its_form_and_asks(els: Visitor, left: Proposal) -> None:
    page = els.page(f"{WORKPLACE}/voorstel/{left.id}/afspreken")
    (link,) = (one for one in page.all("a") if one.text == "Brief: Herinnering")
    assert "De tekst in het bestand" in els.page(link.attributes["href"]).text
    assert "Vul aan wat iemand dan doet" in page.text
    assert page.one("input", name="toch").attributes["type"] == "checkbox"
    assert page_faults(page) == []


def test_without_an_answer_nothing_is_published(els: Visitor, left: Proposal) -> None:
    address = f"{WORKPLACE}/voorstel/{left.id}/publiceren"
    answer = sent(els, address, gezien=left.tree)
    assert answer.status_code == 409
    assert "Hieronder moet nog iets geschreven worden." in answer.text
    assert sent(els, address, gezien=left.tree, toch="ja").status_code == 303


def test_the_command_that_publishes_asks_too(site: Site, drafter: ConfinedDrafter, left: Proposal) -> None:
    with pytest.raises(UnfinishedError) as told:
        publish_proposal(site.runtime, drafter, Wanted(left.id, left.tree), "els", NOW)
    assert [(one.file, one.line) for one in told.value.lines] == [(LETTER, LINE)]
    assert publish_proposal(site.runtime, drafter, Wanted(left.id, left.tree, unfinished=True), "els", NOW)


def test_without_such_a_text_nothing_is_asked(site: Site, els: Visitor) -> None:
    page = els.page(f"{WORKPLACE}/voorstel/{begun(site.runtime).id}/afspreken")
    assert not page.all("input", name="toch")
