"""A list as a file: for whom a page offers that, and the file itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from flask import abort, render_template
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.deadlines.status import TermStatus
from gehoor.core.figures.register_sheet import register_csv
from gehoor.services.exchange.list_export import MOST, Listed, ListWords, list_sheets
from gehoor.services.exchange.register_export import exportable
from gehoor.web.display.files import XLSX, as_file, name_of
from gehoor.web.display.filters import grouped, status_word
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.menu import counts_for

FILE_NAMES: Final = {"xlsx": "Excel", "csv": "CSV"}
"""The kinds of file, with what people call them."""


@dataclass(frozen=True, slots=True)
class Offer:
    """That a list may be taken out. ``only``: the departments of which, where it is not all of them; ``most``: so many
    dossiers go into a file."""

    only: tuple[str, ...]
    most: int


def offer(departments: Collection[str]) -> Offer | None:
    """Return whether who is signed in may take out a list of some departments (``organisation/department``)."""
    if not counts_for(Action.EXPORT_DOSSIERS):
        return None
    mine = exportable(site().runtime, me(), now())
    found = [one for one in departments if one in mine]
    if not found:
        return None
    return Offer(() if len(found) == len(departments) else tuple(mine[one] for one in found), MOST)


def list_file(
    kind: str,
    back: str,
    take: Callable[[int], tuple[int, list[str]]],
    named: Sequence[str],
    times: Mapping[str, int] | None = None,
) -> Response | tuple[str, int]:
    """Give a list as a file. ``back``: the address of the list; ``take``: gives how many dossiers it has, and all of
    them where that is no more than so many; ``named``: what the list is called and what it is narrowed to, as the file
    and its sheet are called; ``times``: how often each counts in the figure that it is behind."""
    if kind not in FILE_NAMES:
        abort(404)
    total, ids = take(MOST)
    if total > MOST:
        said = _("In een bestand gaan hoogstens %(most)s dossiers. Verfijn de lijst.", most=grouped(MOST))
        return render_template("staff/not_done.html", sentences=[said], back=back, to_list=True), 422
    called = tuple(one for one in named if one)
    made = list_sheets(site().runtime, me(), now(), Listed(ids, times), _words(", ".join(called)))
    files = site().report_files
    if kind == "csv":
        media, content = "text/csv; charset=utf-8", register_csv(made, local=True)
    elif files is None:
        abort(404)
    else:
        media, content = XLSX, files.register_xlsx(made)
    return as_file(content, media, f"{name_of(*called)}-{now().date().isoformat()}", kind)


def _words(sheet: str) -> ListWords:
    return ListWords(
        sheet=sheet,
        number=_("Nummer"),
        subject=_("Onderwerp"),
        kind=_("Soort"),
        received=_("Ontvangen"),
        phase=_("Fase"),
        handler=_("Behandelaar"),
        responsible=_("Verantwoordelijke"),
        department=_("Afdeling"),
        term=_("Termijn"),
        due=_("Uiterlijk"),
        standing=_("Status"),
        flags=_("Kenmerk"),
        danger=_("Gevaar"),
        unanswered=_("Nieuw bericht"),
        closed=_("Afgesloten"),
        closed_on=_("Afgesloten op"),
        times=_("Hoe vaak"),
        yes=_("Ja"),
        no=_("Nee"),
        standings={one: status_word(one) for one in TermStatus},
    )
