"""The dossiers that a report is made of, as somebody may know them: no more of each than its tables ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import Term
from gehoor.core.conditions.facts import LATE_TERMS, FactType
from gehoor.core.conditions.model import All, Comparison, Condition, Operator, comparisons, fact_names
from gehoor.core.figures.counted import Counted, Period
from gehoor.core.figures.counting import ALL, MEASURED, NOT_YET, UNANSWERED
from gehoor.core.figures.suppression.agreed_links import fields_needed
from gehoor.core.reports.model import PLACES_AND_TIMES, Report, ReportTable
from gehoor.services.figures.looking import Looking, Place
from gehoor.services.ports.store import Bounds, Document, Mention, Part, Scalar, Where

_LINE: Final = ("id", "number", "agreement", "excluded")


@dataclass(frozen=True, slots=True)
class Known:
    """A dossier as it is counted, and the fields of it that may not be seen. ``pinned``: the agreement that it is
    handled under, by which its milestones and terms came to be; None where all may be seen."""

    counted: Counted
    unseen: frozenset[str]
    pinned: Agreement | None = None


class Told:
    """Which tables tell of a dossier what somebody may not see in it: by the agreement of its own department, and by
    the one that it is handled under, as each may take another field for a milestone or a term."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._fields: dict[tuple[str, str], frozenset[str]] = {}

    def shows(self, table: ReportTable, one: Known) -> bool:
        """Say whether a dossier may count in a table for who looks."""
        if not one.unseen:
            return True
        agreements = (one.counted.agreement, *([one.pinned] if one.pinned else []))
        return all(one.unseen.isdisjoint(self._of(table, agreement)) for agreement in agreements)

    def _of(self, table: ReportTable, agreement: Agreement) -> frozenset[str]:
        key = (table.id, agreement.hash)
        if key not in self._fields:
            self._fields[key] = fields_of(table, self._report, agreement)
        return self._fields[key]


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure of a table: its row and its column; None: all of them."""

    table: ReportTable
    row: str | None
    column: str | None


def known_dossiers(
    seen: Looking,
    report: Report,
    places: Sequence[Place],
    about: tuple[Period, Sequence[ReportTable]],
    *,
    sound: bool = False,
    cell: Cell | None = None,
) -> Iterator[Known]:
    """Give the dossiers that may count in some tables (``about``, over the whole of a period). ``sound``: what is
    damaged is found, and left out. ``cell``: only one figure is looked at, and what surely does not count there may be
    left out."""
    whole, tables = about
    for place in places:
        wanted = _wanted(seen, place, report, tables, cell)
        for where in questions(seen, report, (place,), whole):
            for document in _documents(seen, where, wanted, sound=sound):
                unseen = seen.unseen_under(place, document["agreement"])
                if unseen is not None:
                    pinned = seen.agreement_under(document["agreement"]) if unseen else None
                    yield Known(seen.counted(place, document), unseen, pinned)


def questions(seen: Looking, report: Report, places: Sequence[Place], whole: Period) -> Iterator[Where]:
    """Give the questions for the dossiers that may count in a report."""
    for place in places:
        for closed, bounds in _stretches(report, seen.agreements[place], whole):
            yield seen.where(place, equals={"closed": closed}, between=bounds)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is read of each dossier: facts and answers; ``mentions``: what it says for sure."""

    facts: tuple[str, ...]
    answers: tuple[str, ...]
    mentions: tuple[Mention, ...] = ()


def _wanted(
    seen: Looking, place: Place, report: Report, tables: Sequence[ReportTable], cell: Cell | None
) -> _Wanted:
    agreement = seen.agreements[place]
    fields = agreement.dossier_form.fields
    asked = {name for one in tables if one.only is not None for name in fact_names(one.only)}
    facts = ["reached"]
    if any(one.term for one in tables) or not asked <= set(fields):
        facts.append("terms")
    if "terms" in facts or any(one.flow for one in tables):
        facts.append("closed_on")
    answers = {name for one in tables for name in answers_of(one, agreement)}
    if cell is None and report.tables:
        # What its public version hides is hidden by how each dossier could have been, with all that hangs together.
        answers |= fields_needed(report, agreement)
    return _Wanted(tuple(facts), tuple(sorted(answers)), tuple(_mentions(seen, place, cell)) if cell else ())


def _documents(seen: Looking, where: Where, wanted: _Wanted, *, sound: bool) -> Iterator[Document]:
    """Give the lines of dossiers, with what is asked for of their facts."""
    if sound:
        for document in seen.select(where):
            kept = document.get("figures", {})
            values = {name: one for name, one in kept.get("values", {}).items() if name in wanted.answers}
            yield {**document, "figures": {**kept, "values": values}}
        return
    line: tuple[Part, ...] = tuple((name,) for name in _LINE)
    facts: tuple[Part, ...] = tuple(("figures", name) for name in wanted.facts)
    answers: tuple[Part, ...] = tuple(("figures", "values", name) for name in wanted.answers)
    given = {name: where.equals[name] for name in ("organisation", "department", "closed")}
    first, last = len(line), len(line) + len(facts)
    read = seen.register.tables.parts
    for one in read("dossiers", (*line, *facts, *answers), where=where, mentioning=wanted.mentions):
        found = {**given, "id": one[0], "number": one[1], "agreement": one[2], "excluded": one[3] or ()}
        if seen.exists(found):
            kept = dict(zip(wanted.facts, one[first:last], strict=True))
            values = dict(zip(wanted.answers, one[last:], strict=True))
            found["figures"] = _there(kept) | {"values": _there(values)}
            yield found


