"""From what someone filled in to stored values: read per field kind, completed by what the agreement fills in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.decision.derived_values import facts_with_derived
from gehoor.core.decision.fields import visible_fields
from gehoor.core.forms.fields import KINDS, Field, StoredValue
from gehoor.core.forms.form import Form
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.objections.choice_objections import Answered, offer_objections
from gehoor.core.objections.objections import Objection, fault_objections, unreadable_objections
from gehoor.core.rules.names import at_least_one


class RefusedError(Exception):
    """The answers cannot be kept as they are. ``objections`` say why, each at its field.

    ``shown``: the fields that these answers would show, where that was judged."""

    def __init__(self, objections: list[Objection], shown: Collection[str] = ()) -> None:
        super().__init__(", ".join(f"{objection.field}: {objection.code}" for objection in objections))
        self.objections, self.shown = objections, frozenset(shown)


def unasked(given: Mapping[str, Any], kept: Collection[str]) -> list[Objection]:
    """Object to answers that are not among those that are kept, as nobody is asked them beside the others. On a page
    what is not shown was not meant; of a program each answer was."""
    return [
        Objection(name, "not-asked") for name, value in given.items() if name not in kept and _says(value)
    ]


def refuse_unasked(names: Collection[str]) -> None:
    """Raise ``RefusedError`` for answers (their fields) that nobody is asked, where there are any."""
    if names:
        raise RefusedError([Objection(name, "not-asked") for name in names])


def _says(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(map(_says, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_says, value))
    return value is not None and bool(str(value).strip())


@dataclass
class ReadAnswers:
    """Answers after reading: what could be read, what was left empty, and what could not be read."""

    values: dict[str, StoredValue] = field(default_factory=dict)
    empty: set[str] = field(default_factory=set)
    objections: list[Objection] = field(default_factory=list)


def read_answers(form: Form, given: Mapping[str, Any], zone: ZoneInfo) -> ReadAnswers:
    """Read what was given for the fields of a form; values that were read before are read again unchanged."""
    result = ReadAnswers()
    partly: dict[str, StoredValue] = {}
    for name, raw in given.items():
        if name not in form.fields:
            result.objections.append(Objection(name, "form-unknown"))
            continue
        of = form.fields[name]
        try:
            value = None if raw is None else KINDS[of.kind].read(raw, of, zone)
        except UnreadableError as error:
            result.objections += unreadable_objections(of, error)
            if error.rest:
                partly[name] = error.rest
            continue
        if value is None:
            result.empty.add(name)
        else:
            result.values[name] = value
    told = {(objection.field, objection.row, objection.member) for objection in result.objections}
    faults = form.faults({**result.values, **partly})
    result.objections += fault_objections(
        form, (fault for fault in faults if (fault.field, fault.row, fault.member) not in told)
    )
    return result


def filled_in(agreement: Agreement, form: Form, actor_name: str, now: datetime) -> dict[str, StoredValue]:
    """Return the answers that nobody has to give: defaults, what the form presets, and what the moment says."""
    zone = ZoneInfo(agreement.time_zone)
    local = now.astimezone(zone)
    automatic = {
        "today": local.date().isoformat(),
        "time-of-day": local.strftime("%H:%M"),
        "user": actor_name,
    }
    values: dict[str, StoredValue] = {}
    own = (form.fields[name] for name in form.read_only)
    for of in (*agreement.dossier_form.filled_in, *own):
        # A default is written as JSON Schema has it: a number with a point is kept as text, like any other.
        default = None if of.default is None else KINDS[of.kind].read(of.default, of, zone)
        if default is not None:
            values[of.id] = default
        if automatic.get(of.automatic):
            values[of.id] = automatic[of.automatic]
    return {**values, **form.preset}


def known_beforehand(agreement: Agreement, form: Form, now: datetime) -> dict[str, StoredValue]:
    """Return the answers that nobody has to give and that no moment changes."""
    moving = {of.id for of in agreement.dossier_form.filled_in if of.automatic}
    return {name: given for name, given in filled_in(agreement, form, "", now).items() if name not in moving}


def visible_answers(
    agreement: Agreement,
    form: Form,
    values: Mapping[str, StoredValue],
    engine: RuleEngine,
    refused: Collection[str] = (),
) -> tuple[dict[str, StoredValue], list[Objection]]:
    """Keep only answers to fields that these answers show, and say what the form still asks, and which choices do not
    go with the other answers.

    What is not shown was not meant: someone who stays anonymous leaves no name behind. ``refused``: fields whose answer
    could not be kept; of those it is said what is wrong, not that they are empty.
    """
    dossier_form = agreement.dossier_form
    kept = dict(values)
    # Dropping an answer can hide the next field; a form is no deeper than its number of fields.
    for _ in range(len(dossier_form.fields)):
        facts = facts_with_derived(agreement, kept, engine)
        holding = engine.fired(agreement.rule_set, facts)
        shown = visible_fields(agreement, form, holding)
        dossier_shown = visible_fields(agreement, dossier_form, holding)
        remaining = {
            name: value
            for name, value in kept.items()
            if (name in shown if name in form.fields else name in dossier_shown)
        }
        if remaining == kept:
            break
        kept = remaining
    objections = [
        Objection(name, _required_code(form.fields[name]))
        for name in form.fields
        if name in form.required and name in shown and name not in kept and name not in refused
    ]
    called_for = _called_for(form, kept) - {objection.field for objection in objections}
    objections += [
        Objection(name, _required_code(form.fields[name]))
        for name in form.fields
        if name in called_for and name in shown and name not in kept and name not in refused
    ]
    for index, group in enumerate(form.at_least_one):
        asked = group.condition is None or at_least_one(form.id, index) in holding
        if asked and not any(name in kept or (name in refused and name in shown) for name in group.fields):
            objections.append(Objection(group.fields[0], "at-least-one", {"refusal": group.refusal}))
    objections += offer_objections(form.fields, Answered(kept, facts))
    return kept, objections


def shown_fields(
    agreement: Agreement, form: Form, values: Mapping[str, StoredValue], engine: RuleEngine
) -> frozenset[str]:
    """Return the fields of a form that these answers show."""
    return visible_fields(
        agreement, form, engine.fired(agreement.rule_set, facts_with_derived(agreement, values, engine))
    )


def _called_for(form: Form, values: Mapping[str, StoredValue]) -> frozenset[str]:
    """Return the fields that are required because others are answered."""
    needed = (form.dependent_required[name] for name in form.dependent_required if name in values)
    return frozenset(name for names in needed for name in names)


def _required_code(of: Field) -> str:
    return "required-choice" if of.type.picked else "required"
