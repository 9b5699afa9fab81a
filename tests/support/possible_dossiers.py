"""Dossiers as they can be under an agreement: answers, and all that the real decision makes of them.

For tests of what a public report hides: an attacker who knows the agreement looks among these only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.decision.decide import decide
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.figures.counted import Counted
from gehoor.core.figures.facts import facts_of_dossier
from gehoor.core.text.canonical_json import dump, load
from tests.support.de_linde import ORGANISATION, QuickEngine, proposal
from tests.support.figures import days_after

NOW: Final = datetime(2030, 1, 1, tzinfo=UTC)
_ENGINE: Final = QuickEngine()
_STEPS: Final = {
    "took": ("antwoord_datum", "ontvangstdatum"),
    "closed_after": ("afgesloten_op", "ontvangstdatum"),
}


def _with_how_long(document: dict[str, Any]) -> None:
    """Let a rule work out how many days the answer took, as the shipped agreements do."""
    document["forms"]["dossier"]["properties"]["doorlooptijd_dagen"] = {
        "title": "Dagen tussen ontvangst en antwoord", "type": "integer", "readOnly": True, "personal-data": "P0",
    }  # fmt: skip
    document["rules"]["doorlooptijd"] = {
        "if": {"antwoord_datum": {"filled": True}},
        "then": [{"derive": "doorlooptijd_dagen", "calculate": "antwoord_datum - ontvangstdatum"}],
        "because": "Zo weten wij hoelang mensen wachten.",
    }


@cache
def agreement_of(department: str) -> Agreement:
    """De Linde as the tests have it, with a rule that works out how long an answer took."""
    found = proposal(department, _with_how_long)
    return build_agreement(load(dump(found.document)), found.places)


def possible(
    number: int, of: Mapping[str, Any], under: Callable[[str], Agreement] = agreement_of
) -> Counted | None:
    """The dossier that answers come to; None where no dossier has these: some are not asked there, or one is missing
    that had to be there. ``took``, ``closed_after``: after how many days."""
    department = of.get("department", "beukenhof")
    agreement = under(department)
    answers = {"type_bericht": "klacht", "ontvangstdatum": "2026-02-02", "anoniem": False, **of}
    answers.pop("department", None)
    for name, (until, start) in _STEPS.items():
        took = answers.pop(name, None)
        if took is not None:
            answers[until] = days_after(answers[start], took)
    given = {name: value for name, value in answers.items() if value is not None}
    dossier = Dossier(f"d{number}", ORGANISATION, department, f"N-{number}", agreement.hash, values=given)
    decision = decide(agreement, dossier, NOW, _ENGINE)
    if any(not decision.fields[name].visible or name in decision.derived for name in given):
        return None
    asked = {*of, *given}
    for state in decision.milestones.values():
        if state.reached and any(one.field in asked for one in state.missing):
            return None
    return Counted(replace(facts_of_dossier(agreement, dossier, decision)), agreement, NOW)
