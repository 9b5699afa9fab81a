"""The holidays of the years that nearly every dossier is about, as the library says them: written
down by ``python -m tests.known_years``, as importing the library takes 0.1 s. Of other years the library is asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

_NAMES: Final[Mapping[str, Mapping[str, str]]] = {
    "BE": {
        "a": "Nieuwjaar",
        "b": "Pasen",
        "c": "Paasmaandag",
        "d": "Dag van de Arbeid",
        "e": "O. L. H. Hemelvaart",
        "f": "Pinksteren",
        "g": "Pinkstermaandag",
        "h": "Nationale feestdag",
        "i": "O. L. V. Hemelvaart",
        "j": "Allerheiligen",
        "k": "Wapenstilstand",
        "l": "Kerstmis",
    },
    "NL": {
        "a": "Nieuwjaarsdag",
        "b": "Goede vrijdag",
        "c": "Eerste paasdag",
        "d": "Tweede paasdag",
        "e": "Koningsdag",
        "f": "Hemelvaartsdag",
        "g": "Eerste pinksterdag",
        "h": "Tweede pinksterdag",
        "i": "Eerste kerstdag",
        "j": "Tweede kerstdag",
        "k": "Bevrijdingsdag",
    },
}
_DAYS: Final[Mapping[str, Mapping[int, str]]] = {
    "BE": {
        2024: "a0101 b0331 c0401 d0501 e0509 f0519 g0520 h0721 i0815 j1101 k1111 l1225",
        2025: "a0101 b0420 c0421 d0501 e0529 f0608 g0609 h0721 i0815 j1101 k1111 l1225",
        2026: "a0101 b0405 c0406 d0501 e0514 f0524 g0525 h0721 i0815 j1101 k1111 l1225",
        2027: "a0101 b0328 c0329 d0501 e0506 f0516 g0517 h0721 i0815 j1101 k1111 l1225",
        2028: "a0101 b0416 c0417 d0501 e0525 f0604 g0605 h0721 i0815 j1101 k1111 l1225",
        2029: "a0101 b0401 c0402 d0501 e0510 f0520 g0521 h0721 i0815 j1101 k1111 l1225",
        2030: "a0101 b0421 c0422 d0501 e0530 f0609 g0610 h0721 i0815 j1101 k1111 l1225",
        2031: "a0101 b0413 c0414 d0501 e0522 f0601 g0602 h0721 i0815 j1101 k1111 l1225",
        2032: "a0101 b0328 c0329 d0501 e0506 f0516 g0517 h0721 i0815 j1101 k1111 l1225",
        2033: "a0101 b0417 c0418 d0501 e0526 f0605 g0606 h0721 i0815 j1101 k1111 l1225",
        2034: "a0101 b0409 c0410 d0501 e0518 f0528 g0529 h0721 i0815 j1101 k1111 l1225",
        2035: "a0101 b0325 c0326 d0501 e0503 f0513 g0514 h0721 i0815 j1101 k1111 l1225",
        2036: "a0101 b0413 c0414 d0501 e0522 f0601 g0602 h0721 i0815 j1101 k1111 l1225",
    },
    "NL": {
        2024: "a0101 b0329 c0331 d0401 e0427 f0509 g0519 h0520 i1225 j1226 k0505",
        2025: "a0101 b0418 c0420 d0421 e0426 k0505 f0529 g0608 h0609 i1225 j1226",
        2026: "a0101 b0403 c0405 d0406 e0427 f0514 g0524 h0525 i1225 j1226 k0505",
        2027: "a0101 b0326 c0328 d0329 e0427 f0506 g0516 h0517 i1225 j1226 k0505",
        2028: "a0101 b0414 c0416 d0417 e0427 f0525 g0604 h0605 i1225 j1226 k0505",
        2029: "a0101 b0330 c0401 d0402 e0427 f0510 g0520 h0521 i1225 j1226 k0505",
        2030: "a0101 b0419 c0421 d0422 e0427 k0505 f0530 g0609 h0610 i1225 j1226",
        2031: "a0101 b0411 c0413 d0414 e0426 f0522 g0601 h0602 i1225 j1226 k0505",
        2032: "a0101 b0326 c0328 d0329 e0427 f0506 g0516 h0517 i1225 j1226 k0505",
        2033: "a0101 b0415 c0417 d0418 e0427 f0526 g0605 h0606 i1225 j1226 k0505",
        2034: "a0101 b0407 c0409 d0410 e0427 f0518 g0528 h0529 i1225 j1226 k0505",
        2035: "a0101 b0323 c0325 d0326 e0427 k0505 f0503 g0513 h0514 i1225 j1226",
        2036: "a0101 b0411 c0413 d0414 e0426 f0522 g0601 h0602 i1225 j1226 k0505",
    },
}
"""Year -> the sign of each holiday, with its month and day."""


def known_names(country: str, year: int) -> Mapping[date, str] | None:
    """Return what the library says of a year, or None where that is not written down."""
    days = _DAYS[country].get(year)
    if days is None:
        return None
    return {date(year, int(day[1:3]), int(day[3:])): _NAMES[country][day[0]] for day in days.split()}
