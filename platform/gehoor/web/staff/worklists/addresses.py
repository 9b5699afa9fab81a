"""The addresses of work lists: which list, narrowed and sorted how. What an old one cannot mean is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from gehoor.services.ports.instants import to_number
from gehoor.services.ports.store import Cursor
from gehoor.services.search.worklist_filters import Sort, Standing, Tab, Wish

TABS: Final[Mapping[str, Tab]] = {
    "gevaar": Tab.DANGER,
    "mijn": Tab.MINE,
    "afdeling": Tab.DEPARTMENT,
    "te-laat": Tab.LATE,
    "deze-week": Tab.WEEK,
    "niet-toegewezen": Tab.UNASSIGNED,
    "afgesloten": Tab.CLOSED,
    "alle": Tab.ALL,
}
"""How each list is called in an address, in the order in which they stand on the page."""
SORTS: Final[Mapping[str, Sort]] = {
    "termijn": Sort.DUE,
    "ontvangen": Sort.RECEIVED,
    "nummer": Sort.NUMBER,
    "gewijzigd": Sort.CHANGED,
}
_STANDINGS: Final[Mapping[str, Standing]] = {
    "te-laat": Standing.LATE,
    "sinds-vandaag": Standing.LATE_TODAY,
    "vandaag": Standing.TODAY,
    "later": Standing.LATER,
}
_TEXTS: Final[Mapping[str, str]] = {
    "afdeling": "department", "soort": "kind", "fase": "phase", "behandelaar": "handler", "merk": "flag",
    "ernst": "severity", "rol": "responsible",
}  # fmt: skip
BESIDE: Final[Mapping[str, bool]] = {"na": False, "voor": True}
"""What goes on from a place in the list, and whether backwards."""
_BY_INSTANT: Final = (Sort.DUE, Sort.CHANGED)
_DAYS: Final[Mapping[str, str]] = {"van": "received_from", "tot": "received_until"}
_LONGEST: Final = 200


def wish_of(asked: MultiDict[str, str]) -> Wish:
    """Read what an address asks. What it cannot mean is left out: an old or a broken address shows a list too."""
    sort = asked.get("sorteer", "")
    texts: dict[str, Any] = {
        to: text for name, to in _TEXTS.items() if (text := asked.get(name, "").strip()[:_LONGEST])
    }
    days: dict[str, Any] = {to: day for name, to in _DAYS.items() if (day := _day(asked.get(name, "")))}
    wish = Wish(
        tab=TABS.get(asked.get("toon", ""), Tab.DEPARTMENT),
        sort=SORTS.get(sort.removeprefix("-")),
        descending=sort.startswith("-"),
        standing=_STANDINGS.get(asked.get("stand", "")),
        page=min(max(1, asked.get("bladzijde", 1, type=int)), 100_000),
        **texts,
        **days,
    )
    return replace(wish, cursor=_cursor(asked, wish))


def _cursor(asked: MultiDict[str, str], wish: Wish) -> Cursor | None:
    """Read from where to go on: a value of what the list is sorted by, a comma, and a dossier."""
    for word, backwards in BESIDE.items():
        value, comma, dossier = asked.get(word, "")[:_LONGEST].rpartition(",")
        if comma and dossier:
            # Not every dossier has a term: what stands at the end has no value there.
            missing = not value and wish.sorted_by in _BY_INSTANT
            if missing or wish.sorted_by not in _BY_INSTANT or to_number(value) is not None:
                return Cursor(None if missing else value, dossier, backwards)
    return None


def arguments(wish: Wish) -> dict[str, Any]:
    """Return the address of a wish, as arguments: only what differs from the plain list."""

    def name(of: Mapping[str, Any], value: object) -> str | None:
        return next((word for word, one in of.items() if one == value), None)

    found: dict[str, Any] = {
        "toon": None if wish.tab is Tab.DEPARTMENT else name(TABS, wish.tab),
        "sorteer": f"{'-' if wish.descending else ''}{name(SORTS, wish.sort)}" if wish.sort else None,
        "stand": name(_STANDINGS, wish.standing) if wish.standing else None,
        "bladzijde": wish.page if wish.page > 1 else None,
    }
    found |= {word: getattr(wish, to) or None for word, to in _TEXTS.items()}
    found |= {word: day.isoformat() for word, to in _DAYS.items() if (day := getattr(wish, to))}
    return {word: value for word, value in found.items() if value is not None}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
