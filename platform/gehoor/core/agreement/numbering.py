"""Dossier numbers: which series a dossier belongs to, and how its place in the series is written."""

from __future__ import annotations

import re

from gehoor.core.agreement.model import Agreement

_PLACE = re.compile(r"\{(department|year|sequence)(?::([1-9]))?\}")


def series(agreement: Agreement, year: int) -> str:
    """Name the series: everything of the number but its sequence. Each series counts from 1 without gaps."""
    return f"{agreement.organisation}/{_fill(agreement, year, None)}"


def number(agreement: Agreement, year: int, sequence: int) -> str:
    """Write a number, such as BEU-2026-0017. A sequence that outgrows its width simply gets longer."""
    return _fill(agreement, year, sequence)


def _fill(agreement: Agreement, year: int, sequence: int | None) -> str:
    def place(match: re.Match[str]) -> str:
        match match.group(1):
            case "department":
                return agreement.department_code
            case "year":
                return str(year)[-int(match.group(2)) :] if match.group(2) else str(year)
            case _:
                return "#" if sequence is None else str(sequence).zfill(int(match.group(2) or 1))

    return _PLACE.sub(place, agreement.number_pattern)
