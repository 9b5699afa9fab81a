"""Which report is asked for on a page, and where its draft is."""

from __future__ import annotations

from typing import Any, Final

from flask import request, url_for

from gehoor.services.figures.offered_reports import Asked
from gehoor.web.staff.figures.asked_period import beside_in, span_in

LONGEST_NAME: Final = 200
_MOST_DEPARTMENTS: Final = 200


def asked_in(organisation: str, report: str, year: int) -> Asked:
    """Return what the address of a page asks for: departments and days stand behind it."""
    given = request.args.getlist("afdeling")[:_MOST_DEPARTMENTS]
    span, _wrong = span_in(request.args)
    return Asked(
        organisation,
        report,
        span.last.year if span else year,
        tuple(dict.fromkeys(one[:LONGEST_NAME] for one in given if one)),
        span,
        beside_in(request.args),
    )


def draft_address(organisation: str, report: str, year: int, _anchor: str | None = None, **more: Any) -> str:
    """Return where the draft is of what the address of this page asks for."""
    days: dict[str, Any] = {name: request.args.get(name) or None for name in ("van", "tot", "naast")}
    address: str = url_for(
        "reports.draft",
        organisation=organisation,
        report=report,
        year=year,
        afdeling=request.args.getlist("afdeling") or None,
        **days,
        _anchor=_anchor,
        **{name: value or None for name, value in more.items()},
    )
    return address
