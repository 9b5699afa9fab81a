"""The work list: which list, narrowed and sorted how, all in its address, so that it can be kept and shared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
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
from gehoor.services.search.worklist_filters import NOBODY, Tab, Wish
from gehoor.web.request.languages import said
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow, may_here
from gehoor.web.security.text_room import text_room
from gehoor.web.staff.worklists.addresses import BESIDE, TABS, arguments, wish_of
from gehoor.web.staff.worklists.list_files import FILE_NAMES, list_file, offer
from gehoor.web.staff.worklists.list_words import (
    WIDER,
    chosen,
    heads,
    how_many,
    left_out,
    number_of,
    sorts,
    standings,
    tab_names,
    title_of,
)

pages = Blueprint("staff", __name__, url_prefix="/medewerker")


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
        sorts=sorts(wish),
        title=title_of(wish),
        chosen=chosen(listed, wish),
        how_many=how_many(listed, found=wish.narrowed),
        left_out=left_out(wish),
        closed_too=_closed_too(wish),
        widest=_address(Wish(wish.tab)),
        offer=offer([wish.department] if wish.department else listed.offered.departments),
        files=[(name, _file_address(wish, kind)) for kind, name in FILE_NAMES.items()],
        standings=standings(wish.tab),
        heads=heads(),
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
    return list_file(
        kind,
        _address(wish),
        lambda most: whole_list(site().runtime, me(), now(), wish, most),
        [title_of(wish), *_narrowed_to(wish)],
    )


def _narrowed_to(wish: Wish) -> list[str]:
    """Return what a list is narrowed to, in words."""
    if not wish.narrowed:
        return []
    listed = work_list(site().runtime, me(), now(), replace(wish, page=1, cursor=None))
    return [name for _word, name in chosen(listed, wish)]


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


def _reviews(mine: Iterable[InForce]) -> list[str]:
    """Say of which departments the agreement should have been reviewed."""
    say = said().notices.review_overdue
    return [say(one.agreement.department_name, before) for one in mine if (before := one.overdue_since)]


def _where(mine: Iterable[InForce], action: Action) -> list[Agreement]:
    """Return the agreements of the departments where who is signed in may do something."""
    agreements = [one.agreement for one in mine]
    return [one for one in agreements if may_here(one.organisation, one.department, action.value)]


def _further(wish: Wish, cursor: Cursor | None, page: int) -> str:
    """Return the address of a page beside the one that is shown; empty when there is none."""
    if cursor is None:
        return ""
    if page <= 1:
        return _address(wish)
    word = next(word for word, backwards in BESIDE.items() if backwards == cursor.backwards)
    return _address(wish, **{word: f"{cursor.value or ''},{cursor.key}", "bladzijde": page})


def _address(wish: Wish, **changed: Any) -> str:
    """Return the address of the first page of a list, or of that list with something changed."""
    return url_for("staff.work", **{**arguments(replace(wish, page=1, cursor=None)), **changed})


def _file_address(wish: Wish, kind: str) -> str:
    """Return the address of a list as a file."""
    address: str = url_for("staff.list_as_file", **arguments(replace(wish, page=1, cursor=None)), kind=kind)
    return address


def _query(text: str) -> MultiDict[str, str]:
    # With its sign before it, nothing in it is taken for the beginning of an address.
    query = iri_to_uri(f"?{text[:2000].lstrip('?')}").removeprefix("?")
    return Request({"QUERY_STRING": query, "REQUEST_METHOD": "GET"}).args


def _tabs(listed: WorkList, wish: Wish) -> list[tuple[str, str, str, bool]]:
    """Return address, name, number of dossiers and whether it is shown, for each list."""
    names = tab_names()
    return [
        (url_for("staff.work", toon=None if tab is Tab.DEPARTMENT else word), names[tab],
         number_of(listed, listed.counts[tab]), tab is wish.tab)
        for word, tab in TABS.items()
        if tab is not Tab.DANGER or listed.counts[tab] or tab is wish.tab
    ]  # fmt: skip


def _closed_too(wish: Wish) -> str:
    """Return the address of the same list with what is closed too; empty where that would be another question."""
    if wish.tab not in WIDER or wish.standing:
        return ""
    handler = {Tab.MINE: me().name, Tab.UNASSIGNED: NOBODY}.get(wish.tab, wish.handler)
    return _address(replace(wish, tab=Tab.ALL, handler=handler))


def _searches() -> list[Any]:
    return list(saved_searches(site().runtime, me().name))


def my_agreements() -> list[Agreement]:
    """Return the agreements of the departments where who is signed in works."""
    return [one.agreement for one in _my_departments()]


def _my_departments() -> list[InForce]:
    with reading(site().runtime.store) as register:
        mine = departments_of(me().roles, register.published_departments())
        return all_in_force(register, site().runtime.library, mine, now())
