"""Tables of a report in words: what they count, what is left out of them, and what a drawing of one shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask_babel import gettext as _

from gehoor.core.figures.report_document import DocumentChapter, ReportDocument, counts_nothing, tells_nothing
from gehoor.core.figures.tables import FigureTable
from gehoor.web.request.languages import said


def said_of(table: FigureTable) -> FigureTable:
    """Return a table with the sentence that stands in the place of one that is left out of the public version."""
    if not (table.withheld or tells_nothing(table)):
        return table
    why = _(
        "Deze tabel staat niet in de openbare versie. Er zijn zo kleine aantallen bij dat men zou kunnen raden over wie"
        " het gaat."
    )
    return replace(table, explanation=why, how=(), counted="", lines=(), total=None)


def gathered(document: ReportDocument) -> ReportDocument:
    """Return a report that names the tables of a chapter that its public version leaves out together: a heading for
    each, with the same sentence below it, would be all that one reads."""
    return replace(document, chapters=tuple(map(_gathered, document.chapters)))


def _gathered(chapter: DocumentChapter) -> DocumentChapter:
    gone = [one for one in chapter.tables if one.withheld]
    if not gone:
        return chapter
    why = _(
        "%(names)s. Er zijn zo kleine aantallen bij dat men zou kunnen raden over wie het gaat.",
        names="; ".join(one.title for one in gone),
    )
    together = replace(gone[0], title=_("Niet in de openbare versie"), explanation=why)
    return replace(chapter, tables=(*(one for one in chapter.tables if not one.withheld), together))


def without_empty(document: ReportDocument) -> ReportDocument:
    """Return a report that names the tables of a chapter in which nothing is counted together, as it is read: what
    stands in front stays. Files to reckon with have them all."""
    return replace(
        document, chapters=tuple(_without_empty(document, chapter) for chapter in document.chapters)
    )


def _without_empty(document: ReportDocument, chapter: DocumentChapter) -> DocumentChapter:
    empty = [one for one in chapter.tables if not one.measure and counts_nothing(document, one)]
    if not empty:
        return chapter
    names = "; ".join(one.title for one in empty)
    beside = document.before_name if document.before and not document.nothing_before else ""
    why = (
        _("%(names)s. Alles is daar nul, ook in %(beside)s.", names=names, beside=beside)
        if beside
        else _("%(names)s. Alles is daar nul.", names=names)
    )
    title = _("Niets te tellen")
    together = replace(
        empty[0], title=title, explanation=why, counted="", how=(), lines=(), total=None, columns=()
    )
    return replace(chapter, tables=(*(one for one in chapter.tables if one not in empty), together))


def not_yet(names: str) -> str:
    """Say of years, by their names, that nothing was registered yet."""
    said_so: str = _("Nog niet geregistreerd: %(names)s.", names=names)
    return said_so


def never(names: str) -> str:
    """Say of answers, by their names, that nobody gave them."""
    said_so: str = _("Nul bij: %(names)s.", names=names)
    return said_so


def counting(table: FigureTable, day: date) -> FigureTable:
    """Return a table that says in a sentence what it counts; of terms, how they stood on which day."""
    if table.is_of_term:
        stood = _("Stand op %(day)s.", day=said().formats.day(day))
        table = replace(table, explanation=f"{table.explanation} {stood}".strip())
    if not table.counted:
        return table
    return replace(table, counted=_("Geteld: %(what)s.", what=table.counted))


def left_out(names: str) -> str:
    """Say of columns, by their names, that they are not in a table."""
    sentence: str = _("Zonder dossiers, en daarom niet in de tabel: %(names)s.", names=names)
    return sentence


def described(table: FigureTable) -> str:
    """Say what a drawing shows, to who does not see it: the highest, the rest stands in the table."""
    lines = [line for line in table.lines if line.total]
    # Which is the highest is only known where all are told.
    if not lines or any(line.total is None for line in table.lines):
        return str(_("Alles staat in de tabel ernaast."))
    most = max(lines, key=lambda line: line.total or 0)
    most_of: str = _(
        "Het meest: %(label)s (%(number)s). Alle aantallen staan in de tabel ernaast.",
        label=most.head.label,
        number=most.total,
    )
    return most_of


def hidden() -> str:
    """Return what stands where a number is not told."""
    sign: str = _("n.g.")
    return sign
