"""Who changes a text hears which translations stay behind, until somebody translates it or says that it holds."""

from __future__ import annotations

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.proposals.bringing_in import Wanted, publish_proposal
from gehoor.services.proposals.changing import discard
from gehoor.services.proposals.discussing import agree
from gehoor.services.proposals.rights import MayNotError
from gehoor.services.proposals.translating import say_it_holds, stale_in, stale_in_force
from gehoor.services.register.register import reading
from tests.support.clock import at
from tests.support.pages import page_faults
from tests.support.site import Site, Visitor
from tests.support.workbench import LINDE, WORKPLACE, begun, replaced, sent

NOW = at("2026-05-12 14:00")
FORM = "forms/de-linde/melden.schema.yaml"
BEFORE, AFTER = "title: Wat is er gebeurd?", "title: Wat hebt u meegemaakt?"


@pytest.fixture
def changed(site: Site, els: Visitor) -> Proposal:
    site.staff("dirk", "de-linde/*:algemeen-directeur")
    return replaced(site.runtime, begun(site.runtime), FORM, BEFORE, AFTER)


def address(proposal: Proposal, room: str = "") -> str:
    return f"{WORKPLACE}/voorstel/{proposal.id}{room}"


def published(site: Site, drafter: ConfinedDrafter, proposal: Proposal) -> None:
    agree(site.runtime, proposal.id, proposal.tree, "dirk", NOW)
    publish_proposal(site.runtime, drafter, Wanted(proposal.id, proposal.tree), "els", NOW)


def test_the_proposal_that_changes_a_text_says_which_translations_stay_behind(
    site: Site, els: Visitor, changed: Proposal
) -> None:
    for room in ("", "/afspreken", "/vertalen"):
        page = els.page(address(changed, room))
        assert "Wat hebt u meegemaakt?" in page.text
        assert "Wat is er gebeurd?" in page.text
        assert page_faults(page) == []
    assert "verandert" in els.page(address(changed)).text


def test_once_it_is_published_the_workplace_goes_on_saying_so(
    site: Site, els: Visitor, drafter: ConfinedDrafter, changed: Proposal
) -> None:
    assert "misschien niet meer" not in els.page(WORKPLACE).text
    published(site, drafter, changed)
    assert "misschien niet meer" in els.page(WORKPLACE).text
    again = begun(site.runtime, title="Nog iets")
    assert "Wat hebt u meegemaakt?" not in els.page(address(again)).text
    assert "Wat hebt u meegemaakt?" in els.page(address(again, "/vertalen")).text


def test_who_says_that_it_holds_is_not_asked_again_and_it_stands_in_the_history(
    site: Site, els: Visitor, drafter: ConfinedDrafter, changed: Proposal
) -> None:
    judged = drafter.judge(_sources(site, changed), LINDE)
    documents = {one.name: one.document for one in judged.departments}
    with reading(site.runtime.store) as register:
        found = stale_in(register, LINDE, documents)
    for one in found:
        answer = sent(els, address(changed, "/vertalen/klopt"), vertaling=one.key)
        assert answer.status_code == 303
    assert "misschien niet meer" not in els.page(address(changed, "/vertalen")).text
    assert "nog klopt: Wat hebt u meegemaakt?" in els.page(address(changed, "/geschiedenis")).text
    published(site, drafter, changed)
    with reading(site.runtime.store) as register:
        assert stale_in_force(register, LINDE) == []


def test_what_was_said_in_a_proposal_that_is_thrown_away_is_asked_again(
    site: Site, els: Visitor, drafter: ConfinedDrafter, changed: Proposal
) -> None:
    published(site, drafter, changed)
    with reading(site.runtime.store) as register:
        found = stale_in_force(register, LINDE)
    other = begun(site.runtime, title="Nog iets")
    for one in found:
        say_it_holds(site.runtime, other.id, one, "els", NOW)
    with reading(site.runtime.store) as register:
        assert stale_in_force(register, LINDE) == []
        seen = register.proposal(other.id).tree
    discard(site.runtime, other.id, seen, "els", NOW)
    with reading(site.runtime.store) as register:
        assert stale_in_force(register, LINDE) == found


def test_a_translation_that_changed_meanwhile_is_read_again(els: Visitor, changed: Proposal) -> None:
    assert sent(els, address(changed, "/vertalen/klopt"), vertaling="0" * 64).status_code == 409


def test_who_may_not_propose_says_nothing_of_it(
    site: Site, drafter: ConfinedDrafter, changed: Proposal
) -> None:
    judged = drafter.judge(_sources(site, changed), LINDE)
    with reading(site.runtime.store) as register:
        one = stale_in(register, LINDE, {of.name: of.document for of in judged.departments})[0]
    with pytest.raises(MayNotError):
        say_it_holds(site.runtime, changed.id, one, "dirk", NOW)


def _sources(site: Site, proposal: Proposal) -> dict[str, bytes]:
    with reading(site.runtime.store) as register:
        return dict(register.sources(proposal.tree))
