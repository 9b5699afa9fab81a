"""Numbers, calendar and letters: how a dossier is called, which days count, and what we write."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.numbering import number
from gehoor.core.calendar.working_days import WORK_WEEK, Calendar, ClosedPeriod
from gehoor.core.wording.chapters import Chapter, Item, Sentence, chapter, loose
from gehoor.core.wording.nl.agreement.phrases import closed, joined, readable
from gehoor.core.wording.nl.dates import DAY_NAMES, show_dates
from gehoor.core.wording.nl.formats import quoted

_EXAMPLE_YEAR = 2026
_PLACE = re.compile(r"\{([a-z]+)(:[1-9])?\}")
_PLACES: Final[Mapping[str, str]] = {
    "department": "afdeling", "year": "jaar", "sequence": "volgnummer", "number": "nummer", "term": "termijn",
    "due": "vervaldatum", "recipient": "ontvanger", "link": "link", "reason": "reden",
}  # fmt: skip
_PARTS: Final[Mapping[str, str]] = {
    "department": "de code van de afdeling", "year": "het jaar", "sequence": "een volgnummer",
}  # fmt: skip
_YEARS: Final[Mapping[str, str]] = {"receipt": "ontvangst", "registration": "registratie"}
_HOLIDAYS: Final[Mapping[str, str]] = {
    "BE-WET": "de tien wettelijke feestdagen van België",
    "BE-VL": "de wettelijke feestdagen van België en 11 juli",
    "BE-FED": "de wettelijke feestdagen van België, 2 november, 15 november en 26 december",
    "NL-ATW": "de algemeen erkende feestdagen van Nederland en Goede Vrijdag",
    "GEEN": "geen",
}
_NOTICES: Final[Mapping[str, str]] = {
    "reminder": "Als herinnering",
    "late": "Als iets te laat is",
    "notification": "Als een regel iemand verwittigt",
    "to-read": "Als er iets klaarstaat om te lezen",
    "code-mail": "Met een nieuwe volgcode",
    "received": "Meteen aan wie iets meldt en een e-mailadres geeft",
    "task": "Aan wie een taak heeft",
}


def numbering(agreement: Agreement) -> Chapter:
    """Say how dossiers are numbered."""
    example = number(agreement, _EXAMPLE_YEAR, 1)
    year = _YEARS.get(agreement.number_year_of, agreement.number_year_of)
    return chapter(
        "numbering",
        "Nummers van dossiers",
        loose(
            "numbering",
            Sentence("numbering/pattern", _built(agreement.number_pattern, example)),
            Sentence("numbering/year-of", f"Het jaar in het nummer is dat van de {year}."),
        ),
    )


def _built(pattern: str, example: str) -> str:
    """Say what a number is made of, in words."""
    parts = [
        f"{_PARTS.get(name, name)}{f' van {width[1:]} cijfers' if width and width != ':1' else ''}"
        for name, width in _PLACE.findall(pattern)
    ]
    return f"Een nummer bestaat uit {joined(parts)}, bijvoorbeeld {example}."


def calendar(agreement: Agreement) -> Chapter:
    """Say which days are no working days, and what other calendars terms are counted by."""
    own = loose("calendar", *_days("calendar", agreement.calendar))
    others = (
        Item(
            f"calendars/{name}",
            name,
            tuple(_days(f"calendars/{name}", other)),
            new=f"Nieuwe kalender: {name}.",
            gone=f"De kalender {name} is weg.",
        )
        for name, other in agreement.calendars.items()
    )
    return chapter("calendar", "Feestdagen en sluitingsdagen", own, *others)


def _days(key: str, of: Calendar) -> Iterator[Sentence]:
    yield Sentence(f"{key}/holidays", f"Feestdagen: {_HOLIDAYS.get(of.name, of.name)} ({of.name}).")
    if of.week != WORK_WEEK:
        days = joined([DAY_NAMES[day] for day in sorted(of.week)])
        yield Sentence(f"{key}/days", f"Werkdagen zijn hier: {days}.")
    yield from (_closed(key, period) for period in of.closed)


def _closed(key: str, period: ClosedPeriod) -> Sentence:
    days = show_dates(period.first, period.last)
    each = ", en elk jaar daarna op dezelfde dag" if period.yearly else ""
    count = "Dat telt niet als werkdag."
    place = f"{key}/closed/{period.first.isoformat()}"
    return Sentence(place, f"Gesloten: {days}{each} ({period.name}). {count}")


def letters(agreement: Agreement) -> Chapter:
    """Show the letters, and say when each is sent."""
    sent = loose(
        "notices",
        *(
            Sentence(
                f"notices/{occasion}",
                f"{_NOTICES.get(occasion, readable(occasion))}, sturen wij {_called(agreement, letter)}.",
            )
            for occasion, letter in agreement.notices.items()
        ),
    )
    return chapter("letters", "Brieven", sent, *(_letter(agreement, name) for name in agreement.letters))


def _called(agreement: Agreement, letter: str) -> str:
    template = agreement.correspondence.get(letter)
    return f"de brief {quoted(template.name if template else readable(letter))}"


def _letter(agreement: Agreement, name: str) -> Item:
    letter, key, title = agreement.letters[name], f"letters/{name}", readable(name)
    return Item(
        key,
        f"Brief {title}",
        (
            Sentence(f"{key}/subject", f"Het onderwerp is: {closed(_dutch(letter.subject))}"),
            Sentence(f"{key}/text", f"De tekst is:\n{_dutch(letter.text).strip()}"),
        ),
        new=f"Nieuwe brief: {title}.",
        gone=f"De brief {quoted(title)} is weg.",
    )


def _dutch(text: str) -> str:
    """Put the places in braces in Dutch words."""
    return _PLACE.sub(lambda match: f"{{{_PLACES.get(match[1], match[1])}{match[2] or ''}}}", text)
