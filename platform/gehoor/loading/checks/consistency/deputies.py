"""Nobody stands in for themselves, and nothing about dossiers is asked of a role that sees none."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Any

from gehoor.core.agreement.actions import WITHOUT_DOSSIERS
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.references.reference_places import references
from gehoor.loading.merge.located_document import Sourced


def deputy_problems(whole: Sourced) -> Iterator[Problem]:
    """Two who stand in for each other are fine, a role that stands in for itself is not."""
    for name, role in whole.data["roles"].items():
        if role.get("deputy") == name:
            spot = whole.spot(("roles", name, "deputy"))
            yield Problem(spot.value, "eigen-vervanger", {"value": name})


def without_dossiers_problems(on: Subject) -> list[Problem]:
    """Return where a role for which no dossier exists is to do something with one, or to stand in for who does."""
    without = {name for name, role in on.whole.data["roles"].items() if not role.get("dossiers", True)}
    return [
        problem
        for section, content in on.whole.data.items()
        for problem in on.sound.unless(
            "rol-zonder-dossiers",
            (sorted(without), on.said.section(section)),
            partial(_named, on.whole, {section: content}, without),
        )
    ]


def _named(whole: Sourced, data: Mapping[str, Any], without: Collection[str]) -> Iterator[Problem]:
    fine = {("rights", action.value) for action in WITHOUT_DOSSIERS}
    for reference in references(data):
        if reference.group != "roles" or reference.value not in without or reference.path[:2] in fine:
            continue
        if reference.path[0] == "roles" and reference.path[1] in without:
            continue
        yield Problem(whole.spot(reference.path).value, "rol-zonder-dossiers", {"value": reference.value})


def _problems(on: Subject) -> Iterator[Problem]:
    yield from deputy_problems(on.whole)
    yield from without_dossiers_problems(on)


CHECK = Check(Pass.CONSISTENCY, ("eigen-vervanger", "rol-zonder-dossiers"), _problems)
