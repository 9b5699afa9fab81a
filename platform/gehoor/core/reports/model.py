"""Report: the chapters and tables of a yearly report, as agreed. What is counted is in ``core/figures``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gehoor.core.conditions.model import Condition

DEPARTMENT: Final = "department"
MONTH: Final = "month"
YEAR: Final = "year"
PLACES_AND_TIMES: Final = (DEPARTMENT, MONTH, YEAR)
"""What dossiers are broken down by that is no field: no field has one of these names in a report."""


class Chart(StrEnum):
    """How a table is drawn beside its numbers."""

    BARS = "bars"
    UPRIGHT = "upright"
    """Upright, for what follows on each other: months, years, classes of days."""
    STACKED = "stacked"
    """Bars in parts: what it is broken down by a second time."""


@dataclass(frozen=True, slots=True)
class LeadTime:
    """Days from one milestone until another, in classes: up to and including each bound, and above the last."""

    start: str
    until: str
    bounds: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A table: of which dossiers (``only``), and what of them. ``by`` and ``across``: a field, a member of a list as
    ``list.member`` (then rows are counted, not dossiers), or one of ``PLACES_AND_TIMES``.

    At most one of ``lead_time``, ``term``, ``mean_of``, ``sum_of`` and ``flow`` is there; with none of them dossiers
    are counted."""

    id: str
    title: str
    explanation: str = ""
    only: Condition | None = None
    by: str = ""
    across: str = ""
    lead_time: LeadTime | None = None
    term: str = ""
    mean_of: str = ""
    sum_of: str = ""
    flow: bool = False
    """What was carried over, came in, was closed, and is left."""
    years: int = 1
    """Over how many years it goes, the year of the report the last."""
    chart: Chart | None = None
    period_by: str = ""
    """The milestone whose day says in which year a dossier counts here; empty: that of the report."""
    closed_by: str = ""
    """The milestone by which a dossier counts as done here; empty: that of the report."""
    rate: int = 0
    """Of which number of people a rate by the thousand is given; 0: none is."""
    internal: bool = False
    """Whether it is left out of the public version."""
    in_front: bool = False
    """Whether its number stands in front of the report as well, where one looks first."""
    front_name: str = ""
    """What its number is called there; empty: as the table is."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: tables, and what somebody is asked to write (``asks``; empty: whatever they have to say)."""

    id: str
    title: str
    explanation: str = ""
    asks: str = ""
    tables: tuple[ReportTable, ...] = ()
    internal: bool = False
    assesses: tuple[str, ...] = ()
    """The standards that one holds oneself against in it."""
    taken: str = ""
    """Of a chapter of another report that is adapted: what it is called there."""
    writes: bool = True
    """Whether somebody writes in it."""

    @property
    def key(self) -> str:
        """Return by what name texts of this chapter are kept: the one that stays when it is called otherwise."""
        return self.taken or self.title


@dataclass(frozen=True, slots=True)
class Report:
    """A report as agreed. ``period_by``: the milestone whose local day says in which year a dossier counts;
    ``least``: a number below this, but for 0, is not told in the public version, nor can be worked out."""

    id: str
    name: str
    period_by: str
    least: int
    chapters: tuple[Chapter, ...]
    closed_by: str = ""
    """The milestone by which a dossier counts as done, for what is carried over; empty: closing."""
    source: str = ""
    certainty: str = ""
    applies_to: str = ""
    """For whom it is, for who chooses one."""

    def table(self, name: str) -> ReportTable:
        """Return a table by its id. Raises ``KeyError``."""
        return self.tables[name]

    @property
    def shared_keys(self) -> frozenset[str]:
        """Return the keys that an internal chapter shares with another one: what is written by such a key may be meant
        for inside. No report has them since they are a problem of its file; one that was published before may."""
        keys = [one.key for one in self.chapters]
        return frozenset(one.key for one in self.chapters if one.internal and keys.count(one.key) > 1)

    def period_of(self, table: ReportTable) -> str:
        """Return the milestone whose day says in which year a dossier counts in a table."""
        return table.period_by or self.period_by

    def closing_of(self, table: ReportTable) -> str:
        """Return the milestone by which a dossier counts as done in a table; empty: closing."""
        return table.closed_by or self.closed_by

    @property
    def tables(self) -> Mapping[str, ReportTable]:
        """Return all tables by id, in their order."""
        return {one.id: one for chapter in self.chapters for one in chapter.tables}


@dataclass(frozen=True, slots=True)
class Measures:
    """Where measures stand whose effect is to be judged: the list, its members for the day on which one was done and
    for whether it helped, what it is called by, and the fields that say what is the same matter."""

    rows: str
    done_on: str
    named_by: str
    alike: tuple[str, ...]
    helped: str = ""
    described_by: str = ""
    """The member that says in words what was done; empty: what it is called by says it all."""
    helped_with: tuple[str, ...] = ()
    """The answers (codes) by which it helped, be it partly."""
    not_helped_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """What the overview of who leads shows besides terms: the fields whose answers are looked at to see what keeps
    coming back, and the measures."""

    returning: tuple[str, ...] = ()
    measures: Measures | None = None
