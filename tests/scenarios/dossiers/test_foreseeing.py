"""What would hold with answers that are typed and not saved: for who fills in, and no more than they may know."""

from __future__ import annotations

import pytest

from gehoor.services.dossiers.autosave import foreseen
from gehoor.services.dossiers.viewing import look
from tests.support.clock import at
from tests.support.de_linde import open_by_web
from tests.support.site import Site, new_site

WHEN = "2026-05-12 14:00"


@pytest.fixture
def site() -> Site:
    return new_site(WHEN)


def asked(site: Site, answers: dict[str, object]) -> set[str]:
    """Return what is still needed with these answers."""
    dossier = open_by_web(site.runtime, "2026-05-12 13:00").dossier
    supposed = foreseen(site.runtime, look(site.runtime, dossier, at(WHEN)), answers, at(WHEN))
    return {need.field for state in supposed.decision.phases.values() for need in state.missing}


def test_an_answer_asks_what_the_rules_make_of_it(site: Site) -> None:
    assert "gevaar_gemeld_aan" in asked(site, {"acuut_gevaar": True})


def test_without_it_that_is_not_asked(site: Site) -> None:
    assert "gevaar_gemeld_aan" not in asked(site, {"acuut_gevaar": False})


def test_what_cannot_be_read_counts_for_nothing(site: Site) -> None:
    assert asked(site, {"acuut_gevaar": "misschien"}) == asked(new_site(WHEN), {})


def test_nothing_is_written(site: Site) -> None:
    dossier = open_by_web(site.runtime, "2026-05-12 13:00").dossier
    before = look(site.runtime, dossier, at(WHEN))
    foreseen(site.runtime, before, {"acuut_gevaar": True}, at(WHEN))
    assert look(site.runtime, dossier, at(WHEN)).events == before.events
