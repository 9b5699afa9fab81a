"""The work list: which list, narrowed and sorted how, all in its address, so that it can be kept and shared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Request, Response

from gehoor.core.access.roles import departments_of
from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.services.agreements.publications import InForce, all_in_force
from gehoor.services.ports.instants import to_number
from gehoor.services.ports.store import Cursor
from gehoor.services.register.register import reading
from gehoor.services.search.saved_searches import (
    LONGEST_NAME,
    TooManySearchesError,
    remove_search,
    save_search,
    saved_searches,
)
from gehoor.services.search.worklist import WorkList, whole_list, work_list
from gehoor.services.search.worklist_filters import NOBODY, Sort, Standing, Tab, Wish
from gehoor.web.display.filters import grouped
from gehoor.web.request.languages import said
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, may_here
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.worklists.list_files import FILE_NAMES, list_file, offer

pages = Blueprint("staff", __name__, url_prefix="/medewerker")

_TABS: Final[Mapping[str, Tab]] = {
    "gevaar": Tab.DANGER,
    "mijn": Tab.MINE,
    "afdeling": Tab.DEPARTMENT,
    "te-laat": Tab.LATE,
    "deze-week": Tab.WEEK,
    "niet-toegewezen": Tab.UNASSIGNED,
    "afgesloten": Tab.CLOSED,
    "alle": Tab.ALL,
}
_SORTS: Final[Mapping[str, Sort]] = {
    "termijn": Sort.DUE,
    "ontvangen": Sort.RECEIVED,
    "nummer": Sort.NUMBER,
    "gewijzigd": Sort.CHANGED,
}
_STANDINGS: Final[Mapping[str, Standing]] = {
    "te-laat": Standing.LATE,
    "sinds-vandaag": Standing.LATE_TODAY,
    "vandaag": Standing.TODAY,
    "later": Standing.LATER,
}
_TEXTS: Final[Mapping[str, str]] = {
    "afdeling": "department", "soort": "kind", "fase": "phase", "behandelaar": "handler", "merk": "flag",
    "ernst": "severity", "rol": "responsible",
}  # fmt: skip
_BESIDE: Final[Mapping[str, bool]] = {"na": False, "voor": True}
"""What goes on from a place in the list, and whether backwards."""
_BY_INSTANT: Final = (Sort.DUE, Sort.CHANGED)
_DAYS: Final[Mapping[str, str]] = {"van": "received_from", "tot": "received_until"}
_LONGEST: Final = 200


def install(app: Flask) -> None:
    """Let templates ask whether the slash goes to the search box."""
    app.context_processor(lambda: {"slash_key": request.cookies.get(SLASH_COOKIE) != "uit"})


SLASH_COOKIE: Final = "gehoor-sneltoets"


@pages.get("/")
@allow(Policy.STAFF)
def work() -> str:
    """Show a work list: the earliest due first, unless something else was asked."""
    wish = wish_of(request.args)
    listed = work_list(site().runtime, me(), now(), wish)
    mine = _my_departments()
    return render_template(
        "staff/work.html",
        listed=listed,
        wish=wish,
        asked=arguments(wish),
        link=lambda **changed: _address(wish, **changed),
        before=_further(wish, listed.before, listed.page - 1),
        after=_further(wish, listed.after, listed.page + 1),
        tabs=_tabs(listed, wish),
        sorts=_sorts(wish),
        title=title_of(wish),
        chosen=_chosen(listed, wish),
        how_many=_how_many(listed, found=wish.narrowed),
        left_out=_left_out(wish),
        closed_too=_closed_too(wish),
        widest=_address(Wish(wish.tab)),
        offer=offer([wish.department] if wish.department else listed.offered.departments),
        files=[(name, _file_address(wish, kind)) for kind, name in FILE_NAMES.items()],
        standings=_standings(wish.tab),
        heads=_heads(),
        nobody=NOBODY,
        searches=[(one, f"{url_for('staff.work')}?{one.query}") for one in _searches()],
        departments=[one.agreement for one in mine],
        registers=_where(mine, Action.REGISTER),
        reads=_where(mine, Action.READ_AGREEMENT),
        reviews=_reviews(mine),
    )


@pages.get("/lijst.<kind>")
@allow(Policy.COUNTS, Action.EXPORT_DOSSIERS)
def list_as_file(kind: str) -> Response | tuple[str, int]:
    """Give all pages of a work list as a file, with what it is narrowed to and in its order."""
    wish = wish_of(request.args)
    return list_file(kind, _address(wish), lambda most: whole_list(site().runtime, me(), now(), wish, most))


@pages.post("/zoekopdrachten")
@allow(Policy.STAFF)
@text_room(naam=LONGEST_NAME)
def keep_search() -> Response | tuple[str, int]:
    """Keep the list that is shown under a name."""
    # Read and written again: what is kept is always a list of ours, and nothing else.
    address = _address(wish_of(_query(request.form.get("vraag", ""))))
    try:
        save_search(
            site().runtime, me().name, request.form.get("naam", ""), iri_to_uri(address).partition("?")[2]
        )
    except TooManySearchesError:
        sentences = [_("U bewaart al zoveel lijsten als kan. Verwijder er eerst een.")]
        return render_template("staff/not_done.html", sentences=sentences, back=address, to_list=True), 422
    return redirect(address, 303)


@pages.post("/zoekopdrachten/<search>/verwijderen")
@allow(Policy.STAFF)
def drop_search(search: str) -> Response:
    """Forget a list that was kept."""
    remove_search(site().runtime, me().name, search)
    address = _address(wish_of(_query(request.form.get("vraag", ""))))
    return redirect(address, 303)


def _standings(tab: Tab) -> dict[str, str]:
    """Return the standings of the next term that a list can be narrowed to."""
    names = {
        "te-laat": _("Te laat"),
        "sinds-vandaag": _("Sinds vandaag te laat"),
        "vandaag": _("Vandaag"),
        "later": _("Later"),
    }
    offered = {Tab.LATE: ["sinds-vandaag"], Tab.CLOSED: ["te-laat"], Tab.ALL: ["te-laat"]}
    return {word: names[word] for word in offered.get(tab, names)}


def _heads() -> dict[str, str]:
    """Return what the columns of a list are called."""
    return {
        # A term that is over stands in it as well: it is no next one.
        "term": _("Termijn"),
        "status": _("Status"),
        "phase": _("Fase"),
        "handler": _("Behandelaar"),
        "responsible": _("Verantwoordelijke"),
        "message-kind": _("Soort"),
        "received-on": _("Ontvangen"),
        "severity": _("Ernst"),
        "judgement": _("Oordeel"),
        "carrier": _("Hoe het binnenkwam"),
        "changed": _("Laatst gewijzigd"),
    }


def _reviews(mine: Iterable[InForce]) -> list[str]:
    """Say of which departments the agreement should have been reviewed."""
    say = said().notices.review_overdue
    return [say(one.agreement.department_name, before) for one in mine if (before := one.overdue_since)]


def _where(mine: Iterable[InForce], action: Action) -> list[Agreement]:
    """Return the agreements of the departments where who is signed in may do something."""
    agreements = [one.agreement for one in mine]
    return [one for one in agreements if may_here(one.organisation, one.department, action.value)]


def wish_of(asked: MultiDict[str, str]) -> Wish:
    """Read what an address asks. What it cannot mean is left out: an old or a broken address shows a list too."""
    sort = asked.get("sorteer", "")
    texts: dict[str, Any] = {
        to: text for name, to in _TEXTS.items() if (text := asked.get(name, "").strip()[:_LONGEST])
    }
    days: dict[str, Any] = {to: day for name, to in _DAYS.items() if (day := _day(asked.get(name, "")))}
    wish = Wish(
        tab=_TABS.get(asked.get("toon", ""), Tab.DEPARTMENT),
        sort=_SORTS.get(sort.removeprefix("-")),
        descending=sort.startswith("-"),
        standing=_STANDINGS.get(asked.get("stand", "")),
        page=min(max(1, asked.get("bladzijde", 1, type=int)), 100_000),
        **texts,
        **days,
    )
    return replace(wish, cursor=_cursor(asked, wish))


def _cursor(asked: MultiDict[str, str], wish: Wish) -> Cursor | None:
    """Read from where to go on: a value of what the list is sorted by, a comma, and a dossier."""
    for word, backwards in _BESIDE.items():
        value, comma, dossier = asked.get(word, "")[:_LONGEST].rpartition(",")
        if comma and dossier:
            # Not every dossier has a term: what stands at the end has no value there.
            missing = not value and wish.sorted_by in _BY_INSTANT
            if missing or wish.sorted_by not in _BY_INSTANT or to_number(value) is not None:
                return Cursor(None if missing else value, dossier, backwards)
    return None


def _further(wish: Wish, cursor: Cursor | None, page: int) -> str:
    """Return the address of a page beside the one that is shown; empty when there is none."""
    if cursor is None:
        return ""
    if page <= 1:
        return _address(wish)
    word = next(word for word, backwards in _BESIDE.items() if backwards == cursor.backwards)
    return _address(wish, **{word: f"{cursor.value or ''},{cursor.key}", "bladzijde": page})


def _address(wish: Wish, **changed: Any) -> str:
    """Return the address of the first page of a list, or of that list with something changed."""
    return url_for("staff.work", **{**arguments(replace(wish, page=1, cursor=None)), **changed})


def _file_address(wish: Wish, kind: str) -> str:
    """Return the address of a list as a file."""
    address: str = url_for("staff.list_as_file", **arguments(replace(wish, page=1, cursor=None)), kind=kind)
    return address


def arguments(wish: Wish) -> dict[str, Any]:
    """Return the address of a wish, as arguments: only what differs from the plain list."""

    def name(of: Mapping[str, Any], value: object) -> str | None:
        return next((word for word, one in of.items() if one == value), None)

    found: dict[str, Any] = {
        "toon": None if wish.tab is Tab.DEPARTMENT else name(_TABS, wish.tab),
        "sorteer": f"{'-' if wish.descending else ''}{name(_SORTS, wish.sort)}" if wish.sort else None,
        "stand": name(_STANDINGS, wish.standing) if wish.standing else None,
        "bladzijde": wish.page if wish.page > 1 else None,
    }
    found |= {word: getattr(wish, to) or None for word, to in _TEXTS.items()}
    found |= {word: day.isoformat() for word, to in _DAYS.items() if (day := getattr(wish, to))}
    return {word: value for word, value in found.items() if value is not None}


def _query(text: str) -> MultiDict[str, str]:
    # With its sign before it, nothing in it is taken for the beginning of an address.
    query = iri_to_uri(f"?{text[:2000].lstrip('?')}").removeprefix("?")
    return Request({"QUERY_STRING": query, "REQUEST_METHOD": "GET"}).args


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _tab_names() -> dict[Tab, str]:
    return {
        Tab.DANGER: _("Gevaar"),
        Tab.MINE: _("Mijn zaken"),
        Tab.DEPARTMENT: _("Open dossiers"),
        Tab.LATE: _("Te laat"),
        Tab.WEEK: _("Komende 7 dagen"),
        Tab.UNASSIGNED: _("Niet toegewezen"),
        Tab.CLOSED: _("Afgesloten"),
        Tab.ALL: _("Alle dossiers"),
    }


def title_of(wish: Wish) -> str:
    """Return what a list is called, wherever a figure or a link leads to it."""
    named: Mapping[tuple[Tab, Standing], str] = {
        (Tab.LATE, Standing.LATE_TODAY): _("Sinds vandaag te laat"),
        (Tab.DEPARTMENT, Standing.TODAY): _("Vandaag te doen"),
        (Tab.CLOSED, Standing.LATE): _("Afgesloten, en er moet nog iets"),
    }
    title = named.get((wish.tab, wish.standing)) if wish.standing else None
    return title or _tab_names()[wish.tab]


def _tabs(listed: WorkList, wish: Wish) -> list[tuple[str, str, str, bool]]:
    """Return address, name, number of dossiers and whether it is shown, for each list."""
    names = _tab_names()
    return [
        (url_for("staff.work", toon=None if tab is Tab.DEPARTMENT else word), names[tab],
         _number(listed, listed.counts[tab]), tab is wish.tab)
        for word, tab in _TABS.items()
        if tab is not Tab.DANGER or listed.counts[tab] or tab is wish.tab
    ]  # fmt: skip


def _how_many(listed: WorkList, *, found: bool) -> str:
    """Say how many dossiers a list has. ``found``: whether something was asked of them."""
    if listed.is_beyond(listed.total):
        n = grouped(listed.total - 1)
        beyond: str = (
            _("Meer dan %(n)s dossiers gevonden.", n=n) if found else _("Meer dan %(n)s dossiers.", n=n)
        )
        return beyond
    n = grouped(listed.total)
    if found:
        said_found: str = (
            _("1 dossier gevonden.") if listed.total == 1 else _("%(n)s dossiers gevonden.", n=n)
        )
        return said_found
    plain: str = _("1 dossier.") if listed.total == 1 else _("%(n)s dossiers.", n=n)
    return plain


def _left_out(wish: Wish) -> str:
    """Say what is closed and does not stand in a list."""
    if not wish.tab.only_open:
        return ""
    some: str = _("Afgesloten dossiers staan er alleen bij als ze nog iets vragen.")
    none: str = _("Afgesloten dossiers staan er niet bij.")
    return some if wish.tab in _WIDER and not wish.standing else none


_WIDER: Final = (Tab.MINE, Tab.DEPARTMENT, Tab.UNASSIGNED)
"""The lists of what is open, whatever its term: the same may be asked of what is closed."""


def _closed_too(wish: Wish) -> str:
    """Return the address of the same list with what is closed too; empty where that would be another question."""
    if wish.tab not in _WIDER or wish.standing:
        return ""
    handler = {Tab.MINE: me().name, Tab.UNASSIGNED: NOBODY}.get(wish.tab, wish.handler)
    return _address(replace(wish, tab=Tab.ALL, handler=handler))


def _number(listed: WorkList, count: int) -> str:
    return f"{grouped(count - 1)}+" if listed.is_beyond(count) else grouped(count)


def _sorts(wish: Wish) -> list[tuple[str, str, bool]]:
    """Return value, name and whether it is chosen, for each way to sort."""
    names = {
        "termijn": _("Dringendste eerst"),
        "-termijn": _("Minst dringend eerst"),
        "-ontvangen": _("Laatst ontvangen eerst"),
        "ontvangen": _("Eerst ontvangen eerst"),
        "nummer": _("Nummer, op"),
        "-nummer": _("Nummer, af"),
        "-gewijzigd": _("Laatst gewijzigd eerst"),
        "gewijzigd": _("Langst niet gewijzigd eerst"),
    }
    shown = wish.order[0]
    return [
        (word, name, shown == f"{'-' if word.startswith('-') else ''}{_SORTS[word.removeprefix('-')]}")
        for word, name in names.items()
    ]


def _chosen(listed: WorkList, wish: Wish) -> list[tuple[str, str]]:
    """Return what the list is narrowed to, each with the word in the address that takes it away."""
    offered = listed.offered
    severity = offered.severities.get(wish.severity, wish.severity)
    named = {
        "afdeling": offered.departments.get(wish.department, wish.department),
        "soort": offered.kinds.get(wish.kind, wish.kind),
        "fase": wish.phase,
        "ernst": _("ernst: %(value)s", value=severity) if wish.severity else "",
        "behandelaar": _("zonder behandelaar")
        if wish.handler == NOBODY
        else offered.handlers.get(wish.handler, wish.handler),
        "merk": wish.flag,
        "rol": _("verantwoordelijke: %(role)s", role=offered.roles.get(wish.responsible, wish.responsible))
        if wish.responsible
        else "",
        "stand": {
            Standing.LATE: _("te laat"),
            Standing.LATE_TODAY: _("sinds vandaag te laat"),
            Standing.TODAY: _("vandaag"),
            Standing.LATER: _("later"),
        }[wish.standing]
        if wish.standing
        else "",
        "van": _("ontvangen van %(day)s", day=wish.received_from.strftime("%d/%m/%Y"))
        if wish.received_from
        else "",
        "tot": _("ontvangen tot en met %(day)s", day=wish.received_until.strftime("%d/%m/%Y"))
        if wish.received_until
        else "",
    }
    return [(word, name) for word, name in named.items() if name]


def _searches() -> list[Any]:
    return list(saved_searches(site().runtime, me().name))


def my_agreements() -> list[Agreement]:
    """Return the agreements of the departments where who is signed in works."""
    return [one.agreement for one in _my_departments()]


def _my_departments() -> list[InForce]:
    with reading(site().runtime.store) as register:
        mine = departments_of(me().roles, register.published_departments())
        return all_in_force(register, site().runtime.library, mine, now())
