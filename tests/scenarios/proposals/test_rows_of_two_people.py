"""Two people fill in the rows of one condition: each row is of its field, wherever it stands by now."""

from __future__ import annotations

import pytest

from gehoor.core.proposals.proposal import Proposal
from gehoor.services.register.register import reading
from tests.support.site import Site, Visitor
from tests.support.workbench import begun, replaced, sent

RULES = "rules/de-linde/regels.yaml"
BEFORE = "    als: {acuut_gevaar: ja}\n"
ROWS = """\
    als:
      acuut_gevaar: ja
      een-van:
        - ernst: {minstens: 4}
      onderwerp: {ingevuld: ja}
      feiten_plaats: {ingevuld: ja}
"""


@pytest.fixture
def proposal(site: Site, els: Visitor) -> Proposal:
    return replaced(site.runtime, begun(site.runtime), RULES, BEFORE, ROWS)


def place(proposal: Proposal) -> str:
    return f"/medewerker/werkplaats/voorstel/{proposal.id}/ding/{RULES}?p=regels&p=gevaar-naar-directie"


def rules(site: Site, proposal: Proposal) -> str:
    with reading(site.runtime.store) as register:
        return register.sources(register.proposal(proposal.id).tree)[RULES].decode()


def typed(visitor: Visitor, where: str, **ways: str) -> dict[str, list[str]]:
    """Return what a browser sends of the page with some rows compared otherwise."""
    page = visitor.page(where)
    (form,) = [one for one in page.all("form") if "data-serious" in one.attributes]
    given: dict[str, list[str]] = {}
    for name, value in page.form_data(form):
        given.setdefault(name, []).append(value)
    for name, values in [*given.items()]:
        if name.endswith(".veld") and values[0] in ways:
            given[f"{name.removesuffix('.veld')}.hoe"] = [ways[values[0]]]
    return given


def test_what_one_fills_in_stays_with_its_field_when_another_took_a_row_away(
    site: Site, els: Visitor, proposal: Proposal
) -> None:
    where = place(proposal)
    first = typed(els, where, acuut_gevaar="-")
    second = typed(els, where, feiten_plaats="ingevuld: nee")
    assert sent(els, where, **first).status_code == 303
    assert sent(els, where, **second).status_code == 303
    left = ROWS.replace("      acuut_gevaar: ja\n", "")
    assert left.replace("plaats: {ingevuld: ja}", "plaats: {ingevuld: nee}") in rules(site, proposal)


def test_what_another_took_away_is_told_to_who_changed_it(
    site: Site, els: Visitor, proposal: Proposal
) -> None:
    where = place(proposal)
    first, second = typed(els, where, onderwerp="-"), typed(els, where, onderwerp="ingevuld: nee")
    assert sent(els, where, **first).status_code == 303
    assert sent(els, where, **second).status_code == 409


@pytest.mark.parametrize("way", [": ", "is: ", "x", "+", "ingevuld: ja}, onderwerp: {ingevuld: nee"])
def test_a_way_that_no_page_offers_is_refused(site: Site, els: Visitor, proposal: Proposal, way: str) -> None:
    where = place(proposal)
    forged = {**typed(els, where, onderwerp=way), "w_als.2.wat": ["x"]}
    assert sent(els, where, **forged).status_code == 422
    assert ROWS in rules(site, proposal)
