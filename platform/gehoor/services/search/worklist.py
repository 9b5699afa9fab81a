"""Work lists: the dossiers someone works on, sorted and narrowed as they wish, with how each stands now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gehoor.core.access.roles import departments_of
from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.dossier.events import instant_text, parse_instant
from gehoor.core.rules.effects import Flag
from gehoor.services.access.people import can_handle
from gehoor.services.access.rights import summary_as_seen
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.ports.records import Account, Summary, from_document
from gehoor.services.ports.store import Document, Where
from gehoor.services.register.register import Register, reading
from gehoor.services.register.runtime import Runtime
from gehoor.services.search.worklist_filters import Tab, Viewpoint, Wish, question


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a work list: the dossier, its most urgent term, and how that stands."""

    summary: Summary
    department_name: str
    term: Mapping[str, str] | None
    status: TermStatus
    days: int | None
    """Local days until the due day; below zero when it has passed."""
    kind_name: str = ""
    handler_name: str = ""


@dataclass(frozen=True, slots=True)
class Offered:
    """What a list can be narrowed to: what is stored, with what people call it."""

    departments: Mapping[str, str]
    kinds: Mapping[str, str]
    phases: tuple[str, ...]
    handlers: Mapping[str, str]
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkList:
    """A page of a work list, how many dossiers there are in all, and how many in each list."""

    wish: Wish
    lines: tuple[Line, ...]
    total: int
    counts: Mapping[Tab, int]
    offered: Offered

    @property
    def late(self) -> int:
        """Return how many dossiers of the whole are late."""
        return self.counts[Tab.LATE]

    @property
    def last_page(self) -> int:
        """Return the number of the last page."""
        return max(1, -(-self.total // PAGE))


PAGE = 50
_PLAIN = Wish()


def work_list(runtime: Runtime, account: Account, now: datetime, wish: Wish = _PLAIN) -> WorkList:
    """Return the dossiers of the departments that someone works in, but for those that do not exist for them."""
    with reading(runtime.store) as register:
        mine = departments_of(account.roles, register.published_departments())
        agreements = {
            (one.agreement.organisation, one.agreement.department): one.agreement
            for one in all_in_force(register, runtime.library, mine, now)
        }
        excluded = tuple(sorted(register.excluded_dossiers(account.name)))
        views = [
            Viewpoint(account.name, now, place, agreement.time_zone, excluded)
            for place, agreement in agreements.items()
        ]
        counts = {tab: _count(register, Wish(tab), views) for tab in Tab}
        total = _count(register, wish, views) if wish.narrowed else counts[wish.tab]
        summaries = _page(register, wish, views)
        accounts = register.accounts()
    names = {one.name: one.full_name or one.name for one in accounts}
    lines = []
    for summary in summaries:
        agreement = agreements[(summary.organisation, summary.department)]
        line = _line(summary_as_seen(summary, agreement, account, accounts), agreement, now)
        lines.append(replace(line, handler_name=names.get(summary.handler, summary.handler)))
    return WorkList(wish, tuple(lines), total, counts, _offered(agreements, accounts))


def _questions(wish: Wish, views: Sequence[Viewpoint]) -> list[Where]:
    return [asked for view in views if (asked := question(wish, view)) is not None]


def _count(register: Register, wish: Wish, views: Sequence[Viewpoint]) -> int:
    return sum(register.tables.count("dossiers", where=asked) for asked in _questions(wish, views))


def _page(register: Register, wish: Wish, views: Sequence[Viewpoint]) -> list[Summary]:
    """Return one page. Each department is in order already; together they are put in order here."""
    asked, skipped = _questions(wish, views), (wish.page - 1) * PAGE
    if len(asked) == 1:
        found = register.tables.select(
            "dossiers", where=asked[0], order_by=wish.order, limit=PAGE, offset=skipped
        )
    else:
        first = [
            document
            for one in asked
            for document in register.tables.select(
                "dossiers", where=one, order_by=wish.order, limit=skipped + PAGE
            )
        ]
        found = _in_order(first, wish.order[0])[skipped : skipped + PAGE]
    return [from_document(Summary, document) for document in found]


def _in_order(documents: list[Document], order: str) -> list[Document]:
    """Sort as a store does: what is missing last, ties by key."""
    member, descending = order.removeprefix("-"), order.startswith("-")
    known = [document for document in documents if document.get(member) is not None]
    missing = [document for document in documents if document.get(member) is None]
    known.sort(key=lambda document: (document[member], document["id"]), reverse=descending)
    missing.sort(key=lambda document: str(document["id"]), reverse=descending)
    return [*known, *missing]


def _offered(agreements: Mapping[tuple[str, str], Agreement], accounts: Sequence[Account]) -> Offered:
    found = list(agreements.values())
    people = {one.name: one.full_name for place in agreements for one in can_handle(place, accounts, ())}
    flags = {
        effect.text: None
        for agreement in found
        for rule in agreement.rules.values()
        for effect in rule.effects
        if isinstance(effect, Flag)
    }
    return Offered(
        departments={f"{one.organisation}/{one.department}": one.department_name for one in found},
        kinds={name: kind.name for one in found for name, kind in one.kinds.items()},
        phases=tuple(dict.fromkeys(phase.name for one in found for phase in one.phases.values())),
        handlers=dict(sorted(people.items(), key=lambda pair: pair[1].casefold())),
        flags=tuple(sorted(flags)),
    )


def _line(summary: Summary, agreement: Agreement, now: datetime) -> Line:
    kind = agreement.kinds.get(summary.kind)
    named = kind.name if kind else summary.kind
    if not summary.terms or summary.closed:
        return Line(summary, agreement.department_name, None, TermStatus.ON_TIME, None, named)
    term = summary.terms[0]
    today = now.astimezone(ZoneInfo(agreement.time_zone)).date()
    due = date.fromisoformat(term["due"][:10])
    if instant_text(now) >= term["late_at"]:
        status = TermStatus.LATE
    elif due <= today:
        status = TermStatus.TODAY
    elif term["remind_at"] and parse_instant(term["remind_at"]) <= now:
        status = TermStatus.REMINDER
    else:
        status = TermStatus.RUNNING
    return Line(summary, agreement.department_name, term, status, (due - today).days, named)
