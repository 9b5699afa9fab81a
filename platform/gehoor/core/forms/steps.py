"""Which fields of a form people outside are asked together: as agreed, or else as few as belong together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import pairwise

from gehoor.core.forms.form import Form, Step


def steps_of(form: Form) -> tuple[Step, ...]:
    """Return the steps of a form, in order. Every field is in one of them, and in no other.

    Nothing agreed: one field a step, but fields of which at least one is needed stand together, and so do
    neighbours that are asked in the same case.
    """
    return form.steps or _usual(form)


def narrowed(steps: Collection[Step], shown: Collection[str]) -> tuple[Step, ...]:
    """Return the steps that ask something now, each with only the fields that are shown."""
    kept = (
        replace(step, fields=tuple(name for name in step.fields if name in shown), anchor=step.id)
        for step in steps
    )
    return tuple(step for step in kept if step.fields)


def _usual(form: Form) -> tuple[Step, ...]:
    together: dict[str, set[str]] = {name: {name} for name in form.fields}

    def bind(one: str, other: str) -> None:
        if together[one] is not together[other]:
            together[one] |= together[other]
            for name in together[other]:
                together[name] = together[one]

    fields = list(form.fields.values())
    for before, of in pairwise(fields):
        if of.show_if is not None and of.show_if == before.show_if:
            bind(before.id, of.id)
    for group in form.at_least_one:
        known = [name for name in group.fields if name in form.fields]
        for name in known[1:]:
            bind(known[0], name)
    steps = dict.fromkeys(tuple(name for name in form.fields if name in group) for group in together.values())
    return tuple(Step(fields) for fields in steps)
