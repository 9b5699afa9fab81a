"""A table of a report as far as somebody typed it: in files that nobody keeps, until it is added."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gehoor.core.proposals.sheets import Control, Kind, Sheet
from gehoor.services.ports.drafting import Act, NoSuchPlaceError, SheetEdit
from gehoor.web.ways_in.report_edits import adapted
from gehoor.web.ways_in.shown_chapters import report_in
from gehoor.web.workbench.places import Steps
from gehoor.web.workbench.shown import current, drafter, plainly

_UNNAMED: Final = "tabel"
_BEGUN: Final = "+"
"""The way of a row of a condition that is new."""
_APART: Final = (Kind.PART, Kind.SNIPPET)
"""What has a place of its own, once the table is there."""
_FIRST: Final = ("name", "per", "and-per", "chart", "period-by")
"""What is asked of a table at once."""
_MEASURES: Final = ("per", "and-per", "lead-time", "term", "mean-of", "sum-of", "in-and-out")
"""What gives a table more than one number."""
_NO: Final = "nee"


@dataclass(frozen=True)
class TypedTable:
    """What somebody typed. ``chapter``: the one that a table comes in, by what it is known by; None: a new one.
    ``public``: whether the table comes in the public version too; ``total``: whether one number is enough."""

    chapter: str | None = None
    title: str = ""
    asks: str = ""
    fields: tuple[str, ...] = ()
    public: bool = False
    total: bool = False


@dataclass(frozen=True)
class TableDraft:
    """A table as far as it is typed, in files that nobody keeps."""

    files: Mapping[str, bytes]
    file: str
    chapter: Steps
    table: Sheet

    @property
    def first(self) -> list[Control]:
        """What is asked of it at once, in order."""
        found = {one.keyword: one for one in self._all}
        return [_plainly(found[one]) for one in _FIRST if one in found]

    @property
    def more(self) -> list[Control]:
        """What can be said of it besides."""
        asked = (*_FIRST, "if", "internal")
        return [
            one for one in self._all if one.keyword not in asked and one.kind not in _APART and not one.grows
        ]

    @property
    def asks(self) -> Control:
        """Which dossiers it counts."""
        return next(one for one in self._all if one.keyword == "if")

    def word(self, keyword: str) -> str:
        """Return a keyword as the file has it; empty where it cannot be said of a table."""
        return next((one.word for one in self._all if one.keyword == keyword), "")

    @property
    def _all(self) -> tuple[Control, ...]:
        return (*self.table.controls, *self.table.more)


def _plainly(one: Control) -> Control:
    """Return a control that asks what it is about as people say it, and that nobody has to answer."""
    return replace(plainly(one), required=False, example="")


def is_said(draft: TableDraft, given: Mapping[str, Sequence[str]]) -> bool:
    """Say whether a table comes: something was said of it."""
    words = [one.word for one in (*draft.first, *draft.more, draft.asks)]
    return any(any(map(str.strip, given.get(word, ()))) for word in words)


def has_rows(draft: TableDraft, given: Mapping[str, Sequence[str]]) -> bool:
    """Say whether a table shows more than one number."""
    said = [text.strip() for one in _MEASURES for text in given.get(draft.word(one), ())]
    return any(text not in ("", _NO) for text in said)


def table_draft(
    sources: Mapping[str, bytes], report: str, typed: TypedTable, *, table: bool = True
) -> TableDraft:
    """Return files with the chapter and a table that says nothing yet but which fields it asks about."""
    organisation = current().proposal.organisation
    begun = adapted(sources, report)
    files, file = dict(begun.files), begun.file

    def edited(wanted: SheetEdit) -> Steps:
        made = drafter().edit({**sources, **files}, organisation, wanted)
        files.update(made.files)
        return made.path

    chapters = report_in(report).chapters
    if typed.chapter is None:
        chapter = edited(SheetEdit(Act.ADD, file, begun.path, name=typed.title or _UNNAMED))
        number = 0
    else:
        of = next((one for one in chapters if one.key == typed.chapter), None)
        if of is None:
            raise NoSuchPlaceError(file)
        chapter = (*begun.path, of.index)
        number = sum(one.index is not None for one in of.tables)
    inside = drafter().sheet({**sources, **files}, organisation, file, chapter)
    words = {one.keyword: one.word for one in (*inside.controls, *inside.more)}
    if typed.chapter is None and typed.asks:
        edited(SheetEdit(Act.FILL, file, chapter, {words["asks"]: [typed.asks]}))
    at = (*chapter, words["figures"], number)
    if not table:
        return TableDraft(files, file, chapter, inside)
    edited(SheetEdit(Act.ADD, file, at[:-1], name=_UNNAMED, grows=True))
    shown = drafter().sheet({**sources, **files}, organisation, file, at)
    if typed.fields:
        word = next(one.word for one in (*shown.controls, *shown.more) if one.keyword == "if")
        rows = [json.dumps([one, _BEGUN, ""]) for one in typed.fields]
        edited(SheetEdit(Act.FILL, file, at, {word: rows}))
        shown = drafter().sheet({**sources, **files}, organisation, file, at)
    return TableDraft(files, file, chapter, shown)
