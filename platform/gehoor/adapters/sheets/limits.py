"""How much a sheet may be, and why one is refused."""

from __future__ import annotations

from typing import Final

LARGEST_FILE: Final = 50_000_000
LARGEST_UNPACKED: Final = 300_000_000
"""In bytes, all parts of a workbook together."""
LARGEST_SHARED: Final = 100_000_000
"""In bytes, of the texts that its sheets share: those are all read at once."""
MOST_PARTS: Final = 5_000
MOST_ROWS: Final = 50_000
MOST_COLUMNS: Final = 500
LONGEST_CELL: Final = 50_000
"""In signs."""


class SheetRefusedError(ValueError):
    """A sheet cannot be read. ``code``: ``large``, ``rows``, ``columns``, ``no-heads``, ``no-first-row``,
    ``no-workbook``, ``old-workbook``, ``locked``, ``trick`` (it is made to do harm), ``no-sheet``, ``no-text``,
    ``empty``, ``quotes`` (they do not close), ``swallowed`` (a cell seems to hold whole rows)."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code, self.details = code, details
