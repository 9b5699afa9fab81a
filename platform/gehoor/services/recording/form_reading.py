"""Reading a filled-in form: the answers that it comes down to, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.decision.derived_values import facts_with_derived
from gehoor.core.decision.fields import visible_fields
from gehoor.core.forms.fields import Field, StoredValue
from gehoor.core.forms.form import Form
from gehoor.core.objections.objections import Objection, bound_objections
from gehoor.core.objections.people import same_person_objections
from gehoor.services.recording.answers import filled_in, read_answers, visible_answers


def read_form(
    engine: RuleEngine,
    agreement: Agreement,
    form: Form,
    given_by: tuple[Mapping[str, Any], str],
    now: datetime,
    *,
    fills: bool = True,
) -> tuple[dict[str, StoredValue], list[Objection]]:
    """Return the answers that a form comes down to, with what nobody has to give, and what is wrong with them.

    ``given_by``: the answers as they came, and how people know who gives them. ``fills``: whether defaults and what
    the moment says are filled in; not where the answers are of another time.
    """
    answers, actor_name = given_by
    # What nobody fills in is what was agreed, whatever came with the form.
    given_freely = {name: given for name, given in answers.items() if name not in form.read_only}
    read = read_answers(form, given_freely, ZoneInfo(agreement.time_zone))
    proposed = filled_in(agreement, form, actor_name, now) if fills else {}
    for milestone in agreement.milestones.values():
        # The hour of now says nothing of a message that came in on another day.
        if read.values.get(milestone.field, proposed.get(milestone.field)) != proposed.get(milestone.field):
            proposed.pop(milestone.hour, None)
    given = {**proposed, **read.values}
    for name in read.empty:
        # Someone who cleared a proposal meant it, except where the platform itself must know.
        if name in form.fields and not form.fields[name].automatic:
            given.pop(name, None)
    faulty = {objection.field for objection in read.objections}
    sound = {name: value for name, value in given.items() if name not in faulty}
    values, missing = visible_answers(agreement, form, sound, engine, faulty)
    today = now.astimezone(ZoneInfo(agreement.time_zone)).date()
    fields = _fields(agreement, form)
    missing += bound_objections(fields, values, today, set(values))
    missing += same_person_objections(fields, values, set(values))
    return values, [*_of_shown(engine, agreement, form, values, read.objections), *missing]


@lru_cache(maxsize=512)
def _fields(agreement: Agreement, form: Form) -> Mapping[str, Field]:
    """Return the fields of a dossier, as a form asks them where it does."""
    return MappingProxyType({**agreement.dossier_form.fields, **form.fields})


def _of_shown(
    engine: RuleEngine,
    agreement: Agreement,
    form: Form,
    values: Mapping[str, StoredValue],
    objections: list[Objection],
) -> list[Objection]:
    """Leave out objections to what is not shown: it was not meant, and is not kept."""
    if not objections:
        return []
    facts = facts_with_derived(agreement, values, engine)
    holding = engine.fired(agreement.rule_set, facts)
    shown = visible_fields(agreement, form, holding)
    return [o for o in objections if o.field in shown or o.field not in form.fields]


def told_in(
    language: str, agreement: Agreement, answers: Mapping[str, Any], values: dict[str, StoredValue]
) -> dict[str, StoredValue]:
    """Return answers with the language in which something was told, where nobody answered that (``answers``, as they
    came) and a field is there to hold it."""
    name = agreement.field_for("language")
    if not language or not name or answers.get(name):
        return values
    codes = {choice.code for choice in agreement.dossier_form.fields[name].choices}
    return {**values, name: language} if language in codes else values
