"""The page where a proposal is published says by name who may publish, and whose approval is missing."""

from __future__ import annotations

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.proposals.bringing_in import NothingNewError, Wanted, publish_proposal
from gehoor.services.proposals.discussing import agree
from gehoor.web.request.site import open_workbench
from tests.support.clock import at
from tests.support.pages import page_faults
from tests.support.site import Site, Visitor, new_site
from tests.support.workbench import (
    LENGTH,
    RIGHTS,
    TERMS,
    WHO_WE_ARE,
    WORKPLACE,
    begun,
    files,
    replaced,
    with_agreements,
)

NOW = at("2026-05-12 14:00")
DIRECTOR = "de-linde/*:algemeen-directeur"
SHORTER = "binnen: 3 werkdagen"
APPROVES = "  afspraken-goedkeuren: [algemeen-directeur]\n"


def room(proposal: Proposal) -> str:
    return f"{WORKPLACE}/voorstel/{proposal.id}/afspreken"


def shorter(site: Site, by: str = "els") -> Proposal:
    return replaced(site.runtime, begun(site.runtime, by), TERMS, LENGTH, SHORTER, by)


def test_who_may_publish_and_whose_approval_is_missing_stand_there_by_name(site: Site, els: Visitor) -> None:
    site.add_staff("griet", "de-linde/*:kwaliteitscoordinator")
    site.add_staff("dirk", DIRECTOR)
    proposal = shorter(site)
    page = els.page(room(proposal))
    assert "Publiceren mag: Els, Griet." in page.text
    assert "Nu kan dat: Dirk." in page.text
    assert page_faults(page) == []
    agree(site.runtime, proposal.id, proposal.tree, "dirk", NOW)
    assert "Nu kan dat" not in els.page(room(proposal)).text


def test_who_wrote_in_it_cannot_and_is_named(site: Site) -> None:
    both = site.staff("dirk", DIRECTOR, "de-linde/*:kwaliteitscoordinator")
    page = both.page(room(shorter(site, "dirk")))
    assert "Dirk kan het niet, want die schreef eraan mee" in page.text


def test_where_nobody_has_the_role_it_is_said_with_whom_to_ask(site: Site, els: Visitor) -> None:
    page = els.page(room(shorter(site)))
    assert "Niemand heeft die rol nu." in page.text
    assert "Vraag aan wie de server beheert" in page.text


def test_where_one_person_can_publish_alone_the_page_says_so(drafter: ConfinedDrafter) -> None:
    alone = RIGHTS.replace(APPROVES, "")
    sources = {**files(), WHO_WE_ARE: files()[WHO_WE_ARE].replace(RIGHTS.encode(), alone.encode())}
    site = new_site(runtime=with_agreements(drafter, sources))
    open_workbench(site.app, drafter, None)
    els = site.staff("els", "de-linde/*:kwaliteitscoordinator")
    page = els.page(room(shorter(site)))
    assert "één persoon kan het laten ingaan. Moet altijd iemand anders goedkeuren?" in page.text
    last = "  afspraken-bespreken: [teamverantwoordelijke]\n"
    proposal = replaced(site.runtime, begun(site.runtime), WHO_WE_ARE, last, last + APPROVES)
    page = els.page(room(proposal))
    assert "Dit voorstel zegt dat Algemeen directeur goedkeurt. Dat telt zodra het geldt" in page.text


def test_a_proposal_that_says_what_is_in_force_is_not_published(
    site: Site, els: Visitor, drafter: ConfinedDrafter
) -> None:
    empty = begun(site.runtime)
    assert "Publiceren mag:" in els.page(room(empty)).text
    assert (
        els.page(room(empty)).all("form", action=f"{room(empty).removesuffix('/afspreken')}/publiceren") == []
    )
    with pytest.raises(NothingNewError):
        publish_proposal(site.runtime, drafter, Wanted(empty.id, empty.tree), "els", NOW)


def test_who_agreed_according_to_the_files_is_asked_about(site: Site, els: Visitor) -> None:
    assert "Geldt dat ook voor wat nu verandert?" in els.page(room(shorter(site))).text
