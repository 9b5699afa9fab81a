"""Write down what the library says of the holidays of the years that nearly every dossier is about:
``python -m tests.known_years``, after a new version of the library or when a year is to be added."""

from __future__ import annotations

from string import ascii_lowercase
from typing import Final

from gehoor.core.calendar.holidays import library_names
from tests.support.places import SOURCE

YEARS: Final = range(2024, 2037)
CALENDARS: Final = ("BE", "NL")
FILE: Final = SOURCE / "gehoor" / "core" / "calendar" / "known_years.py"

_HEAD: Final = '''"""The holidays of the years that nearly every dossier is about, as the library says them: written
down by ``python -m tests.known_years``, as importing the library takes 0.1 s. Of other years the library is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

'''
_TAIL: Final = '''

def known_names(country: str, year: int) -> Mapping[date, str] | None:
    """Return what the library says of a year, or None where that is not written down."""
    days = _DAYS[country].get(year)
    if days is None:
        return None
    return {date(year, int(day[1:3]), int(day[3:])): _NAMES[country][day[0]] for day in days.split()}
'''


def written() -> str:
    """Return the module as it is to be."""
    found = {country: {year: library_names(country, year) for year in YEARS} for country in CALENDARS}
    names = {
        country: list(dict.fromkeys(n for of in years.values() for n in of.values()))
        for country, years in found.items()
    }
    letters = {country: dict(zip(of, ascii_lowercase, strict=False)) for country, of in names.items()}
    lines = ["_NAMES: Final[Mapping[str, Mapping[str, str]]] = {"]
    for country, of in letters.items():
        lines += [
            f'    "{country}": {{',
            *(f'        "{sign}": "{name}",' for name, sign in of.items()),
            "    },",
        ]
    lines += ["}", "_DAYS: Final[Mapping[str, Mapping[int, str]]] = {"]
    for country, years in found.items():
        lines.append(f'    "{country}": {{')
        for year, days in years.items():
            said = " ".join(f"{letters[country][name]}{day:%m%d}" for day, name in days.items())
            lines.append(f'        {year}: "{said}",')
        lines.append("    },")
    lines += ["}", '"""Year -> the sign of each holiday, with its month and day."""']
    return _HEAD + "\n".join(lines) + "\n" + _TAIL


if __name__ == "__main__":
    FILE.write_text(written(), "utf-8")
