"""The tasks that somebody has, and the page of one: what is asked, and what they fill in, without the dossier."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.dossier.promises import Made
from gehoor.core.objections.objections import Objection
from gehoor.services.correspondence.task_trouble import Trouble, tell_trouble
from gehoor.services.correspondence.texts import LONGEST, TextRefusedError
from gehoor.services.dossiers.editing import EditConflictError
from gehoor.services.dossiers.task_reporting import Report, report
from gehoor.services.dossiers.tasks import OpenedTask, tasks_of
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import UnknownDossierError, reading
from gehoor.services.search.dossier_access import dossier_for
from gehoor.services.search.related import promises
from gehoor.services.search.unclaimed import unclaimed_of
from gehoor.web.display.filters import moment
from gehoor.web.forms.answer_form import AnswerForm
from gehoor.web.forms.refusals import reason_asked, refuse_fields
from gehoor.web.forms.typed_before import values_of
from gehoor.web.forms.uploads import receive, takes_files
from gehoor.web.request.form_keys import Purpose, key_sent
from gehoor.web.request.languages import said
from gehoor.web.request.session import browser_secret, me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_task
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.tasks.asked import asked, asked_fields
from gehoor.web.staff.tasks.task_typing import MARK, TROUBLE, forget_task, task_typed, with_typed

pages = Blueprint("tasks", __name__, url_prefix="/medewerker/taken")


@pages.get("/")
@allow(Policy.STAFF)
def mine() -> str:
    """Show the tasks that whoever is signed in has still to do."""
    runtime, who, moment = site().runtime, me(), now()
    return render_template(
        "staff/tasks.html",
        tasks=tasks_of(runtime, who, moment),
        unclaimed=unclaimed_of(runtime, who, moment),
    )


@pages.get("/<dossier_id>/<task>")
@pages.get("/<dossier_id>/<task>/<row>")
@allow(Policy.TASK)
def show(dossier_id: str, task: str, row: str = "") -> str:  # noqa: ARG001 - its policy opened it
    """Show a task: what is asked, by when, and what may be filled in."""
    opened = opened_task()
    unsaved, trouble = task_typed(opened), task_typed(opened, TROUBLE)
    return render_template(
        "staff/task.html",
        **_page(opened, with_typed(opened, unsaved) if unsaved else _stored(opened)),
        unsaved=unsaved,
        # What another kept since is told when this is sent, and not written over.
        mark=values_of(unsaved).get(MARK) if unsaved else "",
        trouble=values_of(trouble).get("waarom", "") if trouble else "",
        trouble_unsaved=trouble,
        saved=_kept(),
        told=request.args.get("gemeld") == "1",
        following=_following(opened) if opened.state.done else None,
    )


@pages.post("/<dossier_id>/<task>")
@pages.post("/<dossier_id>/<task>/<row>")
@allow(Policy.TASK)
@takes_files
@text_room(reden=None)
def fill_in(dossier_id: str, task: str, row: str = "") -> Response | tuple[str, int]:
    """Keep what was filled in."""
    opened = opened_task()
    page = AnswerForm(opened.agreement, asked_fields(opened), sent=request.form)
    # What waits here belongs to who sent it.
    key = f"{dossier_id}/{task}/{row}/{me().name}/{browser_secret()}"
    received = receive(page, key, {})
    told = Report(
        dossier_id,
        task,
        row,
        page.answers(),
        request.form.get("versie", ""),
        me().name,
        reason=request.form.get("reden", ""),
        key=key,
        files=tuple(received.files),
    )
    try:
        if received.objections:
            raise RefusedError([])
        after = report(site().runtime, told, now())
        forget_task(dossier_id, task, row)
    except RefusedError as refusal:
        received.keep(page)
        return _refused(opened, page, [*received.objections, *refusal.objections])
    except EditConflictError as conflict:
        received.keep(page)
        return _conflict(opened, page, conflict)
    # Without a row there is none in the address.
    kept = "1" if after.version > opened.version else "0"
    return redirect(url_for(".show", dossier_id=dossier_id, task=task, row=row or None, bewaard=kept), 303)


@pages.post("/<dossier_id>/<task>/lukt-niet")
@pages.post("/<dossier_id>/<task>/<row>/lukt-niet")
@allow(Policy.TASK)
@text_room(waarom=None)
def trouble(dossier_id: str, task: str, row: str = "") -> Response | tuple[str, int]:
    """Tell who asked for a task that it cannot be done, or comes later, and why."""
    opened, why = opened_task(), request.form.get("waarom", "")
    key = key_sent(Purpose.NOTE, dossier_id, me().name)
    try:
        tell_trouble(site().runtime, Trouble(dossier_id, task, row, why, key, me().name), now())
    except (TextRefusedError, RefusedError) as refusal:
        context = {**_page(opened, _stored(opened)), "trouble": why, "trouble_refused": _not_told(refusal)}
        return render_template("staff/task.html", **context), 422
    forget_task(dossier_id, task, row, TROUBLE)
    return redirect(url_for(".show", dossier_id=dossier_id, task=task, row=row or None, gemeld=1), 303)


def _following(opened: OpenedTask) -> OpenedTask | None:
    """Return the task to go on with after one that is done: the first of those that still wait."""
    waiting = (one for one in tasks_of(site().runtime, me(), now()) if one.state.waits)
    return next((one for one in waiting if one.state is not opened.state), None)


def _not_told(refusal: TextRefusedError | RefusedError) -> str:
    if isinstance(refusal, RefusedError):
        return " ".join(said().objections.text(one) for one in refusal.objections)
    if refusal.code == "long":
        return str(_("Dit is te lang. Gebruik hoogstens %(most)s tekens.", most=LONGEST))
    return str(_("Zeg waarom, en wanneer het wel kan."))


def _kept() -> bool | None:
    """Say whether something was kept, just after somebody sent the page; None when they did not."""
    return {"1": True, "0": False}.get(request.args.get("bewaard", ""))


def _stored(opened: OpenedTask) -> AnswerForm:
    return AnswerForm(opened.agreement, asked_fields(opened), stored=opened.answers)


def _refused(opened: OpenedTask, page: AnswerForm, objections: list[Objection]) -> tuple[str, int]:
    others = refuse_fields(page, {one.field.id: one.field for one in asked(opened)}, objections)
    reason = request.form.get("reden", "")
    asks = reason_asked(objections, reason)
    context = {**_page(opened, page), "others": others, "asks_reason": asks, "reason": reason}
    return render_template("staff/task.html", **context), 422


def _conflict(opened: OpenedTask, page: AnswerForm, conflict: EditConflictError) -> tuple[str, int]:
    fields = {of.id: of for of in opened.filled}
    with reading(site().runtime.store) as register:
        who = site().runtime.staff.of(register, now()).full_name(conflict.actor)
    when = moment(conflict.at, opened.agreement.time_zone)
    for name in (one for one in conflict.fields if one in fields):
        stored = opened.answers.get(name)
        shown = "-" if stored is None else fields[name].type.show(stored, fields[name], said().formats)
        page.refuse(Objection(name, "conflict"), _("Intussen staat er: %(value)s", value=shown))
    message = _("%(who)s wijzigde dit op %(when)s.", who=who, when=when)
    return render_template("staff/task.html", **_page(opened, page), conflict=message), 409


def _page(opened: OpenedTask, page: AnswerForm) -> dict[str, Any]:
    task, words = opened.state.task, said().agreements
    fields = opened.agreement.dossier_form.fields
    done_when = (
        words.row_clause(opened.agreement, fields[task.rows], task.done_if)
        if task.rows
        else words.clause(opened.agreement, task.done_if)
    )
    return {
        "task": opened,
        "form": page,
        "asked": asked(opened),
        "done_when": done_when,
        "promises": _promises(opened),
    }


def _promises(opened: OpenedTask) -> list[Made]:
    """Return what was promised in the dossier that a task is of as a whole, for who may open that."""
    if opened.state.task.rows or not opened.number:
        return []
    try:
        return promises(dossier_for(site().runtime, me(), opened.dossier_id, now()))
    except UnknownDossierError:
        return []
