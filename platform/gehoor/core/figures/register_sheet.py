"""An export of a register: a sheet of dossiers with a column for each field, and one for each list of rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeAlias

from gehoor.core.figures.report_texts import BOM, safe

Cell: TypeAlias = "str | int | Decimal | date | None"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the heads of its columns (what people call a field, and its id), and its rows."""

    name: str
    heads: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class RegisterSheets:
    """All sheets, the first that of the dossiers; and the same as data: of each dossier its answers as they are
    kept. ``cut``: what stands at the end of a text for which a cell of a workbook has no room."""

    sheets: tuple[Sheet, ...]
    data: Sequence[Mapping[str, Any]]
    cut: str = "\u2026"


def register_csv(made: RegisterSheets, *, local: bool) -> bytes:
    """Return the sheet of the dossiers as CSV. ``local``: as sheet programmes here expect it."""
    said = io.StringIO()
    writer = csv.writer(said, delimiter=";" if local else ",", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    sheet = made.sheets[0]
    writer.writerow([safe(label) for label, _ in sheet.heads])
    for row in sheet.rows:
        writer.writerow([_text(one, local=local) for one in row])
    return ((BOM if local else "") + said.getvalue()).encode("utf-8")


def register_json(made: RegisterSheets) -> bytes:
    """Return the dossiers as JSON, each answer as it is kept, by the id of its field."""
    return json.dumps(list(made.data), ensure_ascii=False, indent=1).encode("utf-8")


def _text(value: Cell, *, local: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return str(value).replace(".", ",") if local else str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    return safe(value) if isinstance(value, str) else str(value)
