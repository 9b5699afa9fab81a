"""Who sees and who changes a field, held against each other and against what everyone must be able to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.check import Check, Pass
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path


def access_problems(whole: Sourced) -> list[Problem]:
    """Return who may change what they do not see, and what whoever registers must fill in and may not."""
    fields = whole.at(("forms", DOSSIER_FORM, "properties"))
    needed = _needed_at_opening(whole, fields)
    return [
        problem
        for name, field in fields.items()
        for problem in (*_changed_unseen(whole, name, field), *_not_for_all(whole, name, field, needed))
    ]


def _changed_unseen(whole: Sourced, name: str, field: Mapping[str, Any]) -> Iterator[Problem]:
    for index, role in enumerate(field.get("edited-by", ())):
        if "seen-by" in field and role not in field["seen-by"]:
            path: Path = ("forms", DOSSIER_FORM, "properties", name, "edited-by", index)
            yield Problem(whole.spot(path).value, "wijzigen-zonder-zien", {"value": name, "role": role})


def _needed_at_opening(whole: Sourced, fields: Mapping[str, Any]) -> set[str]:
    """Give the fields without which nobody can register: required, or before what is reached by then."""
    required = set(whole.at(("forms", DOSSIER_FORM, "required")) or ())
    reached = {name for name, milestone in whole.data["milestones"].items() if milestone["field"] in required}
    early = {name for name, field in fields.items() if field.get("required-before") in reached}
    # What Gehoor fills in itself needs nobody.
    return {
        name
        for name in required | early
        if name in fields and not {"default", "automatic"} & set(fields[name])
    }


def _not_for_all(whole: Sourced, name: str, field: Mapping[str, Any], needed: set[str]) -> Iterator[Problem]:
    key = next((key for key in ("edited-by", "seen-by") if key in field), None)
    if key and name in needed:
        path: Path = ("forms", DOSSIER_FORM, "properties", name, key)
        yield Problem(whole.spot(path).key, "niet-voor-wie-registreert", {"value": name})


CHECK = Check(
    Pass.CONSISTENCY,
    ("wijzigen-zonder-zien", "niet-voor-wie-registreert"),
    lambda on: access_problems(on.whole),
)
