"""The steps of a form for people outside: each field in one of them, and the dossier in none."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import listed
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def step_problems(whole: Sourced) -> Iterator[Problem]:
    """Yield what is wrong with which fields stand together. That the fields exist was checked before."""
    for form, content in whole.data["forms"].items():
        steps: Path = ("forms", form, "steps")
        if "steps" not in content:
            continue
        if form == DOSSIER_FORM:
            yield Problem(whole.spot(steps).key, "dossier-zonder-stappen")
            continue
        seen: dict[str, int] = {}
        for number, step in enumerate(content["steps"], start=1):
            for index, name in enumerate(step["fields"]):
                if name in seen:
                    spot = whole.spot((*steps, number - 1, "fields", index))
                    details = {"value": name, "first": seen[name], "number": number}
                    yield Problem(spot.value, "veld-in-twee-stappen", details)
                seen.setdefault(name, number)
        yield from _in_no_step(whole, steps, [name for name in content["properties"] if name not in seen])


def _in_no_step(whole: Sourced, steps: Path, names: list[str]) -> Iterator[Problem]:
    place, fields = whole.spot(steps).key, (*steps[:2], "properties")
    forgotten = []
    for name in names:
        # A department that adds a field is told at its own field, not at steps that are another's.
        own = whole.spot((*fields, name)).key
        if own.file.split("/")[-2] == "afdelingen" and own.file != place.file:
            yield Problem(own, "veld-in-geen-stap", {"named": listed([name])})
        else:
            forgotten.append(name)
    if forgotten:
        yield Problem(place, "veld-in-geen-stap", {"named": listed(forgotten)})


CHECK = Check(
    Pass.CONSISTENCY,
    ("dossier-zonder-stappen", "veld-in-twee-stappen", "veld-in-geen-stap"),
    lambda on: step_problems(on.whole),
)
