"""Who reads files for all of these scenarios, as a child takes a while to begin; De Linde, and who proposes there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from tests.support.site import Site, Visitor
from tests.support.workbench import workbench_site


@pytest.fixture(scope="session")
def drafter() -> Iterator[ConfinedDrafter]:
    found = ConfinedDrafter()
    yield found
    found.workers.close()


@pytest.fixture
def site(drafter: ConfinedDrafter) -> Site:
    found = workbench_site(drafter)
    found.clock.to("2026-05-12 14:00")
    return found


@pytest.fixture
def els(site: Site) -> Visitor:
    return site.staff("els", "de-linde/*:kwaliteitscoordinator")
