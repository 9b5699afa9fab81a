"""What a task asks to fill in, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from gehoor.core.conditions.model import fact_names
from gehoor.core.forms.fields import Field
from gehoor.core.forms.types.groups import shown_members
from gehoor.services.dossiers.tasks import OpenedTask
from gehoor.web.display.conditions import show_when


@dataclass(frozen=True)
class Asked:
    """A field of a task that is filled in; ``conditional``: an answer on the page shows it."""

    field: Field
    conditional: bool


def asked(opened: OpenedTask) -> list[Asked]:
    """Return what is filled in: what other answers of the task ask, as they stand, or as the page can judge it."""
    filled = {of.id for of in opened.filled}
    answers = {
        name: value for name, value in opened.state.answers.items() if name in opened.state.task.fields
    }
    shown = shown_members(answers, opened.members) if opened.members else filled
    result = []
    for of in opened.filled:
        hangs_on = fact_names(of.show_if) if of.show_if is not None and opened.members else frozenset()
        on_page = bool(hangs_on) and hangs_on <= filled
        if on_page or of.id in shown or hangs_on & filled:
            result.append(Asked(of, on_page and bool(show_when(of))))
    return [*result, *([Asked(opened.evidence, False)] if opened.evidence else [])]


def asked_fields(opened: OpenedTask) -> list[Field]:
    """Return the fields that are filled in."""
    return [one.field for one in asked(opened)]
