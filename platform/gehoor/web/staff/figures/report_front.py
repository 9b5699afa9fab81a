"""The numbers in front of a report, in words: as tiles on a page, and as a first chapter in a file."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from flask_babel import gettext as _

from gehoor.core.figures.counting import UNANSWERED
from gehoor.core.figures.front import Front, Said
from gehoor.core.figures.report_document import DocumentChapter, FindingsTable, ReportDocument
from gehoor.web.display.filters import figure


@dataclass(frozen=True)
class Tile:
    """A number in front as it is read: itself, what is said besides, and what it was in the days before (empty: it is
    held beside none)."""

    front: Front
    number: str
    says: tuple[tuple[str, Said], ...]
    earlier: str


def front_tiles(document: ReportDocument) -> list[Tile]:
    """Return the numbers in front of a report: none that is not told, as one who looks there first learns nothing."""
    return [
        Tile(
            one,
            _number(document, one.number, one.of),
            tuple((_said(document, one, each), each) for each in one.says if each.number is not None),
            f"{document.before_name}: {_earlier(document, one)}" if one.has_earlier else "",
        )
        for one in document.front
        if one.number is not None
    ]


def with_front(document: ReportDocument) -> ReportDocument:
    """Return a report as it goes into a file: the numbers in front are its first chapter."""
    rows = tuple(
        (
            f"{one.front.title} ({one.front.unit})" if one.front.unit else one.front.title,
            one.number,
            "; ".join(filter(None, (*(text for text, _of in one.says), one.earlier))),
        )
        for one in front_tiles(document)
    )
    if not rows:
        return document
    table = FindingsTable(_("De voornaamste getallen"), ("", _("Aantal"), _("Daarbij")), rows)
    first = DocumentChapter(_("In het kort"), "", "", (), findings=(table,), numbered=False)
    return replace(document, chapters=(first, *document.chapters))


def _number(document: ReportDocument, value: Decimal | int | None, of: int | None) -> str:
    if of is None or value is None:
        return document.hidden if value is None else figure(value)
    part: str = _("%(n)s van %(of)s", n=value, of=of)
    return part


def _earlier(document: ReportDocument, one: Front) -> str:
    return (
        document.unregistered if document.nothing_before else _number(document, one.earlier, one.earlier_of)
    )


def _said(document: ReportDocument, front: Front, one: Said) -> str:
    said = f"{one.label}: {_number(document, one.number, None)}"
    if not one.is_most:
        return said
    # What is not filled in could be of any row.
    most: str = (
        _("%(said)s, het meest van wat ingevuld is", said=said)
        if any(each.row == UNANSWERED for each in front.says)
        else _("%(said)s, het meest", said=said)
    )
    return most
