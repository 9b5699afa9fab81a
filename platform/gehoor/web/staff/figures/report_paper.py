"""A report on paper, in words: its front, how it stands, what leads to how its tables count, and the style of its
organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from flask_babel import gettext as _

from gehoor.core.agreement.model import Agreement
from gehoor.core.figures.counted import Period
from gehoor.core.figures.report_document import Paper, ReportDocument
from gehoor.services.figures.report_records import ReportRecord
from gehoor.web.display.filters import utc_moment
from gehoor.web.display.logos import logo_of
from gehoor.web.request.languages import said


def paper(
    organisation: str, version: str, period: Period, departments: tuple[str, ...], about: Iterable[str]
) -> Paper:
    """Return what a report says on paper alone. ``about``: the notes that say over which days it is, and of which
    departments, as its front says."""
    return Paper(
        organisation=organisation,
        version=version,
        facts=(
            (_("Periode"), said().formats.days(period.first, period.last)),
            (_("Afdelingen") if len(departments) > 1 else _("Afdeling"), "\n".join(departments)),
        ),
        told=frozenset((version, *about)),
        contents=_("Inhoud"),
        how=_("Hoe dit telt"),
        where=_("Hoe elke tabel telt, staat achteraan, bij “Hoe dit telt”."),
        tables=_("Tabel"),
        page=_("Bladzijde"),
        counts=_("Wat ze telt"),
        unless=_("Telt een tabel iets anders, dan staat dat erbij."),
    )


def approved(record: ReportRecord) -> list[tuple[str, str]]:
    """Return who approved a kept report and when, as a fact on its front."""
    if not record.approval:
        return []
    day = said().formats.day(date.fromisoformat(record.approval["on"]))
    return [(_("Goedgekeurd"), f"{record.approval['who']}\n{day}")]


def standing(record: ReportRecord, *, public: bool) -> list[str]:
    """Say of a kept report who approved it, and that it is withdrawn; why, only to its own people."""
    found = []
    if record.withdrawal:
        moment = utc_moment(record.withdrawal["at"])
        found.append(_("Ingetrokken op %(moment)s: dit verslag geldt niet meer.", moment=moment))
        if not public:
            found.append(_("Reden: %(why)s", why=record.withdrawal["why"]))
    if record.approval:
        day = said().formats.day(date.fromisoformat(record.approval["on"]))
        found.append(_("Goedgekeurd op %(day)s door %(who)s.", who=record.approval["who"], day=day))
    return found


def dressed(document: ReportDocument, agreement: Agreement | None) -> ReportDocument:
    """Return a report in the colour of its organisation, with its logo."""
    if agreement is None:
        return document
    _media, logo = logo_of(agreement)
    return replace(
        document,
        color=agreement.style.color,
        logo=logo,
        logo_says=agreement.organisation_name if logo else "",
    )
