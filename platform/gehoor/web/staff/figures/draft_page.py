"""The page of a report as it is being made: its figures, what is written in it and what still has to be, and what of it
was frozen before."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from flask import render_template, request, url_for
from flask_babel import gettext as _

from gehoor.core.figures.periods import Beside
from gehoor.core.figures.report_document import without_silent
from gehoor.core.reports.model import Report
from gehoor.services.disclosure.numbers_in_texts import hidden_numbers, small_numbers
from gehoor.services.figures.report_drafts import Draft
from gehoor.services.figures.report_records import ReportRecord, read_inside
from gehoor.services.figures.reports import LONGEST, kept_for_account, names_told
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.menu import may_adapt
from gehoor.web.staff.figures.asked_period import (
    beside_offered,
    in_address,
    period_name,
    quarters_offered,
    span_in,
)
from gehoor.web.staff.figures.report_front import front_tiles
from gehoor.web.staff.figures.report_reading import draft_document
from gehoor.web.staff.figures.table_words import without_empty

PUBLIC: Final = "openbaar"
ALL_KEPT: Final = "alles"
"""What an address says of what was kept, where no single chapter is meant."""


@dataclass(frozen=True, slots=True)
class Refused:
    """What somebody typed in a chapter in which was written meanwhile. ``theirs``: what stands there now; ``mine``:
    whether they wrote that themselves, in another window."""

    text: str
    theirs: str
    mine: bool


@dataclass(frozen=True, slots=True)
class ToWrite:
    """A text that somebody may write in a draft: of which chapter, where it stands on the page, and whether something
    is written. ``asked``: whether the report asks for it; what it does not ask may stay empty."""

    title: str
    anchor: str
    written: bool
    asked: bool


def is_public(found: Draft) -> bool:
    """Say whether somebody wants the public version: there is none of other days than a year, as what is hidden in the
    one could be worked out of the others."""
    return found.is_of_year and request.args.get("versie") == PUBLIC


def draft_page(
    found: Draft,
    refused: Mapping[tuple[str, bool], Refused] | None = None,
    *,
    freezing: bool = False,
    agreed: Collection[str] = (),
) -> str:
    """Return the page of a draft. ``refused``: by chapter, and whether it was for the internal version alone, what
    could not be kept; ``freezing``: as the report would be frozen; ``agreed``: what somebody said may be public."""
    public = is_public(found)
    organisation, report = found.offered.organisation, found.offered.report
    where: dict[str, Any] = {"organisation": organisation, "report": report.id, "year": found.year}
    where["afdeling"] = list(found.asked.departments) or None
    where |= in_address(found.asked.span, found.asked.beside)
    earlier = found.reckoned.earlier
    document = draft_document(found, public=public)
    front = front_tiles(document)
    document = without_empty(document)
    if public:
        document = without_silent(document)
    asks = (
        {one.key: one.asks or _("Wat wilt u hierbij zeggen?") for one in report.chapters if one.writes}
        if found.may_make and found.is_of_year
        else {}
    )
    texts = [] if public else _texts(found, asks)
    numbers = _numbers(found, public=public) if found.may_make and found.is_of_year else {}
    named = names_told(site().runtime, me(), now(), found) if not public and found.may_make else {}
    return render_template(
        "staff/report_draft.html",
        being=found,
        document=document,
        public=public,
        asks=asks,
        to_write=texts,
        next_text=_next_texts(texts),
        texts=found.record.texts,
        inside=found.record.internal_texts,
        # What was written of a chapter that the report no longer has: it stays, for who wants to take it over.
        left_over=_left_over(found),
        internal={one.key for one in report.chapters if one.internal},
        only_internal=_only_internal(report) if public else [],
        called={one.key: one.title for one in report.chapters},
        saved=request.args.get("bewaard", ""),
        refused=refused or {},
        refused_at=_refused_at(found, refused or {}),
        freezing=freezing,
        named=named,
        numbers=numbers,
        named_at=[
            (one.title, anchor_of(place), named[one.key])
            for place, one in enumerate(report.chapters, 1)
            if one.key in named
        ],
        small_at=[
            (one.title, anchor_of(place), numbers[one.key])
            for place, one in enumerate(report.chapters, 1)
            if one.key in numbers and not public
        ],
        agreed=agreed,
        frozen=_frozen(found) if found.is_of_year else [],
        longest=LONGEST,
        address=lambda **more: url_for("reports.draft", **{**where, "maak": None, **more}),
        chosen=found.asked.departments,
        front=front,
        behind=lambda table, row, column, *names: url_for(
            "report_lists.behind", **where, tabel=table, rij=row, kolom=column, naam=names
        ),
        behind_earlier=lambda table, row, *names: url_for(
            "report_lists.behind",
            **{**where, **in_address(earlier), "year": earlier.last.year},
            tabel=table,
            rij=row,
            naam=names,
        ),
        file=lambda kind: url_for(
            "reports.draft_file", **where, kind=kind, versie=PUBLIC if public else None
        ),
        to=lambda page: url_for(f"reports.{page}", **where),
        adapts=may_adapt(organisation),
        years=found.offered.years[:8],
        quarters=[
            (
                period_name(one),
                one == found.asked.span,
                {"year": one.last.year, **in_address(one, found.asked.beside)},
            )
            for one in quarters_offered(found.offered.today)
        ],
        no_days=in_address(None),
        wrong=span_in(request.args)[1],
        days_before=found.asked.beside is Beside.DAYS_BEFORE,
        beside=beside_offered(found.asked.span, found.asked.beside),
        running=found.year == found.offered.years[0],
    )


def anchor_of(place: int) -> str:
    """Return where the text of a chapter stands on the page of a draft. ``place``: of the chapter, from 1."""
    return f"s-{place}"


def _texts(found: Draft, asks: Mapping[str, str]) -> list[ToWrite]:
    return [
        ToWrite(one.title, anchor_of(place), bool(_written(found, one.key)), bool(one.asks))
        for place, one in enumerate(found.offered.report.chapters, 1)
        if one.key in asks
    ]


def _left_over(found: Draft) -> dict[str, str]:
    """Return what was written, by chapter, of chapters in which nothing can be written any more."""
    writes = {one.key for one in found.offered.report.chapters if one.writes}
    inside = writes - {one.key for one in found.offered.report.chapters if one.internal}
    texts = {name: one["text"] for name, one in found.record.texts.items() if name not in writes}
    internal = {name: one["text"] for name, one in found.record.internal_texts.items() if name not in inside}
    both = {name: read_inside(texts.get(name, ""), internal.get(name, "")) for name in (*texts, *internal)}
    return {name: text for name, text in both.items() if text}


def _written(found: Draft, key: str) -> str:
    return found.record.texts.get(key, {}).get("text", "")


def _next_texts(texts: Sequence[ToWrite]) -> dict[str, ToWrite]:
    """Return after each text (its anchor) the next one that is still asked for, and else the next one."""
    found = {}
    for place, one in enumerate(texts):
        after = texts[place + 1 :]
        onward = next(
            (text for text in after if text.asked and not text.written), after[0] if after else None
        )
        if onward is not None:
            found[one.anchor] = onward
    return found


def _refused_at(found: Draft, refused: Mapping[tuple[str, bool], Refused]) -> list[tuple[str, str, bool]]:
    """Return of each text that could not be kept its chapter, where that stands, and whether somebody wrote there
    themselves."""
    return [
        (one.title, f"{'i' if inside else 's'}-{place}", refused[one.key, inside].mine)
        for place, one in enumerate(found.offered.report.chapters, 1)
        for inside in (False, True)
        if (one.key, inside) in refused
    ]


def small_told(found: Draft) -> bool:
    """Say whether what is written for everybody tells a number that the public version would not."""
    return bool(_numbers(found, public=False))


def _numbers(found: Draft, *, public: bool) -> dict[str, str]:
    """Return by chapter (its key) the numbers in what is written there that the public would not be told: of the public
    version those that its tables hide, of a draft the small ones, which take no time to find."""
    report = found.offered.report
    texts = {one: _written(found, one.key) for one in report.chapters if one.writes and not one.internal}
    if not any(sign.isdigit() for text in texts.values() for sign in text):
        return {}
    told = {one.id: one for one in found.public()} if public else {}
    numbers = {
        one.key: hidden_numbers(text, [found.reckoned.tables[each.id] for each in one.tables], told)
        if public
        else small_numbers(text, report.least)
        for one, text in texts.items()
    }
    return {key: ", ".join(map(str, each)) for key, each in numbers.items() if each}


def _only_internal(report: Report) -> list[str]:
    """Return what the public version of a report does not have as it was agreed: chapters, and tables of others."""
    chapters = [one.title for one in report.chapters if one.internal]
    tables = [
        table.title for one in report.chapters if not one.internal for table in one.tables if table.internal
    ]
    return [*chapters, *tables]


def _frozen(found: Draft) -> list[ReportRecord]:
    """Return what was frozen of the same report, year and departments and still holds, the latest first."""
    asked = found.asked
    mine = set(asked.departments or found.offered.departments)
    return [
        one
        for one in kept_for_account(site().runtime, me(), now())
        if (one.organisation, one.report, one.year) == (asked.organisation, asked.report, asked.year)
        and set(one.departments) == mine
        and not one.withdrawal
    ]
