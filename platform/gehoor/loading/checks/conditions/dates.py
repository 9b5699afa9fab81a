"""What is wrong with the days in conditions: a field that does not exist or that holds no date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.parse import DAYS
from gehoor.core.conditions.relative_dates import TODAY, read_relative_date
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint, question
from gehoor.loading.checks.forms.field_places import Fields, field_paths
from gehoor.loading.keywords.relative_dates import is_relative
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_NOW: Final = ("nu", "heden", "now", "morgen", "gisteren", "today")
_CALENDAR: Final = (
    "van een dag af telt u in kalenderdagen, weken, maanden of jaren, niet in werkdagen of uren"
)


def day_problems(whole: Sourced, path: Path, fields: Fields) -> Iterator[Problem]:
    """Yield what is wrong with the days that the field at a path is compared with."""
    for word in _relative_days(whole.at(path)):
        yield from _problem(whole, (*path, word), fields)


def names_broken_day(value: Any, fields: Fields) -> bool:
    """Say whether a value is compared with a day that is reckoned from a field that could not be read."""
    return any(fields.excuses(read_relative_date(value[word]).fact) for word in _relative_days(value))


def _hint(other: str, path: Path, fields: Fields) -> str:
    """A bound may be reckoned from today, which people call by many words."""
    today = load_vocabulary(DEFAULT_LANGUAGE).value_word(TODAY)
    if path[-1] in ("not-before", "not-after"):
        return question(today) if other in _NOW else hint(other, [*fields.data, today])
    return hint(other, fields.data)


def _relative_days(value: Any) -> list[str]:
    return [word for word in DAYS if is_relative(value.get(word, ""))] if isinstance(value, dict) else []


def bound_problems(whole: Sourced, fields: Fields) -> Iterator[Problem]:
    """Yield what is wrong with the days that dates in forms may not be before or after."""
    for path, field in field_paths(whole, fields.broken):
        for word in ("not-before", "not-after"):
            value = field.get(word, "")
            if not is_relative(value):
                continue
            day = read_relative_date(value)
            if not day.is_by_calendar:
                yield Problem(whole.spot((*path, word)).value, "voorwaarde-klopt-niet", {"reason": _CALENDAR})
            elif day.fact != TODAY:
                yield from _problem(whole, (*path, word), fields)


def _problem(whole: Sourced, path: Path, fields: Fields) -> Iterator[Problem]:
    other, spot = read_relative_date(whole.at(path)).fact, whole.spot(path)
    if fields.excuses(other):
        return
    if other not in fields.data:
        details = {"what": "Het veld", "value": other, "hint": _hint(other, path, fields)}
        yield Problem(spot.value, "verwijst-naar-niets", details)
    elif other in fields.types and fields.types[other] is not FactType.DATE:
        reason = f"in het veld '{other}' staat geen datum, en een dag vergelijkt u met een datum"
        yield Problem(spot.value, "voorwaarde-klopt-niet", {"reason": reason})
