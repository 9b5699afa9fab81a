"""Work lists: the dossiers someone works on, sorted and narrowed as they wish, with how each stands now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from gehoor.core.access.roles import departments_of
from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.fields import KINDS
from gehoor.core.rules.effects import Flag
from gehoor.core.wording.registry import sentences_of
from gehoor.services.access.lent_rights import SeenLess, seen_less_of
from gehoor.services.access.summary_rights import summary_for
from gehoor.services.agreements.publications import all_in_force
from gehoor.services.ports.documents import summary_of
from gehoor.services.ports.records import Account, Summary
from gehoor.services.ports.store import Cursor, Document
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.register import Register
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.staff import Staff
from gehoor.services.search.flags import flagged_untold, flags_for
from gehoor.services.search.lines import Line, line_of
from gehoor.services.search.list_layout import columns_for, filters_for
from gehoor.services.search.viewpoints import count_all, count_of, questions_of, viewpoints
from gehoor.services.search.worklist_filters import (
    Tab,
    Viewpoint,
    Wish,
    in_order,
    questions,
    still_asking,
)


@dataclass(frozen=True, slots=True)
class Offered:
    """What a list can be narrowed to: what is stored, with what people call it."""

    departments: Mapping[str, str]
    kinds: Mapping[str, str]
    phases: tuple[str, ...]
    handlers: Mapping[str, str]
    flags: tuple[str, ...]
    severities: Mapping[str, str]
    roles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WorkList:
    """A page of a work list, how many dossiers there are in all, and how many in each list: one more than
    ``most`` where there are more than are counted.

    ``before`` and ``after``: from where to go on to the pages beside it, where there are any.
    """

    wish: Wish
    lines: tuple[Line, ...]
    total: int
    counts: Mapping[Tab, int]
    offered: Offered
    columns: tuple[str, ...]
    filters: tuple[str, ...]
    page: int = 1
    before: Cursor | None = None
    after: Cursor | None = None
    most: int | None = None
    """So many dossiers of a list are counted; None: all."""
    above: int = 0
    """So many stand on its first page above those that pages are made of: where there is danger, and what is closed and
    asks something."""

    def is_beyond(self, count: int) -> bool:
        """Say whether there are more than were counted."""
        return self.most is not None and count > self.most

    @property
    def late(self) -> int:
        """Return how many dossiers of the whole are late."""
        return self.counts[Tab.LATE]

    @property
    def last_page(self) -> int:
        """Return the number of the last page, as far as the dossiers are counted."""
        return max(self.page, 1, -(-(self.total - self.above) // PAGE))


PAGE = 50
COUNTED: Final = 10_000
"""So many dossiers of a list are counted: nobody goes through more, and to count a million takes longer than to show
the page."""
_SKIPPED = 5
"""So many pages are passed over to show one by its number; a page further on is reached from the one before it."""
_MOST_SEVERITIES = 20
_PLAIN = Wish()


@dataclass(frozen=True, slots=True)
class _Page:
    found: list[Document]
    number: int
    earlier: bool
    """Whether there are dossiers before these."""
    later: bool


def work_list(
    runtime: Runtime, account: Account, now: datetime, wish: Wish = _PLAIN, *, whole: bool = False
) -> WorkList:
    """Return the dossiers of the departments that someone works in, but for those that do not exist for them.
    ``whole``: all are counted, however many there are."""
    most = None if whole else COUNTED + 1
    with _looking(runtime, account, now, wish) as seen:
        register, views = seen.register, seen.views(wish)
        counts = _counts(seen, most)
        urgent, views_below = seen.urgent(wish, views)
        page = _page(register, wish, views_below)
        first = [] if wish.cursor or page.number > 1 else urgent
        total = counts[wish.tab]
        if wish.narrowed or not all(questions(wish, view) for view in views):
            alone = not (page.earlier or page.later)
            total = len(first) + len(page.found) if alone else count_of(register, wish, views, most)
        found = list(seen.shown([*first, *page.found]))
    agreements, staff = seen.agreements, seen.staff
    shown = [(agreements[view.place], view.unseen) for view in views]
    columns = columns_for(shown)
    lines = [line_of(one, agreements[one.organisation, one.department], staff, now, columns) for one in found]
    before, after = _beside(wish, page)
    offered = _offered(views, agreements, staff)
    filters = filters_for(shown)
    counted = None if whole else COUNTED
    return WorkList(
        wish, tuple(lines), total, counts, offered, columns, filters, page.number, before, after, counted,
        len(urgent),
    )  # fmt: skip


def whole_list(
    runtime: Runtime, account: Account, now: datetime, wish: Wish, most: int
) -> tuple[int, list[str]]:
    """Return how many dossiers a list has, counted no further than one more than ``most``, and all of them (ids) in its
    order; none where there are more than ``most``."""
    wish = replace(wish, page=1, cursor=None)
    with _looking(runtime, account, now, wish) as seen:
        views = seen.views(wish)
        total = count_of(seen.register, wish, views, most + 1)
        if total > most:
            return total, []
        urgent, below = seen.urgent(wish, views)
        found = [*urgent, *_first(seen.register, wish, below, most)]
    return total, [one["id"] for one in found]


@dataclass(frozen=True)
class _Looking:
    """Somebody who looks at their departments at one moment. ``untold``: the dossiers of which they may not know that
    they have the flag that is asked for."""

    runtime: Runtime
    register: Register
    staff: Staff
    account: Account
    now: datetime
    agreements: Mapping[tuple[str, str], Agreement]
    excluded: tuple[str, ...]
    less: SeenLess
    untold: tuple[str, ...]

    @property
    def reading(self) -> tuple[Runtime, Register, Staff]:
        """Return what is looked with."""
        return self.runtime, self.register, self.staff

    def views(self, asked: Wish) -> list[Viewpoint]:
        """Return from where they look at each department, for what they ask there."""
        without = (self.excluded, self.less)
        return viewpoints(
            self.reading, self.account.name, self.agreements, asked, self.now, without, self.untold
        )

    def urgent(self, wish: Wish, views: Sequence[Viewpoint]) -> tuple[list[Document], list[Viewpoint]]:
        """Return what comes before a list, and from where the rest is looked at."""
        found = _urgent(self.register, wish, self.views(replace(wish, danger=True)), views)
        above = tuple(one["id"] for one in found)
        return found, [replace(one, excluded=(*one.excluded, *above)) for one in views]

    def shown(self, documents: Iterable[Document]) -> Iterator[Summary]:
        """Give dossiers as they may be seen."""
        library, name = self.runtime.library, self.account.name
        for one in map(summary_of, documents):
            # Its own line says so too: what is gone from a table shows nobody a dossier that does not exist for them.
            if name not in one.excluded:
                yield replace(
                    summary_for(self.account, one, register=self.register, library=library, staff=self.staff),
                    flags=flags_for(self.reading, name, one, self.now),
                )


@contextmanager
def _looking(runtime: Runtime, account: Account, now: datetime, wish: Wish) -> Iterator[_Looking]:
    with reading_projection(runtime) as register:
        mine = departments_of(account.roles, register.published_departments())
        agreements = {
            (one.agreement.organisation, one.agreement.department): one.agreement
            for one in all_in_force(register, runtime.library, mine, now)
        }
        staff = runtime.staff.of(register, now)
        reading = (runtime, register, staff)
        untold = flagged_untold(reading, account.name, agreements, wish.flag, now) if wish.flag else set()
        excluded = tuple(sorted(register.excluded_dossiers(account.name)))
        less = seen_less_of(register, runtime.library, staff, account.name)
        yield _Looking(
            runtime, register, staff, account, now, agreements, excluded, less, tuple(sorted(untold))
        )


def _counts(seen: _Looking, most: int | None) -> dict[Tab, int]:
    """Return how many dossiers each list has, when nothing is narrowed."""
    plain = seen.views(_PLAIN)
    counts: dict[Tab, int] = {
        tab: count_of(seen.register, Wish(tab), seen.views(Wish(tab)), most)
        for tab in Tab
        if tab is not Tab.ALL
    }
    # What is open and what is closed was counted: only what is among both is taken off.
    twice = [one for view in plain for one in still_asking(_PLAIN, view)]
    is_open = counts[Tab.DEPARTMENT]
    if most is None or is_open < most:
        is_open += counts[Tab.CLOSED] - count_all(seen.register, twice)
    counts[Tab.ALL] = is_open if most is None else min(is_open, most)
    return {tab: counts[tab] for tab in Tab}


def _urgent(
    register: Register, wish: Wish, of_danger: Sequence[Viewpoint], views: Sequence[Viewpoint]
) -> list[Document]:
    """Return what comes before a list: where there is danger, if it is in its usual order, then what is closed and asks
    something all the same."""
    usual = not wish.sort and wish.tab.only_open
    danger = _first(register, replace(wish, danger=True, cursor=None), of_danger, PAGE) if usual else []
    asked = [one for view in views for one in still_asking(wish, view)]
    closed = [
        document
        for one in asked
        for document in register.tables.select("dossiers", where=one, order_by=("due_at",), limit=PAGE)
    ]
    return [*danger, *in_order(closed, "due_at")[:PAGE]]


def _page(register: Register, wish: Wish, views: Sequence[Viewpoint]) -> _Page:
    """Return one page: what goes on from a place, or else the page with a number."""
    if wish.cursor is None:
        number = wish.page if wish.page <= _SKIPPED else 1
        skipped = (number - 1) * PAGE
        found = _first(register, wish, views, skipped + PAGE + 1)[skipped:]
        return _Page(found[:PAGE], number, earlier=number > 1, later=len(found) > PAGE)
    found = _first(register, wish, views, PAGE + 1)
    if not wish.cursor.backwards:
        return _Page(found[:PAGE], max(2, wish.page), earlier=True, later=len(found) > PAGE)
    if len(found) <= PAGE:
        # There is no page before this one: it is the first, and it is shown whole.
        return _page(register, replace(wish, cursor=None, page=1), views)
    return _Page(found[-PAGE:], max(2, wish.page), earlier=True, later=True)


def _first(register: Register, wish: Wish, views: Sequence[Viewpoint], limit: int) -> list[Document]:
    """Return the dossiers next to where a wish begins. Each department is in order already; together they are put in
    order here."""
    backwards = wish.cursor is not None and wish.cursor.backwards
    asked = questions_of(wish, views)
    found = [
        document
        for one in asked
        for document in register.tables.select(
            "dossiers", where=one, order_by=wish.order, limit=limit, cursor=wish.cursor
        )
    ]
    if len(asked) > 1:
        found = in_order(found, wish.order[0])
    return found[-limit:] if backwards else found[:limit]


def _beside(wish: Wish, page: _Page) -> tuple[Cursor | None, Cursor | None]:
    """Return from where to go on before a page and after it."""
    if not page.found:
        return None, None
    first, last = page.found[0], page.found[-1]
    member = wish.sorted_by.value
    before = Cursor(first.get(member), first["id"], backwards=True) if page.earlier else None
    return before, Cursor(last.get(member), last["id"]) if page.later else None


def _severities(agreement: Agreement) -> dict[str, str]:
    """Return the answers that the field for it can have, with what people call them."""
    of = agreement.dossier_form.fields.get(agreement.field_for("severity"))
    if of is None:
        return {}
    least, most = of.schema.get("minimum"), of.schema.get("maximum")
    if isinstance(least, int) and isinstance(most, int) and most - least < _MOST_SEVERITIES:
        formats = sentences_of(agreement).formats
        return {str(value): KINDS[of.kind].show(value, of, formats) for value in range(least, most + 1)}
    return {one.code: one.label for one in of.choices}


def _responsible(agreement: Agreement) -> set[str]:
    """Return the roles that some term names."""
    return {term.responsible for term in agreement.terms.values()}


def _offered(
    views: Sequence[Viewpoint],
    agreements: Mapping[tuple[str, str], Agreement],
    staff: Staff,
) -> Offered:
    """Return what a list can be narrowed to, in departments where someone may see it."""
    found = list(agreements.values())
    seeing = {
        member: [agreements[view.place] for view in views if member not in view.unseen]
        for member in ("kind", "severity")
    }
    people = {
        one.name: staff.chosen_name(one.name) for place in agreements for one in staff.candidates(place)
    }
    flags = {
        effect.text: None
        for agreement in found
        for rule in agreement.rules.values()
        for effect in rule.effects
        if isinstance(effect, Flag)
    }
    return Offered(
        departments={f"{one.organisation}/{one.department}": one.department_name for one in found},
        kinds={name: kind.name for one in seeing["kind"] for name, kind in one.kinds.items()},
        phases=tuple(dict.fromkeys(phase.name for one in found for phase in one.phases.values())),
        handlers=dict(sorted(people.items(), key=lambda pair: pair[1].casefold())),
        flags=tuple(sorted(flags)),
        severities={value: name for one in seeing["severity"] for value, name in _severities(one).items()},
        roles={
            name: role.name for one in found for name, role in one.roles.items() if name in _responsible(one)
        },
    )
