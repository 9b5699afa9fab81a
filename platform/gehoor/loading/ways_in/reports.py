"""A report that an organisation makes its own: its chapters in an order, without some, and with others.

A report of a file that organisations share stays as it is: what is otherwise stands in a file of the organisation,
that names every chapter. A report of its own is changed where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from gehoor.core.proposals.asking import AdaptedChapter, AdaptedReport, AdaptedTable
from gehoor.loading.editing.edits import with_item
from gehoor.loading.editing.spans import NoSpansError
from gehoor.loading.editing.spans import Path as Steps
from gehoor.loading.editing.values import Value
from gehoor.loading.sheets.growing import Changed, FillError, is_missing, put_below, text_of
from gehoor.loading.sheets.known_names import KnownNames, files_of
from gehoor.loading.source.files import ENDINGS, RULES_FOLDER
from gehoor.loading.workspace.adapted_reports import ADAPTATIONS, chapter_order
from gehoor.loading.workspace.file import LoadedFile
from gehoor.loading.workspace.organisation import OrganisationFiles

_REPORTS: Final = "reports"
_CHAPTERS: Final = "chapters"
_FIGURES: Final = "figures"
_NAMES: Final = ("verslagen", "aanpassingen", "eigen-verslagen")
"""What the file with what is otherwise may be called, the first that is free."""
_NEW_FILE: Final = "# Wat bij ons anders is in de verslagen die wij gebruiken.\ntaal: nl\n"


def adapted_reports(workspace: Path, organisation: str) -> tuple[AdaptedReport, ...]:
    """Return the reports of an organisation, each with its chapters as they come, also those that are left out."""
    files = files_of(workspace, organisation)
    data = KnownNames(workspace, organisation).data
    return tuple(
        AdaptedReport(
            name,
            str(one.get("name", name)),
            tuple(_changing(files, name)),
            tuple(_chapters(files, name, one)),
            *_place(files, name),
        )
        for name, one in (data.get(_REPORTS) or {}).items()
        if _of(files, name, _REPORTS) is not None
    )


def _place(files: OrganisationFiles, report: str) -> tuple[tuple[str, ...], str]:
    """Return where the chapters of a report stand in a file of the organisation, and the keyword of tables there."""
    section = _REPORTS if _is_own(files, report) else ADAPTATIONS
    found = _of(files, report, section)
    if found is None or not _listed(found, section, report):
        return (), ""
    word = found.vocabulary.word
    return (word(section), report, word(_CHAPTERS)), word(_FIGURES)


def _of(files: OrganisationFiles, report: str, section: str) -> LoadedFile | None:
    return next(
        (one for one in files.reports.values() if report in (one.canonical.data.get(section) or {})), None
    )


def _is_own(files: OrganisationFiles, report: str) -> bool:
    """Say whether a report is one of the organisation alone, and nothing is said of it elsewhere."""
    found = _of(files, report, _REPORTS)
    own = {one.file for name, one in files.reports.items() if name.startswith(f"{files.id}/")}
    return found is not None and found.file in own and _of(files, report, ADAPTATIONS) is None


def _own_file(files: OrganisationFiles) -> LoadedFile | None:
    return next((one for name, one in files.reports.items() if name.startswith(f"{files.id}/")), None)


def _changing(files: OrganisationFiles, report: str) -> Iterator[str]:
    """Yield the files that change when the report does."""
    if _is_own(files, report):
        found = _of(files, report, _REPORTS)
        assert found is not None
        yield found.file
        return
    there = _of(files, report, ADAPTATIONS) or _own_file(files)
    if there is not None:
        yield there.file
        return
    yield _new_file(files)[0]
    yield files.main["organisation"].file


def _new_file(files: OrganisationFiles) -> tuple[str, str]:
    """Return how the file with what is otherwise is called: with its folder, and as the organisation names it."""
    taken = {one.name.partition(".")[0] for one in (files.workspace / RULES_FOLDER / files.id).glob("*")}
    name = next((one for one in _NAMES if one not in taken), "")
    if not name:
        raise FillError("", "name")
    return f"{RULES_FOLDER}/{files.id}/{name}{ENDINGS[0]}", f"{files.id}/{name}"


def _chapters(files: OrganisationFiles, report: str, whole: Mapping[str, Any]) -> Iterator[AdaptedChapter]:
    if _is_own(files, report):
        found = _of(files, report, _REPORTS)
        assert found is not None
        for index, one in enumerate(_listed(found, _REPORTS, report)):
            yield _chapter(one, one, index)
        return
    said = _of(files, report, ADAPTATIONS)
    base = _of(files, report, _REPORTS)
    assert base is not None
    before = {str(one.get("name")): one for one in _listed(base, _REPORTS, report)}
    own = _listed(said, ADAPTATIONS, report) if said else []
    shown = {str(one.get("take") or one.get("name")): one for one in whole.get(_CHAPTERS) or ()}
    order = chapter_order(list(before), [str(one.get("take", "")) for one in own])
    for index, step in enumerate(order):
        mine = {} if isinstance(step, str) else own[step]
        taken = step if isinstance(step, str) else str(mine.get("take", ""))
        there = before.get(taken, {})
        now = {**there, **mine} if mine.get("dropped") else shown.get(taken or str(mine.get("name")), mine)
        yield _chapter(now, mine, index, taken, there)


def _listed(file: LoadedFile, section: str, report: str) -> Sequence[Mapping[str, Any]]:
    found = ((file.canonical.data.get(section) or {}).get(report) or {}).get(_CHAPTERS)
    return [one for one in found if isinstance(one, Mapping)] if isinstance(found, list) else []


def _chapter(
    now: Mapping[str, Any],
    mine: Mapping[str, Any],
    index: int,
    taken: str = "",
    before: Mapping[str, Any] | None = None,
) -> AdaptedChapter:
    own = mine.get(_FIGURES) or ()
    tables = [
        AdaptedTable(str(one.get("name", "")), number, internal=bool(one.get("internal")))
        for number, one in enumerate(own)
    ]
    if before:
        tables = [*(_held(one, mine) for one in before.get(_FIGURES) or ()), *tables]
    return AdaptedChapter(
        index,
        str(now.get("name", "")),
        taken,
        str(now.get("asks") or ""),
        bool(mine.get("dropped", False)),
        bool(now.get("internal", False)),
        tuple(tables),
    )


def _held(one: Mapping[str, Any], mine: Mapping[str, Any]) -> AdaptedTable:
    """Return a table of the chapter that was taken, with what the organisation says of it."""
    title, inside = str(one.get("name", "")), bool(one.get("internal"))
    return AdaptedTable(
        title,
        dropped=title in (mine.get("without") or ()),
        internal=inside or title in (mine.get("kept-inside") or ()),
        agreed_inside=inside,
    )


def with_adaptation(workspace: Path, organisation: str, report: str) -> tuple[list[Changed], Steps]:
    """Return the files in which every chapter of a report stands by itself, in the order that they come in, and where:
    the first file is that in which they stand, also where nothing changes. Raises ``FillError``."""
    files = files_of(workspace, organisation)
    found = _of(files, report, _REPORTS)
    if found is None:
        raise FillError("", "name")
    if _is_own(files, report):
        words = found.vocabulary
        return [Changed(found.file, text_of(workspace, found.file))], (
            words.word(_REPORTS), report, words.word(_CHAPTERS),
        )  # fmt: skip
    names = [str(one.get("name")) for one in _listed(found, _REPORTS, report)]
    said = _of(files, report, ADAPTATIONS) or _own_file(files)
    if said is None:
        return _in_new_file(workspace, files, report, names)
    word = said.vocabulary.word
    path: Steps = (word(ADAPTATIONS), report, word(_CHAPTERS))
    text = text_of(workspace, said.file)
    if is_missing(text, path):
        return [Changed(said.file, put_below(text, path, _taking(names, word("take"))))], path
    taken = [str(one.get("take", "")) for one in _listed(said, ADAPTATIONS, report)]
    try:
        for index, step in enumerate(chapter_order(names, taken)):
            if isinstance(step, str):
                text = with_item(text, path, {word("take"): step}, index)
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error
    return [Changed(said.file, text)], path


def _taking(names: Sequence[str], take: str) -> Value:
    return [{take: one} for one in names]


def _in_new_file(
    workspace: Path, files: OrganisationFiles, report: str, names: Sequence[str]
) -> tuple[list[Changed], Steps]:
    file, named = _new_file(files)
    main = files.main["organisation"]
    path: Steps = ("aanpassingen", report, "hoofdstukken")
    made = Changed(file, put_below(_NEW_FILE, path, _taking(names, "neem")))
    uses = (main.vocabulary.word("uses"), main.vocabulary.word(_REPORTS))
    try:
        listed = with_item(text_of(workspace, main.file), uses, named)
    except (KeyError, NoSpansError) as error:
        raise FillError("", "text-only") from error
    return [made, Changed(main.file, listed)], path
