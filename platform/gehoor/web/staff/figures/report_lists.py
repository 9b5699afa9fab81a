"""The lists behind the figures of a report, on a page and as a file."""

from __future__ import annotations

from typing import Any, Final

from flask import Blueprint, abort, render_template, request, url_for
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.services.figures.offered_reports import NoSuchReportError
from gehoor.services.figures.report_lists import PAGE, all_behind_figure, behind_figure
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow
from gehoor.web.staff.figures.asked_period import period_name
from gehoor.web.staff.figures.asked_report import LONGEST_NAME, asked_in, draft_address
from gehoor.web.staff.worklists.list_files import FILE_NAMES, list_file, offer

pages = Blueprint("report_lists", __name__, url_prefix="/medewerker/verslagen")

_LAST_PAGE: Final = 10**7
_NAMED: Final = 3
"""So many departments are named in the name of a file."""


@pages.get("/<organisation>/<report>/<int:year>/dossiers")
@allow(Policy.COUNTS)
def behind(organisation: str, report: str, year: int) -> str:
    """Show the dossiers behind a figure of a report."""
    first = min(request.args.get("vanaf", 0, type=int), _LAST_PAGE)
    try:
        found = behind_figure(
            site().runtime, me(), now(), asked_in(organisation, report, year), _figure(), first
        )
    except NoSuchReportError:
        abort(404)
    kept = request.args.get("vastgelegd", "")[:LONGEST_NAME]
    anchor = f"t-{found.table.id}"
    where = _list_address(organisation, report, year)
    return render_template(
        "staff/report_dossiers.html",
        labels=_labels(found.table.title),
        period=period_name(asked_in(organisation, report, year).period),
        found=found,
        kept=kept,
        first=first,
        last=first + len(found.lines),
        before=url_for("report_lists.behind", **{**where, "vanaf": max(first - PAGE, 0)}) if first else "",
        after=url_for("report_lists.behind", **{**where, "vanaf": found.after}) if found.after else "",
        back=url_for("reports.kept", name=kept, _anchor=anchor)
        if kept
        else draft_address(organisation, report, year, _anchor=anchor, maak=1),
        offer=offer(request.args.getlist("afdeling") or found.offered.departments),
        files=[
            (name, url_for("report_lists.behind_as_file", **{**where, "vanaf": None, "kind": kind}))
            for kind, name in FILE_NAMES.items()
        ],
    )


@pages.get("/<organisation>/<report>/<int:year>/dossiers.<kind>")
@allow(Policy.COUNTS, Action.EXPORT_DOSSIERS)
def behind_as_file(organisation: str, report: str, year: int, kind: str) -> Response | tuple[str, int]:
    """Give the dossiers behind a figure of a report as a file, with how often each is counted."""
    asked = asked_in(organisation, report, year)
    try:
        offered, table, times = all_behind_figure(site().runtime, me(), now(), asked, _figure())
    except NoSuchReportError:
        abort(404)
    back = url_for("report_lists.behind", **_list_address(organisation, report, year))
    named = [
        table.title,
        *_labels(table.title),
        period_name(asked.period),
        *(offered.departments[one] for one in asked.departments[:_NAMED]),
    ]
    return list_file(kind, back, lambda _most: (len(times), list(times)), named, times)


def _figure() -> tuple[str, str | None, str | None]:
    """Return of which figure the list is asked: its table, row and column."""
    asked = request.args
    return asked.get("tabel", "")[:LONGEST_NAME], _key(asked.get("rij")), _key(asked.get("kolom"))


def _labels(table: str) -> list[str]:
    """Return what the row and the column of a figure are called: not what its table is called already."""
    return [one for one in request.args.getlist("naam")[:2] if one != table]


def _list_address(organisation: str, report: str, year: int) -> dict[str, Any]:
    return {**request.args.to_dict(flat=False), "organisation": organisation, "report": report, "year": year}


def _key(given: str | None) -> str | None:
    return None if given is None else given[:LONGEST_NAME]
