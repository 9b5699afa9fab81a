"""A published De Linde in a fresh register, and dossiers in it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime
from pathlib import Path

from gehoor.adapters.durable_engine import DurableRuleEngine
from gehoor.adapters.file_inspector import SniffingInspector
from gehoor.adapters.sealing import AesSealer
from gehoor.adapters.stores.memory import MemoryStore
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.loading.loading import load_workspace
from gehoor.services.library import Library
from gehoor.services.opening import Opening, Receipt, open_dossier
from gehoor.services.publishing import Proposal, publish
from gehoor.services.register_schemas import SCHEMAS
from gehoor.services.runtime import Runtime

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROOT = Path(__file__).parents[2]
ANSWERS = {
    "uiteenzetting": "De soep was koud en niemand kwam toen wij belden.",
    "anoniem": False,
    "klager_naam": "Ann Peeters",
    "klager_email": "ann@example.org",
}


def published(store: MemoryStore | TinyDBStore) -> Runtime:
    """Return a runtime on a store in which the shipped workspace is published."""
    ids = (f"d{number:09}" for number in itertools.count(1))
    runtime = Runtime(
        store,
        DurableRuleEngine(),
        Library(),
        lambda d: f"http://x/{d}",
        lambda: next(ids),
        SniffingInspector(),
        AesSealer(),
    )
    loaded = load_workspace(ROOT)
    proposals = [Proposal(d.organisation, d.department, d.document, d.places) for d in loaded.departments]
    publish(runtime, proposals, NOW, "bench")
    return runtime


def embedded(folder: Path, name: str) -> Runtime:
    """Return such a runtime on the embedded store."""
    return published(TinyDBStore(folder / name, SCHEMAS))


def submit(runtime: Runtime, key: str, at: datetime = NOW) -> Receipt:
    """Open one dossier."""
    answers = {**ANSWERS, "klager_email": f"ann{key}@example.org"}
    return open_dossier(runtime, Opening("de-linde", "beukenhof", "melden", answers, key), at)
