"""De Linde on a real server, on a clock that stands still until a test moves it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.records.tables import SCHEMAS
from tests.support.de_linde import de_linde
from tests.support.serving import serving
from tests.support.site import Site, new_site

NOON = "2026-05-12 14:00"


@dataclass(frozen=True)
class Served:
    """A site at a port of this computer."""

    site: Site
    port: int

    @property
    def home(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def served(
    folder: Path, when: str = NOON, proposals: Sequence[Publishable] = (), **options: Any
) -> Iterator[Served]:
    """Serve De Linde with an embedded store in a folder; with other agreements, when they are given. ``options`` are
    those of ``new_site``: ``secure`` as behind a proxy that speaks https, ``single_sign_on``."""
    store = TinyDBStore(folder / "register.db", SCHEMAS)
    site = new_site(when, de_linde(store, names=("beukenhof", "eikenrode")), **options)
    if proposals:
        publish(site.runtime, list(proposals), site.clock(), "coordinator")
    try:
        with serving(site.app) as port:
            yield Served(site, port)
    finally:
        store.close()
