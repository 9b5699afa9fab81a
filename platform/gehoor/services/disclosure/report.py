"""The files of a disclosure: a text to read, the same as JSON, and what was attached."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.access.disclosure import Party
from gehoor.core.text.steering import unsteered
from gehoor.core.wording.registry import DUTCH
from gehoor.services.disclosure.finding import Person
from gehoor.services.disclosure.person import Disclosed, Given

PARTIES: Final = {
    "klager": Party.COMPLAINANT,
    "beklaagde": Party.ACCUSED,
    "volledig": Party.OFFICER,
}
"""What each party is called where it is chosen."""
_UNSAFE: Final = re.compile(r"[^\w.\- ]+")
_LONGEST: Final = 100


def files_of(
    given: Given, who: Person, part: str, elsewhere: Sequence[str] = ()
) -> Iterator[tuple[str, bytes]]:
    """Give each file: where it stands below a folder, and its content. ``elsewhere``: the departments that were not
    looked in."""
    yield "inzage.txt", unsteered("\n".join([*_lines(given, who, part, elsewhere), ""])).encode()
    data = [{**asdict(one), "files": [name for name, _ in one.files]} for one in given.dossiers]
    told = {
        "person": asdict(who),
        "as": part,
        "not_looked_in": list(elsewhere),
        "damaged": len(given.damaged),
        "dossiers": data,
    }
    yield "inzage.json", json.dumps(told, ensure_ascii=False, indent=1, default=_plain).encode()
    for one in given.dossiers:
        for index, (name, content) in enumerate(one.files, start=1):
            yield f"bijlagen/{_safe(one.number)}/{index:02}-{_safe(name)}", content


def _safe(name: str) -> str:
    return _UNSAFE.sub("_", name).lstrip(". ")[-_LONGEST:] or "bestand"


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def elsewhere_sentence(elsewhere: Sequence[str]) -> str:
    """Say where nobody looked, so that nobody takes it for all."""
    return f"Niet gezocht in: {', '.join(elsewhere)}. Daar geeft iemand anders inzage; vraag het ook daar."


def damaged_sentence(damaged: Sequence[str]) -> str:
    """Say which dossiers could not be read, for whoever gives access: what they give is not all."""
    named = ", ".join(filter(None, damaged))
    many = f"{len(damaged)} {'dossier' if len(damaged) == 1 else 'dossiers'}"
    return f"Beschadigd, en niet gelezen: {many}{f' ({named})' if named else ''}. Kijk na met: gehoor verify"


def _lines(given: Given, who: Person, part: str, elsewhere: Sequence[str]) -> Iterator[str]:
    about = ", ".join(value for value in asdict(who).values() if value)
    yield f"Wat er bewaard is over: {about}"
    yield f"Voor: {part}"
    if elsewhere:
        yield elsewhere_sentence(elsewhere)
    if given.damaged:
        # Whose those are, nobody can tell: their numbers are for whoever gives access.
        yield f"Niet alles kon gelezen worden ({len(given.damaged)}). Vraag het later nog eens."
    for one in given.dossiers:
        yield from _dossier(one)
    if not given.dossiers:
        yield "Niets gevonden."


def _dossier(one: Disclosed) -> Iterator[str]:
    yield ""
    yield f"{one.number}, {one.department}"
    yield f"  Geopend op {_moment(one, one.opened_at)}; {'afgesloten' if one.closed else 'loopt nog'}"
    for _, label, text in one.answers:
        yield f"  {label}: {text}"
    if one.withheld:
        yield f"  Weggelaten, omdat het over anderen gaat of van wie het behandelt: {one.withheld}"
    for at, by, text in one.noted:
        yield f"  Notitie van {by}, {_moment(one, at)}: {text}"
    for at, ours, text in one.written:
        yield f"  {_moment(one, at)}, {'van ons' if ours else 'van de melder'}: {text}"
    for created, role, subject in one.sent:
        when = _moment(one, datetime.fromisoformat(created))
        yield f"  Bericht op {when} aan {role or 'wie het behandelt'}: {subject}"
    for at, kind, actor in one.happened:
        yield f"  {_moment(one, at)}, {kind}, door {actor}"
    for name, content in one.files:
        yield f"  Bijlage: {name} ({DUTCH.formats.size(len(content))})"


def _moment(one: Disclosed, at: datetime | None) -> str:
    return DUTCH.formats.instant(at.astimezone(ZoneInfo(one.time_zone))) if at else ""
