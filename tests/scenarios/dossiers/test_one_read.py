"""A page is put together from one look at the register, however many parts it has."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from gehoor.adapters.stores.memory import MemoryStore
from gehoor.services.ports.belonging import NOWHERE, Within
from gehoor.services.ports.store import Tables
from gehoor.services.records.tables import SCHEMAS
from tests.support.de_linde import de_linde, registered
from tests.support.site import new_site


class LookedAt(MemoryStore):
    """Counts how often it is opened to read."""

    looks = 0

    @contextmanager
    def snapshot(self, within: Within = NOWHERE) -> Iterator[Tables]:
        self.looks += 1
        with super().snapshot(within) as tables:
            yield tables


@pytest.mark.parametrize(
    "path",
    [
        "/medewerker/",
        "/medewerker/?toon=te-laat&sorteer=-nummer",
        "/medewerker/zoeken?zoek=bel",
        "/medewerker/dossiers/dossier-1",
        "/medewerker/dossiers/dossier-1/overzicht",
        "/medewerker/dossiers/dossier-1/afsluiten",
        "/medewerker/dossiers/dossier-1/afdruk",
        "/medewerker/de-linde/beukenhof/registreren",
        "/medewerker/mijn-account",
        "/de-linde/beukenhof/afspraken",
    ],
)
def test_a_page_looks_once(path: str) -> None:
    store = LookedAt(SCHEMAS)
    runtime = de_linde(store)
    registered(runtime)
    els = new_site("2026-05-14 10:00", runtime).staff("els", "kwaliteitscoordinator")
    # The first brings lists up to date, and notes that the session is used.
    els.get(path)
    store.looks = 0
    assert els.get(path).status_code == 200
    assert store.looks == 1
