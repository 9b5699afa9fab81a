"""A report in words: what stands around its figures, in the language of its organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

from flask_babel import gettext as _

from gehoor.core.figures.charts import chart
from gehoor.core.figures.counted import Period
from gehoor.core.figures.documents import table_in
from gehoor.core.figures.report_document import DocumentChapter, ReportDocument, narrowed
from gehoor.core.figures.tables import FigureTable
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.services.figures.reckoning import Reckoned
from gehoor.services.figures.report_drafts import Draft
from gehoor.services.figures.report_records import ReportRecord, kept_texts
from gehoor.web.display.filters import utc_moment
from gehoor.web.request.languages import said
from gehoor.web.staff.figures.asked_period import period_name, short_name
from gehoor.web.staff.figures.assessment_words import findings, findings_table

_SILENT: Final = timedelta(days=31)
"""Of so many days without any dossier it is said that there are none, before somebody compares with them."""


def draft_document(draft: Draft, *, public: bool) -> ReportDocument:
    """Return a report as it is being made."""
    report, record = draft.offered.report, draft.record
    tables = draft.reckoned.tables
    before = {} if public else draft.reckoned.before
    hidden = report.shared_keys if public else frozenset()
    if public:
        tables = {one.id: _said_of(one) for one in draft.public()}
    chapters = tuple(
        DocumentChapter(
            one.title,
            one.explanation,
            "" if one.key in hidden else record.texts.get(one.key, {}).get("text", ""),
            tuple(tables[table.id] for table in one.tables if table.id in tables),
            key=one.key,
            findings=tuple(
                findings_table(findings(draft.assessments[name], public))
                for name in one.assesses
                if name in draft.assessments
            ),
        )
        for one in report.chapters
        if not (public and one.internal)
    )
    asked, reckoned = draft.asked.departments, draft.reckoned
    names = [name for key, name in draft.offered.departments.items() if not asked or key in asked]
    notes = [
        _version(public),
        _("Dit is een ontwerp. Het telt de dossiers die u mag zien, zoals zij er nu staan.")
        if draft.is_of_year
        else _("Dit telt de dossiers die u mag zien, zoals zij er nu staan."),
        *_about(reckoned.period, names, report.least if public else 0),
        *(_only_of_all(told=bool(tables)) if public else []),
        *([] if public or not any(reckoned.before) else _held_beside(reckoned)),
    ]
    whose = draft.offered.organisation_name
    subtitle = f"{whose}: {', '.join(names)}" if asked else whose
    title = f"{report.name} {draft.year}"
    if not draft.is_of_year:
        title = _("Cijfers: %(period)s", period=period_name(reckoned.period))
    return _document(title, subtitle, notes, chapters, (before, short_name(reckoned.earlier)))


def _held_beside(reckoned: Reckoned) -> list[str]:
    """Say beside which days the figures are held, and where those were not all kept here."""
    earlier = reckoned.earlier
    days = said().formats.days(earlier.first, earlier.last)
    found = [_("Ernaast staat: %(days)s.", days=days)]
    first = date.fromisoformat(reckoned.first) if reckoned.first else None
    if first is not None and first - earlier.first > _SILENT:
        found.append(
            _(
                "Let op: het oudste dossier dat hier meetelt, is van %(day)s.",
                day=said().formats.day(first),
            )
        )
    return found


def kept_document(
    record: ReportRecord, organisation_name: str, made_by: str, *, public: bool
) -> ReportDocument:
    """Return a report that is kept."""
    found = record.public if public else record.tables
    tables = {one["id"]: _said_of(table_in(one)) for one in found}
    texts = kept_texts(record, public=public)
    chapters = tuple(
        DocumentChapter(
            one["title"],
            one["explanation"],
            texts.get(place, {}).get("text", ""),
            tuple(tables[name] for name in one["tables"] if name in tables),
            findings=tuple(map(findings_table, one.get("public-findings" if public else "findings", ()))),
        )
        for place, one in enumerate(record.chapters)
        if not (public and one["internal"])
    )
    notes = [
        _version(public),
        _("Vastgelegd op %(moment)s door %(name)s.", moment=utc_moment(record.made_at), name=made_by),
        *_about(Period.of_year(record.year), record.departments.values(), record.least if public else 0),
        *(_only_of_all(told=bool(found) or not record.tables) if public else []),
        *(
            [_("Het jaar liep nog: dit telt de dossiers die bestaan voor wie het vastlegde.")]
            if record.interim
            else []
        ),
        *([_("Bron: %(source)s.", source=record.source)] if record.source else []),
    ]
    title = f"{record.name} {record.year}"
    # Of what is public alone: by a hash of more, somebody could try small numbers or short words until one fits.
    held = [one.get("public-findings", ()) for one in record.chapters if not one["internal"]]
    told = [list(found), _told(record, texts), *([held] if any(held) else [])]
    said = content_hash(dump(told, sort=True)) if public else record.digest
    digest = _("Kenmerk van de inhoud: %(digest)s", digest=said)
    before = {} if public else {one["id"]: table_in(one) for one in record.before}
    return _document(title, organisation_name, notes, chapters, (before, str(record.year - 1)), digest)


def _only_of_all(*, told: bool) -> list[str]:
    """Say why no figure is in the public version, where it is of some departments alone."""
    if told:
        return []
    return [
        _(
            "Openbare cijfers zijn er enkel van alle afdelingen samen die dit verslag afspraken. Naast die van allen"
            " zou men uit die van enkele kunnen afleiden wat verborgen is."
        )
    ]


def _said_of(table: FigureTable) -> FigureTable:
    """Return a table with the sentence that stands in the place of one that is left out of the public version."""
    if not table.withheld:
        return table
    why = _(
        "Deze tabel staat niet in de openbare versie: zij heeft kleine aantallen, die enkel verborgen blijven als ook"
        " andere tabellen minder zouden tonen."
    )
    return replace(table, explanation=why, how=(why,))


def _told(record: ReportRecord, texts: Mapping[int, Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
    """Return texts of chapters (by their place) by what they are kept by."""
    of = record.chapters
    return {of[place].get("id", of[place]["title"]): text for place, text in texts.items()}


def _version(public: bool) -> str:
    said: str = _("Openbare versie.") if public else _("Interne versie, niet om te verspreiden.")
    return said


def _about(period: Period, departments: Iterable[str], least: int) -> list[str]:
    days = said().formats.days(period.first, period.last)
    sentences = [
        _("Periode: %(days)s.", days=days),
        _("Afdelingen: %(names)s.", names=", ".join(departments)),
    ]
    if least:
        sentences.append(
            _(
                "%(sign)s is: niet gegeven. Dat aantal is kleiner dan %(least)s, of men zou er zo een uit kunnen"
                " afleiden.",
                sign=_hidden(),
                least=least,
            )
        )
    return sentences


def _document(
    title: str,
    subtitle: str,
    notes: Iterable[str],
    chapters: tuple[DocumentChapter, ...],
    before: tuple[Mapping[str, FigureTable], str],
    digest: str = "",
) -> ReportDocument:
    chapters = tuple(
        replace(one, tables=tuple(narrowed(table, _left_out) for table in one.tables)) for one in chapters
    )
    tables = [table for one in chapters for table in one.tables]
    return ReportDocument(
        title,
        subtitle,
        said().language,
        tuple(notes),
        chapters,
        *before,
        _hidden(),
        {
            one.id: drawn
            for one in tables
            if (drawn := chart(one, _described(one), _hidden(), said().figures.short_month))
        },
        digest,
    )


def _left_out(names: str) -> str:
    sentence: str = _("Zonder dossiers, en daarom niet in de tabel: %(names)s.", names=names)
    return sentence


def _described(table: FigureTable) -> str:
    """Say what a drawing shows, to who does not see it: the highest, the rest stands in the table."""
    lines = [line for line in table.lines if line.total]
    if not lines:
        return str(_("Alles staat in de tabel ernaast."))
    most = max(lines, key=lambda line: line.total or 0)
    most_of: str = _(
        "Het meest: %(label)s (%(number)s). Alle aantallen staan in de tabel ernaast.",
        label=most.head.label,
        number=most.total,
    )
    return most_of


def _hidden() -> str:
    """Return what stands where a number is not told."""
    sign: str = _("n.g.")
    return sign
