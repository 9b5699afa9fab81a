"""Series of numbers: how far each went, as the dossiers themselves tell, for where their counter does not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from gehoor.core.agreement.numbering import LONGEST_SEQUENCE
from gehoor.services.ports.store import Tables, Where
from gehoor.services.records.ledger_entries import found_in

COUNTERS: Final = "counters"
_PLACE: Final = "#"
"""Where the sequence stands in the name of a series."""
_OPENED: Final = "opened"


def counted(tables: Tables, series: str, *, anew: bool = False) -> int:
    """Return the last number of a series that was given: by its counter, and where that is damaged or gone, by the
    numbers that dossiers have. It takes reading what opened each, once a series: then there is a counter again.

    ``anew``: the counter is behind what dossiers have."""
    counter = found_in(tables, COUNTERS, series)
    last = int(counter["last"]) if counter else 0
    return last if counter and not anew else max(last, last_given(tables, [series])[series])


def reserve(tables: Tables, series: str, sequence: int) -> None:
    """Let a series go on after a number that was given elsewhere, if it is not that far yet."""
    last = max(counted(tables, series), sequence)
    tables.put(COUNTERS, series, {"series": series, "last": last})


def last_given(tables: Tables, series: Iterable[str]) -> dict[str, int]:
    """Return of each series the last number that any dossier has; 0: none."""
    found = dict.fromkeys(series, 0)
    shapes = {name: list(_shapes(name)) for name in found}
    if shapes:
        for organisation, number in _numbers(tables):
            for name, read in shapes.items():
                if name.partition("/")[0] == organisation:
                    matches = (one.fullmatch(number) for one in read)
                    found[name] = max(found[name], *(int(match[1]) for match in matches if match), 0)
    return found


def _numbers(tables: Tables) -> Iterator[tuple[str, str]]:
    """Give the number of every dossier, with its organisation: also of one of which a part is damaged."""
    for event in tables.select("events", where=Where({"kind": _OPENED}, sound_only=True)):
        yield str(event["data"].get("organisation")), str(event["data"].get("number"))
    for table in ("dossiers", "retention"):
        for document in tables.select(table, where=Where(sound_only=True)):
            yield str(document.get("organisation")), str(document.get("number"))


def _shapes(series: str) -> Iterator[re.Pattern[str]]:
    """Give how numbers of a series can be read: one of the signs that mark the place may be a sign of the number. What
    has more digits than any place has was never given here, and a series does not go on after it."""
    text = series.partition("/")[2]
    for place in (at for at, sign in enumerate(text) if sign == _PLACE):
        before, after = re.escape(text[:place]), re.escape(text[place + 1 :])
        yield re.compile(f"{before}([0-9]{{1,{LONGEST_SEQUENCE}}}){after}", re.ASCII)
