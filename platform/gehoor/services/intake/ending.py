"""Ending a department: it takes in nothing new, and what runs there goes on under what was agreed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from gehoor.core.dossier.events import instant_text
from gehoor.services.agreements.publishing import Validity, check_days
from gehoor.services.ports.records import Publication, Summary
from gehoor.services.projection.projection import reading_projection
from gehoor.services.projection.unlisted import without_line
from gehoor.services.register.library import EndedDepartmentError, NothingPublishedError
from gehoor.services.register.register import Register, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.validity import in_force, local_day, valid_from


@dataclass(frozen=True, slots=True)
class Ending:
    """That a department ends: from which local day, and the dossiers that still run there, the most urgent first.
    ``unread``: those of which no list can tell whether they do, as their line is damaged or gone."""

    day: date
    running: tuple[Summary, ...]
    unread: tuple[str, ...] = ()


def plan_ending(
    runtime: Runtime, department: tuple[str, str], now: datetime, day: date | None = None
) -> Ending:
    """Return what ending a department comes to; ``day``: the first on which nothing comes in, None for today.

    Raises ``ValidityError``; ``NothingPublishedError`` for a department that was never published, and
    ``EndedDepartmentError`` for one that ended already.
    """
    with reading_projection(runtime) as register:
        last = _last(register, department, now)
        check_days(Validity(day), last.time_zone, now)
        running = register.summaries([department], closed=False)
        unread = [one for one, place in without_line(register).items() if place in (department, ("", ""))]
    return Ending(day or local_day(now, last.time_zone), tuple(running), tuple(unread))


def end(
    runtime: Runtime, department: tuple[str, str], now: datetime, by: str, day: date | None = None
) -> Ending:
    """End a department, and return what that comes to. Publishing again opens it again. Raises as ``plan_ending``."""
    ending = plan_ending(runtime, department, now, day)
    with writing(runtime.store) as register:
        last = _last(register, department, now)
        register.publish(
            replace(
                last,
                published_at=instant_text(now),
                sequence=len(register.publications(*department)) + 1,
                by=by,
                valid_from=ending.day.isoformat(),
                review_before="",
                ended=True,
            )
        )
    return ending


def _last(register: Register, department: tuple[str, str], now: datetime) -> Publication:
    publications = register.publications(*department)
    current = in_force(publications, now)
    if current is None:
        raise NothingPublishedError("/".join(department))
    later = [one for one in publications if valid_from(one) > valid_from(current)]
    if current.ended and not later:
        raise EndedDepartmentError("/".join(department))
    return current
