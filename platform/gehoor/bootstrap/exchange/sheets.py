"""Registers in sheets, with the file that maps them: read, and held against each other."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gehoor.adapters.sheets.limits import LARGEST_FILE, SheetRefusedError
from gehoor.adapters.sheets.reading import read_sheet
from gehoor.core.agreement.model import Agreement
from gehoor.core.exchange.cells import Sheet
from gehoor.core.exchange.register_mapping import RegisterMapping
from gehoor.core.text.problems import Problem
from gehoor.loading.exchange.mapping_file import MappingFile, load_mapping, mapping_problems

__all__ = ["MappingFile", "SheetRefusedError", "mapping_in", "problems_of", "sheet_in"]


def mapping_in(file: Path) -> MappingFile:
    """Return the mapping in a file, or what is wrong with it."""
    return load_mapping(file)


def sheet_in(file: Path, mapping: RegisterMapping) -> Sheet:
    """Return the sheet that a mapping is about. Raises ``SheetRefusedError`` and ``OSError``."""
    with file.open("rb") as stream:
        content = stream.read(LARGEST_FILE + 1)
    return read_sheet(content, mapping.sheet, mapping.head_row)


def problems_of(found: MappingFile, agreements: Mapping[str, Agreement], sheet: Sheet) -> list[Problem]:
    """Return what of a mapping does not fit the agreements, or the sheet."""
    return mapping_problems(found, agreements, sheet)
