"""The numbers in front of a report, in words: as tiles on a page, and as a first chapter in a file."""

from __future__ import annotations

from collections.abc import Sequence
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
    held beside none, or nothing was registered yet)."""

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
            _earlier(document, one),
        )
        for place, one in enumerate(document.front)
        if one.number is not None and not (document.public and _is_told(one, document.front[:place]))
    ]


def _is_told(one: Front, before: Sequence[Front]) -> bool:
    """Say whether a number says no more than one before it: how many were counted, without which has most."""
    is_count = one.row is None and one.of is None and not one.unit
    return (
        is_count
        and not any(each.is_most for each in one.says)
        and any(other.number == one.number and other.row is None and not other.unit for other in before)
    )


def with_front(document: ReportDocument) -> ReportDocument:
    """Return a report as it goes into a file: the numbers in front are its first chapter."""
    rows = tuple(
        (
            f"{one.front.title} ({one.front.unit})" if one.front.unit else one.front.title,
            one.number,
            "; ".join(
                filter(None, (one.front.agreed.rstrip("."), *(text for text, _of in one.says), one.earlier))
            ),
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
    if not one.has_earlier or document.nothing_before:
        return ""
    said = f"{document.before_name}: {_number(document, one.earlier, one.earlier_of)}"
    if one.of is not None or not (isinstance(one.number, int) and isinstance(one.earlier, int)):
        return said
    more = one.number - one.earlier
    if more == 0:
        return said
    now: str = _("%(n)s meer", n=more) if more > 0 else _("%(n)s minder", n=-more)
    return f"{said} ({now})"


def _said(document: ReportDocument, front: Front, one: Said) -> str:
    said = f"{one.label}: {_number(document, one.number, None)}"
    if not one.is_most:
        return said
    said = f"{one.label} ({_number(document, one.number, None)})"
    if one != next(each for each in front.says if each.is_most):
        as_many: str = _("Evenveel: %(what)s", what=said)
        return as_many
    # What is not filled in could be of any row.
    most: str = (
        _("Het meest van wat ingevuld is: %(what)s", what=said)
        if any(each.row == UNANSWERED for each in front.says)
        else _("Het meest: %(what)s", what=said)
    )
    return most
