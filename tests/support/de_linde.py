"""Woonzorggroep De Linde of ``tests/organisations``: loaded once, published where a test wants it."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Mapping
from functools import cache
from itertools import count
from typing import Any

from gehoor.adapters.security.file_inspector import SniffingInspector
from gehoor.adapters.security.sealing import AesSealer
from gehoor.adapters.stores.memory import MemoryStore
from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.conditions.evaluate import holds
from gehoor.core.text.canonical_json import dump, load
from gehoor.loading.load import LoadedDepartment, load_workspace
from gehoor.services.access.authorisation import Actor, Operator
from gehoor.services.agreements.publishing import Publishable, Published, publish
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.dossiers.incoming import Opening, Receipt
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.ports.records import Account
from gehoor.services.ports.store import Store
from gehoor.services.records.tables import SCHEMAS
from gehoor.services.register.library import Library
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.places import ORGANISATIONS
from tests.support.stores import copied, fresh_store

ORGANISATION = "de-linde"
PUBLISHED_ON = at("2026-01-16 10:00")

_library = Library()
"""Shared by all tests: an agreement is known by its hash and never changes."""


class QuickEngine:
    """The reference meaning without its checks, which take ten times as long as the answer."""

    def fired(self, rules: Any, facts: Any) -> frozenset[str]:
        return frozenset(name for name, condition in rules.conditions.items() if holds(condition, facts))


@cache
def departments() -> dict[str, LoadedDepartment]:
    """Return the departments as loaded from the files, by id."""
    loaded = load_workspace(ORGANISATIONS, (ORGANISATION,))
    assert not loaded.problems
    return {department.department: department for department in loaded.departments}


@cache
def _copied(department: str) -> bytes:
    # Several times as quick as deepcopy(), and asked for by hundreds of tests.
    return pickle.dumps(departments()[department].document)


def proposal(
    department: str = "beukenhof", change: Callable[[dict[str, Any]], None] | None = None
) -> Publishable:
    """Return what the files say for a department, with a change where a test wants one."""
    loaded = departments()[department]
    document = pickle.loads(_copied(department))
    if change:
        change(document)
    return Publishable(ORGANISATION, department, document, loaded.places)


@cache
def agreement(department: str = "beukenhof") -> Agreement:
    """Return a department's agreement, built as a register gives it back."""
    loaded = departments()[department]
    return build_agreement(load(dump(loaded.document)), loaded.places)


def changed(change: Callable[[dict[str, Any]], None], department: str = "beukenhof") -> Agreement:
    """Return a department's agreement after a change of its files."""
    offered = proposal(department, change)
    return build_agreement(load(dump(offered.document)), offered.places)


def new_runtime(store: Store | None = None, engine: RuleEngine | None = None) -> Runtime:
    """Return a runtime with nothing published. Ids count on, so that a test can be read."""
    numbers = count(1)
    return Runtime(
        store=store or fresh_store(),
        engine=engine or QuickEngine(),
        library=_library,
        link=lambda dossier: f"https://gehoor.example/medewerker/dossiers/{dossier}",
        new_id=lambda: f"dossier-{next(numbers)}",
        inspector=SniffingInspector(),
        sealer=AesSealer(),
        home="https://gehoor.example",
    )


def de_linde(
    store: Store | None = None, names: tuple[str, ...] = ("beukenhof",), engine: RuleEngine | None = None
) -> Runtime:
    """Return a runtime in which De Linde published its agreements."""
    if store is None and engine is None:
        return new_runtime(copied(_published(names)))
    runtime = new_runtime(store, engine)
    publish(runtime, [proposal(name) for name in names], PUBLISHED_ON, "coordinator")
    return runtime


@cache
def _published(names: tuple[str, ...]) -> MemoryStore:
    store = MemoryStore(SCHEMAS)
    de_linde(store, names)
    return store


def publish_change(
    runtime: Runtime, change: Callable[[dict[str, Any]], None], when: str, department: str = "beukenhof"
) -> Published:
    """Publish a changed agreement for one department."""
    return publish(runtime, [proposal(department, change)], at(when), "coordinator")[0]


STORY = "Zondag om 11 uur zat mama nog in haar pyjama en op haar bel kwam een uur lang niemand."

