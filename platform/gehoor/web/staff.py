"""The first page for staff: the work list."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from gehoor.core.access import departments_of
from gehoor.services.listing import PAGE, work_list
from gehoor.services.publications import InForce, all_in_force
from gehoor.services.register import reading
from gehoor.web.policies import Policy, allow
from gehoor.web.sessions import me
from gehoor.web.site import now, site

pages = Blueprint("staff", __name__, url_prefix="/medewerker")


@pages.get("/")
@allow(Policy.STAFF)
def work() -> str:
    """Show the work list: the earliest due first."""
    closed = request.args.get("toon") == "afgesloten"
    page = max(1, request.args.get("bladzijde", 1, type=int))
    listed = work_list(site().runtime, me(), now(), closed=closed, page=page)
    last = max(1, -(-listed.total // PAGE))
    mine = _my_departments()
    return render_template(
        "staff/work.html",
        listed=listed,
        closed=closed,
        page=page,
        last=last,
        departments=[one.agreement for one in mine],
        reviews=[one.review_notice for one in mine if one.review_notice],
    )


def _my_departments() -> list[InForce]:
    with reading(site().runtime.store) as register:
        mine = departments_of(me().roles, register.published_departments())
        return all_in_force(register, site().runtime.library, mine, now())
