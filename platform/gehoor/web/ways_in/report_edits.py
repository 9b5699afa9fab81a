"""Changing a report in a proposal: its files, once every chapter of it stands by itself."""

from __future__ import annotations

from collections.abc import Mapping

from gehoor.core.proposals.sheets import Sheet
from gehoor.services.ports.drafting import Act, EditedFiles, SheetEdit
from gehoor.web.workbench.places import Steps
from gehoor.web.workbench.shown import current, drafter


class Begun(EditedFiles):
    """The files in which every chapter of a report stands by itself, and where."""

    @property
    def file(self) -> str:
        """The one in which they stand."""
        return next(iter(self.files))


def adapted(sources: Mapping[str, bytes], report: str) -> Begun:
    """Return files in which every chapter of a report stands by itself, in a file of the organisation."""
    made = drafter().edit(sources, current().proposal.organisation, SheetEdit(Act.ADAPT, "", (), name=report))
    return Begun(made.files, made.path)


def then(sources: Mapping[str, bytes], begun: Begun, wanted: SheetEdit) -> Mapping[str, bytes]:
    """Return what changes once one thing more is done in files in which a report was begun to be adapted."""
    made = drafter().edit({**sources, **begun.files}, current().proposal.organisation, wanted)
    return {**begun.files, **made.files}


def sheet_of(sources: Mapping[str, bytes], begun: Begun, at: Steps) -> Sheet:
    """Return the sheet of a chapter, or of a table, of a report that was begun to be adapted."""
    return drafter().sheet({**sources, **begun.files}, current().proposal.organisation, begun.file, at)


def word_of(sheet: Sheet, keyword: str) -> str:
    """Return by which word a sheet asks for a keyword."""
    return next(one.word for one in (*sheet.controls, *sheet.more) if one.keyword == keyword)
