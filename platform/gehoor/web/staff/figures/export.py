"""The export of a register, as a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from gehoor.core.agreement.actions import Action
from gehoor.core.figures.register_sheet import RegisterSheets, register_csv, register_json
from gehoor.services.exchange.exit_kit.known import kits_known
from gehoor.services.exchange.register_export import (
    MOST,
    ExportWish,
    Names,
    TooManyDossiersError,
    export_register,
    exportable,
)
from gehoor.web.display.actors import who
from gehoor.web.display.files import XLSX, as_file, name_of
from gehoor.web.request.session import me
from gehoor.web.request.site import now, site
from gehoor.web.security.policies import Policy, allow

pages = Blueprint("exporting", __name__, url_prefix="/medewerker/uitvoer")

_KINDS: Final = ("xlsx", "csv", "txt", "json")


@pages.get("/")
@allow(Policy.COUNTS, Action.EXPORT_DOSSIERS)
def show() -> str:
    """Ask what is to go into the file."""
    return _page()


@pages.post("/")
@allow(Policy.COUNTS, Action.EXPORT_DOSSIERS)
def take_out() -> Response | tuple[str, int]:
    """Give the dossiers that are asked for as a file; each is noted as read."""
    kind = request.form.get("soort", "xlsx")
    if kind not in _KINDS:
        abort(404)
    wish = ExportWish(
        request.form.get("afdeling", "")[:200],
        _day(request.form.get("van", "")),
        _day(request.form.get("tot", "")),
    )
    try:
        made = export_register(site().runtime, me(), now(), wish, _names())
    except TooManyDossiersError as error:
        return _page(too_many=error.number), 422
    files = site().report_files
    write: Mapping[str, tuple[str, Callable[[RegisterSheets], bytes | None]]] = {
        "xlsx": (XLSX, lambda sheets: files.register_xlsx(sheets) if files else None),
        "csv": ("text/csv; charset=utf-8", lambda sheets: register_csv(sheets, local=True)),
        "txt": ("text/csv; charset=utf-8", lambda sheets: register_csv(sheets, local=False)),
        "json": ("application/json", register_json),
    }
    media, make = write[kind]
    content = make(made)
    if content is None:
        abort(404)
    days = (one.isoformat() for one in (wish.received_from, wish.received_until) if one)
    where = exportable(site().runtime, me(), now()).get(wish.department, "")
    name = name_of(_("Dossiers"), where, *days)
    return as_file(content, media, f"{name}-{now().date().isoformat()}", kind)


def _page(too_many: int = 0) -> str:
    return render_template(
        "staff/export.html",
        departments=exportable(site().runtime, me(), now()),
        asked=request.form,
        kits=kits_known(site().runtime, me().name, now()),
        too_many=too_many,
        most=MOST,
        who=who,
    )


def _names() -> Names:
    more = _("Voor meer is hier geen plaats: de hele tekst staat in CSV en JSON.")
    return Names(
        sheet=_("Dossiers"),
        number=_("Nummer"),
        department=_("Afdeling"),
        phase=_("Fase"),
        closed=_("Afgesloten"),
        yes=_("Ja"),
        no=_("Nee"),
        row=_("Rij"),
        cut=f" [{more}]",
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
