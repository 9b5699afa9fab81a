"""A decision as plain data, in one flat mapping: where something is said, and what.

Said by names of its own: a member that is renamed in the code changes nothing here. What the agreement says is not
repeated, only what holds for the dossier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from tests.replay import use_cases as uses


def flat(decision: uses.Decision) -> dict[str, Any]:
    """Return everything that a decision says, by place: ``terms/antwoord/due`` -> ``2026-06-11``."""
    return {place: plain(value) for place, value in _said(decision)}


def _said(decision: uses.Decision) -> Iterator[tuple[str, Any]]:
    yield from ((f"fired/{name}", True) for name in sorted(decision.fired))
    yield from ((f"values/{name}", value) for name, value in decision.values.items())
    yield "closed", decision.closed
    yield "next moment", decision.next_moment
    yield "attention at", decision.attention_at
    yield "stand-ins", decision.stand_ins
    yield "derived", {name: _reason(one) for name, one in decision.derived.items()}
    yield "flags", [_reason(one) for one in decision.flags]
    yield "warnings", [_reason(one) for one in decision.warnings]
    yield "assigned", decision.assigned and [decision.assigned.role, _reason(decision.assigned.reason)]
    yield "due actions", [[one.key, one.kind, one.data, one.tell] for one in uses.due_actions(decision)]
    for name, field in decision.fields.items():
        # Most fields of a form are not shown, and nothing is to be said of them.
        if field.visible or field.fixed or field.requirements:
            state = ["visible"] * field.visible + ["fixed"] * field.fixed
            yield f"fields/{name}", [*state, *_requirements(field.requirements)]
    for name, milestone in decision.milestones.items():
        yield from _inside(
            f"milestones/{name}",
            at=milestone.at,
            missing=_requirements(milestone.missing),
            blocks=[_reason(one) for one in milestone.blocks],
            owed=[one.owed.key for one in milestone.owed],
            unapproved=[one.key for one in milestone.unapproved],
            earlier=[f"{one.milestone.id} {key}" for one in milestone.earlier for key in _asked(one)],
            running=[one.term.id for one in milestone.running],
        )
    for name, phase in decision.phases.items():
        missing = _requirements(phase.missing)
        yield from _inside(
            f"phases/{name}", applies=phase.applies, open=phase.open, done=phase.done, missing=missing
        )
    for name, term in decision.terms.items():
        yield from _inside(f"terms/{name}", **_term(term))
    for duty in decision.duties:
        reason, responsible = _reason(duty.reason), duty.responsible
        yield from _inside(
            f"duties/{duty.owed.key}", responsible=responsible, reason=reason, settled=duty.settled
        )
    for one in decision.approvals:
        yield from _inside(
            f"approvals/{one.key}",
            roles=[one.asked, one.role],
            reason=_reason(one.reason),
            given=one.given,
            lapsed=one.lapsed,
        )


def _asked(milestone: Any) -> Iterator[str]:
    yield from _requirements(milestone.missing)
    yield from (one.rule for one in milestone.blocks)
    yield from (one.owed.key for one in milestone.owed)
    yield from (one.key for one in milestone.unapproved)


def _term(term: Any) -> dict[str, Any]:
    due = term.due
    return {
        "status": term.status,
        "due": due and due.due,
        "too late at": due and due.too_late_at,
        "derivation": due and due.steps,
        "completed at": term.completed_at,
        "moments": term.moments,
        "occurrence": term.occurrence,
        "resumes at": term.resumes_at,
        "faulty": term.faulty,
        "responsible": term.responsible,
    }


def _inside(place: str, **said: Any) -> Iterator[tuple[str, Any]]:
    """Give what is said of one thing; what is empty or as usual is not said."""
    yield place, True
    for name, value in said.items():
        if value not in (None, False, "", 1, [], ()):
            yield f"{place}/{name}", value


def _reason(reason: Any) -> list[str]:
    return [reason.rule, reason.because, reason.source, reason.basis]


def _requirements(requirements: Iterable[Any]) -> list[str]:
    return [
        f"{one.field} before {one.milestone}" + (f" by {one.reason.rule}" if one.reason else "")
        for one in requirements
    ]


def plain(value: Any) -> Any:
    """Return a value as JSON says it. Raises ``TypeError`` for what it cannot say."""
    if is_dataclass(value) and not isinstance(value, type):
        return {of.name: plain(getattr(value, of.name)) for of in fields(value)}
    if value is None or type(value) in (str, int, float, bool):
        return value
    for kinds, told in _PLAIN.items():
        if isinstance(value, kinds):
            return told(value)
    raise TypeError(f"not plain: {type(value).__name__}")


_PLAIN: Mapping[tuple[type, ...], Callable[[Any], Any]] = {
    (Mapping,): lambda value: {str(name): plain(one) for name, one in value.items()},
    (set, frozenset): lambda value: sorted(plain(one) for one in value),
    (list, tuple): lambda value: [plain(one) for one in value],
    (Enum,): lambda value: plain(value.value),
    (date, time): lambda value: value.isoformat(),
    (Decimal, timedelta): str,
}


def difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said now and was not before; null for what is said no more."""
    gone = {place: None for place in before if place not in after}
    return gone | {place: value for place, value in after.items() if before.get(place, ...) != value}
