"""While what was published for one department is damaged, each page of staff goes on for the others."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from gehoor.bootstrap.drafting.drafter import ConfinedDrafter
from gehoor.services.records.left_out import leave_out
from gehoor.services.register.register import reading
from tests.support.de_linde import open_by_phone
from tests.support.site import Visitor
from tests.support.workbench import begun, workbench_site

PAGES = (
    *(
        "",
        "?toon=te-laat&sorteer=-nummer",
        "?toon=gevaar",
        "?wie=niemand",
        "zoeken?zoek=bel",
        "taken/",
        "bewaring",
    ),
    *("verzendlijst", "inzage", "beheer/", "mijn-account", "werkplaats", "werkplaats/stand/de-linde"),
    "werkplaats/mensen/de-linde",
)


@pytest.fixture(scope="module")
def drafter() -> Iterator[ConfinedDrafter]:
    found = ConfinedDrafter()
    yield found
    found.workers.close()


def answers(els: Visitor, proposal: str) -> dict[str, int]:
    pages = (*PAGES, f"werkplaats/voorstel/{proposal}", f"werkplaats/voorstel/{proposal}/afspreken")
    return {page: els.get(f"/medewerker/{page}").status_code for page in pages}


@pytest.mark.parametrize("table", ["publications", "agreements"])
def test_each_page_goes_on_for_the_others(drafter: ConfinedDrafter, table: str) -> None:
    site = workbench_site(drafter)
    site.clock.to("2026-05-12 14:00")
    els = site.staff("els", "de-linde/*:kwaliteitscoordinator")
    open_by_phone(site.runtime, "2026-05-12 13:00")
    proposal = begun(site.runtime).id
    before = answers(els, proposal)
    with reading(site.runtime.store) as register:
        last = register.publications("de-linde", "beukenhof")[-1]
    key = last.agreement if table == "agreements" else f"de-linde/beukenhof/{last.sequence:06}"
    with site.runtime.store.transaction() as tables:
        tables.delete(table, key)
        leave_out(tables, table, key)
    # As a process knows it that begins now.
    site.runtime.library._built.clear()
    site.runtime.library._published.clear()
    site.runtime.library._stamped.clear()
    assert answers(els, proposal) == before
