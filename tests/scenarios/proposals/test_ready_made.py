"""A coordinator uses a report or a standard that is shipped, by a button; and no longer."""

from __future__ import annotations

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.services.register.register import reading
from gehoor.web.request.site import open_workbench
from tests.support.pages import page_faults
from tests.support.reports import files_with_report
from tests.support.site import Site, Visitor, new_site
from tests.support.workbench import WHO_WE_ARE, sent, with_agreements

REPORTS = "/medewerker/werkplaats/kiezen/de-linde/verslagen"
STANDARDS = "/medewerker/werkplaats/kiezen/de-linde/zelfbeoordeling"
OWN = "rules/de-linde/verslagen.yaml"
COUNCIL = """\
taal: nl
verslagen:
  raadsverslag:
    naam: Verslag aan de raad
    toepassing: Lokale besturen.
    periode-volgens: ontvangst
    bron: Ons reglement
    zekerheid: waarschijnlijk
    hoofdstukken:
      - naam: Hoeveel klachten er waren
        cijfers:
          - {naam: Alle berichten, per: type_bericht}
          - {naam: Ontvankelijk of niet, per: ontvankelijkheid}
      - naam: Ontvankelijk
        cijfers:
          - {naam: Reden waarom niet, per: ontvankelijkheid}
"""
OTHER_MILESTONE = """\
taal: nl
verslagen:
  bestuursverslag:
    naam: Verslag aan het bestuur
    periode-volgens: kennisgeving
    hoofdstukken:
      - naam: Hoeveel het er waren
        cijfers: [{naam: Alle berichten, per: type_bericht}]
"""
CHARTER = """\
taal: nl
norm: {naam: Charter van de sector, toepassing: Elke voorziening.}
vereisten:
  snel:
    naam: Wie klaagt, weet snel iets
    thema: Ontvangst
    blijkt-uit:
      - te-beantwoorden: Bellen wij ook eens?
"""


@pytest.fixture
def site(drafter: ConfinedDrafter) -> Site:
    shared = {
        "rules/recht/raadsverslag.yaml": COUNCIL.encode(),
        "rules/recht/bestuursverslag.yaml": OTHER_MILESTONE.encode(),
        "rules/normen/charter.yaml": CHARTER.encode(),
    }
    found = new_site(runtime=with_agreements(drafter, {**files_with_report(), **shared}))
    open_workbench(found.app, drafter, None)
    found.clock.to("2026-05-12 14:00")
    return found


def proposed(els: Visitor, address: str, **typed: str) -> str:
    """Press a button, and return which proposal it came in."""
    answer = sent(els, address, **typed)
    assert answer.status_code == 303, answer.text
    return answer.location.partition("/voorstel/")[2].partition("?")[0]


def lines(site: Site, proposal: str) -> dict[str, str]:
    """Return the files of a proposal."""
    with reading(site.runtime.store) as register:
        found = register.sources(register.proposal(proposal).tree)
    return {file: text.decode() for file, text in found.items()}


def test_reports_lead_to_what_else_there_is(els: Visitor, site: Site) -> None:
    (link,) = (one for one in els.page("/medewerker/verslagen/").all("a") if "ander verslag" in one.text)
    page = els.page(link.attributes["href"])
    assert page_faults(page) == []
    for said in ("Verslag aan de raad", "Lokale besturen.", "Ons reglement", "Hoeveel klachten er waren"):
        assert said in page.text
    assert "Waarschijnlijk vraagt de tekst dit zo" in page.text


def test_what_nobody_could_count_here_is_told_and_stays_away(els: Visitor, site: Site) -> None:
    page = els.page(REPORTS)
    assert (
        "Bij u is er geen veld voor “ontvankelijkheid”. Daarom komt niet mee: “Ontvankelijk of niet”"
        in page.text
    )
    proposal = proposed(els, REPORTS, gebruik="recht/raadsverslag")
    shown = els.page(f"/medewerker/werkplaats/voorstel/{proposal}?gedaan=gewijzigd")
    assert "In orde" in shown.text
    assert "Bewaard in het voorstel." in shown.text
    assert "Afspreken en publiceren" in shown.text
    said = lines(site, proposal)
    assert "recht/raadsverslag" in said[WHO_WE_ARE]
    assert "zonder: [Ontvankelijk of niet]" in said[OWN]
    assert said[OWN].count("vervalt: ja") == 1


def test_a_report_by_another_milestone_cannot_be_used(els: Visitor, site: Site) -> None:
    page = els.page(REPORTS)
    assert "Bij u is er geen mijlpaal “kennisgeving”. Daar telt heel dit verslag naar" in page.text
    assert 'value="recht/bestuursverslag"' not in els.get(REPORTS).text


def test_it_comes_in_a_proposal_that_is_open(els: Visitor, site: Site) -> None:
    first = proposed(els, REPORTS, gebruik="recht/raadsverslag")
    assert proposed(els, STANDARDS, gebruik="normen/charter", voorstel=first) == first
    assert "normen: [normen/charter]" in lines(site, first)[WHO_WE_ARE]
    shown = els.page(f"/medewerker/werkplaats/voorstel/{first}")
    assert "Wij leggen onze werking naast: Charter van de sector." in shown.text
    assert "Nieuw verslag: Verslag aan de raad." in shown.text


def test_a_report_is_no_longer_used_nor_what_was_said_otherwise_of_it(els: Visitor, site: Site) -> None:
    first = proposed(els, STANDARDS, gebruik="normen/charter")
    place = f"/medewerker/werkplaats/voorstel/{first}/verslag/jaarverslag"
    assert sent(els, place, hoofdstuk="Wat wij leerden", doen="hoger").status_code == 303
    proposed(els, REPORTS, stop="basis/jaarverslag", voorstel=first)
    shown = els.page(f"/medewerker/werkplaats/voorstel/{first}")
    assert "In orde" in shown.text
    assert "  verslagen:" not in lines(site, first)[WHO_WE_ARE]


def test_who_proposes_for_one_department_only_reads(site: Site) -> None:
    jan = site.staff("jan", "de-linde/thuis:kwaliteitscoordinator")
    page = jan.page(REPORTS)
    assert "Alleen wie voor elke afdeling afspraken voorstelt, kiest hier." in page.text
    assert sent(jan, REPORTS, gebruik="recht/raadsverslag").status_code == 404


@pytest.mark.parametrize(
    "typed", [{"gebruik": "recht/niets"}, {"gebruik": "recht/raadsverslag", "voorstel": "x"}]
)
def test_what_is_not_there_is_not_used(els: Visitor, site: Site, typed: dict[str, str]) -> None:
    assert sent(els, REPORTS, **typed).status_code == 404
    assert els.get("/medewerker/werkplaats/kiezen/de-linde/wet").status_code == 404
