"""The facts of an example in the files: what is given, what rules make of it, and which terms it says are late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.conditions.facts import LATE_TERMS, FactValue
from gehoor.core.conditions.parse import LATE, late_terms
from gehoor.core.conditions.register_questions import EARLIER, REGISTER_KEYS, SIMILAR
from gehoor.core.decision.derived_values import Overlay, with_derived
from gehoor.core.dossier.dossier import Dossier
from gehoor.core.dossier.parts import Found
from gehoor.core.forms.form import facts_of

NO_FIELDS = (LATE, *REGISTER_KEYS)
"""What an example gives beside answers to fields."""


_NO_DAY: Final = date(2026, 1, 1)
"""Of an example without any day: then no term runs."""


def _register(agreement: Agreement, given: Mapping[str, Any]) -> dict[str, int]:
    """Every question about the same person, or about similar messages, gets the number that the example gives."""
    return {
        fact: given[SIMILAR if question.same else EARLIER]
        for fact, question in agreement.register_questions.items()
        if (SIMILAR if question.same else EARLIER) in given
    }


def example_values(agreement: Agreement, given: Mapping[str, Any], engine: RuleEngine) -> Overlay:
    """Return the answers that an example gives, with the values that rules give laid over them."""
    answers = {name: value for name, value in given.items() if name not in NO_FIELDS}
    return with_derived(agreement, answers, engine, _register(agreement, given))


def example_dossier(agreement: Agreement, case: str, given: Mapping[str, Any]) -> Dossier:
    """Return what an example would be as a dossier that was opened when its message came in."""
    answers = {name: value for name, value in given.items() if name not in NO_FIELDS}
    found = {fact: Found(count, ()) for fact, count in _register(agreement, given).items()}
    field, zone = agreement.field_for("received-on"), ZoneInfo(agreement.time_zone)
    hours = [one.hour for one in agreement.milestones.values() if one.field == field]
    received = answers.get(field)
    hour = next((answers[name] for name in hours if name in answers), "00:00")
    opened = datetime.fromisoformat(f"{received}T{hour}") if received and "T" not in str(received) else None
    at = opened.replace(tzinfo=zone).astimezone(UTC) if opened else None
    return Dossier(case, values=answers, found=found, opened_at=at, version=1)


def example_moment(agreement: Agreement, dossier: Dossier) -> datetime:
    """Return the end of the last day that an example names: nothing is late by then that its days do not say is."""
    zone = ZoneInfo(agreement.time_zone)
    facts = facts_of(agreement.dossier_form.fields, dossier.values).values()
    days = [
        one.astimezone(zone).date() if isinstance(one, datetime) else one
        for one in facts
        if isinstance(one, date)
    ]
    return datetime.combine(max(days, default=_NO_DAY), time(23, 59), zone).astimezone(UTC)


def example_facts(agreement: Agreement, given: Mapping[str, Any], values: Overlay) -> dict[str, FactValue]:
    """Return the facts that the rules are asked about for what an example gives."""
    facts = {**facts_of(agreement.dossier_form.fields, values.values), **_register(agreement, given)}
    return {**facts, LATE_TERMS: late_terms(given[LATE])} if LATE in given else facts
