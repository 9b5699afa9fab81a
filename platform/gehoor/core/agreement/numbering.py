"""Dossier numbers: which series a dossier belongs to, and how its place in the series is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from gehoor.core.agreement.model import Agreement

_SOME_YEAR: Final = 2026
LONGEST_SEQUENCE: Final = 9
"""The most digits that a place in a series has; what has more is no number of it."""
_FURTHEST: Final = 9_999_999
"""The furthest that a number of elsewhere lets a series go on from. None has so many: it is a slip, as a day that was
typed behind the year, and a series never goes back."""
_PLACE = re.compile(r"\{(department|year|sequence)(?::([1-9]))?\}")


def series(agreement: Agreement, year: int) -> str:
    """Name the series: everything of the number but its sequence. Each series counts from 1 without gaps."""
    return f"{agreement.organisation}/{_fill(agreement, year, None)}"


def number(agreement: Agreement, year: int, sequence: int) -> str:
    """Write a number, such as BEU-2026-0017. A sequence that outgrows its width simply gets longer."""
    return _fill(agreement, year, sequence)


def could_be_number(agreement: Agreement, text: str) -> bool:
    """Say whether a text has the shape of a number here, whether or not any dossier has it. Spaces, dashes and case
    mean nothing."""
    literals, places, widths = (_PLACE.split(agreement.number_pattern)[start::3] for start in range(3))
    shape = _plain(literals[0])
    for place, width, literal in zip(places, widths, literals[1:], strict=True):
        match place:
            case "department":
                shape += _plain(agreement.department_code)
            case "year":
                shape += f"[0-9]{{{width or 4}}}"
            case _:
                shape += f"[0-9]{{1,{LONGEST_SEQUENCE}}}"
        shape += _plain(literal)
    return re.fullmatch(shape, _plain(text)) is not None


def place_in_series(agreement: Agreement, text: str) -> tuple[int, int] | None:
    """Return the year and the sequence of a number as ``number`` writes it; None for one that it never wrote."""
    found = _place_of(agreement, text, f"1,{LONGEST_SEQUENCE}")
    return found if found and found[0] and number(agreement, *found) == text else None


def is_too_far(agreement: Agreement, text: str) -> bool:
    """Say whether a number that comes from elsewhere would be so far on in a series here that it must be a slip."""
    found = _place_of(agreement, text, "1,")
    return found is not None and found[1] > _FURTHEST


def _place_of(agreement: Agreement, text: str, digits: str) -> tuple[int, int] | None:
    """Return the year and the sequence in a text of the shape of a number. ``digits``: how many a sequence may have."""
    parts = _PLACE.split(agreement.number_pattern)
    shape = re.escape(parts[0])
    for place, width, literal in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        match place:
            case "department":
                shape += re.escape(agreement.department_code)
            case "year":
                shape += f"(?P<year>[0-9]{{{width or 4}}})"
            case _:
                shape += f"(?P<sequence>[0-9]{{{digits}}})"
        shape += re.escape(literal)
    found = re.fullmatch(shape, text)
    if found is None or "sequence" not in found.groupdict():
        return None
    said = found.groupdict().get("year") or str(_SOME_YEAR)
    return int(f"{_SOME_YEAR}"[: 4 - len(said)] + said), int(found["sequence"])


def _plain(text: str) -> str:
    return "".join(sign for sign in text.upper() if sign.isalnum())


def first_number(document: Mapping[str, Any]) -> str:
    """Return a number that the first dossier of a department has in some year; ``document``: what is published."""
    pattern, code = document["numbering"]["pattern"], document["department"]["code"]
    return _filled(pattern, code, _SOME_YEAR, 1)


def _fill(agreement: Agreement, year: int, sequence: int | None) -> str:
    return _filled(agreement.number_pattern, agreement.department_code, year, sequence)


def _filled(pattern: str, code: str, year: int, sequence: int | None) -> str:
    def place(match: re.Match[str]) -> str:
        match match.group(1):
            case "department":
                return code
            case "year":
                return str(year)[-int(match.group(2)) :] if match.group(2) else str(year)
            case _:
                return "#" if sequence is None else str(sequence).zfill(int(match.group(2) or 1))

    return _PLACE.sub(place, pattern)
