"""Nobody stands in for themselves, and nothing about dossiers is asked of a role that sees none."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.actions import WITHOUT_DOSSIERS
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.checks.references.reference_places import references
from gehoor.loading.merge.located_document import Sourced


def deputy_problems(whole: Sourced) -> Iterator[Problem]:
    """Two who stand in for each other are fine, a role that stands in for itself is not."""
    for name, role in whole.data["roles"].items():
        if role.get("deputy") == name:
            spot = whole.spot(("roles", name, "deputy"))
            yield Problem(spot.value, "eigen-vervanger", {"value": name})


def without_dossiers_problems(whole: Sourced) -> Iterator[Problem]:
    """Yield where a role for which no dossier exists is to do something with one, or to stand in for who does."""
    without = {name for name, role in whole.data["roles"].items() if not role.get("dossiers", True)}
    fine = {("rights", action.value) for action in WITHOUT_DOSSIERS}
    for reference in references(whole.data):
        if reference.group != "roles" or reference.value not in without or reference.path[:2] in fine:
            continue
        if reference.path[0] == "roles" and reference.path[1] in without:
            continue
        yield Problem(whole.spot(reference.path).value, "rol-zonder-dossiers", {"value": reference.value})


def _problems(whole: Sourced) -> Iterator[Problem]:
    yield from deputy_problems(whole)
    yield from without_dossiers_problems(whole)


CHECK = Check(Pass.CONSISTENCY, ("eigen-vervanger", "rol-zonder-dossiers"), lambda on: _problems(on.whole))
