"""What was published for a later day, and what is published before that day comes: who does so knows it."""

from __future__ import annotations

from datetime import date

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.services.agreements.publishing import Validity
from gehoor.services.proposals.bringing_in import Wanted, publish_proposal
from gehoor.services.proposals.discussing import agree
from tests.support.clock import at
from tests.support.site import Site, Visitor
from tests.support.workbench import LENGTH, LINDE, TERMS, WORKPLACE, begun, replaced

NOW = at("2026-05-12 14:00")
IN_JUNE = date(2026, 6, 1)


def shorter_in_june(site: Site, drafter: ConfinedDrafter) -> str:
    site.add_staff("dirk", f"{LINDE}/*:algemeen-directeur")
    seen = replaced(site.runtime, begun(site.runtime), TERMS, LENGTH, "binnen: 3 werkdagen")
    agree(site.runtime, seen.id, seen.tree, "dirk", NOW)
    publish_proposal(site.runtime, drafter, Wanted(seen.id, seen.tree, Validity(IN_JUNE)), "els", NOW)
    return seen.id


def agreeing(els: Visitor, site: Site) -> str:
    return els.page(f"{WORKPLACE}/voorstel/{begun(site.runtime).id}/afspreken").text


def test_who_publishes_before_that_day_reads_that_it_takes_its_place(
    els: Visitor, site: Site, drafter: ConfinedDrafter
) -> None:
    shorter_in_june(site, drafter)
    assert "is al gepubliceerd wat op maandag 1 juni 2026 ingaat" in agreeing(els, site)


@pytest.mark.usefixtures("els")
def test_once_that_day_came_nothing_is_said(site: Site, drafter: ConfinedDrafter) -> None:
    shorter_in_june(site, drafter)
    site.clock.to("2026-06-01 09:00")
    an = site.staff("an", f"{LINDE}/*:kwaliteitscoordinator")
    assert "is al gepubliceerd wat op" not in agreeing(an, site)


def test_where_nothing_was_planned_nothing_is_said(els: Visitor, site: Site) -> None:
    assert "is al gepubliceerd wat op" not in agreeing(els, site)


def test_who_published_for_a_later_day_reads_from_when_it_holds(
    els: Visitor, site: Site, drafter: ConfinedDrafter
) -> None:
    found = shorter_in_june(site, drafter)
    page = els.page(f"{WORKPLACE}/voorstel/{found}/afspreken?gedaan=gepubliceerd").text
    assert "Nieuwe dossiers volgen deze afspraken vanaf maandag 1 juni 2026." in page
