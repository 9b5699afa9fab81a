"""What a department asks for itself is translated on the page, where it stands, as every other text is."""

from __future__ import annotations

from html import unescape

import pytest

from gehoor.core.proposals.proposal import Proposal
from gehoor.services.register.register import reading
from tests.support.pages import Page
from tests.support.site import Site, Visitor
from tests.support.workbench import begun, sent

BEUKENHOF = "definitions/de-linde/afdelingen/beukenhof.yaml"
QUESTION = "Op welke verdieping gebeurde het?"
TYPED = {
    "voor": "beukenhof",
    "vraag": QUESTION,
    "soort": "choice",
    "keuzes": "Gelijkvloers\nBoven",
    "plaats": "melden|",
    "gevraagd": ["persoonsgegevens"],
    "w_persoonsgegevens": "P1",
}
FRENCH = {QUESTION: "À quel étage ?", "Gelijkvloers": "Rez-de-chaussée", "Boven": "À l'étage"}


@pytest.fixture
def place(site: Site, els: Visitor) -> str:
    proposal = begun(site.runtime)
    place = f"/medewerker/werkplaats/voorstel/{proposal.id}"
    assert sent(els, f"{place}/vraag", **TYPED, gezien=proposal.tree).status_code == 303
    return place


def _now(site: Site, place: str) -> tuple[Proposal, str]:
    with reading(site.runtime.store) as register:
        proposal = register.proposal(place.rpartition("/")[2])
        return proposal, register.sources(proposal.tree)[BEUKENHOF].decode()


def _wanting(page: Page) -> list[dict[str, str]]:
    forms = (dict(page.form_data(one)) for one in page.all("form"))
    return [one for one in forms if "waar" in one and one["taal"] == "fr"]


def test_each_is_translated_beside_the_text(site: Site, els: Visitor, place: str) -> None:
    for _ in FRENCH:
        form = _wanting(els.page(f"{place}/vertalen"))[0]
        answer = els.post(f"{place}/vertalen", {**form, "vertaling": FRENCH[unescape(form["zin"])]})
        assert answer.status_code == 303, answer.text
    _, made = _now(site, place)
    assert f"fr: {{title: {FRENCH[QUESTION]}}}" in made.replace('"', "")
    assert "{const: gelijkvloers, title: Gelijkvloers, vertalingen: {fr: {title: Rez-de-chaussée}}}" in made
    assert _wanting(els.page(f"{place}/vertalen")) == []


def test_a_text_that_stands_elsewhere_meanwhile_is_not_translated(
    site: Site, els: Visitor, place: str
) -> None:
    form = _wanting(els.page(f"{place}/vertalen"))[0]
    _, before = _now(site, place)
    forged = {**form, "waar": f"{BEUKENHOF}:1", "vertaling": "Non"}
    assert els.post(f"{place}/vertalen", forged).status_code == 409
    assert _now(site, place)[1] == before
