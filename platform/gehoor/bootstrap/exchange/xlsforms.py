"""Forms of others in a workbook, as files of an organisation."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from gehoor.adapters.sheets.limits import LARGEST_FILE, SheetRefusedError
from gehoor.adapters.sheets.reading import read_sheets
from gehoor.core.exchange.xlsform import take_form
from gehoor.core.exchange.xlsform_model import (
    CHOICES,
    SETTINGS,
    SURVEY,
    NoXlsFormError,
    TakenForm,
    Untaken,
    told_of,
)
from gehoor.loading.exchange.xlsform_files import NoPlaceError, with_form

__all__ = [
    "NoPlaceError",
    "NoXlsFormError",
    "SheetRefusedError",
    "TakenForm",
    "Untaken",
    "form_in",
    "told_of",
    "with_form",
]


def form_in(file: Path, language: str, taken: Collection[str], prefix: str) -> TakenForm:
    """Return what an XLSForm comes to. ``taken``: the names that fields have already. Raises ``SheetRefusedError``,
    ``NoXlsFormError`` and ``OSError``."""
    with file.open("rb") as stream:
        content = stream.read(LARGEST_FILE + 1)
    sheets = read_sheets(content, (SURVEY, CHOICES, SETTINGS))
    return take_form(sheets, language, frozenset(taken), prefix)
