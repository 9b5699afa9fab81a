"""Themes: the answers by which is seen what keeps coming back, and which measures were taken against that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.figures.counting import UNANSWERED, codes_of
from gehoor.core.figures.facts import is_counted
from gehoor.core.reports.model import Overview

_IS: Final = "="
_ROOM: Final = 1000
"""So many bytes of themes are kept of one dossier."""


def theme(field: str, code: str) -> str:
    """Return how a theme is kept: a field with one of its answers."""
    return f"{field}{_IS}{code}"


def unanswered(field: str) -> str:
    """Return what is asked for, like a theme, of dossiers in which a field has no answer. It is kept of none."""
    return theme(field, UNANSWERED)


def lacking(asked: Iterable[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return, of what is asked for, the themes that a dossier has, and the fields that have no answer in it."""
    parts = [(one, *theme_parts(one)) for one in asked]
    return (
        tuple(one for one, _field, code in parts if code != UNANSWERED),
        frozenset(field for _one, field, code in parts if code == UNANSWERED),
    )


def answered_in(themes: Iterable[str]) -> frozenset[str]:
    """Return the fields that have an answer, of which these themes are kept."""
    return frozenset(field for field, code in map(theme_parts, themes) if code)


def theme_parts(kept: str) -> tuple[str, str]:
    """Return the field and the answer of a theme."""
    field, _, code = kept.partition(_IS)
    return field, code


def taken(overview: Overview) -> str:
    """Return what is kept among the themes of a dossier in which some measure was taken; empty: none are looked at."""
    return f"{overview.measures.rows}{_IS}" if overview.measures else ""


def theme_fields(overview: Overview) -> tuple[str, ...]:
    """Return the fields whose answers are themes."""
    alike = overview.measures.alike if overview.measures else ()
    return tuple(dict.fromkeys((*overview.returning, *alike)))


def themes_in(agreement: Agreement, values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the themes of a dossier: by each field that the overview looks at, what was answered there."""
    fields, overview = agreement.dossier_form.fields, agreement.overview
    found = [
        theme(name, code)
        for name in theme_fields(overview)
        if name in fields and name in values and is_counted(fields[name]) and not fields[name].type.has_rows
        for code in codes_of(values[name])
    ]
    if measures_in(overview, values):
        found.insert(0, taken(overview))
    return tuple(_bounded(found))


def _bounded(found: Iterable[str]) -> Iterator[str]:
    """Give as many themes as lists have room for: what they are counted by stands together in an index."""
    room = _ROOM
    for one in found:
        room -= len(one.encode()) + 1
        if room >= 0:
            yield one


@dataclass(frozen=True, slots=True)
class Taken:
    """A measure that was taken: which row of its list (from 1), on which local day (ISO), what it is (a code), and
    whether it helped, as answered (a code; empty: nobody said)."""

    row: int
    day: str
    kind: str
    helped: str = ""


def measures_in(overview: Overview, values: Mapping[str, Any]) -> list[Taken]:
    """Return the measures that were taken, in the order of their rows."""
    agreed = overview.measures
    rows = values.get(agreed.rows) if agreed else None
    if agreed is None or not isinstance(rows, list):
        return []
    return [
        Taken(
            number,
            str(row[agreed.done_on])[:10],
            str(row.get(agreed.named_by, "")),
            str(row.get(agreed.helped, "")),
        )
        for number, row in enumerate(rows, start=1)
        if isinstance(row, Mapping) and row.get(agreed.done_on)
    ]
