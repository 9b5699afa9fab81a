"""What reports and the overview count must stay when a dossier is anonymised: else a figure of years ago changes."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.reports.model import PLACES_AND_TIMES
from gehoor.core.retention.anonymisation import keeps_answer
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.conditions.condition_places import figure_places
from gehoor.loading.merge.source_map import Path

_COUNTED = ("per", "and-per", "mean-of", "sum-of")


def kept_figure_problems(on: Subject) -> Iterator[Problem]:
    """Yield what is counted, and goes when a dossier is anonymised: nothing of it is kept for figures."""
    for path, name in _named(on):
        rows, _, member = name.partition(".")
        if not keeps_answer(on.agreement, rows, member):
            yield Problem(on.whole.spot(path).value, "cijfer-blijft-niet", {"value": name})


def _named(on: Subject) -> Iterator[tuple[Path, str]]:
    for path, figure in figure_places(on.whole.data):
        for word in _COUNTED:
            if word in figure and figure[word] not in PLACES_AND_TIMES:
                yield (*path, word), str(figure[word])
    overview = on.whole.data.get("overview") or {}
    for index, name in enumerate(overview.get("returning") or ()):
        yield ("overview", "returning", index), name
    measures = overview.get("measures") or {}
    for index, name in enumerate(measures.get("alike-in") or ()):
        yield ("overview", "measures", "alike-in", index), name
    for word in ("done-on", "named-by", "helped"):
        if word in measures:
            yield ("overview", "measures", word), f"{measures['every']}.{measures[word]}"


CHECK = Check(
    Pass.ANALYSIS,
    ("cijfer-blijft-niet",),
    kept_figure_problems,
    goes_by=("forms", "milestones", "terms"),
    reads=("overview", "reports", "forms"),
)
