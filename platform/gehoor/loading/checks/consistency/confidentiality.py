"""The levels of confidentiality are those that the field with that meaning can have: all of them, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gehoor.core.access.confidentiality import MEANING
from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def confidentiality_problems(whole: Sourced) -> Iterator[Problem]:
    """Yield the answers for which nobody said for whom the dossier exists then, and the levels that no answer gives."""
    levels = whole.data.get("confidentiality") or {}
    found = next(
        (
            (name, field)
            for name, field in whole.at(("forms", DOSSIER_FORM, "properties")).items()
            if field.get("meaning") == MEANING
        ),
        None,
    )
    codes = _codes(found[1]) if found else []
    for level in levels:
        if level not in codes:
            place = whole.spot(("confidentiality", level)).key
            yield Problem(place, "niveau-zonder-antwoord", {"value": level, "hint": hint(level, codes)})
    if found is None:
        return
    path: Path = ("forms", DOSSIER_FORM, "properties", found[0], "meaning")
    if not codes:
        yield Problem(whole.spot(path).value, "vertrouwelijkheid-zonder-keuzes", {"field": found[0]})
    for code in codes:
        if code not in levels:
            details = {"value": code, "field": found[0]}
            yield Problem(whole.spot(path).value, "antwoord-zonder-niveau", details)


def _codes(field: Mapping[str, Any]) -> list[str]:
    # A list of choices gives no one level.
    listed = field.get("oneOf", ())
    return [str(one["const"]) for one in listed] or [str(one) for one in field.get("enum", ())]


CHECK = Check(
    Pass.CONSISTENCY,
    ("niveau-zonder-antwoord", "antwoord-zonder-niveau", "vertrouwelijkheid-zonder-keuzes"),
    lambda on: confidentiality_problems(on.whole),
)
