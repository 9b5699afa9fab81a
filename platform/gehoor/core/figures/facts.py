"""Facts of a dossier by what is counted of them: codes, numbers, days and terms, and nobody's name or story.

What is counted is what stays when a dossier is anonymised, so that a figure of years ago is what it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.decision.model import Decision, TermState
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.events import instant_text
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.retention.anonymisation import Anonymiser


@dataclass(frozen=True, slots=True)
class TermFacts:
    """How a term of a dossier stands, whatever the moment: ``status`` is that of what was done, or was not needed, and
    ``RUNNING`` of what is still to be done, which is late from the instant ``late_at`` (UTC text; empty: never).
    ``suspended`` and ``extended``: how often. ``row``: of a term of rows, which."""

    term: str
    status: str
    late_at: str = ""
    suspended: int = 0
    extended: int = 0
    row: int = 0


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """What is counted of one dossier. Days are local dates as ISO text; ``reached``: of each milestone that was, on
    which day. ``values``: the answers that are codes, numbers, days, yes or no, and rows of those."""

    id: str
    organisation: str
    department: str
    number: str
    agreement: str
    values: Mapping[str, StoredValue] = field(default_factory=dict)
    reached: Mapping[str, str] = field(default_factory=dict)
    terms: tuple[TermFacts, ...] = ()
    closed: bool = False
    closed_on: str = ""
    merged: bool = False
    """Whether it goes on in another dossier."""


def facts_of_dossier(agreement: Agreement, dossier: Dossier, decision: Decision) -> DossierFacts:
    """Return what is counted of a dossier, which is the same whenever one asks while nothing is changed in it."""
    zone = ZoneInfo(agreement.time_zone)
    reached = {
        name: _day(state.at, zone) for name, state in decision.milestones.items() if state.at is not None
    }
    ends = [
        reached[name]
        for name, state in decision.milestones.items()
        if state.milestone.closes and name in reached
    ]
    return DossierFacts(
        id=dossier.id,
        organisation=dossier.organisation,
        department=dossier.department,
        number=dossier.number,
        agreement=dossier.agreement,
        values=counted_values(agreement, decision.values),
        reached=reached,
        terms=tuple(_term(state, dossier) for state in decision.terms.values() if state.due is not None),
        closed=decision.closed,
        closed_on=min(ends, default=""),
        merged=dossier.relations.merged is not None,
    )


def _term(state: TermState, dossier: Dossier) -> TermFacts:
    name = state.term.id
    settled = state.status in _SETTLED
    late = state.due.too_late_at if state.due and not settled else None
    return TermFacts(
        name,
        (state.status if settled else TermStatus.RUNNING).value,
        instant_text(late) if late else "",
        len(dossier.suspensions.get(name, ())),
        len(dossier.extensions.get(name, ())),
        state.row,
    )


_SETTLED: Final = frozenset({TermStatus.ON_TIME, TermStatus.LATE_DONE, TermStatus.NOT_NEEDED})


def _day(moment: date | datetime, zone: ZoneInfo) -> str:
    if isinstance(moment, datetime):
        return moment.astimezone(zone).date().isoformat()
    return moment.isoformat()


def counted_values(agreement: Agreement, values: Mapping[str, StoredValue]) -> dict[str, StoredValue]:
    """Return the answers that are counted: what stays of them when the dossier is anonymised, without any text."""
    fields = agreement.dossier_form.fields
    left = {name: value for name, value in values.items() if name in fields and is_counted(fields[name])}
    kept = _anonymiser(agreement).values(left)
    return {name: _rows(fields[name], value) for name, value in kept.items()}


def _rows(of: Field, value: StoredValue) -> StoredValue:
    if not of.type.has_rows or not isinstance(value, list):
        return value
    rows = [row for row in value if isinstance(row, dict)]
    return [{name: answer for name, answer in row.items() if is_counted(of.members[name])} for row in rows]


_ANONYMISERS: Final[WeakKeyDictionary[Agreement, Anonymiser]] = WeakKeyDictionary()


def _anonymiser(agreement: Agreement) -> Anonymiser:
    found = _ANONYMISERS.get(agreement)
    if found is None:
        found = _ANONYMISERS[agreement] = Anonymiser((agreement,))
    return found


def is_counted(of: Field) -> bool:
    """Say whether figures are made of the answers to a field: of codes, numbers, days, yes and no, and of rows in which
    some are."""
    return of.type.countable or (of.type.has_rows and any(map(is_counted, of.members.values())))


def facts_document(facts: DossierFacts) -> dict[str, Any]:
    """Return facts as they are kept beside the line of a dossier in lists: without what that says, and what is
    empty."""
    terms = [[one.term, one.status, one.late_at, one.suspended, one.extended, one.row] for one in facts.terms]
    said = {
        "values": dict(facts.values),
        "reached": dict(facts.reached),
        "terms": terms,
        "closed_on": facts.closed_on,
        "merged": facts.merged,
    }
    return {name: value for name, value in said.items() if value}


def facts_in(kept: Mapping[str, Any], line: Mapping[str, Any]) -> DossierFacts:
    """Return the facts that are kept of a dossier. ``line``: what lists say of it."""
    return DossierFacts(
        id=line["id"],
        organisation=line["organisation"],
        department=line["department"],
        number=line["number"],
        agreement=line["agreement"],
        values=kept.get("values", {}),
        reached=kept.get("reached", {}),
        terms=tuple(TermFacts(*one) for one in kept.get("terms", ())),
        closed=line["closed"],
        closed_on=kept.get("closed_on", ""),
        merged=kept.get("merged", False),
    )
