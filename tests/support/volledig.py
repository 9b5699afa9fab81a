"""The example workspace in which each mechanism of terms is agreed: published, with dossiers opened at the desk."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from functools import cache
from itertools import count
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.decision.model import Decision, TermState
from gehoor.core.text.canonical_json import dump, load
from gehoor.loading.load import LoadedDepartment, load_workspace
from gehoor.services.access.authorisation import Operator
from gehoor.services.agreements.publishing import Publishable, publish
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import new_runtime
from tests.support.loading_cases import VALID

ORGANISATION, DEPARTMENT = "klein", "noord"
ANN = Operator("ann")
_keys = count(1)


@cache
def department() -> LoadedDepartment:
    """Return the department as loaded from the files."""
    found = {one.department: one for one in load_workspace(VALID / "volledig").departments}
    return found[DEPARTMENT]


def proposal(change: Callable[[dict[str, Any]], None] | None = None) -> Publishable:
    """Return what the files say, with a change where a test wants one."""
    loaded = department()
    document = deepcopy(loaded.document)
    if change:
        change(document)
    return Publishable(ORGANISATION, DEPARTMENT, document, loaded.places)


def agreement(change: Callable[[dict[str, Any]], None] | None = None) -> Agreement:
    """Return the agreement, built as a register gives it back."""
    offered = proposal(change)
    return build_agreement(load(dump(offered.document)), offered.places)


def published(change: Callable[[dict[str, Any]], None] | None = None) -> Runtime:
    """Return a runtime in which the agreement was published."""
    runtime = new_runtime()
    publish(runtime, [proposal(change)], at("2027-01-04 09:00"), "ann")
    return runtime


def opened(runtime: Runtime, when: str, **answers: Any) -> str:
    """Register a complaint at a moment; returns its id."""
    given = {"soort_bericht": "klacht", "verhaal": "De bus kwam niet.", "anoniem": True, **answers}
    wanted = Opening(ORGANISATION, DEPARTMENT, "dossier", given, f"volledig-{next(_keys)}", ANN)
    return open_dossier(runtime, wanted, at(when)).dossier


def fill(runtime: Runtime, dossier: str, when: str, reason: str = "", **answers: Any) -> None:
    """Fill in a dossier as someone who has just looked at it."""
    version = look(runtime, dossier, at(when)).dossier.version
    fill_in(runtime, Filling(dossier, answers, version, ANN, reason=reason), at(when))


def decision(runtime: Runtime, dossier: str, when: str) -> Decision:
    """Return what holds for a dossier at a moment."""
    return look(runtime, dossier, at(when)).decision


def states(runtime: Runtime, dossier: str, term: str, when: str) -> list[TermState]:
    """Return how a term stands at a moment: once, or once for each row."""
    return [one for one in decision(runtime, dossier, when).terms.values() if one.term.id == term]


def dues(runtime: Runtime, dossier: str, term: str, when: str) -> list[str]:
    """Return when a term is due; of a term of rows, each with what people call it."""
    return [
        f"{one.name}: {one.due_text}" if one.row else one.due_text
        for one in states(runtime, dossier, term, when)
    ]


def swept(runtime: Runtime, when: str, term: str) -> list[tuple[str, int, int | None]]:
    """Sweep, and return for which due day, level and row a term was flagged."""
    return [(one.due, one.level, one.row) for one in sweep(runtime, at(when)).missed if one.deadline == term]