MELDEN: Mapping[str, Any] = {
    "uiteenzetting": STORY,
    "anoniem": "nee",
    "klager_naam": "Els Peeters",
    "klager_email": "els@voorbeeld.be",
}
"""What someone fills in on the website."""

PHONE: Mapping[str, Any] = {
    "uiteenzetting": STORY,
    "onderwerp": "Bel niet beantwoord",
    "type_bericht": "klacht",
    "anoniem": "nee",
    "klager_naam": "Peeters",
    "klager_telefoon": "0470 12 34 56",
    "drager": ["telefoon"],
    "indieningsvorm": "mondeling",
}
"""What someone at the desk registers after a phone call."""

_keys = count(1)


def by(runtime: Runtime, name: str) -> Actor:
    """Return someone who does something: with an account where a test made one, else whoever runs the server."""
    with reading(runtime.store) as register:
        return name if register.account(name) else Operator(name)


def open_by_web(runtime: Runtime, when: str, department: str = "beukenhof", **answers: Any) -> Receipt:
    """Open a dossier as someone from outside does, on the website. An answer of None is left out."""
    given = {name: value for name, value in {**MELDEN, **answers}.items() if value is not None}
    return open_dossier(
        runtime, Opening(ORGANISATION, department, "melden", given, f"key-{next(_keys)}"), at(when)
    )


def open_by_phone(runtime: Runtime, when: str, department: str = "beukenhof", **answers: Any) -> Receipt:
    """Open a dossier as the desk does."""
    given = {name: value for name, value in {**PHONE, **answers}.items() if value is not None}
    opening = Opening(
        ORGANISATION, department, "dossier", given, f"key-{next(_keys)}", Operator("ria"), "Ria Onthaal"
    )
    return open_dossier(runtime, opening, at(when))


def fill(
    runtime: Runtime,
    dossier: str,
    when: str,
    *,
    actor: str = "ria",
    version: int | None = None,
    reason: str = "",
    **answers: Any,
) -> Any:
    """Fill in a dossier as someone who has just looked at it, or at an earlier version."""
    if version is None:
        with reading(runtime.store) as register:
            version = register.dossier(dossier).version
    filling = Filling(dossier, answers, version, by(runtime, actor), reason=reason)
    return fill_in(runtime, filling, at(when))


REGISTERED: Mapping[str, Any] = {
    "onderwerp": "Bel niet beantwoord",
    "mondeling_verslag": "Voorgelezen en bevestigd.",
}
INVESTIGATED: Mapping[str, Any] = {
    "gesignaleerde_feiten": "De bel ging om 10.02 uur en om 11.05 uur kwam iemand.",
    "omstandigheden": "Twee van de vijf medewerkers waren ziek.",
    "mogelijke_oorzaken": ["onderbezetting"],
    "soort_klacht_hoofd": "zorg_begeleiding",
    "ernst": 3,
    "herhaalkans": 3,
    "nadeel_schade": ["emotioneel"],
    "eerdere_klachten_persoon": "geen",
    "gelijkaardige_klachten": "geen",
}


def registered(runtime: Runtime, when: str = "2026-05-13 09:00", **answers: Any) -> str:
    """Open a complaint of 12 May 2026 by phone and complete its registration; returns its id."""
    dossier = open_by_phone(runtime, "2026-05-12 14:00", **answers).dossier
    fill(runtime, dossier, when, **REGISTERED, registratiedatum=at(when).date().isoformat())
    return dossier


def investigated(runtime: Runtime, judgement: str, reason: str = "") -> str:
    """Bring a complaint of 12 May 2026 to the end of its investigation; returns its id."""
    dossier = registered(runtime)
    fill(
        runtime, dossier, "2026-05-20 09:00", **INVESTIGATED, gegrondheid=judgement,
        gegrondheid_motivering="Zoals het rooster en de bel laten zien.", onderzoek_afgerond_op="2026-05-20",
        reason=reason,
    )  # fmt: skip
    return dossier


def staff(runtime: Runtime, name: str, *roles: str, email: str | None = None, active: bool = True) -> Account:
    """Add someone with roles; ``kwaliteitscoordinator`` stands for that role in Beukenhof."""
    full = tuple(role if "/" in role else f"{ORGANISATION}/beukenhof:{role}" for role in roles)
    address = f"{name}@delinde.example" if email is None else email
    account = Account(name, name.title(), address, "", full, active)
    with writing(runtime.store) as register:
        register.save_account(account)
    return account