def _there(found: dict[str, Any]) -> dict[str, Any]:
    return {name: of for name, of in found.items() if of is not None}


def answers_of(table: ReportTable, agreement: Agreement) -> frozenset[str]:
    """Return the fields whose answers a table counts by, or goes by."""
    named = {table.by, table.across, table.mean_of, table.sum_of} - {"", *PLACES_AND_TIMES}
    found = {one.partition(".")[0] for one in named}
    if table.only is not None:
        found |= fact_names(table.only)
    return frozenset(name for name in found if name in agreement.dossier_form.fields)


def seen_in(table: ReportTable, told: Told, known: Iterable[Known]) -> Iterator[Counted]:
    """Give the dossiers that a table is about: not those in which one may not see what it counts."""
    return (one.counted for one in known if told.shows(table, one))


def fields_of(table: ReportTable, report: Report, agreement: Agreement) -> frozenset[str]:
    """Return the fields of which a table tells something in a dossier under an agreement."""
    named = {table.by, table.across, table.mean_of, table.sum_of} - {"", *PLACES_AND_TIMES}
    milestones = {report.period_of(table)}
    if table.flow:
        milestones |= _closings(report.closing_of(table), agreement)
    if table.lead_time:
        milestones |= {table.lead_time.start, table.lead_time.until}
    for term in _terms_of(table, agreement):
        milestones |= {term.starts, term.until, *term.other_starts, term.recurring_until}
        named |= {term.day, term.rows} - {""}
    fields = {one.partition(".")[0] for one in named}
    fields |= {agreement.milestones[one].field for one in milestones if one in agreement.milestones}
    if table.only is not None:
        fields |= fact_names(table.only)
    return frozenset(fields)


def _closings(named: str, agreement: Agreement) -> set[str]:
    """Return the milestones by which a dossier counts as done: the one that is ``named``, or all that close it."""
    return {named} if named else {name for name, one in agreement.milestones.items() if one.closes}


def _terms_of(table: ReportTable, agreement: Agreement) -> Iterator[Term]:
    """Give the terms of which a table tells something, with those at whose due day they start."""
    asked = [table.term]
    if table.only is not None:
        for one in comparisons(table.only):
            if one.fact == LATE_TERMS and isinstance(one.operand, tuple):
                asked += map(str, one.operand)
    found: dict[str, Term] = {}
    while asked:
        term = agreement.terms.get(asked.pop())
        if term is not None and term.id not in found:
            found[term.id] = term
            asked.append(term.from_term)
    yield from found.values()


def _stretches(
    report: Report, agreement: Agreement, whole: Period
) -> Iterator[tuple[bool, dict[str, Bounds]]]:
    """Give where the dossiers stand that may count: whether they are closed, and between which days. Where the period
    does not go by the day of receipt, or does by what nobody may sort by, all are looked at."""
    periods = {report.period_by, *map(report.period_of, report.tables.values())}
    milestone = agreement.milestones.get(report.period_by)
    field = agreement.dossier_form.fields.get(milestone.field) if milestone and len(periods) == 1 else None
    first, last = whole.first.isoformat(), f"{whole.last.isoformat()}~"
    carried = any(table.flow for table in report.tables.values())
    done_by = any(report.closing_of(table) for table in report.tables.values() if table.flow)
    by_receipt = field is not None and field.meaning == "received-on" and not field.special
    for closed in (False, True):
        if not by_receipt:
            yield closed, {}
            continue
        yield closed, {"received": (first, last)}
        earlier: Bounds = (None, f"{(whole.first - timedelta(days=1)).isoformat()}~")
        if carried and (not closed or done_by):
            yield closed, {"received": earlier}
        elif carried:
            yield closed, {"received": earlier, "closed_at": (first, None)}


def _mentions(seen: Looking, place: Place, cell: Cell) -> Iterator[Mention]:
    """Give what a dossier that counts in a figure says for sure: by that the others are passed over."""
    table, fields = cell.table, seen.agreements[place].dossier_form.fields
    for key, by in ((cell.row, table.by), (cell.column, table.across)):
        rows, _, member = by.partition(".")
        if rows in fields and key not in (None, ALL, UNANSWERED, MEASURED):
            yield (member, None) if member else (rows, _kept_as(seen, place, rows, str(key)))
    days = cell.column if table.by else cell.row
    if table.lead_time and days not in (None, ALL, NOT_YET):
        yield table.lead_time.until, None
    for one in _asked(table.only):
        if one.operator is not Operator.EMPTY and one.fact in fields:
            plain = one.operator is Operator.IS and isinstance(one.operand, str)
            yield one.fact, _kept_as(seen, place, one.fact, str(one.operand)) if plain else None


def _asked(only: Condition | None) -> Iterator[Comparison]:
    """Give the comparisons that have to hold."""
    if isinstance(only, All):
        for part in only.parts:
            yield from _asked(part)
    elif isinstance(only, Comparison):
        yield only


def _kept_as(seen: Looking, place: Place, name: str, code: str) -> Scalar | None:
    """Return an answer as it stands in every document; None where it may stand otherwise, as the field was of another
    type before."""
    published = seen.runtime.library.publications(seen.register, *place)
    digests = dict.fromkeys(one.agreement for one in published)
    agreed = [seen.runtime.library.sound_agreement(seen.register, one) for one in digests]
    types = {one.fact_types.get(name) if one else None for one in agreed}
    if len(types) != 1:
        return None
    match types.pop():
        case FactType.TEXT:
            return code
        case FactType.INTEGER if code.isdecimal():
            return int(code)
        case FactType.BOOLEAN:
            return code == "true"
        case _:
            return None
