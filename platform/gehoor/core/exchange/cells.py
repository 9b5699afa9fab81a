"""Cells of a sheet as answers: what stands there, in the way that the reader of a field takes it.

A sheet says less than a form: a day may be a number, a code a word, a number a text with a comma. What can mean two
things is a fault, and never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, Final, TypeAlias

from gehoor.core.exchange.number_formats import ShownNumber
from gehoor.core.exchange.register_mapping import ColumnRule, DateOrder, RegisterMapping
from gehoor.core.forms.fields import Field
from gehoor.core.text.suggestions import nearest

_FIRST_DAY: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - sheets count days, in no zone
_FIRST_DAY_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001
_LAST_SERIAL: Final = 2_958_465
"""The last day that a sheet counts: 31 December 9999."""
_WITH_HOUR: Final = re.compile(r"(?P<day>.+?)[ T]+[0-9]{1,2}[:.u][0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?")
_NUMBERED: Final = re.compile(
    r"(?P<first>[0-9]{1,2})(?P<sign>[-/. ])(?P<second>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4})"
)
_SHORT_YEAR: Final = re.compile(r"[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2}")
_YES_NO: Final = {
    "ja": True, "j": True, "x": True, "waar": True, "true": True, "yes": True, "oui": True, "1": True,
    "nee": False, "n": False, "onwaar": False, "false": False, "no": False, "non": False, "0": False,
}  # fmt: skip
_AS_SHEET: Final = "'"
"""Stands before a text that a sheet would take for a formula."""
_FORMULA: Final = tuple("=+-@")


@dataclass(frozen=True, slots=True)
class CellFault:
    """A cell with nothing that can be read: a formula whose outcome was not kept (``formula``), one that failed
    (``failed``), or a text that is too long (``long``)."""

    code: str


Cell: TypeAlias = (
    "str | int | float | bool | datetime | date | time | timedelta | ShownNumber | CellFault | None"
)


class CellError(ValueError):
    """A cell cannot be an answer. ``code`` says why; ``details`` fill the sentence."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.code, self.details = code, details


@dataclass(frozen=True)
class SheetRow:
    """A row as it was read: its number in the sheet, and its cells by the name of their column."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was read. ``heads``: the names of the columns, in order; ``problems``: what is wrong with the sheet
    as a whole (code, and what belongs to it); ``from_1904``: its days count from 1904 on; ``hidden``: how many of its
    rows nobody sees there, as somebody hid them or a filter does."""

    heads: tuple[str, ...] = ()
    rows: tuple[SheetRow, ...] = ()
    from_1904: bool = False
    problems: tuple[tuple[str, Mapping[str, Any]], ...] = field(default=())
    hidden: int = 0


def plain_head(name: str) -> str:
    """Return the name of a column as names are held against each other: capitals and spaces make no difference."""
    return " ".join(name.split()).casefold()


def bare(cell: Cell) -> Cell:
    """Return what is in a cell, whatever of it is read there."""
    return cell.value if isinstance(cell, ShownNumber) else cell


def as_text(cell: Cell) -> str:  # noqa: PLR0911 - one for each kind of cell
    """Return what stands in a cell as one text, as somebody reads it there. Raises ``CellError``."""
    match cell:
        case None:
            return ""
        case CellFault():
            raise CellError(cell.code)
        case ShownNumber():
            return _read_there(cell)
        case bool():
            return "ja" if cell else "nee"
        case float() if cell.is_integer() and abs(cell) < 10**15:
            return str(int(cell))
        case datetime() if cell.time() != time():
            return f"{cell:%d/%m/%Y %H:%M}"
        case date():
            return f"{cell:%d/%m/%Y}"
        case time():
            return f"{cell:%H:%M}"
        case str():
            text = cell.strip()
            return text[1:] if text.startswith(_AS_SHEET) and text[1:].startswith(_FORMULA) else text
        case _:
            return str(cell)


def is_empty(cell: Cell, mapping: RegisterMapping) -> bool:
    """Say whether a cell says nothing."""
    if isinstance(cell, CellFault):
        return False
    text = as_text(bare(cell))
    return not text or text.casefold() in {one.casefold() for one in mapping.empty}


