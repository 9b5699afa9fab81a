"""Deciding on a dossier of Beukenhof at a moment, without a register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.decision.decide import decide
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier
from tests.support.clock import at
from tests.support.de_linde import QuickEngine, agreement

COMPLAINT: Mapping[str, Any] = {
    "uiteenzetting": "Op de bel kwam een uur lang niemand.",
    "type_bericht": "klacht",
    "anoniem": False,
    "klager_naam": "Peeters",
    "drager": ["telefoon"],
    "ontvangstdatum": "2026-05-12",
    "ontvangst_tijdstip": "14:00",
}
"""A complaint that came in on Tuesday 12 May 2026; Ascension Day is the 14th, Whit Monday the 25th."""


def decided(
    when: str,
    *,
    fired: Iterable[str] = (),
    under: Agreement | None = None,
    engine: RuleEngine | None = None,
    **answers: Any,
) -> Decision:
    """Decide on a complaint of 12 May 2026 with these answers. An answer of None is left out."""
    values = {name: value for name, value in {**COMPLAINT, **answers}.items() if value is not None}
    dossier = Dossier("dossier-1", values=values, fired=frozenset(fired))
    return decide(under or agreement(), dossier, at(when), engine or QuickEngine())


def calls(decision: Decision, term: str) -> list[str]:
    """Return what a term calls for now: ``remind/antwoord/0``, ``late/antwoord/1``."""
    return [due_action.key for due_action in decision.due_actions if due_action.data.get("term") == term]
