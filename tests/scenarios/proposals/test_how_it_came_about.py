"""Of what is in force it is told who proposed it, who agreed and as what, and who published it: each as it was."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.core.proposals.proposal import Proposal
from gehoor.services.proposals.bringing_in import Wanted, publish_proposal
from gehoor.services.proposals.discussing import agree
from gehoor.services.proposals.enacted import Consent, PastProposals
from gehoor.services.register.register import reading, writing
from gehoor.web.request.site import open_workbench
from tests.support.clock import at
from tests.support.pages import page_faults
from tests.support.site import Site, Visitor, new_site
from tests.support.workbench import (
    LENGTH,
    LINDE,
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
COORDINATOR = "de-linde/*:kwaliteitscoordinator"


@pytest.fixture
def agreed(site: Site, els: Visitor, drafter: ConfinedDrafter) -> Proposal:
    """Els proposed that receipt is told sooner, Dirk agreed, and Griet published it."""
    site.add_staff("dirk", DIRECTOR)
    site.add_staff("griet", COORDINATOR)
    proposal = replaced(site.runtime, begun(site.runtime), TERMS, LENGTH, "binnen: 3 werkdagen")
    agree(site.runtime, proposal.id, proposal.tree, "dirk", NOW)
    publish_proposal(site.runtime, drafter, Wanted(proposal.id, proposal.tree), "griet", NOW)
    return proposal


def in_force(visitor: Visitor) -> str:
    """Return what the workbench says of how what is in force in Beukenhof came about."""
    rows = visitor.page(WORKPLACE).all("tr")
    return next(one.text for one in rows if "Beukenhof" in one.text)


def test_each_stands_there_for_what_they_did(agreed: Proposal, els: Visitor) -> None:
    told = in_force(els)
    assert "Voorgesteld door: Els" in told
    assert "Akkoord: Dirk, als Algemeen directeur, " in told
    assert "Gepubliceerd door: Griet" in told


def test_whom_the_files_name_did_not_agree_with_what_came_later(agreed: Proposal, els: Visitor) -> None:
    told = in_force(els)
    assert "Akkoord: gebruikersraad" not in told
    assert "Wat een klacht is, werd volgens de afspraken zelf afgesproken door gebruikersraad" in told


def test_the_list_of_what_was_agreed_names_who_agreed_and_not_who_published(
    agreed: Proposal, els: Visitor
) -> None:
    page = els.page(f"{WORKPLACE}/stand/{LINDE}")
    assert "Afgesproken door Dirk (Algemeen directeur). Geldt sinds dinsdag 12 mei 2026." in page.text
    # What did not change is still agreed by who agreed on it then.
    assert "Afgesproken door gebruikersraad. Geldt sinds maandag 11 mei 2026." in page.text
    assert "Griet" not in page.text
    assert page_faults(page) == []


def test_who_reads_all_agreements_reads_it_too(agreed: Proposal, els: Visitor) -> None:
    page = els.page(f"/medewerker/{LINDE}/beukenhof/afspraken")
    assert "Akkoord: Dirk, als Algemeen directeur, " in page.text
    assert "Gepubliceerd door: Griet" in page.text
    assert page_faults(page) == []


def test_as_what_somebody_agreed_stays_when_they_lose_that_role(
    agreed: Proposal, site: Site, els: Visitor
) -> None:
    with writing(site.runtime.store) as register:
        kept = register.account("dirk")
        assert kept is not None
        register.save_account(replace(kept, roles=("de-linde/*:onthaal",)))
    assert "Akkoord: Dirk, als Algemeen directeur, " in in_force(els)


def test_whom_files_name_anew_stands_apart_from_who_agreed_here(
    site: Site, els: Visitor, drafter: ConfinedDrafter
) -> None:
    site.add_staff("dirk", DIRECTOR)
    names = "door: [gebruikersraad, directie, kwaliteitscoördinator]", "door: [bewonersraad, directie]"
    proposal = replaced(site.runtime, begun(site.runtime), "definitions/de-linde/klacht.yaml", *names)
    agree(site.runtime, proposal.id, proposal.tree, "dirk", NOW)
    publish_proposal(site.runtime, drafter, Wanted(proposal.id, proposal.tree), "els", NOW)
    told = in_force(els)
    assert "Akkoord: Dirk, als Algemeen directeur, " in told
    assert "In het voorstel zelf genoemd als akkoord: bewonersraad, directie" in told


def test_who_publishes_alone_agreed_with_nobody(drafter: ConfinedDrafter) -> None:
    alone = RIGHTS.replace("  afspraken-goedkeuren: [algemeen-directeur]\n", "")
    sources = {**files(), WHO_WE_ARE: files()[WHO_WE_ARE].replace(RIGHTS.encode(), alone.encode())}
    site = new_site(runtime=with_agreements(drafter, sources))
    open_workbench(site.app, drafter, None)
    site.clock.to("2026-05-12 14:00")
    els = site.staff("els", COORDINATOR)
    proposal = replaced(site.runtime, begun(site.runtime), TERMS, LENGTH, "binnen: 3 werkdagen")
    publish_proposal(site.runtime, drafter, Wanted(proposal.id, proposal.tree), "els", NOW)
    assert "Akkoord: niemand apart gevraagd" in in_force(els)
    page = els.page(f"{WORKPLACE}/stand/{LINDE}")
    assert "Gepubliceerd door Els. Geldt sinds dinsdag 12 mei 2026." in page.text


def test_what_was_published_before_any_proposal_says_what_was_noted(els: Visitor) -> None:
    assert "Bij het publiceren is genoteerd: afgesproken door gebruikersraad." in in_force(els)


def test_who_agreed_is_told_of_a_register_of_before_too(agreed: Proposal, site: Site) -> None:
    """Then the publication held who published as well, and the proposal not by which role somebody agreed."""
    with writing(site.runtime.store) as register:
        for entry in register.entries(agreed.id):
            data = {word: one for word, one in entry.data.items() if word not in ("roles", "named")}
            document = {
                "proposal": entry.proposal,
                "sequence": entry.sequence,
                "at": entry.at,
                "by": entry.by,
                "deed": entry.deed,
                "data": data,
            }
            register.tables.put("proposal_log", f"{entry.proposal}/{entry.sequence:06}", document)
        last = register.publications(LINDE, "beukenhof")[-1]
    with reading(site.runtime.store) as register:
        staff = site.runtime.staff.of(register, NOW)
        found = PastProposals(register, staff, LINDE).of(replace(last, by="Dirk, Griet"))
    assert (found.named, found.published_by) == ((), "Griet")
    assert [(one.who, one.roles) for one in found.agreed] == [("Dirk", ())]
    assert all(isinstance(one, Consent) for one in found.agreed)
