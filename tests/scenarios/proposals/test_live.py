"""While somebody fills in a sheet, what it would say is told at each control; nothing of it is kept."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from gehoor.core.proposals.proposal import Proposal
from gehoor.services.register.register import reading
from tests.support.site import Site, Visitor
from tests.support.workbench import TERMS, begun, sent

RULES = "rules/de-linde/regels.yaml"


@pytest.fixture
def proposal(site: Site, els: Visitor) -> Proposal:
    return begun(site.runtime)


def _room(proposal: Proposal) -> str:
    return f"/medewerker/werkplaats/voorstel/{proposal.id}"


def _ask(visitor: Visitor, proposal: Proposal, file: str, path: str, **typed: Any) -> TestResponse:
    return sent(visitor, f"{_room(proposal)}/nakijken/{file}?{path}", **typed)


def test_a_mistake_is_told_at_its_control(els: Visitor, proposal: Proposal) -> None:
    found = _ask(
        els, proposal, TERMS, "p=termijnen&p=ontvangstmelding", gevraagd="binnen", w_binnen="3 werkdgaen"
    )
    assert list(found.json["told"]) == ["binnen"]
    assert found.json["counts"]["serious"] == 1


def test_what_is_right_is_said_in_sentences_and_as_it_would_stand(
    site: Site, els: Visitor, proposal: Proposal
) -> None:
    found = _ask(
        els, proposal, TERMS, "p=termijnen&p=ontvangstmelding", gevraagd="binnen", w_binnen="4 werkdagen"
    )
    assert found.json["told"] == {}
    assert any("4 werkdagen" in sentence for sentence in found.json["sentences"])
    assert "binnen: 4 werkdagen" in found.json["text"]
    with reading(site.runtime.store) as register:
        assert register.proposal(proposal.id).tree == proposal.tree


def test_what_cannot_be_read_is_told_at_its_control(els: Visitor, proposal: Proposal) -> None:
    found = _ask(
        els,
        proposal,
        TERMS,
        "p=termijnen&p=ontvangstmelding",
        gevraagd="verlengen",
        w_verlengen="{hoogstens: [",
    )
    assert list(found.json["told"]) == ["verlengen"]
    assert found.json["counts"]["known"] == 0


def test_a_row_of_a_condition_is_looked_over_too(els: Visitor, proposal: Proposal) -> None:
    row = {"gevraagd": "als", "w_als.0.veld": "ernst", "w_als.0.hoe": "minstens", "w_als.0.wat": "9"}
    found = _ask(els, proposal, RULES, "p=regels&p=ernstig-naar-directie", **row)
    assert "als" in found.json["told"]
    assert "ernst: {minstens: 9}" in found.json["text"]


def test_the_page_shows_it_at_the_control_without_a_script_too(
    site: Site, els: Visitor, proposal: Proposal
) -> None:
    place = f"{_room(proposal)}/ding/{TERMS}?p=termijnen&p=ontvangstmelding"
    given = {"gevraagd": "binnen", "w_binnen": "3 werkdgaen", "gezien": proposal.tree}
    assert sent(els, place, **given).status_code == 303
    (told,) = (one for one in els.page(place).all("ul") if one.attributes.get("data-told") == "binnen")
    assert "hidden" not in told.attributes
    assert "3 werkdgaen" in told.text


@pytest.mark.parametrize(("file", "path"), [("rules/de-linde/nergens.yaml", ""), (TERMS, "p=nergens")])
def test_there_is_nothing_to_look_at_where_nothing_stands(
    els: Visitor, proposal: Proposal, file: str, path: str
) -> None:
    assert _ask(els, proposal, file, path).status_code == 404


def test_whoever_may_only_discuss_has_nobody_look(site: Site, proposal: Proposal) -> None:
    fatima = site.staff("fatima", "de-linde/*:teamverantwoordelijke")
    found = _ask(fatima, proposal, TERMS, "p=termijnen&p=ontvangstmelding", gevraagd="binnen")
    assert found.status_code == 403


def test_a_reminder_that_comes_as_soon_as_the_term_begins_is_told_where_it_stands(
    els: Visitor, proposal: Proposal
) -> None:
    found = _ask(
        els, proposal, TERMS, "p=termijnen&p=ontvangstmelding", gevraagd="binnen", w_binnen="3 werkdagen"
    )
    (told,) = found.json["told"]["herinner"]
    assert not told["serious"]
    assert "'3 werkdagen vooraf'" in told["sentence"]


def test_what_a_department_says_otherwise_is_said_as_that_department_has_it(
    els: Visitor, proposal: Proposal
) -> None:
    thuis = "definitions/de-linde/afdelingen/thuis.yaml"
    place = "p=termijnen&p=ontvangstmelding"
    found = _ask(els, proposal, thuis, place, gevraagd="binnen", w_binnen="4 werkdagen")
    assert any("4 werkdagen" in sentence for sentence in found.json["sentences"])
