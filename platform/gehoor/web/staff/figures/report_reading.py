"""A report in words: what stands around its figures, in the language of its organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from flask_babel import gettext as _

from gehoor.core.agreement.model import Agreement
from gehoor.core.figures.charts import chart
from gehoor.core.figures.counted import Period
from gehoor.core.figures.documents import table_in
from gehoor.core.figures.registered import (
    begin_of,
    earliest,
    first_told,
    is_over_before,
    periods,
    says_something,
)
from gehoor.core.figures.report_document import DocumentChapter, ReportDocument, narrowed, tells_nothing
from gehoor.core.figures.tables import FigureTable
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.services.figures.report_drafts import Draft
from gehoor.services.figures.report_records import ReportRecord, kept_texts
from gehoor.web.display.filters import utc_moment
from gehoor.web.display.logos import logo_of
from gehoor.web.request.languages import said
from gehoor.web.staff.figures.asked_period import period_name, short_name
from gehoor.web.staff.figures.assessment_words import findings, findings_table

UNREGISTERED: Final = "\u2013"
"""What stands for a number of a time of which nothing was registered yet."""
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
    times = _times(reckoned.period, tables.values(), reckoned.since, "" if public else reckoned.first)
    if before:
        times = replace(times, earlier=reckoned.earlier)
    names = [name for key, name in draft.offered.departments.items() if not asked or key in asked]
    notes = [
        _version(public),
        _("Dit is een ontwerp. Het telt de dossiers die u mag zien, zoals zij er nu staan.")
        if draft.is_of_year
        else _("Dit telt de dossiers die u mag zien, zoals zij er nu staan."),
        *_about(reckoned.period, names, report.least if public else 0),
        *(_only_of_all(told=bool(tables)) if public else []),
        *_held_beside(times),
        *_begins(tables.values(), times, "" if public else reckoned.first),
    ]
    whose = draft.offered.organisation_name
    subtitle = f"{whose}: {', '.join(names)}" if asked else whose
    title = f"{report.name} {draft.year}"
    if not draft.is_of_year:
        title = _("Cijfers: %(period)s", period=period_name(reckoned.period))
    version = _Version(public, times)
    return _document(title, subtitle, notes, chapters, (before, short_name(reckoned.earlier)), version)


@dataclass(frozen=True, slots=True)
class _Times:
    """Over which days a report goes, which days it is held beside (None: none), and from which day on (ISO) dossiers
    are registered."""

    period: Period
    since: str
    earlier: Period | None = None

    @property
    def nothing_beside(self) -> bool:
        """Say whether nothing was registered yet in the days that it is held beside."""
        return self.earlier is not None and self.earlier.last.isoformat() < self.since


@dataclass(frozen=True, slots=True)
class _Version:
    """Which version of a report is read, and over which days it goes."""

    public: bool
    times: _Times


def _times(period: Period, tables: Iterable[FigureTable], since: str, first: str) -> _Times:
    """Return over which days a report goes. ``first``: the day of the first dossier that counts in it; empty: that is
    not told, as in a public version, which goes by its own numbers."""
    told = list(tables)
    found = first_told(told, earliest(since, first)) if since else ""
    if found > period.last.isoformat() and any(map(says_something, told)):
        # What was brought in from elsewhere is of before the first agreements.
        found = period.first.isoformat()
    return _Times(period, found)


def _held_beside(times: _Times) -> list[str]:
    """Say beside which days the figures are held, or why they are beside none."""
    if times.earlier is None:
        return []
    days = said().formats.days(times.earlier.first, times.earlier.last)
    if times.nothing_beside:
        nothing: str = _("Ernaast staat niets van %(days)s: toen was er nog niets geregistreerd.", days=days)
        return [nothing]
    sentence: str = _("Ernaast staat: %(days)s.", days=days)
    return [sentence]


def _begins(tables: Iterable[FigureTable], times: _Times, first: str) -> list[str]:
    """Say where days of which nothing was registered yet are among those that figures are compared over. ``first``: the
    day of the first dossier; empty: that is not told."""
    beside = times.earlier if times.earlier and not times.nothing_beside else times.period
    begin = begin_of(tables, beside.first)
    day = first or times.since
    if not day or date.fromisoformat(day) - begin <= _SILENT:
        return []
    if first:
        sentence = _(
            "Let op: het oudste dossier dat hier meetelt, is van %(day)s.",
            day=said().formats.day(date.fromisoformat(first)),
        )
    else:
        sentence = _(
            "Let op: deze cijfers beginnen in %(month)s.",
            month=said().figures.month(times.since[:7]),
        )
    dash = (
        _("Waar %(sign)s staat, was er nog niets geregistreerd.", sign=UNREGISTERED)
        if _has_silence(tables, times)
        else ""
    )
    return [f"{sentence} {dash}".strip()]


def _has_silence(tables: Iterable[FigureTable], times: _Times) -> bool:
    """Say whether some number is of a time of which nothing was registered yet."""
    if times.period.last.isoformat() < times.since:
        return True
    if (
        times.earlier is not None
        and not times.nothing_beside
        and times.earlier.first.isoformat() < times.since
    ):
        return any(table.by_time for table in tables)
    return any(is_over_before(one, times.since) for table in tables for one in periods(table))


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
    first = "" if public else record.first
    times = _times(Period.of_year(record.year), tables.values(), record.since, first)
    if record.before and not public:
        times = replace(times, earlier=Period.of_year(record.year - 1))
    notes = [
        _version(public),
        _("Vastgelegd op %(moment)s door %(name)s.", moment=utc_moment(record.made_at), name=made_by),
        *_about(Period.of_year(record.year), record.departments.values(), record.least if public else 0),
        *(_only_of_all(told=bool(found) or not record.tables) if public else []),
        *_held_beside(times),
        *_begins(tables.values(), times, first),
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
    told += [record.since] if record.since else []
    hashed = content_hash(dump(told, sort=True)) if public else record.digest
    digest = _("Kenmerk van de inhoud: %(digest)s", digest=hashed)
    before = {} if public else {one["id"]: table_in(one) for one in record.before}
    beside, version = (before, str(record.year - 1)), _Version(public, times)
    return _document(title, organisation_name, notes, chapters, beside, version, digest)


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
    if not (table.withheld or tells_nothing(table)):
        return table
    why = _(
        "Deze tabel staat niet in de openbare versie. Er zijn zo kleine aantallen bij dat men zou kunnen raden over wie"
        " het gaat."
    )
    return replace(table, explanation=why, how=(), counted="", lines=(), total=None)


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
    version: _Version,
    digest: str = "",
) -> ReportDocument:
    chapters = tuple(
        replace(one, tables=tuple(_counting(narrowed(table, _left_out)) for table in one.tables))
        for one in chapters
    )
    times = version.times
    document = ReportDocument(
        title,
        subtitle,
        said().language,
        tuple(notes),
        chapters,
        *before,
        _hidden(),
        {},
        digest,
        public=version.public,
        since=times.since,
        until=times.period.last.isoformat(),
        before_until=times.earlier.last.isoformat() if times.earlier else "",
        unregistered=UNREGISTERED,
        share=_("Aandeel"),
        never=_never,
    )
    drawn = {
        table.id: chart(
            replace(table, lines=document.read(table)[0]),
            _described(table),
            document.hidden,
            said().figures.short_month,
            dict.fromkeys(document.silent_rows(table), UNREGISTERED),
        )
        for one in chapters
        for table in one.tables
    }
    return replace(document, charts={name: one for name, one in drawn.items() if one})


def _never(names: str) -> str:
    said_so: str = _("Nul bij: %(names)s.", names=names)
    return said_so


def _counting(table: FigureTable) -> FigureTable:
    """Return a table that says in a sentence what it counts."""
    if not table.counted:
        return table
    return replace(table, counted=_("Geteld: %(what)s.", what=table.counted))


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


def _left_out(names: str) -> str:
    sentence: str = _("Zonder dossiers, en daarom niet in de tabel: %(names)s.", names=names)
    return sentence


def _described(table: FigureTable) -> str:
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


def _hidden() -> str:
    """Return what stands where a number is not told."""
    sign: str = _("n.g.")
    return sign
