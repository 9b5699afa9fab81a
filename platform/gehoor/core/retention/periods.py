"""Retention periods of a dossier: until which day it is kept, by which rules, and what stops its being anonymised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.retention import RetentionRule
from gehoor.core.calendar.working_days import CalendarError
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.conditions.facts import FactValue
from gehoor.core.deadlines.due import DeadlineError, Due, due
from gehoor.core.decision.model import Decision
from gehoor.core.decision.terms import late_facts
from gehoor.core.dossier.dossier import Dossier, register_facts
from gehoor.core.forms.fields import StoredValue
from gehoor.core.forms.form import facts_of

HOLD: Final = "retention-hold"
"""The meaning of the field that says why a dossier is kept for now, whatever the rules say."""


@dataclass(frozen=True, slots=True)
class Period:
    """A period that applies: its rule, the last local day on which the dossier is kept, and how that follows."""

    rule: RetentionRule
    until: date
    due: Due


@dataclass(frozen=True, slots=True)
class Hold:
    """That a dossier is kept for now: the answer that says so, and the place of the event that last changed it."""

    answer: StoredValue
    since: int


@dataclass(frozen=True, slots=True)
class Retention:
    """Until when a dossier is kept. ``periods`` are those that apply, the longest first: that one counts."""

    periods: tuple[Period, ...]
    hold: Hold | None = None

    @property
    def longest(self) -> Period | None:
        """Return the period that counts; None when nothing says until when the dossier is kept."""
        return self.periods[0] if self.periods else None

    def ended(self, today: date) -> bool:
        """Say whether the dossier need not be kept any more on a local day."""
        return self.longest is not None and self.longest.until < today and self.hold is None


NOTHING: Final = Retention(())


def retention_of(
    rules: Agreement, own: Agreement, dossier: Dossier, decision: Decision, engine: RuleEngine
) -> Retention:
    """Return until when a dossier is kept.

    ``rules``: the agreement whose periods count, that of its department now; ``own``: the one that the dossier is
    under, by which its answers are read. Of a dossier that is not closed, or was anonymised, nothing is said. A period
    whose start is not known does not apply. Raises ``RuleEngineError``.
    """
    if not decision.closed or dossier.frozen is not None:
        return NOTHING
    holding = engine.fired(rules.retention_rules, _facts(rules, own, dossier, decision))
    periods = [
        period
        for rule in rules.retention.values()
        if rule.condition is None or rule.id in holding
        if (period := _period(rule, own, decision)) is not None
    ]
    # Of two that end on one day, the first in the file.
    periods.sort(key=lambda period: period.until, reverse=True)
    return Retention(tuple(periods), _hold(own, dossier, decision))


def _facts(rules: Agreement, own: Agreement, dossier: Dossier, decision: Decision) -> dict[str, FactValue]:
    """Return what the conditions may ask: the answers to fields that are still what they were."""
    facts = {
        **facts_of(own.dossier_form.fields, decision.values),
        **register_facts(dossier),
        **late_facts(decision.terms),
    }
    asked = rules.fact_types
    if rules is own:
        return facts
    return {name: fact for name, fact in facts.items() if asked.get(name) is own.fact_types.get(name)}


def _period(rule: RetentionRule, own: Agreement, decision: Decision) -> Period | None:
    start = _start(rule, own, decision)
    if start is None:
        return None
    try:
        found = due(rule.rule, start)
    except (DeadlineError, CalendarError, OverflowError):
        return None
    if found.due is None:
        return None
    until = found.due.date() if isinstance(found.due, datetime) else found.due
    return Period(rule, until, found)


def _start(rule: RetentionRule, own: Agreement, decision: Decision) -> date | None:
    if rule.from_field:
        of = own.dossier_form.fields.get(rule.from_field)
        value = decision.values.get(rule.from_field)
        moment = of.type.fact(value, of) if of is not None and value is not None else None
    else:
        state = decision.milestones.get(rule.starts)
        moment = state.at if state else None
    if not isinstance(moment, date):
        return None
    zone = ZoneInfo(rule.rule.time_zone)
    day = moment.astimezone(zone).date() if isinstance(moment, datetime) else moment
    return day.replace(month=12, day=31) if rule.from_year_end else day


def _hold(own: Agreement, dossier: Dossier, decision: Decision) -> Hold | None:
    field = own.field_for(HOLD)
    answer = decision.values.get(field)
    # "Nee" says that nothing stops it.
    return Hold(answer, dossier.changed.get(field, 0)) if answer else None
