"""A coordinator makes a yearly report her own: chapters in another order, left out, called otherwise, and her own. The
report that organisations share stays byte for byte as it is."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.register.register import reading
from tests.support.pages import page_faults
from tests.support.reports import BASIS, OWN, files_with_report, site_with_report
from tests.support.site import Site, Visitor
from tests.support.workbench import WHO_WE_ARE, begun, sent

CHAPTER = {
    "titel": "Onze wachtlijst",
    "schrijf": "Hoe lang wachtte men?",
    "gevraagd": ["naam", "per", "grafiek", "periode-volgens", "als"],
    "w_naam": "Antwoorden per maand",
    "w_per": "maand",
    "w_grafiek": "rechtop",
    "w_periode-volgens": "antwoord verstuurd",
    "veld": "type_bericht",
    "w_als.0.veld": "type_bericht",
    "w_als.0.hoe": "",
    "w_als.0.wat": "klacht",
}


@pytest.fixture
def site(drafter: ConfinedDrafter) -> Site:
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


def chapters(els: Visitor, place: str) -> list[str]:
    return [one.text for one in els.page(place).all("h3") if one.attributes.get("id", "") == ""]


def done(els: Visitor, place: str, number: int, doing: str, **typed: Any) -> TestResponse:
    answer = sent(els, place, hoofdstuk=str(number), doen=doing, **typed)
    assert answer.status_code == 303, answer.text
    return answer


def test_the_page_of_a_report_leads_to_it(els: Visitor, site: Site) -> None:
    report = els.page("/medewerker/verslagen/de-linde/jaarverslag/2025")
    (link,) = (one for one in report.all("a") if one.text == "Dit verslag aanpassen")
    start = els.page(link.attributes["href"])
    assert page_faults(start) == []
    answer = sent(els, link.attributes["href"], titel="Ons jaarverslag")
    assert answer.status_code == 303
    shown = els.page(answer.location)
    assert page_faults(shown) == []
    assert "Zo wordt het verslag over 2025" in shown.text


def test_nothing_is_written_as_long_as_nothing_changes(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    assert chapters(els, place) == ["Hoeveel er binnenkwam", "Gegrond of niet", "Wat wij leerden"]
    assert sources(site, proposal) == files_with_report()


def test_a_chapter_comes_elsewhere_and_the_shared_report_stays(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    done(els, place, 2, "hoger")
    assert chapters(els, place) == ["Hoeveel er binnenkwam", "Wat wij leerden", "Gegrond of niet"]
    now, before = sources(site, proposal), files_with_report()
    assert now[BASIS] == before[BASIS]
    assert set(now) - set(before) == {OWN}
    assert {one for one in before if now[one] != before[one]} == {WHO_WE_ARE}
    assert now[WHO_WE_ARE] == before[WHO_WE_ARE].replace(
        b"verslagen: [basis/jaarverslag]", b"verslagen: [basis/jaarverslag, de-linde/verslagen]"
    )


def test_what_is_left_out_can_be_put_back(els: Visitor, site: Site, proposal: Proposal, place: str) -> None:
    done(els, place, 1, "weg")
    page = els.page(place)
    assert "weggelaten" in page.text
    assert "Gegrondheid" not in page.by_id("voorbeeld").text
    done(els, place, 1, "terug")
    assert "Gegrondheid" in els.page(place).by_id("voorbeeld").text
    assert b"vervalt" not in sources(site, proposal)[OWN]


def test_a_chapter_is_called_otherwise_and_is_still_the_same(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    done(
        els, place, 0, "bewaar", naam="Wat wij hoorden", schrijf="Wat valt op?", tabel=["Berichten per soort"]
    )
    assert chapters(els, place)[0] == "Wat wij hoorden"
    assert sources(site, proposal)[OWN].decode().count("neem: Hoeveel er binnenkwam") == 1
    preview = els.page(place).by_id("voorbeeld").text
    assert "Wat wij hoorden" in preview
    assert "Klachten per maand" not in preview


def test_a_chapter_of_her_own_with_a_table(els: Visitor, site: Site, proposal: Proposal, place: str) -> None:
    asked = els.page(f"{place}/erbij")
    assert page_faults(asked) == []
    answer = sent(els, f"{place}/erbij", **CHAPTER)
    assert answer.status_code == 303, answer.text
    assert chapters(els, place)[-1] == "Onze wachtlijst"
    preview = els.page(place).by_id("voorbeeld").text
    assert "Antwoorden per maand" in preview
    written = sources(site, proposal)[OWN].decode()
    assert "periode-volgens: antwoord verstuurd" in written
    assert (
        "als: {type_bericht: klacht}" in written.replace("\n", " ").replace("  ", " ")
        or "type_bericht: klacht" in written
    )


def test_a_table_comes_in_a_chapter_that_is_taken(
    els: Visitor, site: Site, proposal: Proposal, place: str
) -> None:
    table = {name: one for name, one in CHAPTER.items() if name not in ("titel", "schrijf")}
    answer = sent(els, f"{place}/erbij", **{**table, "hoofdstuk": "1"})
    assert answer.status_code == 303, answer.text
    preview = els.page(place).by_id("voorbeeld").text
    assert (
        preview.index("Gegrondheid")
        < preview.index("Antwoorden per maand")
        < preview.index("Wat wij leerden")
    )


def test_only_something_to_write(els: Visitor, site: Site, proposal: Proposal, place: str) -> None:
    typed = {
        "titel": "Woord vooraf",
        "schrijf": "Schrijf een woord vooraf.",
        "gevraagd": ["naam", "als"],
        "w_naam": "",
    }
    assert sent(els, f"{place}/erbij", **typed).status_code == 303
    assert "Woord vooraf" in chapters(els, place)
    assert "cijfers" not in sources(site, proposal)[OWN].decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"titel": ""}, "Geef het hoofdstuk een titel."),
        ({"titel": "Gegrond of niet"}, "Er is al een hoofdstuk met deze titel"),
        ({"w_naam": ""}, "Geef de tabel een naam."),
        ({"w_als.0.wat": ""}, "Kies of typ waarmee het vergeleken wordt."),
    ],
)
def test_what_is_missing_is_told_and_nothing_typed_is_lost(
    els: Visitor, site: Site, proposal: Proposal, place: str, typed: dict[str, str], said: str
) -> None:
    answer = sent(els, f"{place}/erbij", **{**CHAPTER, **typed})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Hoe lang wachtte men?" in answer.text
    assert sources(site, proposal) == files_with_report()


def test_one_field_more_is_asked_about_and_the_rest_stays(els: Visitor, place: str) -> None:
    answer = sent(els, f"{place}/erbij", **{**CHAPTER, "nog": "ja", "nog-een": "ernst"})
    assert answer.status_code == 200
    assert "Onze wachtlijst" in answer.text
    assert "Antwoorden per maand" in answer.text
    assert 'name="w_als.1.veld" value="ernst"' in answer.text


def test_who_only_discusses_reads_and_changes_nothing(site: Site, proposal: Proposal, place: str) -> None:
    jan = site.staff("jan", "de-linde/*:teamverantwoordelijke")
    assert "U leest dit, en wijzigt het niet" in jan.page(place).text
    answer = sent(jan, place, hoofdstuk="0", doen="weg")
    assert answer.status_code == 409
    assert sources(site, proposal) == files_with_report()
