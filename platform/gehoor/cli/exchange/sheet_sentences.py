"""What is wrong with a sheet that comes from elsewhere, in Dutch: of the file, of a row, of a cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from gehoor.cli.support.refusals import plain_refusals
from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.exchange.register_mapping import RegisterMapping
from gehoor.services.exchange.bringing_in import CellFaulty, RowResult

_REFUSED: Final[Mapping[str, str]] = {
    "large": "is te groot om in te brengen. Verdeel het over kleinere bestanden",
    "rows": "heeft meer dan {most} rijen. Verdeel het over kleinere bestanden",
    "columns": "heeft meer dan {most} kolommen. Laat weg wat niet nodig is",
    "no-workbook": "is geen rekenblad dat wij kunnen lezen. Open het, en bewaar het opnieuw als .xlsx of als CSV",
    "old-workbook": "is een rekenblad van voor 2007. Open het, en bewaar het als .xlsx",
    "locked": "is met een wachtwoord beveiligd. Bewaar het zonder",
    "trick": "is gemaakt om een programma te laten vastlopen, en wordt niet gelezen",
    "no-sheet": "heeft geen blad '{sheet}'. Wel: {known}",
    "no-text": "is geen CSV die wij kunnen lezen. Bewaar het als CSV in UTF-8, of als .xlsx",
    "no-heads": "heeft op rij {row} geen namen van kolommen. Zeg met 'kopregel' waar die staan",
    "no-first-row": "heeft in het blad '{sheet}' op de eerste rij geen namen van kolommen. Zet ze daar",
    "quotes": "heeft in de rij die op regel {line} begint, aanhalingstekens die niet sluiten of waar tekst op volgt. "
    "Zet de hele cel tussen aanhalingstekens en schrijf die erin dubbel, of bewaar het als .xlsx",
    "swallowed": "heeft in de rij die op regel {line} begint, een cel waarin hele rijen lijken te staan. Kijk na of er "
    "een aanhalingsteken te veel staat. Hoort die tekst in een cel, bewaar het dan als .xlsx",
    "empty": "is leeg",
}
_OF_SHEET: Final[Mapping[str, str]] = {
    "merged": "De cellen {cells} zijn samengevoegd: alleen de eerste heeft een waarde. Splits ze, en vul elke rij in.",
    "twice": "Twee kolommen heten '{column}'. Geef er een een andere naam.",
    "beyond": "Rij {row} heeft meer cellen dan er kolommen zijn. Staat er een scheidingsteken in een tekst? Zet die "
    "dan tussen aanhalingstekens.",
}
_OF_CELL: Final[Mapping[str, str]] = {
    "unknown-value": "'{value}' kennen wij hier niet.{hint} Zet het bij 'waarden', met de code die het hier is.",
    "formula": "Hier staat een formule waarvan de uitkomst niet bewaard is. Open het bestand in een rekenblad, en "
    "bewaar het opnieuw.",
    "failed": "De formule in deze cel mislukt. Vul de waarde zelf in.",
    "long": "Wat hier staat, is te lang.",
    "no-date": "'{value}' is geen dag.",
    "shown": "Dit getal ({value}) staat er met een opmaak ({form}), en leest dus anders dan het is. Zet er als tekst "
    "wat u leest, of geef het de opmaak Standaard.",
    "day": "Het rekenblad maakte hier een dag of een uur van ({value}). Zet er als tekst wat het was.",
    "short-year": "In '{value}' heeft het jaar twee cijfers. Schrijf het voluit.",
    "missing": "Hier staat niets, en aan deze kolom wordt de rij herkend.",
    "twice": "'{value}' staat ook op rij {row}. Elke rij heeft een eigen.",
    "no-department": "De afdeling '{value}' heeft geen afspraken die gelden.",
    "number-signs": "'{value}' kan geen nummer zijn: gebruik letters, cijfers, en - / . _",
    "number-far": "'{value}' ziet eruit als een nummer van hier, en zo ver is geen reeks ooit geraakt. Kijk het na: de "
    "reeks zou na dit nummer verdergaan.",
}


def refused_sentence(code: str, details: Mapping[str, Any]) -> str:
    """Say why a file is not read, to follow on its name."""
    return _REFUSED[code].format(**details)


def sheet_sentence(code: str, details: Mapping[str, Any]) -> str:
    """Say what is wrong with a sheet as a whole."""
    return _OF_SHEET[code].format(**details)


def row_sentences(result: RowResult, mapping: RegisterMapping) -> Iterator[tuple[str, str]]:
    """Give what is wrong with a row: each time the column that it is about (empty: none), and a sentence."""
    yield from ((one.column, _cell(one)) for one in result.faults)
    if result.agreement is not None:
        columns = {one.into: one.column for one in mapping.fields}
        for refusal in plain_refusals(result.agreement, DOSSIER_FORM, result.objections):
            column = columns.get(refusal["field"], "")
            about = f"{refusal['label']}: " if refusal["label"] and not column else ""
            yield column, f"{about}{refusal['message']}"


def _cell(fault: CellFaulty) -> str:
    details = {**fault.details}
    if "hint" in details:
        details["hint"] = f' Bedoelde u "{details["hint"]}"?' if details["hint"] else ""
    return _OF_CELL[fault.code].format(**details)


def unsaid_columns(heads: Iterable[str], mapping: RegisterMapping) -> list[str]:
    """Return the columns of a sheet of which a mapping says nothing."""
    named = {" ".join(one.split()).casefold() for one in mapping.columns}
    return [one for one in heads if one and one.casefold() not in named]
