"""Noting how a kept report stands: who approved it, and that it is withdrawn."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.dossier.events import instant_text
from gehoor.services.figures.offered_reports import NoSuchReportError
from gehoor.services.figures.report_records import ReportRecord
from gehoor.services.figures.report_standing import (
    LONGEST_WHO,
    LONGEST_WHY,
    WithdrawnError,
    note_approval,
    withdraw_report,
)
from gehoor.web.display.absences import typed_day
from gehoor.web.display.filters import local_day
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.figures.given_back import given_back
from gehoor.web.staff.figures.kept_page import found_kept, kept_page

pages = Blueprint("report_standing", __name__, url_prefix="/medewerker/verslagen/vastgelegd")


@pages.post("/<name>/goedgekeurd")
@allow(Policy.COUNTS, Action.MAKE_REPORTS)
@text_room(**{"goedgekeurd-door": LONGEST_WHO})
def approve(name: str) -> Response | tuple[str, int]:
    """Note who approved a report, and when."""
    record = found_kept(name)
    who, on = request.form.get("goedgekeurd-door", "").strip(), request.form.get("dag", "").strip()
    day, faults = typed_day(on), dict[str, str]()
    if not who:
        faults["goedgekeurd-door"] = _("Zeg wie het verslag goedkeurde.")
    if day is None:
        faults["dag"] = _("Kies de dag waarop het goedgekeurd is.")
    elif day > local_day(instant_text(now())):
        faults["dag"] = _("Deze dag moet nog komen. Kies de dag waarop het goedgekeurd is.")
    if faults or day is None:
        return kept_page(record, faults, {"goedgekeurd-door": who, "dag": on}), 422
    try:
        note_approval(site().runtime, me(), now(), name, (who, day))
    except NoSuchReportError:
        abort(404)
    except WithdrawnError:
        return _gone(record, who)
    return _back(record, "goedgekeurd")


@pages.post("/<name>/intrekken")
@allow(Policy.COUNTS, Action.MAKE_REPORTS)
@text_room(waarom=LONGEST_WHY)
def withdraw(name: str) -> Response | tuple[str, int]:
    """Withdraw a report, and say why."""
    record = found_kept(name)
    why = request.form.get("waarom", "").strip()
    if not why:
        return kept_page(record, {"waarom": _("Zeg waarom u het verslag intrekt.")}), 422
    try:
        withdraw_report(site().runtime, me(), now(), name, why)
    except NoSuchReportError:
        abort(404)
    except WithdrawnError:
        return _gone(record, why)
    return _back(record, "ingetrokken")


def _gone(record: ReportRecord, typed: str) -> tuple[str, int]:
    return given_back(
        typed,
        _("Dit verslag is ingetrokken"),
        url_for("reports.kept", name=record.id),
        _("Terug naar het verslag"),
        _("Iemand trok het verslag intussen in."),
    )


def _back(record: ReportRecord, done: str) -> Response:
    return redirect(url_for("reports.kept", name=record.id, gedaan=done), 303)
