"""What complaint handling needs whoever the organisation is, agreed on or given up with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cache
from importlib.resources import as_file, files
from typing import Final

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.analysis.law import Demand, build_demand
from gehoor.core.proposals.conversation import found
from gehoor.core.text.problems import Place, Problem, Severity
from gehoor.core.text.suggestions import hint
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.keywords.conversation import questions
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.workspace.file import load_file

_FILE: Final = "guideline.yaml"


@cache
def guideline() -> Mapping[str, Demand]:
    """Return what is asked, by name."""
    with as_file(files("gehoor") / "schemas") as folder:
        loaded = load_file(folder, _FILE, "law")
    return {name: build_demand(name, data) for name, data in loaded.canonical.data["demands"].items()}


def guideline_problems(whole: Sourced, agreement: Agreement, by_law: Set[str]) -> Iterator[Problem]:
    """Yield what nothing was agreed about, and what is given up that nobody asks or that was agreed on.

    A term or a way to tell it that nobody agreed on is an error: nothing is published before it is there, or given up
    with a reason. Of a meaning that no field has, it is a warning.

    ``by_law``: the terms that a law asks, which is told with that law.
    """
    demands, waived = guideline(), whole.data.get("waived") or {}
    # A question of the conversation is given up as a demand is.
    if all(name in demands for name in waived):
        asked = {}
    else:
        asked = {name: one for name, one in questions().items() if not one.needed}
    for name in waived:
        spot = whole.spot(("waived", name))
        if name not in demands and name not in asked:
            details = {"what": "De eis", "value": name, "hint": hint(name, {**demands, **asked})}
            yield Problem(spot.key, "verwijst-naar-niets", details)
        elif is_met(demands[name], agreement) if name in demands else found(whole.data, asked[name]):
            yield Problem(spot.key, "toch-afgesproken", {"value": name}, Severity.WARNING)
    for demand in demands.values():
        if demand.id not in waived and not is_met(demand, agreement) and demand.id not in by_law:
            words = {"demand": demand.name, "value": demand.id, "explanation": demand.explanation}
            # A field may be there and only not say that it is the one; an agreement is there or is not.
            severity = Severity.WARNING if demand.meanings else Severity.ERROR
            yield Problem(_place(whole, demand), "nog-niet-afgesproken", words, severity)


def _asked_by_law(on: Subject) -> set[str]:
    demands = (
        on.files.law[law].canonical.data["demands"] for law, _ in on.files.law_of(on.agreement.department)
    )
    return {one.get("term", name) for asked in demands for name, one in asked.items() if "codes" not in one}


def is_met(demand: Demand, agreement: Agreement) -> bool:
    """Say whether something was agreed about what a demand of the guideline asks."""
    if demand.meanings:
        return any(agreement.field_for(meaning) for meaning in demand.meanings)
    if demand.medium:
        return any(channel.medium == demand.medium for channel in agreement.channels.values())
    return any(demand.term in (term.id, term.held_against) for term in agreement.terms.values())


def _place(whole: Sourced, demand: Demand) -> Place:
    if demand.meanings:
        return whole.spot(("forms", DOSSIER_FORM, "title")).key
    return whole.spot(("channels",) if demand.medium else ("uses", "terms")).key


CHECK = Check(
    Pass.ANALYSIS,
    ("nog-niet-afgesproken", "toch-afgesproken", "verwijst-naar-niets"),
    lambda on: guideline_problems(on.whole, on.agreement, _asked_by_law(on)),
)
