"""What somebody outside sends goes where their dossier goes on, also where it is sent on or merged at that moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from gehoor.services.correspondence.conversation import write_to_us
from gehoor.services.intake.status_page import Route, route_of
from gehoor.services.recording.changing import Case
from gehoor.services.register.register import MovedError
from gehoor.services.register.runtime import Runtime

_TRIES: Final = 10
"""How often a dossier may go on elsewhere while somebody sends something: nobody does so more often."""


class GoesElsewhereError(Exception):
    """It goes on somewhere else by now."""


def where_it_goes_on(
    runtime: Runtime, dossier: str, now: datetime, do: Callable[[Route, Callable[[Case], None]], None]
) -> None:
    """Do something in the dossier in which another goes on. ``do`` gets the way there, and what it asks first in each
    change: whether that is still so. Where it is not, nothing was written, and it is done again in the one where it
    goes on by now."""
    for _ in range(_TRIES):
        route = route_of(runtime, dossier, now)

        def still(case: Case, route: Route = route) -> None:
            if not route.holds(case.register):
                raise GoesElsewhereError

        try:
            do(route, still)
        except GoesElsewhereError:
            continue
        return
    raise MovedError


def write_on(runtime: Runtime, dossier: str, text: str, key: str, now: datetime) -> None:
    """Keep a message from whoever has the code of a dossier, in the one in which they write. Raises as ``write_to_us``
    does."""
    where_it_goes_on(
        runtime,
        dossier,
        now,
        lambda route, still: write_to_us(runtime, route.writes, text, key, now, still),
    )
