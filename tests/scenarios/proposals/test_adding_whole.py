"""What is added on a page of the workbench has what it cannot be without, and what is still missing stands open."""

from __future__ import annotations

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.ports.drafting import Act, SheetEdit
from gehoor.services.proposals.completing import added_whole, missing_of, place_of
from tests.support.site import Site, Visitor
from tests.support.workbench import LINDE, TERMS, begun, files, replaced, sent

RULES = "rules/de-linde/regels.yaml"
CONSEQUENCES = ("regels", "ernstig-naar-directie", "dan")
COMPLAINT = "definitions/de-linde/klacht.yaml"
CHANNELS = "definitions/de-linde/kanalen.yaml"
COURSE = "definitions/de-linde/verloop.yaml"
WHO_WE_ARE = "definitions/de-linde/organisatie.yaml"
BEUKENHOF = "definitions/de-linde/afdelingen/beukenhof.yaml"

ADDED = {
    "a duty": SheetEdit(Act.ADD, RULES, CONSEQUENCES, name="Familie bellen", start="plicht"),
    "a value": SheetEdit(Act.ADD, RULES, CONSEQUENCES, name="ernst", start="zet"),
    "a phase": SheetEdit(Act.ADD, COURSE, ("fasen",), name="Terugblik"),
    "a kind": SheetEdit(Act.ADD, COMPLAINT, ("soorten",), name="Compliment"),
    "a term of one department": SheetEdit(Act.ADD, BEUKENHOF, ("termijnen",), name="Bellen", grows=True),
    "how long something is kept": SheetEdit(Act.ADD, WHO_WE_ARE, ("bewaring",), name="Lang", grows=True),
}


@pytest.mark.parametrize("what", ADDED)
def test_nothing_is_missing_of_what_was_added(drafter: ConfinedDrafter, what: str) -> None:
    wanted, sources = ADDED[what], files()
    edited = added_whole(drafter, sources, LINDE, wanted)
    found = drafter.judge({**sources, **edited.files}, LINDE)
    assert [one.sentence for one in found.told if one.code in ("ontbreekt", "deel-van-niets")] == []
    assert place_of(wanted, edited) == wanted.file


@pytest.fixture
def proposal(site: Site, els: Visitor) -> Proposal:
    return begun(site.runtime)


def test_what_is_missing_stands_open_on_the_form(
    site: Site, els: Visitor, drafter: ConfinedDrafter, proposal: Proposal
) -> None:
    mine = replaced(
        site.runtime,
        proposal,
        TERMS,
        "    verantwoordelijk: kwaliteitscoordinator\n    herinner: [3",
        "    herinner: [3",
    )
    place = f"/medewerker/werkplaats/voorstel/{mine.id}/ding/{TERMS}?p=termijnen&p=ontvangstmelding"
    page = els.page(place)
    (open_first,) = (one for one in page.all("ul") if one.attributes.get("data-told") == "verantwoordelijk")
    assert "ontbreekt" in open_first.text
    assert page.text.index("ontbreekt 'verantwoordelijk'") < page.text.index("Nog iets zeggen")


def test_live_what_is_missing_is_told_at_its_field(els: Visitor, proposal: Proposal) -> None:
    room = f"/medewerker/werkplaats/voorstel/{proposal.id}"
    typed = {"gevraagd": "verantwoordelijk", "w_verantwoordelijk": ""}
    found = sent(els, f"{room}/nakijken/{TERMS}?p=termijnen&p=ontvangstmelding", **typed)
    assert list(found.json["told"]) == ["verantwoordelijk"]


def test_what_nobody_asks_is_missing_nowhere(drafter: ConfinedDrafter) -> None:
    sheet = drafter.sheet(files(), LINDE, TERMS, ("termijnen", "ontvangstmelding"))
    assert missing_of(drafter.judge(files(), LINDE), sheet) == []
