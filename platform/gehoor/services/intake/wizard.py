"""Filling in a form step by step: what is asked next after what was answered, and what a step still refuses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.model import fact_names
from gehoor.core.forms.fields import StoredValue
from gehoor.core.forms.form import Form, Step
from gehoor.core.forms.steps import narrowed, steps_of
from gehoor.core.objections.objections import Objection, first_per_field
from gehoor.services.intake.as_opened import objections_as_opened
from gehoor.services.recording.answers import shown_fields
from gehoor.services.recording.form_reading import read_form
from gehoor.services.register.runtime import Runtime


@dataclass(frozen=True)
class Walk:
    """The way through a form as its answers have it now: the steps that ask something, what the answers come down
    to, and all that is wrong with them, also in steps that are still to come."""

    form: Form
    steps: tuple[Step, ...]
    values: Mapping[str, StoredValue]
    objections: tuple[Objection, ...]

    def step(self, step_id: str) -> Step | None:
        """Return the step with this id, when it asks something."""
        return next((step for step in self.steps if step.id == step_id), None)

    def refusals(self, step: Step) -> list[Objection]:
        """Return what is wrong with the answers of a step."""
        return [objection for objection in self.objections if self.place(objection) == step]

    def place(self, objection: Objection) -> Step | None:
        """Return the step where an objection can be met: where one of some fields is needed, the last of theirs."""
        names: Iterable[str] = (objection.field,)
        if objection.code == "at-least-one":
            names = next(
                group.fields
                for group in self.form.at_least_one
                if group.fields[0] == objection.field and group.refusal == objection.details["refusal"]
            )
        asked = [step for step in self.steps if any(name in step.fields for name in names)]
        return asked[-1] if asked else None

    def after(self, step: Step) -> Step | None:
        """Return the next step; None after the last."""
        index = self.steps.index(step) + 1
        return self.steps[index] if index < len(self.steps) else None

    def before(self, step: Step) -> Step | None:
        """Return the step before this one; None before the first."""
        index = self.steps.index(step)
        return self.steps[index - 1] if index else None

    def total(self, here: Step) -> int:
        """Return how many steps there are as seen from one: with those that an answer from there on may still bring."""
        return len(self.seen_from(here))

    def seen_from(self, here: Step) -> list[Step]:
        """Return those steps."""
        steps, asked = steps_of(self.form), {step.id for step in self.steps}
        at = next(index for index, step in enumerate(steps) if step.id == here.id)
        to_answer = {name for step in steps[at:] for name in step.fields}
        conditions = [{self.form.fields[name].show_if for name in step.fields} - {None} for step in steps]
        may_come = [any(one and to_answer & fact_names(one) for one in each) for each in conditions]
        return [
            step for index, step in enumerate(steps) if step.id in asked or (index > at and may_come[index])
        ]

    def to_do(self, passed: Iterable[str]) -> Step | None:
        """Return the first step that was not done yet, or whose answers no longer hold; None when all is done."""
        done = set(passed)
        return next((step for step in self.steps if step.id not in done or self.refusals(step)), None)


def walk(
    runtime: Runtime, agreement: Agreement, form: Form, answers: Mapping[str, Any], now: datetime
) -> Walk:
    """Return the way through a form, given the answers so far. ``form`` may be in another language."""
    known = {name: given for name, given in answers.items() if name in form.fields}
    values, objections = read_form(runtime.engine, agreement, form, (known, ""), now)
    # What is needed to open a dossier is asked where the form asks it, and not only when it is sent.
    objections += [
        one
        for one in objections_as_opened(runtime.engine, agreement, form, values, now)
        if one.code == "required"
    ]
    objections = first_per_field(objections)
    shown = shown_fields(agreement, form, values, runtime.engine)
    return Walk(form, narrowed(steps_of(form), shown), values, tuple(objections))


def refused_empty(
    runtime: Runtime, agreement: Agreement, form: Form, answers: Mapping[str, Any], step: Step, now: datetime
) -> list[Objection]:
    """Return what a step would refuse that is left empty, given the other answers."""
    others = {name: given for name, given in answers.items() if name not in step.fields}
    empty = walk(runtime, agreement, form, others, now)
    same = empty.step(step.id)
    return empty.refusals(same) if same else []


def may_skip(
    runtime: Runtime, agreement: Agreement, form: Form, answers: Mapping[str, Any], step: Step, now: datetime
) -> bool:
    """Say whether a step may be left empty, given the other answers."""
    return not refused_empty(runtime, agreement, form, answers, step, now)
