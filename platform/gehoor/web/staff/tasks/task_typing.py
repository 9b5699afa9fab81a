"""What somebody types at a task and did not send yet, kept for them alone until they come back."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from gehoor.services.correspondence.texts import LONGEST
from gehoor.services.dossiers.autosave import Unsaved
from gehoor.services.dossiers.tasks import OpenedTask
from gehoor.web.forms.answer_form import PREFIX, AnswerForm
from gehoor.web.forms.typed_before import Kept, forget_typed, keep_sent, typed_before, values_of
from gehoor.web.forms.types.attachments import AttachmentsField
from gehoor.web.security.policies import Policy, allow, opened_task
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.tasks.asked import asked_fields

pages = Blueprint("task_typing", __name__, url_prefix="/medewerker/taken")

TROUBLE: Final = "lukt-niet"
"""The form that says that a task cannot be done, beside the one that does it."""
MARK: Final = "versie"
"""Says what stood there when they began to type."""


@pages.post("/<dossier_id>/<task>/onbewaard")
@pages.post("/<dossier_id>/<task>/<row>/onbewaard")
@allow(Policy.TASK)
@text_room(waarom=None)
def keep_typed(dossier_id: str, task: str, row: str = "") -> Response:
    """Keep what was typed so far, for whoever types it alone; tell when."""
    opened, trouble = opened_task(), TROUBLE in request.args
    if trouble:
        return keep_sent(dossier_id, _kept(task, row, TROUBLE, "waarom"), opened.agreement.time_zone, LONGEST)
    typed = tuple(dict.fromkeys(name for name in request.form if name.startswith(PREFIX)))
    kept, asked = _kept(task, row, "", MARK, *typed), [of.id for of in asked_fields(opened)]
    return keep_sent(dossier_id, kept, opened.agreement.time_zone, getoond=asked)


@pages.post("/<dossier_id>/<task>/onbewaard/weg")
@pages.post("/<dossier_id>/<task>/<row>/onbewaard/weg")
@allow(Policy.TASK)
def throw_away(dossier_id: str, task: str, row: str = "") -> Response:
    """Throw away what was typed and not sent."""
    forget_task(dossier_id, task, row, TROUBLE if TROUBLE in request.args else "")
    return redirect(url_for("tasks.show", dossier_id=dossier_id, task=task, row=row or None), 303)


def task_typed(opened: OpenedTask, part: str = "") -> Unsaved | None:
    """Return what whoever is signed in typed at a task before. ``part``: of which form, ``TROUBLE`` or that of the task
    itself."""
    state = opened.state
    return typed_before(opened.dossier_id, _form(state.task.id, state.row, part))


def forget_task(dossier: str, task: str, row: str, part: str = "") -> None:
    """Forget what was typed at a task: it was sent, or thrown away."""
    forget_typed(dossier, _form(task, row, part))


def with_typed(opened: OpenedTask, unsaved: Unsaved) -> AnswerForm:
    """Return the form of a task with what was typed. What the page did not show then, nobody left empty."""
    typed = values_of(unsaved)
    known = set(typed.getlist("getoond"))
    page = AnswerForm(opened.agreement, asked_fields(opened), sent=typed)
    for name in page.names:
        # Files are never typed.
        if name not in known or isinstance(page[name], AttachmentsField):
            page[name].data = opened.answers.get(name)
    return page


def _form(task: str, row: str, part: str) -> str:
    return f"taak/{task}/{row}/{part}"


def _kept(task: str, row: str, part: str, *names: str) -> Kept:
    return Kept(_form(task, row, part), names, asked=tuple(name for name in names if name != MARK))
