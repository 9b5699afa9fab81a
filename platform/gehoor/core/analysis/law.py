"""What a law asks of terms at least, with how certain that is. It checks an agreement, and is no part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from gehoor.core.agreement.parse_terms import duration
from gehoor.core.calendar.durations import Duration
from gehoor.core.deadlines.due import Shift


class Certainty(StrEnum):
    """How certain it is that the law asks this. The values are the canonical keywords of the files."""

    CERTAIN = "certain"
    LIKELY = "likely"
    TO_CONFIRM = "to-confirm"
    """Not to be told as law: whoever uses it has to confirm it first."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One thing a law asks. What is None, the law is not known to say, and nothing is held against it.

    ``term``: what the term is called that is held against it. ``extended``: the extensions that the law allows,
    one by one. ``codes``: what a code list must offer. ``meanings``: of which some field of the dossier must have one.
    ``medium``: how people must be able to reach us, by some channel.
    """

    id: str
    name: str
    source: str
    certainty: Certainty
    term: str
    explanation: str = ""
    only_if_present: bool = False
    at_most: Duration | None = None
    from_receipt: bool = False
    shift: Shift | None = None
    suspension: bool | None = None
    extended: tuple[Duration, ...] | None = None
    consent: bool | None = None
    codes: tuple[str, ...] = ()
    meanings: tuple[str, ...] = ()
    medium: str = ""


def build_demand(name: str, data: Mapping[str, Any]) -> Demand:
    """Build a demand from canonical data."""
    return Demand(
        id=name,
        name=data["name"],
        source=data["source"],
        certainty=Certainty(data["certainty"]),
        term=data.get("term", name),
        explanation=data.get("explanation", ""),
        only_if_present=data.get("only-if-present", False),
        at_most=duration(data["at-most"]) if "at-most" in data else None,
        from_receipt="from" in data,
        shift=Shift(data["shift"]) if "shift" in data else None,
        suspension=data.get("suspend"),
        extended=_extended(data.get("extend")),
        consent=data["further-delay"] == "consent" if "further-delay" in data else None,
        codes=tuple(data.get("codes", ())),
        meanings=tuple(data.get("meanings", ())),
        medium=data.get("medium", ""),
    )


def _extended(data: Mapping[str, Any] | None) -> tuple[Duration, ...] | None:
    if data is None:
        return None
    if data["at-most"] == 0:
        return ()
    return (duration(data["with"]),) * data["at-most"] if "with" in data else None
