"""A report in words: what stands around its figures, in the language of its organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from flask_babel import gettext as _

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
from gehoor.core.figures.report_document import (
    DocumentChapter,
    Paper,
    ReportDocument,
    narrowed,
)
from gehoor.core.figures.tables import FigureTable
from gehoor.core.text.canonical_json import content_hash, dump
from gehoor.services.figures.report_drafts import Draft
from gehoor.services.figures.report_records import ReportRecord, kept_texts, read_inside
from gehoor.web.display.filters import local_day, utc_moment
from gehoor.web.request.languages import said
from gehoor.web.staff.figures.asked_period import period_name, short_name
from gehoor.web.staff.figures.assessment_words import findings, findings_table
from gehoor.web.staff.figures.report_paper import approved, paper, standing
from gehoor.web.staff.figures.table_words import (
    counting,
    described,
    hidden,
    left_out,
    never,
    not_yet,
    said_of,
)

UNREGISTERED: Final = "\u2013"
"""What stands for a number of a time of which nothing was registered yet."""
_SILENT: Final = timedelta(days=31)
"""Of so many days without any dossier it is said that there are none, before somebody compares with them."""


def draft_document(draft: Draft, *, public: bool) -> ReportDocument:
    """Return a report as it is being made."""
    report, record = draft.offered.report, draft.record
    tables = draft.reckoned.tables
    before = {} if public else draft.reckoned.before
    withheld = report.shared_keys if public else frozenset()
    if public:
        tables = {one.id: said_of(one) for one in draft.public()}
    chapters = tuple(
        DocumentChapter(
            one.title,
            one.explanation,
            "" if one.key in withheld else _text_of(record, one.key, public=public),
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
    about = _about(reckoned.period, names, 0)
    front = paper(whose, _version(public), reckoned.period, tuple(names), about)
    version = _Version(public, times, front, draft.offered.today)
    return _document(title, subtitle, notes, chapters, (before, short_name(reckoned.earlier)), version)


def _text_of(record: ReportRecord, chapter: str, *, public: bool) -> str:
    """Return what a version says in a chapter. ``chapter``: by what its texts are kept."""
    text = record.texts.get(chapter, {}).get("text", "")
    return text if public else _inside(text, record.internal_texts.get(chapter, {}).get("text", ""))


def _inside(text: str, internal: str) -> str:
    """Return what the internal version says in a chapter: whoever reads it knows what nobody else does."""
    whose: str = _("Alleen in de interne versie:")
    return read_inside(text, f"{whose}\n{internal}" if internal else "")


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
    """Which version of a report is read, over which days it goes, what it says on paper, and on which day it was
    counted."""

    public: bool
    times: _Times
    paper: Paper
    day: date


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
    tables = {one["id"]: said_of(table_in(one)) for one in found}
    texts = kept_texts(record, public=public)
    inside = {} if public else record.internal_texts
    chapters = tuple(
        DocumentChapter(
            one["title"],
            one["explanation"],
            _inside(texts.get(place, {}).get("text", ""), inside.get(one.get("id", ""), {}).get("text", "")),
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
        *standing(record, public=public),
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
    if record.withdrawal:
        title = _("%(title)s (ingetrokken)", title=title)
    # Of what is public alone: by a hash of more, somebody could try small numbers or short words until one fits.
    held = [one.get("public-findings", ()) for one in record.chapters if not one["internal"]]
    told = [list(found), _told(record, texts), *([held] if any(held) else [])]
    told += [record.since] if record.since else []
    hashed = content_hash(dump(told, sort=True)) if public else record.digest
    digest = _("Kenmerk van de inhoud: %(digest)s", digest=hashed)
    before = {} if public else {one["id"]: table_in(one) for one in record.before}
    names, year = tuple(record.departments.values()), Period.of_year(record.year)
    front = paper(organisation_name, _version(public), year, names, _about(year, names, 0))
    front = replace(front, facts=(*front.facts, *approved(record)))
    beside = (before, str(record.year - 1))
    version = _Version(public, times, front, local_day(record.made_at))
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
                sign=hidden(),
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
        replace(one, tables=tuple(counting(narrowed(table, left_out), version.day) for table in one.tables))
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
        hidden(),
        {},
        digest,
        paper=version.paper,
        public=version.public,
        since=times.since,
        until=times.period.last.isoformat(),
        before_until=times.earlier.last.isoformat() if times.earlier else "",
        unregistered=UNREGISTERED,
        share=_("Aandeel"),
        never=never,
        not_yet=not_yet,
    )
    drawn = {
        table.id: chart(
            replace(table, lines=document.read(table)[0]),
            described(table),
            document.hidden,
            said().figures.short_month,
            dict.fromkeys(document.silent_rows(table), UNREGISTERED),
        )
        for one in chapters
        for table in one.tables
        # A single bar compares nothing.
        if len(document.read(table)[0]) > 1
    }
    return replace(document, charts={name: one for name, one in drawn.items() if one})
