"""The fields of the dossier as people find them on its form: by phase, in order, each with the list that it is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.proposals.asking import FieldPlace
from gehoor.loading.sheets.known_names import KnownNames, files_of

_FIELDS: Final = "properties"


def field_places(workspace: Path, organisation: str) -> tuple[FieldPlace, ...]:
    """Return the fields of the dossier of an organisation, those of a phase together, in the order of the phases and
    then of the form."""
    departments = files_of(workspace, organisation).departments
    found: dict[str, FieldPlace] = {}
    often: Counter[str] = Counter()
    order: dict[str, None] = {}
    for name in departments:
        data = KnownNames(workspace, organisation, name).data
        order |= dict.fromkeys(_phase_names(data).values())
        for one in _places(data):
            found.setdefault(one.name, one)
            often[one.name] += 1
    rank = {phase: at for at, phase in enumerate(order)}
    placed = sorted(found.values(), key=lambda one: rank.get(one.phase, len(rank)))
    return tuple(replace(one, everywhere=often[one.name] == len(departments)) for one in placed)


def _phase_names(data: Mapping[str, Any]) -> dict[str, str]:
    phases = data.get("phases") or {}
    return {name: str(one.get("name", name)) for name, one in phases.items() if isinstance(one, Mapping)}


def _places(data: Mapping[str, Any]) -> Iterator[FieldPlace]:
    phases = _phase_names(data)
    fields = ((data.get("forms") or {}).get(DOSSIER_FORM) or {}).get(_FIELDS) or {}
    for name, of in fields.items():
        title, phase = _called(name, of), phases.get(of.get("phase", ""), "")
        yield FieldPlace(name, title, phase, "", everywhere=True)
        items = of.get("items")
        for member, inner in ((items.get(_FIELDS) or {}) if isinstance(items, Mapping) else {}).items():
            yield FieldPlace(f"{name}.{member}", _called(member, inner), phase, title, everywhere=True)


def _called(name: str, of: Mapping[str, Any]) -> str:
    said = of.get("title")
    return said if isinstance(said, str) else name.replace("_", " ")
