"""What is wrong with rows that stand in the files (in defaults, presets and examples), each at its own place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gehoor.core.forms.parse import members_of
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.checks.conditions.condition_types import unknown_codes
from gehoor.loading.merge.located_document import Sourced, value_at
from gehoor.loading.merge.source_map import Path


@dataclass(frozen=True)
class Misfits:
    """The problems of a value that does not fit its field. ``given``: as it was typed; ``name``: of the field."""

    whole: Sourced
    path: Path
    given: Any
    name: str

    def at(self, places: Iterable[tuple[int, str]]) -> Iterator[Problem]:
        """Yield a problem for each place: a row (counted from 1) and a member, or the value as a whole (0)."""
        for row, member in places:
            below: Path = tuple(part for part in (row - 1, member) if part != "") if row else ()
            shown = value_at(self.given, below) if below else self.given
            details = {"value": "niets" if shown is None else shown, "field": member or self.name}
            yield Problem(self.whole.spot((*self.path, *below)).value, "waarde-past-niet", details)


def unknown_members(whole: Sourced, path: Path, field: Mapping[str, Any], given: Any) -> Iterator[Problem]:
    """Yield each answer in the rows to something that the rows do not ask."""
    members = members_of(field)
    for index, row in enumerate(given if members and isinstance(given, list) else ()):
        for member in row if isinstance(row, dict) else ():
            if member not in members:
                where = f" in de rijen van '{path[-1]}'"
                details = {"what": "Het veld", "value": member, "where": where, "hint": hint(member, members)}
                yield Problem(whole.spot((*path, index, member)).key, "verwijst-naar-niets", details)


def unknown_codes_in_rows(
    whole: Sourced, path: Path, field: Mapping[str, Any], rows: Any
) -> Iterator[Problem]:
    """Yield each value in the rows that is no code of its member."""
    members = members_of(field)
    for index, row in enumerate(rows if members and isinstance(rows, list) else ()):
        for member in row if isinstance(row, dict) else ():
            yield from unknown_codes(whole, (*path, index, member), members.get(member, {}))