def answer_of(cell: Cell, rule: ColumnRule, of: Field, mapping: RegisterMapping, *, from_1904: bool) -> Any:
    """Return what a field gets from a cell that is not empty, for its reader. Raises ``CellError``."""
    if isinstance(cell, CellFault):
        raise CellError(cell.code)
    if of.kind in ("date", "instant", "time"):
        return _moment(bare(cell), of, mapping, from_1904=from_1904)
    if of.kind in ("integer", "decimal") and isinstance(cell, ShownNumber):
        if cell.is_scaled:
            raise _shown(cell)
        return cell.value
    if of.kind in ("integer", "decimal") and isinstance(cell, int | float) and not isinstance(cell, bool):
        return cell
    if of.kind == "boolean":
        return _yes_or_no(cell, rule)
    if of.kind in ("choice", "scale", "choices", "staff"):
        parts = _parts(as_text(cell), rule, several=of.kind in ("choices", "staff"))
        codes = [code_of(one, rule, of) for one in parts]
        return list(dict.fromkeys(codes)) if of.kind in ("choices", "staff") else codes[0]
    return rule.values.get(as_text(cell), as_text(cell))


def _read_there(cell: ShownNumber) -> str:
    if cell.text is None:
        raise _shown(cell)
    return cell.text


def _shown(cell: ShownNumber) -> CellError:
    return CellError("shown", value=as_text(cell.value), form=cell.form)


def code_of(text: str, rule: ColumnRule, of: Field | None = None) -> str:
    """Return the code that a text stands for: as the mapping says, else the choice that is called so. Raises
    ``CellError``."""
    plain = plain_head(text)
    for there, here in rule.values.items():
        if plain_head(there) == plain:
            return here
    if rule.otherwise:
        return rule.otherwise
    choices = of.choices if of else ()
    for one in choices:
        if plain in (one.code.casefold(), plain_head(one.label)):
            return one.code
    if of is not None and of.kind == "staff":
        return text
    known = {plain_head(one): one for one in (*rule.values, *(one.label for one in choices))}
    near = next(iter(nearest(plain, known)), "")
    raise CellError("unknown-value", value=text[:80], hint=known.get(near, ""))


def _parts(text: str, rule: ColumnRule, *, several: bool) -> list[str]:
    if not (several and rule.separator):
        return [text]
    return [one.strip() for one in text.split(rule.separator) if one.strip()] or [text]


def _yes_or_no(cell: Cell, rule: ColumnRule) -> bool:
    if isinstance(cell, bool):
        return cell
    text = as_text(cell)
    said = next((here for there, here in rule.values.items() if plain_head(there) == plain_head(text)), "")
    found = _YES_NO.get((said or rule.otherwise or text).casefold())
    if found is None:
        raise CellError("unknown-value", value=text[:80], hint="")
    return found


def _moment(cell: Cell, of: Field, mapping: RegisterMapping, *, from_1904: bool) -> str:
    if isinstance(cell, bool | timedelta):
        raise CellError("no-date", value=str(cell)[:80])
    if isinstance(cell, int | float):
        cell = _counted(cell, from_1904=from_1904)
    if isinstance(cell, datetime):
        return {"date": f"{cell:%Y-%m-%d}", "time": f"{cell:%H:%M}"}.get(of.kind, f"{cell:%Y-%m-%d %H:%M}")
    if isinstance(cell, date):
        return cell.isoformat() if of.kind != "time" else "00:00"
    if isinstance(cell, time):
        if of.kind != "time":
            raise CellError("no-date", value=as_text(cell))
        return f"{cell:%H:%M}"
    text = as_text(cell)
    if of.kind == "time":
        return text
    hour = _WITH_HOUR.fullmatch(text)
    day = hour["day"] if hour else text
    if _SHORT_YEAR.fullmatch(day):
        raise CellError("short-year", value=text[:40])
    ordered = _ordered(day, mapping.dates)
    return ordered if of.kind == "date" or hour is None else f"{ordered}{text[len(day) :]}".replace("T", " ")


def _ordered(text: str, order: DateOrder) -> str:
    """Return a date written in numbers with its day first."""
    found = _NUMBERED.fullmatch(text)
    if found is None or order is DateOrder.DAY_FIRST:
        return text
    return f"{found['second']}/{found['first']}/{found['year']}"


def _counted(serial: float, *, from_1904: bool) -> datetime:
    """Return the moment that a sheet writes as a number of days; before March 1900 those count a day that never was."""
    if not 61 <= serial <= _LAST_SERIAL:
        raise CellError("no-date", value=str(serial)[:40])
    moment = (_FIRST_DAY_1904 if from_1904 else _FIRST_DAY) + timedelta(days=serial)
    # To the minute: half of one is lost in the number.
    return (moment + timedelta(seconds=30)).replace(second=0, microsecond=0)
