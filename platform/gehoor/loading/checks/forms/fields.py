"""What a form asks is kept in the dossier as the same kind of answer, and no fields stand in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.forms.fields import kind_of
from gehoor.core.forms.parse import members_of
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def field_problems(whole: Sourced) -> Iterator[Problem]:
    """Yield the fields that are nowhere kept, or kept as something else, and the circles of fields."""
    yield from _lost_fields(whole)
    yield from _circles_of_fields(whole)


def _lost_fields(whole: Sourced) -> Iterator[Problem]:
    kept = whole.at(("forms", DOSSIER_FORM, "properties"))
    for form in whole.data["forms"]:
        for name, field in whole.at(("forms", form, "properties")).items():
            path: Path = ("forms", form, "properties", name)
            if name not in kept:
                yield Problem(whole.spot(path).key, "veld-niet-in-dossier", {"value": name})
            elif kind_of(field) != kind_of(kept[name]) or not _kinds_in_rows(field) <= _kinds_in_rows(
                kept[name]
            ):
                yield Problem(whole.spot(path).key, "veld-anders-dan-dossier", {"value": name})


def _kinds_in_rows(field: Mapping[str, Any]) -> set[tuple[str, str | None]]:
    """Give what each row of a list of groups asks; a form may ask less of it than the dossier, never more."""
    return {(name, kind_of(member)) for name, member in members_of(field).items()}


def _circles_of_fields(whole: Sourced) -> Iterator[Problem]:
    """A field stands after one field, so a circle is found by walking on from each."""
    for form, content in whole.data["forms"].items():
        after = {name: field["after"] for name, field in content["properties"].items() if "after" in field}
        settled: set[str] = set()
        for name in after:
            trail = [name]
            while trail[-1] in after and trail[-1] not in settled and after[trail[-1]] not in trail:
                trail.append(after[trail[-1]])
            if trail[-1] in after and trail[-1] not in settled:
                start = after[trail[-1]]
                spot = whole.spot(("forms", form, "properties", start, "after"))
                chain = " na ".join([*trail[trail.index(start) :], start])
                yield Problem(spot.value, "kring", {"chain": chain})
            settled.update(trail)


CHECK = Check(
    Pass.CONSISTENCY,
    ("veld-niet-in-dossier", "veld-anders-dan-dossier", "kring"),
    lambda on: field_problems(on.whole),
)
