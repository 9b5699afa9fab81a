"""A coordinator says of all tables of a report at once which stay internal, and sees what the public is then told."""

from __future__ import annotations

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.register.register import reading
from tests.support.pages import Page, page_faults
from tests.support.reports import OWN, files_with_report, site_with_report
from tests.support.site import Site, Visitor
from tests.support.workbench import begun, sent

OWN_TABLE = {
    "titel": "Onze wachtlijst",
    "schrijf": "Hoe lang wachtte men?",
    "gevraagd": ["naam", "per"],
    "openbaar": "ja",
    "w_naam": "Antwoorden per maand",
    "w_per": "maand",
}


@pytest.fixture
def site(drafter: ConfinedDrafter) -> Site:
    """A report that organisations share, and two complaints of last year."""
    found = site_with_report(drafter)
    found.clock.to("2026-05-12 14:00")
    return found


@pytest.fixture
def proposal(site: Site, els: Visitor) -> Proposal:
    return begun(site.runtime)


@pytest.fixture
def place(proposal: Proposal) -> str:
    return f"/medewerker/werkplaats/voorstel/{proposal.id}/verslag/jaarverslag"


def sources(site: Site, proposal: Proposal) -> dict[str, bytes]:
    with reading(site.runtime.store) as register:
        return dict(register.sources(register.proposal(proposal.id).tree))


def marked(page: Page) -> list[str]:
    return [
        one.attributes["value"] for one in page.all("input", name="intern") if "checked" in one.attributes
    ]


def test_tables_of_several_chapters_are_made_internal_at_once_and_public_again(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    listed = [one.attributes["value"] for one in els.page(f"{place}/openbaar").all("input", name="intern")]
    some = [listed[0], listed[-1]]
    assert sent(els, f"{place}/openbaar", intern=some).status_code == 303
    page = els.page(f"{place}/openbaar")
    assert marked(page) == some
    assert page_faults(page) == []
    assert sent(els, f"{place}/openbaar", intern=some[:1]).status_code == 303
    assert marked(els.page(f"{place}/openbaar")) == some[:1]
    assert sent(els, f"{place}/openbaar").status_code == 303
    assert marked(els.page(f"{place}/openbaar")) == []
    assert "tabellen-intern" not in sources(site, proposal)[OWN].decode()


def test_a_table_of_her_own_is_made_internal_beside_those_that_came_with_a_chapter(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    assert sent(els, f"{place}/erbij", **OWN_TABLE).status_code == 303
    assert marked(els.page(f"{place}/openbaar")) == []
    sent(els, f"{place}/openbaar", intern=["Berichten per soort", "Antwoorden per maand"])
    assert marked(els.page(f"{place}/openbaar")) == ["Berichten per soort", "Antwoorden per maand"]
    sent(els, f"{place}/openbaar", intern=["Berichten per soort"])
    assert marked(els.page(f"{place}/openbaar")) == ["Berichten per soort"]


def test_where_nothing_changes_nothing_is_written(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    assert sent(els, f"{place}/openbaar").status_code == 303
    assert sources(site, proposal) == files_with_report()


def test_what_was_changed_in_another_window_is_told_and_what_was_marked_stays(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    shown = els.page(f"{place}/openbaar").value("gezien")
    sent(els, place, hoofdstuk="Gegrond of niet", doen="weg")
    answer = sent(els, f"{place}/openbaar", intern=["Berichten per soort"], gezien=shown)
    assert answer.status_code == 409
    assert "Het verslag is intussen gewijzigd: door u, in een ander venster." in answer.text
    assert marked(Page(answer.text)) == ["Berichten per soort"]
    assert marked(els.page(f"{place}/openbaar")) == []


def test_who_only_discusses_marks_nothing(site: Site, proposal: Proposal, place: str) -> None:
    jan = site.staff("jan", "de-linde/*:teamverantwoordelijke")
    page = jan.page(f"{place}/openbaar")
    assert all("disabled" in one.attributes for one in page.all("input", name="intern"))
    assert sent(jan, f"{place}/openbaar", intern=["Berichten per soort"]).status_code == 409
    assert sources(site, proposal) == files_with_report()
