"""What is said of a proposal is about what it brings; what was so before is one line, folded."""

from __future__ import annotations

from gehoor.core.proposals.proposal import Proposal
from tests.support.pages import page_faults
from tests.support.site import Site, Visitor
from tests.support.workbench import LENGTH, TERMS, WORKPLACE, begun, replaced

COMPLAINT = "definitions/de-linde/klacht.yaml"
SHORTER = "binnen: 3 werkdagen"
ROOMS = ("", "/afspreken")


def room(proposal: Proposal, where: str) -> str:
    return f"{WORKPLACE}/voorstel/{proposal.id}{where}"


def test_roles_that_nobody_had_before_are_not_the_proposals(site: Site, els: Visitor) -> None:
    proposal = replaced(site.runtime, begun(site.runtime), TERMS, LENGTH, SHORTER)
    page = els.page(room(proposal, "/afspreken"))
    folded = page.html.partition('<details class="more as-before">')
    assert "heeft nog niemand" not in folded[0]
    assert "heeft nog niemand" in folded[2]
    assert page_faults(page) == []


def test_a_text_that_comes_names_each_language_that_misses_it_and_where_it_is_translated(
    site: Site, els: Visitor
) -> None:
    proposal = replaced(site.runtime, begun(site.runtime), COMPLAINT, "Elke uiting van", "Iedere uiting van")
    for where in ROOMS:
        page = els.page(room(proposal, where))
        assert (
            "Nog niet vertaald (Frans en Engels): een tekst. “Iedere uiting van ontevredenheid" in page.text
        )
        assert "Dat mag ook later." in page.text
        assert "onder 'vertalingen'" not in page.text
        assert page_faults(page) == []
