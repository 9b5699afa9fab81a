"""Conditions that hold of a dossier in which nobody answered anything yet, and then already ask or do something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gehoor.core.conditions.parse import build_condition
from gehoor.core.conditions.unanswered import hinges_on_silence
from gehoor.core.text.problems import Problem, Severity
from gehoor.core.wording.phrases import joined
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.conditions.condition_places import IN_TERMS, condition_paths
from gehoor.loading.checks.said import thing_of
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_NOT: Final = "none-of"
_ACTS: Final = frozenset({"require", "block", "duty", "approval", "notify", "assign", "handlers"})
"""What a rule asks of people or tells them. What it only shows, marks or fills in goes by itself with an answer."""


def silent_condition_problems(on: Subject) -> Iterator[Problem]:
    """Yield the conditions of rules and terms that already hold of a dossier without answers, though they speak of
    answers only."""
    whole, agreement = on.whole, on.agreement
    fields = agreement.dossier_form.fields
    # What the register or the clock says is not for anybody to fill in, and some answers are there from the start.
    there = agreement.needed_at_opening | {of.id for of in agreement.dossier_form.filled_in}
    for path in condition_paths(whole.data):
        # Only what must not hold can surprise: most conditions need no second look.
        if _NOT not in on.words_of(thing_of(path)) or not _acts(whole, path):
            continue
        condition = build_condition(whole.at(path), agreement.fact_types)
        silent = hinges_on_silence(condition, lambda fact: fact in there or fact not in fields)
        if silent:
            several = joined([f"'{name}'" for name in silent], "en")
            details = {"fields": several, "value": silent[0]}
            yield Problem(whole.spot(path).key, "klopt-ook-leeg", details, Severity.WARNING)


def _acts(whole: Sourced, path: Path) -> bool:
    """Say whether what hangs on a condition is asked of somebody or told, or decides whether a term runs."""
    if path[0] == "terms":
        return path[-1] in IN_TERMS
    of = whole.at(path[:-1]) if path[0] in ("rules", "tables") else {}
    effects: list[Mapping[str, Any]] = of.get("then") or []
    return any(not _ACTS.isdisjoint(effect) for effect in effects)


CHECK = Check(Pass.ANALYSIS, ("klopt-ook-leeg",), silent_condition_problems)
