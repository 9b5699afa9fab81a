"""Where the last that happened to a proposal is gone, nothing of before it holds again: no agreement that was
withdrawn, no text that was changed, no proposal that was thrown away."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gehoor.core.proposals.proposal import Proposal
from gehoor.services.maintenance.repair import repair
from gehoor.services.ports.store import DamagedError
from gehoor.services.proposals.changing import discard
from gehoor.services.proposals.discussing import agree, withdraw
from gehoor.services.register.register import reading, writing
from tests.support.clock import at
from tests.support.site import Site, Visitor
from tests.support.workbench import WORKPLACE, begun, replaced

NOW = at("2026-05-12 14:00")
FORM = "forms/de-linde/melden.schema.yaml"
BEFORE, AFTER = "title: Wat is er gebeurd?", "title: Wat hebt u meegemaakt?"


def withdrawn(site: Site, proposal: Proposal) -> None:
    agree(site.runtime, proposal.id, proposal.tree, "dirk", NOW)
    withdraw(site.runtime, proposal.id, "dirk", NOW)


def changed(site: Site, proposal: Proposal) -> None:
    agree(site.runtime, proposal.id, proposal.tree, "dirk", NOW)
    replaced(site.runtime, proposal, FORM, BEFORE, AFTER)


def discarded(site: Site, proposal: Proposal) -> None:
    discard(site.runtime, proposal.id, proposal.tree, "els", NOW)


LAST = pytest.mark.parametrize("last", [withdrawn, changed, discarded])
Last = Callable[[Site, Proposal], None]


@pytest.fixture
def proposal(site: Site, els: Visitor) -> Proposal:
    site.staff("dirk", "de-linde/*:algemeen-directeur")
    return begun(site.runtime)


def lose_the_last(site: Site, proposal: Proposal) -> str:
    with site.runtime.store.transaction() as tables:
        key = max(key for key, _ in tables.scan("proposal_log"))
        tables.delete("proposal_log", key)
    return key


@LAST
def test_without_the_last_a_proposal_counts_as_damaged(site: Site, proposal: Proposal, last: Last) -> None:
    last(site, proposal)
    key = lose_the_last(site, proposal)
    with reading(site.runtime.store) as register, pytest.raises(DamagedError) as error:
        register.proposal(proposal.id)
    assert error.value.key == key


@LAST
def test_nor_does_a_repair_let_it_hold_again(site: Site, proposal: Proposal, last: Last) -> None:
    last(site, proposal)
    lose_the_last(site, proposal)
    repair(site.runtime, NOW)
    with pytest.raises(DamagedError):
        agree(site.runtime, proposal.id, proposal.tree, "dirk", NOW)


def test_the_others_of_the_workplace_are_as_they_were(site: Site, els: Visitor, proposal: Proposal) -> None:
    other = begun(site.runtime, title="Nog iets")
    withdrawn(site, other)
    with site.runtime.store.transaction() as tables:
        tables.delete("proposal_log", f"{other.id}/000003")
    assert "Nog iets" in els.page(WORKPLACE).text
    assert els.get(f"{WORKPLACE}/voorstel/{proposal.id}").status_code == 200


def test_a_proposal_of_before_lines_kept_how_far_they_go_is_read(site: Site, proposal: Proposal) -> None:
    with writing(site.runtime.store) as register:
        line = register.tables.get("proposals", proposal.id)
        assert line is not None
        del line["version"]
        register.tables.put("proposals", proposal.id, line)
    with reading(site.runtime.store) as register:
        assert register.proposal(proposal.id).version == proposal.version
    assert repair(site.runtime, NOW).replaced == []
