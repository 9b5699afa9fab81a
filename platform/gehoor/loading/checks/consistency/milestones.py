"""Milestones are marked by a field that holds a day, and open phases that can be reached."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.forms.fields import FieldType, type_of
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced

_MOMENTS: tuple[tuple[str, Callable[[FieldType], bool], str], ...] = (
    ("field", lambda of: of.moment is not None, "een veld met een datum"),
    ("hour", lambda of: of.holds_hour, "een veld met een uur"),
)


def milestone_problems(whole: Sourced) -> Iterator[Problem]:
    """Yield the milestones without a day, and the phases that no milestone ever opens."""
    yield from _milestones_without_date(whole)
    yield from _unreachable_phases(whole)


def _milestones_without_date(whole: Sourced) -> Iterator[Problem]:
    fields = whole.at(("forms", DOSSIER_FORM, "properties"))
    for name, milestone in whole.data["milestones"].items():
        for key, fits, wanted in _MOMENTS:
            if key in milestone and not ((of := type_of(fields[milestone[key]])) and fits(of)):
                spot = whole.spot(("milestones", name, key))
                yield Problem(
                    spot.value, "mijlpaal-zonder-datum", {"value": milestone[key], "wanted": wanted}
                )


def _unreachable_phases(whole: Sourced) -> Iterator[Problem]:
    """A phase opens after a milestone whose field stands in a phase that can be open by then."""
    fields = whole.at(("forms", DOSSIER_FORM, "properties"))
    phases, milestones = whole.data["phases"], whole.data["milestones"]
    open_phases = {name for name, phase in phases.items() if not phase.get("opens-after")}
    grown = True
    while grown:
        reachable = {m for m, data in milestones.items() if fields[data["field"]]["phase"] in open_phases}
        more = {name for name, phase in phases.items() if phase.get("opens-after") in reachable} - open_phases
        open_phases |= more
        grown = bool(more)
    for name, phase in phases.items():
        if name not in open_phases:
            spot = whole.spot(("phases", name, "opens-after"))
            details = {"value": name, "milestone": phase["opens-after"]}
            yield Problem(spot.value, "onbereikbare-fase", details)


CHECK = Check(
    Pass.CONSISTENCY, ("mijlpaal-zonder-datum", "onbereikbare-fase"), lambda on: milestone_problems(on.whole)
)
