"""Which of a department's publications is in force on a day, and how the others stand. Pure: ``now`` is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from gehoor.core.dossier.events import parse_instant
from gehoor.services.ports.records import Publication

NO_ZONE: Final = "UTC"
"""For publications of before they kept the time zone of the organisation."""


class State(StrEnum):
    """How a publication stands."""

    IN_FORCE = "in-force"
    """New dossiers are opened under it."""
    ENDED = "ended"
    """The department takes in nothing new."""
    PLANNED = "planned"
    """It comes into force on a later day."""
    EARLIER = "earlier"
    """It was in force."""
    OVERTAKEN = "overtaken"
    """Before its day came, another was published for that day or an earlier one: it never comes into force."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a publication stands. ``review_before`` is a local day; what is not in force is never overdue."""

    publication: Publication
    state: State
    valid_from: date
    review_before: date | None
    review_overdue: bool


def in_force(publications: Iterable[Publication], now: datetime) -> Publication | None:
    """Return the last publication, by sequence, whose day has come; None when none has."""
    found = None
    for publication in publications:
        if valid_from(publication) <= local_day(now, publication.time_zone):
            found = publication
    return found


def standings(
    publications: Sequence[Publication], agreed_reviews: Mapping[str, date | None], now: datetime
) -> list[Standing]:
    """Say how each publication of a department stands. ``agreed_reviews``: the hash of an agreement -> the day
    that the agreement itself gives for its review."""
    current = in_force(publications, now)
    found = []
    for index, one in enumerate(publications):
        state = _current(one) if one is current else _state(one, publications[index + 1 :], now)
        review = review_before(one, agreed_reviews.get(one.agreement))
        overdue = one is current and not one.ended and review_overdue(review, local_day(now, one.time_zone))
        found.append(Standing(one, state, valid_from(one), review, overdue))
    return found


def planned(publications: Sequence[Publication], now: datetime) -> date | None:
    """Return from which day on the last publication of a department is valid, where that day is still to come; None
    where nothing is planned."""
    last = publications[-1] if publications else None
    return valid_from(last) if last is not None and _state(last, (), now) is State.PLANNED else None


def overtaken(publications: Sequence[Publication], start: date, now: datetime) -> list[Publication]:
    """Return what is planned, and would never come into force if another were published, valid from ``start``."""
    return [
        one
        for index, one in enumerate(publications)
        if valid_from(one) >= start and _state(one, publications[index + 1 :], now) is State.PLANNED
    ]


def valid_from(publication: Publication) -> date:
    """Return the local day from which a publication is valid: where it names none, that of publishing."""
    if publication.valid_from:
        return date.fromisoformat(publication.valid_from)
    return _published_on(publication)


def review_before(publication: Publication, agreed: date | None) -> date | None:
    """Return before which day to review: what was said when publishing, or else what the agreement says."""
    return date.fromisoformat(publication.review_before) if publication.review_before else agreed


def local_day(now: datetime, time_zone: str) -> date:
    """Return the day of an instant where a publication is valid."""
    return now.astimezone(ZoneInfo(time_zone or NO_ZONE)).date()


def first_day(one: Publication) -> str:
    """Return the local day (ISO) from which on a publication is valid."""
    return one.valid_from or local_day(datetime.fromisoformat(one.published_at), one.time_zone).isoformat()


def _current(one: Publication) -> State:
    return State.ENDED if one.ended else State.IN_FORCE


def _published_on(publication: Publication) -> date:
    return local_day(parse_instant(publication.published_at), publication.time_zone)


def _state(one: Publication, later: Sequence[Publication], now: datetime) -> State:
    start = valid_from(one)
    if any(valid_from(other) <= start and _published_on(other) < start for other in later):
        return State.OVERTAKEN
    return State.PLANNED if start > local_day(now, one.time_zone) else State.EARLIER


def review_overdue(review_before: date | None, today: date) -> bool:
    """Say whether the review of an agreement should have been done. Both are local days; on the day itself it is too
    late."""
    return review_before is not None and today >= review_before
