"""Linking, merging and sending on, from the page of a dossier."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.dossier import Dossier, fold
from gehoor.core.dossier.events import EventKind
from gehoor.core.dossier.relations import SentOn
from gehoor.core.objections.text_room import SHORT
from gehoor.services.dossiers.viewing import OpenedDossier
from gehoor.services.recording.attachments import files_in
from gehoor.services.relations.linking import link, unlink
from gehoor.services.relations.merging import MergeWanted, merge, told_of_merged, unmerge
from gehoor.services.relations.sending_on import SendWanted, send_elsewhere, send_to_department
from gehoor.services.search.alike import alike
from gehoor.web.request.languages import said
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, opened_dossier
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.handling.term_changes import redo

pages = Blueprint("relating", __name__, url_prefix="/medewerker/dossiers/<dossier_id>")


@pages.post("/verbinden")
@allow(Policy.DOSSIER, Action.LINK)
def link_with(dossier_id: str) -> Response | tuple[str, int]:
    """Link a dossier with another, by its number."""
    number, reason = request.form.get("nummer", ""), request.form.get("reden", "")
    return redo(dossier_id, lambda: link(site().runtime, dossier_id, number, reason, me().name, now()))


@pages.post("/losmaken/<other>")
@allow(Policy.DOSSIER, Action.LINK)
def unlink_from(dossier_id: str, other: str) -> Response | tuple[str, int]:
    """Take back that two dossiers belong together."""
    reason = request.form.get("reden", "")
    return redo(dossier_id, lambda: unlink(site().runtime, dossier_id, other, reason, me().name, now()))


@pages.post("/samenvoegen")
@allow(Policy.DOSSIER, Action.MERGE)
def merge_into(dossier_id: str) -> Response | tuple[str, int]:
    """Let a dossier go on in another."""
    wanted = MergeWanted(
        dossier=dossier_id,
        number=request.form.get("nummer", ""),
        reason=request.form.get("reden", ""),
        same_person=request.form.get("melder", "") == "dezelfde",
        actor=me().name,
    )
    return redo(dossier_id, lambda: merge(site().runtime, wanted, now()))


@pages.post("/apart")
@allow(Policy.DOSSIER, Action.MERGE)
def take_apart(dossier_id: str) -> Response | tuple[str, int]:
    """Let a merged dossier go on by itself again."""
    reason = request.form.get("reden", "")
    return redo(dossier_id, lambda: unmerge(site().runtime, dossier_id, reason, me().name, now()))


@pages.post("/verteld/<other>")
@allow(Policy.DOSSIER, Action.WRITE_MESSAGES)
def told(dossier_id: str, other: str) -> Response | tuple[str, int]:
    """Keep that whoever told a merged dossier heard what came of it."""
    note = request.form.get("hoe", "")
    return redo(dossier_id, lambda: told_of_merged(site().runtime, dossier_id, other, note, me().name, now()))


@pages.post("/doorsturen")
@allow(Policy.DOSSIER, Action.SEND_ON)
@text_room(naar=SHORT)
def send_on(dossier_id: str) -> Response | tuple[str, int]:
    """Send a dossier on to another department, or to somebody else."""
    department = request.form.get("afdeling", "")
    to = department or request.form.get("naar", "")
    files = tuple(dict.fromkeys(request.form.getlist("bestand")))
    wanted = SendWanted(dossier_id, to, request.form.get("reden", ""), me().name, files)
    send = send_to_department if department else send_elsewhere
    return redo(dossier_id, lambda: send(site().runtime, wanted, now()))


@pages.get("/lijkt-op")
@allow(Policy.DOSSIER)
def alike_to(dossier_id: str) -> str:
    """Show the dossiers in which nearly the same was told; to the script of the dossier's own page only those."""
    opened = opened_dossier()
    found = alike(site().runtime, opened, me(), now())
    page = "staff/alike_beside.html" if "hier" in request.args else "staff/alike.html"
    return render_template(page, dossier=opened.dossier, found=found, back=dossier_id)


@pages.get("/doorgestuurd/<int:index>")
@allow(Policy.DOSSIER, Action.SEND_ON)
def sheet(dossier_id: str, index: int) -> str:
    """Show what went along to somebody else, as it was then, to print and hand over."""
    opened = opened_dossier()
    sent = opened.dossier.relations.sent_on
    if not 0 <= index < len(sent) or sent[index].department:
        abort(404)
    fields, formats = opened.agreement.dossier_form.fields, said().formats
    values = _when_sent(opened, sent[index]).values
    answers = [
        (fields[name].label, fields[name].type.show(values[name], fields[name], formats))
        for name in sent[index].fields
        if name in fields and name in values and not fields[name].type.takes_files
    ]
    went = {name: file for name, file in files_in(fields, values).items() if name in sent[index].files}
    there_still = (
        files_in(fields, opened.decision.values) if opened.rights.may(Action.READ_ATTACHMENTS) else {}
    )
    return render_template(
        "staff/sent_on.html",
        agreement=opened.agreement,
        dossier=opened.dossier,
        sent=sent[index],
        answers=answers,
        files=[(file, name in there_still) for name, file in went.items()],
        number=opened.dossier.number,
        back=dossier_id,
    )


def _when_sent(opened: OpenedDossier, sent: SentOn) -> Dossier:
    """Return a dossier as it was when it was sent on: what was filled in since did not go along."""
    last = next(
        one.sequence
        for one in opened.events
        if one.kind is EventKind.SENT_ON and (one.at, one.data["to"]) == (sent.at, sent.to)
    )
    return fold(opened.events_until(last))
