"""What someone wants to see in a work list, and what that asks of the register: a question for each department."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from gehoor.core.deadlines.status import SOON
from gehoor.core.dossier.events import instant_text
from gehoor.services.ports.documents import as_listed
from gehoor.services.ports.store import Bounds, Cursor, Document, Scalar, Where


class Tab(StrEnum):
    """The lists there are."""

    MINE = "mine"
    DEPARTMENT = "department"
    DANGER = "danger"
    LATE = "late"
    WEEK = "week"
    UNASSIGNED = "unassigned"
    CLOSED = "closed"
    ALL = "all"
    """What is open and what is closed."""

    @property
    def only_open(self) -> bool:
        """Whether what is closed and asks nothing more is left out."""
        return self not in (Tab.CLOSED, Tab.ALL)


class Sort(StrEnum):
    """What a list is sorted by."""

    DUE = "due_at"
    RECEIVED = "received"
    NUMBER = "number"
    CHANGED = "changed_at"


class Standing(StrEnum):
    """How the next term of a dossier stands."""

    LATE = "late"
    LATE_TODAY = "late-today"
    """Late since this day began."""
    TODAY = "today"
    LATER = "later"


NOBODY = "-"
"""Stands for nobody where a handler is asked for: no account is called so."""
_AFTER = "~"
"""Follows on every sign in a day: what begins with a text comes before the text with this after it."""
_OF_ANYTHING = (Tab.MINE, Tab.DEPARTMENT, Tab.UNASSIGNED)
"""The lists that show all there is to do, whatever it is."""
_NEXT = timedelta(microseconds=1)
"""From one instant to the next: bounds are included."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What someone wants to see. An empty text means: all of them. Days are local."""

    tab: Tab = Tab.DEPARTMENT
    sort: Sort | None = None
    descending: bool = False
    department: str = ""
    """``organisation/department``."""
    kind: str = ""
    phase: str = ""
    handler: str = ""
    flag: str = ""
    severity: str = ""
    responsible: str = ""
    """The role that is responsible for the term that is due first."""
    danger: bool = False
    """Only those of which somebody said that there is danger."""
    standing: Standing | None = None
    received_from: date | None = None
    received_until: date | None = None
    page: int = 1
    """How far on someone is, to be told; without a ``cursor`` also where to begin."""
    cursor: Cursor | None = None
    """Where to go on from, in the order of the list."""

    @property
    def sorted_by(self) -> Sort:
        """Return what the list is sorted by: what was asked, or else what the list is for."""
        return self.sort or (Sort.DUE if self.tab.only_open else Sort.CHANGED)

    @property
    def order(self) -> tuple[str, ...]:
        """Return what to sort by, as a store takes it."""
        descending = self.descending if self.sort else not self.tab.only_open
        return (f"-{self.sorted_by}" if descending else self.sorted_by.value,)

    @property
    def narrowed(self) -> bool:
        """Whether less is asked than the whole of a list."""
        return any((self.department, self.kind, self.phase, self.handler, self.flag, self.severity,
                    self.responsible, self.standing, self.received_from, self.received_until))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Viewpoint:
    """From where someone looks at the dossiers of a department: who, when, on which clock, and without which."""

    account: str
    now: datetime
    place: tuple[str, str]
    time_zone: str
    excluded: tuple[str, ...] = ()
    unseen: frozenset[str] = frozenset()
    """The members of summaries that they may not see there; what is asked of one, no list can tell them either."""
    agreements: tuple[str, ...] | None = None
    """The agreements (hashes) under which they may see what is asked; None: all. What a dossier was opened under can
    keep for others what is for everyone now."""
    cleared: tuple[str, ...] = ("",)
    """The clearances that they have there, an empty one among them."""
    untold: tuple[str, ...] = ()
    """The dossiers of which they may not know that they have the flag that is asked for."""


def questions(wish: Wish, view: Viewpoint) -> tuple[Where, ...]:
    """Return what a wish asks of one department: of what somebody handles, those of which they are the first, and those
    that they handle too; of all dossiers, those that are open and those that are closed. No dossier answers two of
    them. None when nothing in it can answer."""
    asked = _question(wish, view)
    if asked is None or wish.tab is not Tab.ALL:
        return _with_beside(asked)
    # What lists are looked up by begins with this: two questions are answered from there, one about both is not.
    each = (replace(asked, equals={**asked.equals, "closed": closed}) for closed in (False, True))
    return tuple(one for which in each for one in _with_beside(which))


def still_asking(wish: Wish, view: Viewpoint) -> tuple[Where, ...]:
    """Return what a wish asks of one department of the dossiers that are closed and ask something all the same: word
    from outside that nobody answered, or what was agreed to go on and is due. None in a list of something else."""
    asked = _question(wish, view) if wish.tab in _OF_ANYTHING and not wish.standing else None
    if asked is None:
        return ()
    until_now: Bounds = (None, instant_text(view.now))
    closed = replace(
        asked, equals={**asked.equals, "closed": True}, between={**asked.between, "due_at": until_now}
    )
    return _with_beside(closed)


