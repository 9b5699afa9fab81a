"""What is wrong with the days in conditions: a field that does not exist or that holds no date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.parse import DAYS
from gehoor.core.conditions.relative_dates import TODAY, read_relative_date
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.checks.references.field_places import field_paths
from gehoor.loading.keywords.relative_dates import is_relative
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_CALENDAR: Final = (
    "van een dag af telt u in kalenderdagen, weken, maanden of jaren, niet in werkdagen of uren"
)


def day_problems(
    whole: Sourced, path: Path, types: Mapping[str, FactType], known: Mapping[str, Any]
) -> Iterator[Problem]:
    """Yield what is wrong with the days that the field at a path is compared with. ``known``: all fields."""
    value = whole.at(path)
    for word in DAYS if isinstance(value, dict) else ():
        if word in value and is_relative(value[word]):
            yield from _problem(whole, (*path, word), types, known)


def bound_problems(whole: Sourced, broken: Broken, types: Mapping[str, FactType]) -> Iterator[Problem]:
    """Yield what is wrong with the days that dates in forms may not be before or after."""
    known = whole.at(("forms", DOSSIER_FORM, "properties"))
    for path, field in field_paths(whole, broken):
        for word in ("not-before", "not-after"):
            value = field.get(word, "")
            if not is_relative(value):
                continue
            day = read_relative_date(value)
            if not day.is_by_calendar:
                yield Problem(whole.spot((*path, word)).value, "voorwaarde-klopt-niet", {"reason": _CALENDAR})
            elif day.fact != TODAY:
                yield from _problem(whole, (*path, word), types, known)


def _problem(
    whole: Sourced, path: Path, types: Mapping[str, FactType], known: Mapping[str, Any]
) -> Iterator[Problem]:
    other, spot = read_relative_date(whole.at(path)).fact, whole.spot(path)
    if other not in known:
        details = {"what": "Het veld", "value": other, "hint": hint(other, known)}
        yield Problem(spot.value, "verwijst-naar-niets", details)
    elif other in types and types[other] is not FactType.DATE:
        reason = f"in het veld '{other}' staat geen datum, en een dag vergelijkt u met een datum"
        yield Problem(spot.value, "voorwaarde-klopt-niet", {"reason": reason})
