"""A question is added as it is asked: for whom, what can be answered, where it comes; the rest follows from that."""

from __future__ import annotations

import pytest
from werkzeug.test import TestResponse

from gehoor.core.proposals.proposal import Proposal
from gehoor.services.access.authorisation import OPERATOR, Operator
from gehoor.services.accounts.account_changes import coordinate
from gehoor.services.register.register import reading
from tests.support.pages import Page, page_faults
from tests.support.site import Site, Visitor
from tests.support.workbench import LINDE, begun, changed, sent

BEUKENHOF = "definitions/de-linde/afdelingen/beukenhof.yaml"
MELDEN = "forms/de-linde/melden.schema.yaml"
DOSSIER = "forms/de-linde/dossier.schema.yaml"
TYPED = {
    "voor": "beukenhof",
    "vraag": "Op welke verdieping gebeurde het?",
    "soort": "choice",
    "keuzes": "Gelijkvloers\nEerste verdieping\n",
    "plaats": "melden|uiteenzetting",
    "moet": "ja",
    "gevraagd": ["persoonsgegevens"],
    "w_persoonsgegevens": "P1",
}


@pytest.fixture
def proposal(site: Site, els: Visitor) -> Proposal:
    return begun(site.runtime)


@pytest.fixture
def place(proposal: Proposal) -> str:
    return f"/medewerker/werkplaats/voorstel/{proposal.id}/vraag"


def added(els: Visitor, place: str, proposal: Proposal, **typed: object) -> TestResponse:
    return sent(els, place, **{**TYPED, **typed}, gezien=proposal.tree)


def test_the_conversation_offers_a_way_to_it(els: Visitor, place: str) -> None:
    talk = els.page(place.replace("/vraag", "/gesprek"))
    (link,) = (one for one in talk.all("a") if one.text == "Een vraag toevoegen")
    page = els.page(link.attributes["href"])
    assert page_faults(page) == []
    assert {"ja of nee", "één keuze uit een lijst", "alleen WZC Beukenhof"} <= {
        one.text.strip() for one in page.all("label")
    }


def test_a_question_for_one_department_is_in_its_file_alone(
    site: Site, els: Visitor, proposal: Proposal, place: str
) -> None:
    answer = added(els, place, proposal)
    assert answer.status_code == 303, answer.text
    made = changed(site, proposal)
    assert list(made) == [BEUKENHOF]
    for line in (
        "title: Op welke verdieping gebeurde het?",
        "- {const: eerste_verdieping, title: Eerste verdieping}",
        "ook-op: melden",
        "na: uiteenzetting",
        "required: [op_welke_verdieping_gebeurde_het]",
    ):
        assert line in made[BEUKENHOF]
    page = els.page(answer.location)
    assert "In orde" in page.text
    assert "Op welke verdieping gebeurde het?" in page.text
    assert "WZC Eikenrode" not in page.text


def test_a_question_for_everybody_is_kept_in_the_dossier_and_asked_on_the_form(
    site: Site, els: Visitor, proposal: Proposal, place: str
) -> None:
    assert added(els, place, proposal, voor="").status_code == 303
    made = changed(site, proposal)
    assert made.keys() == {DOSSIER, MELDEN}
    assert "required: [uiteenzetting, anoniem, op_welke_verdieping_gebeurde_het]" in made[MELDEN]


def test_what_colleagues_answer_later_is_not_asked_at_once(
    site: Site, els: Visitor, proposal: Proposal, place: str
) -> None:
    typed = {"plaats": "dossier|herhaalkans", "soort": "yes-no", "vraag": "Was de leiding erbij?"}
    assert added(els, place, proposal, **typed).status_code == 303
    made = changed(site, proposal)[BEUKENHOF]
    assert "fase: onderzoek" in made
    assert "verplicht-voor: onderzoek afgerond" in made
    assert "bij-openen" not in made


