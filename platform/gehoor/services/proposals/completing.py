"""A thing more in files, with what it cannot be without: proposed as is usual, for whoever added it to change."""

from __future__ import annotations

from collections.abc import Mapping

from gehoor.core.proposals.sheets import Control, Sheet
from gehoor.services.ports.drafting import (
    Act,
    Drafter,
    EditedFiles,
    Judged,
    NoSuchPlaceError,
    SheetEdit,
    SheetRefusedError,
    TooHeavySourcesError,
)

_ROUNDS = 3
"""What is missing may ask for more once it is there: a duty has a term, and a term begins somewhere."""


def added_whole(
    drafter: Drafter, sources: Mapping[str, bytes], organisation: str, wanted: SheetEdit
) -> EditedFiles:
    """Return what adding a thing makes of files, with a usual value for what is missing of it. Raises as ``edit`` of
    the drafter does for the thing itself."""
    edited = drafter.edit(sources, organisation, wanted)
    file = place_of(wanted, edited)
    for _round in range(_ROUNDS):
        try:
            more = _completed(drafter, {**sources, **edited.files}, organisation, file, edited)
        except (NoSuchPlaceError, SheetRefusedError, TooHeavySourcesError):
            break
        if more is None:
            break
        edited = EditedFiles({**edited.files, **more.files}, edited.path)
    return edited


def place_of(wanted: SheetEdit, edited: EditedFiles) -> str:
    """Return in which file a thing stands that was added: the one that was asked, or the first that changed."""
    elsewhere = edited.files and wanted.file not in edited.files
    return next(iter(edited.files)) if elsewhere else wanted.file


def _completed(
    drafter: Drafter, sources: Mapping[str, bytes], organisation: str, file: str, edited: EditedFiles
) -> EditedFiles | None:
    """Return what files become with what is missing; None: nothing is, or nobody can propose it."""
    sheet = drafter.sheet(sources, organisation, file, edited.path)
    given = {
        one.word: list(one.usual)
        for one in missing_of(drafter.judge(sources, organisation), sheet)
        if one.usual
    }
    if not given:
        return None
    return drafter.edit(sources, organisation, SheetEdit(Act.FILL, file, edited.path, given))


def missing_of(found: Judged | None, sheet: Sheet) -> list[Control]:
    """Return the controls of a sheet at which something has to be said, by what is said of it."""
    asked = {
        word for one in (found.told if found else ()) if sheet.holds(one.file, one.line) for word in one.asks
    }
    return [one for one in sheet.more if one.word in asked]
