"""An example is added on the page of the examples, and filled in as a form: what is given, and what has to happen."""

from __future__ import annotations

from gehoor.core.proposals.proposal import Proposal
from gehoor.services.register.register import reading
from tests.support.site import Site, Visitor
from tests.support.workbench import begun, replaced, sent

RULES = "rules/de-linde/regels.yaml"


def _room(proposal: Proposal) -> str:
    return f"/medewerker/werkplaats/voorstel/{proposal.id}"


def _tree(site: Site, proposal: Proposal) -> str:
    with reading(site.runtime.store) as register:
        return register.proposal(proposal.id).tree


def test_an_example_is_added_and_filled_in_without_typing_code(site: Site, els: Visitor) -> None:
    proposal = begun(site.runtime)
    (form,) = (
        one for one in els.page(f"{_room(proposal)}/voorbeelden").all("form") if "Wat gebeurt er?" in one.text
    )
    added = sent(els, form.attributes["action"], naam="Ernstige val", gezien=proposal.tree)
    sheet = f"{_room(proposal)}/ding/{RULES}?{added.headers['Location'].partition('?')[2]}"
    for given in (
        {"gevraagd": "gegeven", "w_gegeven.erbij": "ernst"},
        {"gevraagd": "gegeven", "w_gegeven.0.veld": "ernst", "w_gegeven.0.hoe": "", "w_gegeven.0.wat": "5"},
    ):
        assert sent(els, sheet, **given, gezien=_tree(site, proposal)).status_code == 303
    expected = {"gevraagd": "verwittigd", "w_verwittigd": "algemeen-directeur"}
    sent(els, f"{sheet}&p=verwacht", **expected, gezien=_tree(site, proposal))
    page = els.page(f"{_room(proposal)}/voorbeelden")
    assert "In orde" in page.text
    (link,) = (one for one in page.all("a") if one.text == "Ernstige val")
    assert "/ding/" in link.attributes["href"]


def test_an_example_that_goes_otherwise_leads_to_its_form(site: Site, els: Visitor) -> None:
    proposal = replaced(
        site.runtime,
        begun(site.runtime),
        RULES,
        "{type_bericht: klacht, ernst: 5}",
        "{type_bericht: klacht, ernst: 2}",
    )
    page = els.page(f"{_room(proposal)}/voorbeelden")
    links = [one.attributes["href"] for one in page.all("a") if "Val in de badkamer" in one.text]
    assert links
    assert all("/ding/" in one for one in links)


def test_what_the_proposal_brings_stands_first_and_rules_without_an_example_are_folded(
    site: Site, els: Visitor
) -> None:
    proposal = replaced(
        site.runtime, begun(site.runtime), RULES, "geval: Val in de badkamer", "geval: Val op de trap"
    )
    page = els.page(f"{_room(proposal)}/voorbeelden")
    titles = [one.text for one in page.all("h3")]
    assert titles[:2] == ["Nieuw of anders in dit voorstel", "Kloppen ook"]
    assert page.text.index("Val op de trap") < page.text.index("Kloppen ook")
    assert [one for one in page.all("summary") if "Regels die geen enkel voorbeeld" in one.text]
    assert not [one for one in titles if "geen enkel voorbeeld" in one]
