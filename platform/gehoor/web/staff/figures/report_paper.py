"""A report on paper, in words: its front, what leads to how its tables count, and the style of its organisation."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from flask_babel import gettext as _

from gehoor.core.agreement.model import Agreement
from gehoor.core.figures.counted import Period
from gehoor.core.figures.report_document import Paper, ReportDocument
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