def _with_beside(asked: Where | None) -> tuple[Where, ...]:
    name = asked.equals.get("handler", "") if asked else ""
    if asked is None or not isinstance(name, str) or not name:
        return (asked,) if asked else ()
    others = {member: value for member, value in asked.equals.items() if member != "handler"}
    return asked, replace(asked, equals=others, holding=(*asked.holding, ("beside", name)))


def _question(wish: Wish, view: Viewpoint) -> Where | None:
    organisation, department = view.place
    if wish.department and wish.department != f"{organisation}/{department}":
        return None
    equals: dict[str, Scalar | list[Scalar]] = {
        "organisation": organisation, "department": department, "closed": wish.tab is Tab.CLOSED,
        "clearance": list(view.cleared),
    }  # fmt: skip
    asked_members = members_asked(wish)
    if not asked_members.isdisjoint(view.unseen):
        return None
    if asked_members and view.agreements is not None:
        equals["agreement"] = list(view.agreements)
    handlers = {name for name in (_handler_of(wish.tab, view.account), wish.handler) if name}
    if len(handlers) > 1:
        return None
    for name in handlers:
        equals["handler"] = "" if name == NOBODY else name
    asked: dict[str, Scalar] = {
        "kind": wish.kind, "phase": wish.phase, "severity": wish.severity, "danger": _of_danger(wish),
        "responsible": wish.responsible,
    }  # fmt: skip
    equals |= {
        name: as_listed(value) if isinstance(value, str) else value for name, value in asked.items() if value
    }
    between: dict[str, Bounds] = {}
    if due := _narrowest(_of_tab(wish.tab, view), _of_standing(wish.standing, view)):
        between["due_at"] = due
    if wish.received_from or wish.received_until:
        until = f"{wish.received_until.isoformat()}{_AFTER}" if wish.received_until else None
        between["received"] = (wish.received_from.isoformat() if wish.received_from else None, until)
    if not wish.flag:
        return Where(equals, between, (), view.excluded, sound_only=True)
    without = tuple(dict.fromkeys((*view.excluded, *view.untold)))
    return Where(equals, between, (("flags", wish.flag),), without, sound_only=True)


def in_order(documents: list[Document], order: str) -> list[Document]:
    """Sort as a store does: what is missing last, ties by key."""
    member, descending = order.removeprefix("-"), order.startswith("-")
    known = [document for document in documents if document.get(member) is not None]
    missing = [document for document in documents if document.get(member) is None]
    known.sort(key=lambda document: (document[member], document["id"]), reverse=descending)
    missing.sort(key=lambda document: str(document["id"]), reverse=descending)
    return [*known, *missing]


def members_asked(wish: Wish) -> set[str]:
    """Return the members of summaries that hold answers and that a wish asks for."""
    asked = {
        "kind": wish.kind,
        "severity": wish.severity,
        "danger": _of_danger(wish),
        "received": wish.received_from or wish.received_until or wish.sorted_by is Sort.RECEIVED,
    }
    return {member for member, wanted in asked.items() if wanted}


def _of_danger(wish: Wish) -> bool:
    return wish.danger or wish.tab is Tab.DANGER


def _handler_of(tab: Tab, account: str) -> str:
    return {Tab.MINE: account, Tab.UNASSIGNED: NOBODY}.get(tab, "")


def _of_tab(tab: Tab, view: Viewpoint) -> Bounds | None:
    if tab is Tab.LATE:
        return (None, instant_text(view.now))
    if tab is Tab.WEEK:
        today = _today(view)
        return (_after_now(view), instant_text(_midnight(view, today + SOON + timedelta(days=1))))
    return None


def _of_standing(standing: Standing | None, view: Viewpoint) -> Bounds | None:
    tomorrow_at = _midnight(view, _today(view) + timedelta(days=1))
    tomorrow = instant_text(tomorrow_at)
    match standing:
        case Standing.LATE:
            return (None, instant_text(view.now))
        case Standing.LATE_TODAY:
            return (instant_text(_midnight(view, _today(view))), instant_text(view.now))
        case Standing.TODAY:
            return (_after_now(view), tomorrow)
        case Standing.LATER:
            return (instant_text(tomorrow_at + _NEXT), None)
    return None


def _narrowest(*given: Bounds | None) -> Bounds | None:
    bounds = [one for one in given if one]
    if not bounds:
        return None
    least = max((one[0] for one in bounds if one[0]), default=None)
    most = min((one[1] for one in bounds if one[1]), default=None)
    return least, most


def _after_now(view: Viewpoint) -> str:
    return instant_text(view.now + _NEXT)


def _today(view: Viewpoint) -> date:
    return view.now.astimezone(ZoneInfo(view.time_zone)).date()


def _midnight(view: Viewpoint, day: date) -> datetime:
    """Return the instant at which a local day begins: a term that is due the day before is late from then on."""
    return datetime.combine(day, time.min, ZoneInfo(view.time_zone)).astimezone(UTC)
