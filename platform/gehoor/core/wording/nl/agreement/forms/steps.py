"""The steps of a form in words: which questions stand together, and what stands above them."""

from __future__ import annotations

from collections.abc import Iterator

from gehoor.core.agreement.model import Agreement
from gehoor.core.forms.form import Form, Step
from gehoor.core.wording.chapters import Sentence
from gehoor.core.wording.nl.agreement.phrases import closed, joined, label
from gehoor.core.wording.nl.agreement.rules.conditions import clause
from gehoor.core.wording.nl.agreement.translations import language_name
from gehoor.core.wording.nl.formats import quoted


def steps(agreement: Agreement, form: Form) -> Iterator[Sentence]:
    """Say in which steps people outside fill in a form, where that was agreed."""
    for index, step in enumerate(form.steps):
        yield from _step(agreement, form, f"forms/{form.id}/steps/{index}", index + 1, step)


def _step(agreement: Agreement, form: Form, key: str, number: int, step: Step) -> Iterator[Sentence]:
    asked = tuple(
        quoted(form.fields[name].label) if name in form.fields else label(agreement, name)
        for name in step.fields
    )
    yield Sentence(
        f"{key}/fields",
        f"Stap {number} op de website vraagt: {joined(asked)}.",
        subject=f"Stap {number} op de website",
        members=asked,
    )
    if step.show_if:
        when = clause(agreement, step.show_if)
        yield Sentence(f"{key}/show-if", f"Stap {number} komt er alleen als {when}.")
    if step.name:
        yield Sentence(f"{key}/name", f"Boven stap {number} staat: {quoted(step.name)}.")
    if step.explanation:
        yield Sentence(f"{key}/explanation", f"Uitleg bij stap {number}: {closed(step.explanation)}")
    for code, one in step.translations.items():
        name = language_name(code)
        if one.name:
            yield Sentence(
                f"{key}/translations/{code}/name",
                f"In het {name} staat boven stap {number}: {quoted(one.name)}.",
            )
        if one.explanation:
            yield Sentence(
                f"{key}/translations/{code}/explanation",
                f"In het {name} is de uitleg bij stap {number}: {closed(one.explanation)}",
            )
