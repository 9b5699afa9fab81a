"""What a standard or a law asks, and by what one sees that it is there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse_terms import duration
from gehoor.core.analysis.law import Demand, build_demand
from gehoor.core.calendar.durations import Duration
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import Condition
from gehoor.core.conditions.parse import build_condition


@dataclass(frozen=True, slots=True)
class Share:
    """In how many of the dossiers of a year it went as it should, in percent: of those for which ``only`` holds,
    ``which`` holds too, or the term ``in_time`` was kept."""

    percent: int
    only: Condition | None = None
    which: Condition | None = None
    in_time: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing by which one sees it: of the agreement (a term, a way in, a field by its meaning, a milestone, what is
    agreed at all, what a law asks of terms), of the register (``share``), or what somebody answers (``asked``)."""

    term: str = ""
    at_most: Duration | None = None
    medium: str = ""
    meanings: tuple[str, ...] = ()
    milestone: str = ""
    agreed: str = ""
    least: int = 1
    share: Share | None = None
    asked: str = ""
    demand: Demand | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that is asked, in words of our own. ``certainty``: how sure it is that it is asked so; empty: not
    said."""

    id: str
    name: str
    theme: str
    clause: str
    explanation: str
    source: str
    certainty: str
    shown_by: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """A standard or a law."""

    id: str
    name: str
    applies_to: str
    source: str
    requirements: Mapping[str, Requirement]


def standards_of(agreement: Agreement) -> dict[str, Standard]:
    """Return what an organisation holds itself against, by name."""
    return {
        name: build_standard(name, data, agreement.fact_types) for name, data in agreement.standards.items()
    }


def build_standard(name: str, data: Mapping[str, Any], types: Mapping[str, FactType]) -> Standard:
    """Build a standard from canonical data. Raises ``ConditionError``."""
    return Standard(
        name,
        data["name"],
        data["applies-to"],
        data.get("source", ""),
        {key: _requirement(key, one, types) for key, one in data.get("requirements", {}).items()},
    )


def _requirement(name: str, data: Mapping[str, Any], types: Mapping[str, FactType]) -> Requirement:
    return Requirement(
        name,
        data["name"],
        data.get("theme", ""),
        data.get("clause", ""),
        data.get("explanation", ""),
        data.get("source", ""),
        data.get("certainty", ""),
        tuple(_evidence(one, types) for one in data["shown-by"]),
    )


def _evidence(data: Mapping[str, Any], types: Mapping[str, FactType]) -> Evidence:
    share, demand = data.get("share"), data.get("demand")
    return Evidence(
        term=data.get("term", ""),
        at_most=duration(data["at-most"]) if "at-most" in data else None,
        medium=data.get("medium", ""),
        meanings=tuple(data.get("meanings", ())),
        milestone=data.get("milestone", ""),
        agreed=data.get("agreed", ""),
        least=data.get("at-least", 1),
        share=None
        if share is None
        else Share(
            share["percent"],
            build_condition(share["if"], types) if "if" in share else None,
            build_condition(share["of-which"], types) if "of-which" in share else None,
            share.get("in-time", ""),
        ),
        asked=data.get("asked", ""),
        demand=None if demand is None else build_demand(demand["id"], demand),
    )
