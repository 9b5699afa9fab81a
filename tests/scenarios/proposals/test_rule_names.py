"""A rule that has a name is called so wherever people read of it."""

from __future__ import annotations

import pytest

from tests.support.site import Site, Visitor
from tests.support.workbench import WORKPLACE, begun, replaced, sent

FILE = "rules/de-linde/regels.yaml"
ID, NAME = "ernstig-naar-directie", "Ernstige klachten gaan naar de directie"


@pytest.fixture
def address(site: Site, els: Visitor) -> str:
    proposal = replaced(site.runtime, begun(site.runtime), FILE, f"  {ID}:\n", f"  {ID}:\n    naam: {NAME}\n")
    return f"{WORKPLACE}/voorstel/{proposal.id}"


@pytest.mark.parametrize("room", ["/lezen", "/voorbeelden", "/bewerken?q=ernstige+klachten"])
def test_each_page_calls_it_by_its_name(els: Visitor, address: str, room: str) -> None:
    text = els.page(f"{address}{room}").text
    assert NAME in text
    assert "Ernstig naar directie" not in text


def test_what_changed_says_how_it_is_called_now(els: Visitor, address: str) -> None:
    assert f"“Ernstig naar directie” heet nu “{NAME}”." in els.page(address).text


def test_a_rule_that_is_added_keeps_the_words_that_somebody_typed(
    site: Site, els: Visitor, address: str
) -> None:
    answer = sent(els, f"{address}/erbij/{FILE}?p=regels", naam="Een klacht over lawaai ’s nachts")
    assert answer.status_code == 303, answer.text
    assert "Een klacht over lawaai ’s nachts" in els.page(answer.location).text
