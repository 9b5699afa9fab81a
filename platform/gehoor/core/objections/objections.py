"""Objections: why answers cannot be kept as they are, each at a field: a code with what belongs to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.decision.model import Decision
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.forms.date_bounds import out_of_bounds
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.forms.form import FieldFault, Form
from gehoor.core.forms.reading import UnreadableError


@dataclass(frozen=True, slots=True)
class Objection:
    """What stands in the way: the field it concerns (or empty), a stable code, and what the sentence needs.

    ``row`` (counted from 1) and ``member`` say where in a list of groups.
    """

    field: str
    code: str
    details: Mapping[str, Any] = made(default_factory=dict)
    row: int = 0
    member: str = ""


STANDS_BEFORE: Final = frozenset(
    {
        "blocked",
        "duty-owed",
        "approval-needed",
        "approval-lapsed",
        "letter-unsent",
        "ends-undone",
        "closes-unanswered",
        "hides-lateness",
    }
)
"""The codes of what stands before a milestone, at the field that marks it: there may be more of it, and all is told."""


ASKS_REASON: Final = frozenset(
    {"ends-undone", "closes-unanswered", "hides-lateness", "change-needs-reason", "letter-unwished"}
)
"""The codes of what may be after all, with a reason."""


def first_per_field(objections: Iterable[Objection]) -> list[Objection]:
    """Return one objection per answer, the first: two sentences about one answer help nobody. What stands before a
    milestone is no fault of its answer, and stays."""
    found: dict[tuple[str, int, str, str], Objection] = {}
    for one in objections:
        apart = f"{one.code} {one.details}" if one.code in STANDS_BEFORE else ""
        found.setdefault((one.field, one.row, one.member, apart), one)
    return list(found.values())


def unreadable_objections(of: Field, error: UnreadableError) -> list[Objection]:
    """Turn what cannot be read into objections, in rows one for each answer."""
    if not error.places:
        return [_unreadable(of.kind, error.ways, of.id)]
    return [
        _unreadable(at.kind, at.ways, of.id, at.row, at.member)
        if at.kind
        else Objection(of.id, "form-unknown", row=at.row, member=at.member)
        for at in error.places
    ]


def _unreadable(
    kind: str, ways: tuple[Decimal, ...], field: str, row: int = 0, member: str = ""
) -> Objection:
    if not ways:
        return Objection(field, "unreadable", {"kind": kind}, row, member)
    told = {f"way{index}": way for index, way in enumerate(ways, start=1)}
    return Objection(field, "two-ways", told, row, member)


def fault_objections(form: Form, faults: Iterable[FieldFault]) -> list[Objection]:
    """Turn what the form does not accept into objections."""
    return [
        Objection(
            fault.field,
            f"form-{fault.rule}",
            {"bound": fault.bound, **_asked(form, fault)},
            fault.row,
            fault.member,
        )
        for fault in faults
    ]


def _asked(form: Form, fault: FieldFault) -> dict[str, str]:
    """Return the kind of field that refused, and what it says of its own accord."""
    of = form.fields.get(fault.field)
    asked = of.members.get(fault.member) if of and fault.member else of
    own = {"refusal": asked.refusal} if asked and asked.refusal and fault.rule == "pattern" else {}
    return {"kind": asked.kind if asked else "", **own}


def bound_objections(
    fields: Mapping[str, Field],
    values: Mapping[str, StoredValue],
    today: date,
    changed: Collection[str],
    unseen: Collection[str] = (),
) -> list[Objection]:
    """Object to dates outside their bounds, when they or what bounds them are among the ``changed``.

    Of a bound that comes from a field among the ``unseen``, the day is not told."""
    return [
        Objection(one.field, "date-does-not-fit")
        if one.other in unseen
        else Objection(one.field, "date-too-early" if one.early else "date-too-late", {"day": one.day})
        for one in out_of_bounds(fields, values, today)
        if one.field in changed or one.other in changed
    ]


def date_objections(
    agreement: Agreement, dossier: Dossier, decision: Decision, now: datetime
) -> list[Objection]:
    """A milestone is something that happened, and so is what ends the term of a row: not in the future. A milestone is
    not before the message came in; that is told at the milestone, and at the receipt, whichever of the two is the wrong
    one. What closes a dossier is not before something else that was reached by then."""
    today = now.astimezone(ZoneInfo(agreement.time_zone)).date()
    receipt = agreement.field_for("received-on")
    received = _day(agreement, dossier.values.get(receipt))
    objections = []
    for state in decision.milestones.values():
        day = _day_of(state.at, agreement.time_zone)
        if day is None:
            continue
        if day > today or (isinstance(state.at, datetime) and state.at > now):
            objections.append(Objection(state.milestone.field, "in-future"))
        elif received is not None and day < received:
            objections.append(Objection(state.milestone.field, "before-receipt", {"received": received}))
            objections.append(
                Objection(receipt, "after-milestone", {"milestone": state.milestone.name, "day": day})
            )
    objections += _closed_too_early(agreement, decision)
    for term_state in decision.terms.values():
        term = term_state.term
        if term_state.faulty and not term.from_term:
            start = (
                term.day
                if term.starts not in agreement.milestones
                else agreement.milestones[term.starts].field
            )
            of_row = (term_state.row, term.day) if term.rows and term.day else ()
            objections.append(Objection(term.rows or start, "impossible-date", {}, *of_row))
        done = _day_of(term_state.completed_at, agreement.time_zone) if term_state.row else None
        if done is not None and done > today:
            objections.append(Objection(term.rows, "in-future", {}, term_state.row, term.done))
    return objections


def _closed_too_early(agreement: Agreement, decision: Decision) -> Iterator[Objection]:
    days = {
        name: day
        for name, state in decision.milestones.items()
        if (day := _day_of(state.at, agreement.time_zone)) is not None
    }
    last = max(days, key=lambda name: days[name], default="")
    for name, day in days.items():
        milestone = agreement.milestones[name]
        if milestone.closes and day < days[last]:
            details = {"milestone": agreement.milestones[last].name, "day": days[last]}
            yield Objection(milestone.field, "closes-too-early", details)


def _day(agreement: Agreement, value: StoredValue | None) -> date | None:
    if value is None:
        return None
    of = agreement.dossier_form.fields[agreement.field_for("received-on")]
    fact = of.type.fact(value, of)
    return _day_of(fact if isinstance(fact, date) else None, agreement.time_zone)


def _day_of(moment: date | datetime | None, zone: str) -> date | None:
    return moment.astimezone(ZoneInfo(zone)).date() if isinstance(moment, datetime) else moment


def change_objections(
    agreement: Agreement,
    before: Decision,
    after: Decision,
    changed: Iterable[str],
    values: Mapping[str, StoredValue],
    *,
    by_hand: bool = True,
) -> list[Objection]:
    """A fixed answer stays what it is, what fixed it is not undone, and a closed phase cannot be filled in. What closes
    a dossier is not emptied: it is opened again, by who may and with a reason. What nobody fills in by hand, may come
    about by what happens: a letter that is sent."""
    objections = []
    closing = {milestone.field for milestone in agreement.milestones.values() if milestone.closes}
    fixing = {
        agreement.milestones[fixed_by].field
        for field in agreement.dossier_form.fields.values()
        if (fixed_by := agreement.fixed_after(field))
    }
    for name in changed:
        of = agreement.dossier_form.fields[name]
        phase = after.phases.get(of.phase)
        if name in closing and name not in values:
            objections.append(Objection(name, "closed-first"))
        elif (name in fixing and name not in values) or (
            before.fields[name].fixed and (by_hand or not _fixed_for_hands(agreement, before, name))
        ):
            objections.append(Objection(name, "fixed"))
        elif phase is not None and not phase.open:
            milestone = agreement.milestones[phase.phase.opens_after].name
            objections.append(
                Objection(name, "phase-closed", {"phase": phase.phase.name, "milestone": milestone})
            )
    return objections


def _fixed_for_hands(agreement: Agreement, before: Decision, name: str) -> bool:
    """Say whether an answer is fixed for no other reason than that nobody fills it in by hand."""
    of = agreement.dossier_form.fields[name]
    fixed_by = agreement.fixed_after(of)
    reached = bool(fixed_by) and before.milestones[fixed_by].reached and name in before.values
    return of.read_only and not reached and name not in before.derived
