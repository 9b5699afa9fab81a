"""A rule is added in rows, with an example that shows it: made from the rule, and held against what is without it."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from gehoor.core.proposals.proposal import Proposal
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_changes import coordinate
from gehoor.services.register.register import reading
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor
from tests.support.workbench import LINDE, begun, changed, replaced, sent

DOSSIER = "forms/de-linde/dossier.schema.yaml"
RULES = "rules/de-linde/regels.yaml"
BEUKENHOF = "definitions/de-linde/afdelingen/beukenhof.yaml"
DAMAGE = {"w_als.0.veld": "nadeel_schade", "w_als.0.hoe": "", "w_als.0.wat": "financieel"}
TYPED = {
    "voor": "",
    "veld": "nadeel_schade",
    "dan": "verwittig",
    "gevraagd": ["als", "omdat", "verwittig"],
    **DAMAGE,
    "w_verwittig": "sociale-dienst",
    "w_omdat": "Zij kent de weg naar een vergoeding.",
    "naam": "Geldverlies naar de sociale dienst",
}


@pytest.fixture
def proposal(site: Site, els: Visitor) -> Proposal:
    return begun(site.runtime)


@pytest.fixture
def place(proposal: Proposal) -> str:
    return f"/medewerker/werkplaats/voorstel/{proposal.id}/regel"


def added(els: Visitor, place: str, proposal: Proposal, **typed: Any) -> TestResponse:
    return sent(els, place, **{**TYPED, **typed}, gezien=proposal.tree)


def errors(answer: TestResponse) -> str:
    page = Page(answer.text)
    told = (one.text for one in page.all("p") if "error" in one.attributes.get("class", ""))
    return " ".join((*told, *(one.text for one in page.all("div") if one.attributes.get("role") == "alert")))


def test_the_conversation_leads_to_it_in_two_pages(els: Visitor, place: str) -> None:
    talk = els.page(place.replace("/regel", "/gesprek"))
    (link,) = (one for one in talk.all("a") if one.text == "Een regel toevoegen")
    first = els.page(link.attributes["href"])
    assert page_faults(first) == []
    assert "iemand krijgt meteen een e-mail" in first.text
    second = els.page(f"{place}?voor=&veld=nadeel_schade&dan=verwittig")
    assert page_faults(second) == []
    assert "Nadeel of schade" in second.text
    assert second.by_id("dan-w-verwittig").attributes["name"] == "w_verwittig"


def test_a_rule_comes_with_an_example_that_shows_it(
    site: Site, els: Visitor, proposal: Proposal, place: str
) -> None:
    answer = added(els, place, proposal)
    assert answer.status_code == 303, answer.text
    made = changed(site, proposal)
    assert list(made) == [RULES]
    for line in (
        "geldverlies-naar-de-sociale-dienst:",
        "nadeel_schade: financieel",
        "- verwittig: sociale-dienst",
        "omdat: Zij kent de weg naar een vergoeding.",
        "- geval: Geldverlies naar de sociale dienst",
        "verwittigd: [sociale-dienst]",
    ):
        assert line in made[RULES].replace("- {verwittig: sociale-dienst}", "- verwittig: sociale-dienst")
    page = els.page(answer.location)
    for said in (
        "In orde",
        "Bewaard in het voorstel.",
        "Nieuw voorbeeld: Geldverlies naar de sociale dienst",
        "In het dossier: Nadeel of schade: Financieel",
        "Dan: Sociale dienst krijgt bericht",
    ):
        assert said in page.text


def test_a_rule_of_one_department_and_its_example_are_in_its_file(
    site: Site, els: Visitor, proposal: Proposal, place: str
) -> None:
    typed = {
        "voor": "beukenhof",
        "veld": "acuut_gevaar",
        "w_als.0.veld": "acuut_gevaar",
        "w_als.0.hoe": "is: ja",
    }
    answer = added(els, place, proposal, **typed)
    assert answer.status_code == 303, answer.text
    made = changed(site, proposal)
    assert list(made) == [BEUKENHOF]
    assert "acuut_gevaar: ja" in made[BEUKENHOF]
    assert "verwittigd: [algemeen-directeur, sociale-dienst]" in made[BEUKENHOF]
    assert "In orde" in els.page(answer.location).text


def test_what_other_examples_expect_says_what_the_rule_does_in_them(
    site: Site, els: Visitor, proposal: Proposal, place: str
) -> None:
    typed = {"veld": "ernst", "w_als.0.veld": "ernst", "w_als.0.hoe": "minstens", "w_als.0.wat": "3"}
    answer = added(els, place, proposal, **typed)
    assert answer.status_code == 303, answer.text
    assert "verwittigd: [algemeen-directeur, sociale-dienst]" in changed(site, proposal)[RULES]
    page = els.page(answer.location)
    assert "In orde" in page.text
    assert "Gewijzigd voorbeeld: Val in de badkamer" in page.text


def test_what_another_rule_does_already_proves_nothing(
    site: Site, els: Visitor, proposal: Proposal, place: str
) -> None:
    typed = {"veld": "ernst", "w_als.0.veld": "ernst", "w_als.0.hoe": "minstens", "w_als.0.wat": "5"}
    answer = added(els, place, proposal, **typed, w_verwittig="algemeen-directeur")
    assert answer.status_code == 422
    assert "Andere regels doen dit al." in errors(answer)
    assert changed(site, proposal) == {}


def test_what_only_a_screen_shows_has_no_example(
    site: Site, els: Visitor, proposal: Proposal, place: str
) -> None:
    typed = {
        "dan": "waarschuw",
        "gevraagd": ["als", "omdat", "waarschuw"],
        "w_waarschuw": "Vraag naar de facturen.",
    }
    answer = added(els, place, proposal, **typed)
    assert answer.status_code == 303, answer.text
    assert "geval" not in changed(site, proposal)[RULES]


def test_one_condition_more_keeps_what_was_typed(els: Visitor, proposal: Proposal, place: str) -> None:
    page = Page(added(els, place, proposal, nog="ja", **{"nog-een": "ernst"}).text)
    assert page.by_id("naam").attributes["value"] == TYPED["naam"]
    assert [one.attributes["value"] for one in page.all("input") if one.attributes.get("name") == "veld"] == [
        "nadeel_schade",
        "ernst",
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"naam": " "}, "Geef de regel een naam."),
        ({"w_als.0.wat": ""}, "Kies of typ waarmee het vergeleken wordt."),
        ({"w_verwittig": ""}, "Vul dit in."),
        ({"w_omdat": ""}, "Vul dit in."),
        ({"w_verwittig": "niemand"}, "De rol 'niemand' bestaat niet."),
    ],
    ids=str,
)
def test_what_is_wanting_is_asked_at_its_place(
    site: Site, els: Visitor, proposal: Proposal, place: str, typed: dict[str, str], told: str
) -> None:
    answer = added(els, place, proposal, **typed)
    assert answer.status_code == 422
    assert told in errors(answer)
    assert changed(site, proposal) == {}


@pytest.mark.parametrize(
    "typed",
    [
        {"voor": "elders"},
        {"veld": "../x"},
        {"dan": "rm"},
        {"voor": None},
        {"w_als.0.hoe": "rm"},
        {"gevraagd": "x"},
    ],
    ids=str,
)
def test_what_no_page_offers_changes_nothing(
    site: Site, els: Visitor, proposal: Proposal, place: str, typed: dict[str, Any]
) -> None:
    said = {name: one for name, one in {**TYPED, **typed}.items() if one is not None}
    assert sent(els, place, **said, gezien=proposal.tree).status_code == 422
    assert changed(site, proposal) == {}


@pytest.mark.parametrize(
    "effect",
    ["vereis", "blokkeer", "verwittig", "toon", "verberg", "waarschuw", "markeer", "zet", "wijs-toe", "behandelaars",
     "plicht", "vraag-goedkeuring"],
)  # fmt: skip
def test_whatever_happens_then_is_asked_empty(els: Visitor, place: str, effect: str) -> None:
    page = els.page(f"{place}?voor=&veld=nadeel_schade&dan={effect}")
    assert page_faults(page) == []
    typed = [one for one in page.all("input") if one.attributes.get("id", "").startswith("dan-w-")]
    assert all(not one.attributes.get("value") for one in typed)
    assert effect in " ".join(
        one.attributes.get("name", "") for one in (*page.all("input"), *page.all("select"))
    )


def test_who_makes_agreements_of_one_department_adds_there_alone(
    site: Site, proposal: Proposal, place: str
) -> None:
    bo = site.staff("bo", f"{LINDE}/beukenhof:kwaliteitscoordinator")
    offered = [
        one.attributes["value"] for one in bo.page(place).all("input") if one.attributes.get("name") == "voor"
    ]
    assert offered == ["beukenhof"]
    assert added(bo, place, proposal).status_code == 422


def test_an_organisation_that_had_no_rules_gets_its_first(site: Site, els: Visitor) -> None:
    coordinate(site.runtime, "els", ["*"], Operator(OPERATOR), site.clock())
    founded = els.send(
        "/medewerker/werkplaats/nieuw", name="Zonnehof", departments="Wonen, Dagopvang"
    ).location
    place = founded.replace("/gesprek", "/regel")
    with reading(site.runtime.store) as register:
        proposal = register.proposal(founded.split("/")[-2])
        assert not [one for one in register.sources(proposal.tree) if one.endswith("regels.yaml")]
    page = els.page(place)
    role = "leiding"
    typed = {"veld": "anoniem", "w_als.0.veld": "anoniem", "w_als.0.hoe": "is: ja", "w_verwittig": role}
    answer = added(els, place, proposal, **typed)
    assert answer.status_code == 303, errors(answer) or page.text
    with reading(site.runtime.store) as register:
        made = register.sources(register.proposal(proposal.id).tree)["rules/zonnehof/regels.yaml"].decode()
    assert "anoniem: ja" in made
    assert "Vul aan" not in made
    assert f"verwittigd: [{role}]" in made
    assert "In orde" in els.page(answer.location).text


def test_a_rule_can_be_about_what_only_its_department_asks(
    site: Site, els: Visitor, proposal: Proposal, place: str
) -> None:
    assert "Zorgroute" in {one.text for one in els.page(place).all("option")}
    typed = {"voor": "thuis", "veld": "zorgroute", "w_als.0.veld": "zorgroute", "w_als.0.wat": "Noord"}
    answer = added(els, place, proposal, **typed)
    assert answer.status_code == 303, errors(answer)
    (made,) = changed(site, proposal).values()
    assert "gegeven: {zorgroute: Noord}" in made


def test_the_fields_stand_by_what_they_belong_to_and_those_of_the_proposal_first(
    site: Site, els: Visitor, proposal: Proposal, place: str
) -> None:
    groups = [one.attributes["label"] for one in els.page(place).all("optgroup")]
    assert groups[0].startswith("alleen ")
    assert "Onderzoek" in groups
    field = "  nieuw_veld: {title: Iets nieuws, type: string, fase: ontvangst, persoonsgegevens: P0}\n"
    replaced(site.runtime, proposal, DOSSIER, "properties:\n", f"properties:\n{field}")
    page = els.page(place)
    first, *_ = page.all("optgroup")
    assert (first.attributes["label"], first.text) == ("Nieuw in dit voorstel", "Iets nieuws")


def test_the_second_page_says_for_whom_the_rule_is(els: Visitor, place: str) -> None:
    page = els.page(f"{place}?voor=beukenhof&veld=ernst&dan=verwittig")
    (said,) = (one for one in page.all("p") if "whose" in one.attributes.get("class", ""))
    assert said.text == "alleen WZC Beukenhof"
