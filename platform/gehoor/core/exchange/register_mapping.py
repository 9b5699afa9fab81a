"""How the columns of a register that was kept elsewhere are fields here: a mapping, as somebody agreed it in a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final


class DateOrder(StrEnum):
    """In which order a date is written there. One whose month has a name, or whose year comes first, says so itself."""

    DAY_FIRST = "day-month-year"
    MONTH_FIRST = "month-day-year"


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """What one field (``into``) gets: from a column (as it is called there), or always the same (``preset``).

    ``values``: what stands there -> the code here; ``otherwise``: the code for all that is not in ``values``, empty
    where that is wrong; ``separator``: what stands between several in one cell.
    """

    into: str
    column: str = ""
    preset: Any = None
    values: Mapping[str, str] = field(default_factory=dict)
    otherwise: str = ""
    separator: str = ""


@dataclass(frozen=True, slots=True)
class RegisterMapping:
    """How a register is brought in. ``departments``: where ``department`` is empty, which text in which column is
    which department; ``sheet``: the name of the sheet, empty for the first; ``head_row``: the row with the names of
    columns, from 1; ``key``: the column that tells rows apart; ``number``: the column with the number that a dossier
    keeps, empty where each gets one here; ``ignored``: columns that are knowingly left; ``empty``: texts that say that
    there is nothing."""

    organisation: str
    source: str
    key: str
    fields: tuple[ColumnRule, ...]
    department: str = ""
    departments: ColumnRule | None = None
    sheet: str = ""
    head_row: int = 1
    number: str = ""
    dates: DateOrder = DateOrder.DAY_FIRST
    ignored: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Return every column that it names, each once."""
        named = (
            self.key,
            self.number,
            self.departments.column if self.departments else "",
            *(one.column for one in self.fields),
            *self.ignored,
        )
        return tuple(dict.fromkeys(filter(None, named)))

    def fields_of(self, column: str) -> list[str]:
        """Return the fields that get something from a column."""
        return [one.into for one in self.fields if one.column == column]


_DEPARTMENT: Final = "department"


def build_mapping(document: Mapping[str, Any]) -> RegisterMapping:
    """Build a mapping of the canonical document of its file."""
    said = document["bring-in"]
    by = said.get("department-by")
    return RegisterMapping(
        organisation=said["organisation"],
        source=said["source"],
        key=said["row-key"],
        fields=tuple(_rules(document["fields"])),
        department=said.get(_DEPARTMENT, ""),
        departments=_rule(_DEPARTMENT, by) if by else None,
        sheet=said.get("sheet", ""),
        head_row=said.get("head-row", 1),
        number=said.get("kept-number", ""),
        dates=DateOrder(said.get("date-order", DateOrder.DAY_FIRST)),
        ignored=tuple(document.get("left-columns", ())),
        empty=tuple(said.get("empty-words", ())),
    )


def _rules(fields: Mapping[str, Any]) -> Iterable[ColumnRule]:
    for name, said in fields.items():
        yield _rule(name, said)


def _rule(name: str, said: Mapping[str, Any] | str) -> ColumnRule:
    if isinstance(said, str):
        return ColumnRule(name, said)
    return ColumnRule(
        name,
        said.get("column", ""),
        said.get("preset"),
        {str(there): str(here) for there, here in said.get("values", {}).items()},
        str(said.get("otherwise", "")),
        said.get("separator", ""),
    )
