"""A closed dossier on the page: since when, what became of what ran, until when it is kept, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from gehoor.core.conditions.model import fact_names
from gehoor.core.retention.periods import HOLD, Period
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.register.register import reading
from gehoor.services.retention.policy import Judged, judge
from gehoor.web.request.languages import said
from gehoor.web.request.site import now, site
from gehoor.web.staff.dossier.dossier_view import full_names, with_day


@dataclass(frozen=True)
class Kept:
    """``until``: the last local day on which it is kept; None where nothing says so. ``rule``: the name of the period,
    empty where it would tell of an answer that is not seen. ``steps``: how the day follows. ``held``: that an answer
    keeps it for now, with ``reason`` where that is seen, and ``by`` whom."""

    until: date | None
    rule: str = ""
    source: str = ""
    certainty: str = ""
    steps: tuple[str, ...] = ()
    held: bool = False
    reason: str = ""
    by: str = ""


@dataclass(frozen=True)
class ClosedCard:
    """``on``: the local day on which it was closed; ``stopped``: the terms that ran and end undone; ``kept``: until
    when it is."""

    on: date | None
    stopped: tuple[str, ...]
    goes_on: tuple[str, ...]
    """What still has to be done although it is closed, because that was agreed."""
    kept: Kept | None


def closed_card(opened: OpenedDossier) -> ClosedCard | None:
    """Return what is told of a dossier that is closed; None for one that is open."""
    if not opened.decision.closed:
        return None
    ends = [one.at for one in opened.decision.milestones.values() if one.milestone.closes and one.at]
    local = ZoneInfo(opened.agreement.time_zone)
    days = [one.astimezone(local).date() if isinstance(one, datetime) else one for one in ends]
    stopped = tuple(state.name for state in opened.decision.terms.values() if state.cancelled)
    goes_on = tuple(running_on(opened))
    return ClosedCard(days[0] if days else None, stopped, goes_on, kept(opened))


def running_on(opened: OpenedDossier) -> list[str]:
    """Return what runs on when a dossier is closed, with its day: what was agreed to."""
    return [with_day(one) for one in opened.decision.terms.values() if one.term.after_closing and one.undone]


def kept(opened: OpenedDossier) -> Kept | None:
    """Return until when a closed dossier is kept; None for one that is open, or anonymised."""
    if not opened.decision.closed or opened.dossier.frozen is not None:
        return None
    with reading(site().runtime.store) as register:
        judged = judge(site().runtime, register, opened.dossier.id, now())
    if not judged.rules.retention:
        return None
    held, reason, by = _hold(opened, judged)
    longest = judged.retention.longest
    if longest is None:
        return Kept(None, held=held, reason=reason, by=by)
    seen = _seen(opened, longest)
    return Kept(
        until=longest.until,
        rule=longest.rule.name if seen else "",
        source=longest.rule.source if seen else "",
        certainty=longest.rule.certainty if seen else "",
        steps=tuple(said().derivation.sentences(longest.due.steps, _start(judged, longest))) if seen else (),
        held=held,
        reason=reason,
        by=by,
    )


def _seen(opened: OpenedDossier, period: Period) -> bool:
    asked = set() if period.rule.condition is None else set(fact_names(period.rule.condition))
    return not opened.rights.unseen & {*asked, period.rule.from_field}


def _start(judged: Judged, period: Period) -> str:
    rule = period.rule
    if rule.from_field:
        of = judged.own.dossier_form.fields.get(rule.from_field)
        return of.label if of else rule.from_field
    milestone = judged.own.milestones.get(rule.starts)
    return milestone.name if milestone else rule.starts


def _hold(opened: OpenedDossier, judged: Judged) -> tuple[bool, str, str]:
    hold = judged.retention.hold
    if hold is None:
        return False, "", ""
    if judged.own.field_for(HOLD) in opened.rights.unseen:
        return True, "", ""
    actor = next((one.actor for one in judged.events if one.sequence == hold.since), "")
    by = full_names().get(actor, actor)
    return True, hold.answer if isinstance(hold.answer, str) else "", by