def test_who_sees_the_answer_and_what_it_tells_of_people_is_kept(
    site: Site, els: Visitor, proposal: Proposal, place: str
) -> None:
    said = {
        "gevraagd": ["persoonsgegevens", "zichtbaar-voor"],
        "w_persoonsgegevens": "P2",
        "w_zichtbaar-voor": ["kwaliteitscoordinator"],
    }
    assert added(els, place, proposal, **said).status_code == 303
    made = changed(site, proposal)[BEUKENHOF]
    assert "persoonsgegevens: P2" in made
    assert "zichtbaar-voor: [kwaliteitscoordinator]" in made


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"voor": "elders"}, "Kies voor wie de vraag is."),
        ({"w_persoonsgegevens": ""}, "Kies een antwoord."),
        ({"vraag": " "}, "Schrijf de vraag."),
        ({"soort": "lijst"}, "Kies wat men kan antwoorden."),
        ({"keuzes": "Een\nEen"}, "Schrijf minstens twee keuzes"),
        ({"plaats": "melden|x"}, "Kies waar de vraag komt."),
        ({"plaats": "../x"}, "Kies waar de vraag komt."),
    ],
    ids=str,
)
def test_what_is_wanting_is_asked_at_its_place_and_nothing_is_lost(
    site: Site, els: Visitor, proposal: Proposal, place: str, typed: dict[str, str], told: str
) -> None:
    answer = added(els, place, proposal, **typed)
    assert answer.status_code == 422
    page = Page(answer.text)
    assert told in " ".join(one.text for one in page.all("p") if "error" in one.attributes.get("class", ""))
    # Above all, too: its place may be out of sight.
    (link,) = [one for one in page.all("a") if told in one.text]
    assert page.by_id(link.attributes["href"].removeprefix("#")).text.startswith(told)
    assert page.by_id("keuzes").text.split() == typed.get("keuzes", TYPED["keuzes"]).split()
    assert changed(site, proposal) == {}


def test_two_questions_of_one_text_are_two_fields(
    site: Site, els: Visitor, proposal: Proposal, place: str
) -> None:
    for _ in range(2):
        with reading(site.runtime.store) as register:
            now = register.proposal(proposal.id)
        assert added(els, place, now, voor="eikenrode").status_code == 303
    made = "".join(changed(site, proposal).values())
    assert "op_welke_verdieping_gebeurde_het_2:" in made


@pytest.mark.parametrize(
    "kind", ["yes-no", "line", "story", "date", "number", "choices", "phone", "email", "files"]
)
def test_every_kind_of_answer_is_a_field_that_is_right(
    els: Visitor, proposal: Proposal, place: str, kind: str
) -> None:
    answer = added(els, place, proposal, soort=kind)
    assert answer.status_code == 303, answer.text
    assert "In orde" in els.page(answer.location).text


def test_who_makes_agreements_of_one_department_adds_there_alone(
    site: Site, proposal: Proposal, place: str
) -> None:
    bo = site.staff("bo", f"{LINDE}/beukenhof:kwaliteitscoordinator")
    offered = [
        one.attributes["value"] for one in bo.page(place).all("input") if one.attributes.get("name") == "voor"
    ]
    assert offered == ["beukenhof"]
    assert added(bo, place, proposal).status_code == 303
    assert added(bo, place, proposal, voor="").status_code == 422


def test_a_question_on_a_form_that_is_made_of_the_dossier(site: Site, els: Visitor) -> None:
    coordinate(site.runtime, "els", ["*"], Operator(OPERATOR), site.clock())
    founded = els.send(
        "/medewerker/werkplaats/nieuw", name="Zonnehof", departments="Wonen, Dagopvang"
    ).location
    with reading(site.runtime.store) as register:
        proposal = register.proposal(founded.split("/")[-2])
    place = founded.replace("/gesprek", "/vraag")
    for whose in ("", "wonen"):
        with reading(site.runtime.store) as register:
            now = register.proposal(proposal.id)
        answer = added(els, place, now, voor=whose, plaats="melden|verhaal")
        assert answer.status_code == 303, answer.text
    with reading(site.runtime.store) as register:
        made = register.sources(register.proposal(proposal.id).tree)
    assert b"op_welke_verdieping_gebeurde_het" in made["forms/zonnehof/dossier.schema.yaml"]
    assert b"op_welke_verdieping_gebeurde_het_2" in made["definitions/zonnehof/afdelingen/wonen.yaml"]
    assert "In orde" in els.page(answer.location).text


def test_a_question_can_come_after_one_that_only_its_department_asks(
    site: Site, els: Visitor, proposal: Proposal, place: str
) -> None:
    assert added(els, place, proposal, voor="thuis", plaats="dossier|zorgroute").status_code == 303
    assert "na: zorgroute" in "".join(changed(site, proposal).values())
    with reading(site.runtime.store) as register:
        now = register.proposal(proposal.id)
    assert added(els, place, now, voor="beukenhof", plaats="dossier|zorgroute").status_code == 422


def test_nothing_is_said_of_people_before_somebody_does(els: Visitor, place: str) -> None:
    page = els.page(place)
    assert "Zegt het antwoord iets over een persoon?" in page.text
    chosen = [one for one in page.all("option") if "selected" in one.attributes]
    assert [one for one in chosen if one.attributes["value"].startswith("P")] == []
