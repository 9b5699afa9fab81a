"""A published De Linde in a fresh register, and dossiers in it."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask

from gehoor.adapters.durable.engine import DurableRuleEngine
from gehoor.adapters.security.file_inspector import SniffingInspector
from gehoor.adapters.security.fresh_ids import fresh_id
from gehoor.adapters.security.passwords import Argon2Hasher
from gehoor.adapters.security.sealing import AesSealer
from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.core.forms.fields import KINDS, kind_of
from gehoor.loading.load import load_workspace
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.dossiers.incoming import Opening, Receipt
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.ports.outside import PasswordHasher
from gehoor.services.ports.store import Store
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.library import Library
from gehoor.services.register.runtime import Runtime
from gehoor.web.app import create_app
from gehoor.web.forms.types.registry import TYPES
from tests.support.places import ORGANISATIONS
from tests.support.site import tools

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ANSWERS = {
    "uiteenzetting": "De soep was koud en niemand kwam toen wij belden.",
    "anoniem": False,
    "klager_naam": "Ann Peeters",
    "klager_email": "ann@example.org",
}


LARGE = "veertig"
"""The public form of forty fields: that of no organisation, made of what a dossier asks."""


def published(store: Store, *, also_large: bool = False) -> Runtime:
    """Return a runtime on a store in which the organisations of the tests are published; with ``also_large`` each
    department also has the public form of forty fields."""
    runtime = on(store)
    loaded = load_workspace(ORGANISATIONS)
    if also_large:
        for one in loaded.departments:
            one.document["forms"][LARGE] = _large(one.document["forms"]["dossier"])
    proposals = [Publishable(d.organisation, d.department, d.document, d.places) for d in loaded.departments]
    publish(runtime, proposals, NOW, "bench")
    return runtime


def on(store: Store) -> Runtime:
    """Return a runtime on a store as it is."""
    return Runtime(
        store,
        DurableRuleEngine(),
        Library(),
        lambda d: f"http://x/{d}",
        lambda: fresh_id(NOW),
        SniffingInspector(),
        AesSealer(),
    )


def opened(file: Path) -> Runtime:
    """Return a runtime on a register that is there already."""
    return on(TinyDBStore(file, SCHEMAS))


def _large(dossier: dict[str, Any]) -> dict[str, Any]:
    asked = dossier["properties"]
    kinds = {name: kind_of(of) or "" for name, of in asked.items()}
    plain = {
        name: of
        for name, of in asked.items()
        if not TYPES[kinds[name]].more_than_a_value and not KINDS[kinds[name]].names_people
    }
    return {"title": "Veertig vragen", "properties": dict(list(plain.items())[:40])}


def embedded(folder: Path, name: str, *, also_large: bool = False) -> Runtime:
    """Return such a runtime on the embedded store."""
    return published(TinyDBStore(folder / name, SCHEMAS), also_large=also_large)


def site(runtime: Runtime, hasher: PasswordHasher | None = None) -> Flask:
    """Return the website on a runtime, as it is served; each request is a second later than the one before."""
    ticks = itertools.count()
    return create_app(
        runtime,
        hasher=hasher or Argon2Hasher(),
        tools=tools(),
        clock=lambda: NOW + timedelta(seconds=next(ticks)),
        secret_key="bench",
        secure_cookies=False,
    )


def submit(runtime: Runtime, who: str, at: datetime = NOW, *, key: str = "") -> Receipt:
    """Open one dossier of somebody; with the same key there is one only."""
    answers = {**ANSWERS, "klager_email": f"ann{who}@example.org"}
    return open_dossier(runtime, Opening("de-linde", "beukenhof", "melden", answers, key or who), at)
