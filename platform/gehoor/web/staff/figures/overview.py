"""The overview: what is late, who has what, what keeps coming back. Each figure opens its list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from flask import Blueprint, abort, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.figures.periods import Beside
from gehoor.services.figures.listing import ThemeWish, theme_list, whole_theme_list
from gehoor.services.figures.offered_reports import READING
from gehoor.services.figures.overview import TABS, Count, overview
from gehoor.services.figures.reports import offered_reports
from gehoor.services.ports.store import Cursor
from gehoor.services.search.worklist_filters import NOBODY, Standing, Tab, Wish
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.menu import counts_for
from gehoor.web.security.policies import Policy, allow
from gehoor.web.staff.figures.asked_period import last_quarter
from gehoor.web.staff.worklists.addresses import arguments
from gehoor.web.staff.worklists.list_files import FILE_NAMES, list_file, offer
from gehoor.web.staff.worklists.list_words import title_of

pages = Blueprint("figures", __name__, url_prefix="/medewerker/cijfers")

_LONGEST: Final = 200
_MOST_THEMES: Final = 5


@pages.get("/")
@allow(Policy.COUNTS, Action.SEE_FIGURES)
def show() -> str:
    """Show the overview, of all departments or of one."""
    department = request.args.get("afdeling", "")[:_LONGEST]
    found = overview(site().runtime, me(), now(), department)
    if department and department not in found.departments:
        abort(404)
    return render_template(
        "staff/figures.html",
        found=found,
        tiles=[
            (title_of(one.wish), _how(one.wish), one, work_address(one), one.wish.tab is Tab.DANGER)
            for one in found.tiles
        ],
        heads=[_head(tab) for tab in TABS],
        tables=[
            (
                _("Wie wat behandelt"),
                _("Wie"),
                found.by_handler,
                _("Een dossier met twee behandelaars telt bij beiden."),
                _("Niemand behandelt nu een open dossier."),
            ),
            (
                _("Wie aan zet is"),
                _("Rol"),
                found.by_role,
                _("De rol die voor de eerste termijn van een dossier verantwoordelijk is."),
                _("Nergens loopt een termijn."),
            ),
        ],
        nobody=NOBODY,
        quarters=_last_quarters(),
        work_address=work_address,
        theme_address=theme_address,
    )


@pages.get("/dossiers")
@allow(Policy.COUNTS, Action.SEE_FIGURES)
def dossiers() -> str:
    """Show the dossiers behind a figure about what keeps coming back."""
    wish = _theme_wish()
    found = theme_list(site().runtime, me(), now(), wish)
    return render_template(
        "staff/figure_dossiers.html",
        found=found,
        after=theme_address(wish, found.after) if found.after else "",
        back=url_for("figures.show", afdeling=wish.department or None),
        offer=offer([wish.department] if wish.department else found.department_names),
        files=[
            (name, theme_address(replace(wish, after=None), page="figures.dossiers_as_file", kind=kind))
            for kind, name in FILE_NAMES.items()
        ],
    )


@pages.get("/dossiers.<kind>")
@allow(Policy.COUNTS, Action.EXPORT_DOSSIERS)
def dossiers_as_file(kind: str) -> Response | tuple[str, int]:
    """Give the dossiers behind a figure about what keeps coming back as a file."""
    wish = replace(_theme_wish(), after=None)
    found = theme_list(site().runtime, me(), now(), wish)
    return list_file(
        kind,
        theme_address(wish),
        lambda most: whole_theme_list(site().runtime, me(), now(), wish, most),
        [
            *found.labels,
            found.department_names.get(wish.department, ""),
            *(day.isoformat() for day in (wish.received_from, wish.received_until) if day),
        ],
    )


def _theme_wish() -> ThemeWish:
    wish = ThemeWish(
        tuple(one[:_LONGEST] for one in request.args.getlist("thema")[:_MOST_THEMES]),
        request.args.get("afdeling", "")[:_LONGEST],
        _day(request.args.get("van", "")),
        _day(request.args.get("tot", "")),
        _cursor(request.args.get("na", "")),
    )
    if not wish.themes:
        abort(404)
    return wish


def _last_quarters() -> list[tuple[str, str]]:
    """Return the address of the figures of the last quarter beside those of the one before, in each report that who is
    signed in may see, with what it is called."""
    if not any(map(counts_for, READING)):
        return []
    made, read = offered_reports(site().runtime, me(), now())
    found = []
    for one in (*made, *read):
        name, days = last_quarter(one.today, Beside.DAYS_BEFORE)
        address = url_for("reports.draft", organisation=one.organisation, report=one.report.id, **days)
        found.append((address, f"{name}, {one.report.name}" if len(made) + len(read) > 1 else name))
    return found


def work_address(one: Count) -> str:
    """Return the address of the work list behind a figure."""
    address: str = url_for("staff.work", **arguments(one.wish))
    return address


def theme_address(
    wish: ThemeWish, after: Cursor | None = None, page: str = "figures.dossiers", **more: Any
) -> str:
    """Return the address of the list of dossiers with some themes. ``page``: another page about it."""
    asked: dict[str, Any] = {
        "thema": list(wish.themes),
        "afdeling": wish.department or None,
        "van": wish.received_from.isoformat() if wish.received_from else None,
        "tot": wish.received_until.isoformat() if wish.received_until else None,
        "na": f"{after.value},{after.key}" if after else None,
    }
    address: str = url_for(page, **asked, **more)
    return address


def _how(wish: Wish) -> str:
    """Say how a figure counts."""
    sentences: Mapping[tuple[Tab, Standing | None], str] = {
        (Tab.LATE, None): _("De eerste termijn is voorbij."),
        (Tab.LATE, Standing.LATE_TODAY): _("Daarvan: verlopen gisteren, of vandaag op een uur."),
        (Tab.DEPARTMENT, Standing.TODAY): _("De eerste termijn loopt vandaag af."),
        (Tab.WEEK, None): _("De eerste termijn loopt binnen zeven dagen af, vandaag erbij."),
        (Tab.UNASSIGNED, None): _("Niemand behandelt ze."),
        (Tab.DANGER, None): _("Iemand zei dat er gevaar is."),
        (Tab.CLOSED, Standing.LATE): _("Een termijn die doorloopt, is voorbij, of er wacht een bericht."),
        (Tab.DEPARTMENT, None): _("Ook gesloten dossiers die nog iets vragen."),
    }
    return sentences[wish.tab, wish.standing]


def _head(tab: Tab) -> str:
    names: dict[Tab, str] = {
        Tab.DEPARTMENT: _("Open"),
        Tab.LATE: _("Te laat"),
        Tab.WEEK: _("Komende 7 dagen"),
    }
    return names[tab]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _cursor(text: str) -> Cursor | None:
    value, comma, key = text[:_LONGEST].rpartition(",")
    return Cursor(value, key) if comma and key else None
