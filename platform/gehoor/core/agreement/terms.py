"""Terms as agreed: what must be done within which time, from when until when, by whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from gehoor.core.calendar.durations import Duration
from gehoor.core.conditions.model import Condition
from gehoor.core.deadlines.due import TermRule
from gehoor.core.forms.fields import StoredValue


@dataclass(frozen=True, slots=True)
class LateLevel:
    """What happens when a term is missed: level 1 at once, the next after so long, each told to a role.

    ``fills``: the answers, by field, that the platform gives then, once for each due day, and ``because`` of what."""

    level: int
    after: Duration | None = None
    tell: str = ""
    fills: Mapping[str, StoredValue] = field(default_factory=dict, hash=False)
    because: str = ""


@dataclass(frozen=True, slots=True)
class Suspending:
    """When a term may stand still: for which reasons, and at most how long, all of it together; None: as long as
    needed."""

    reasons: tuple[str, ...]
    at_most: Duration | None = None


@dataclass(frozen=True, slots=True)
class Extending:
    """How a term may be made longer: by how much, how often, whether a reason must be given, who must be told.

    ``lengths``: of the first time, of the second ...; the last holds for every time after it. ``chosen``: up to so
    much, as whoever does it chooses. ``consent``: beyond that number of times it still may, if whoever complained
    agrees.
    """

    lengths: tuple[Duration, ...]
    at_most: int = 1
    chosen: bool = False
    reason_required: bool = True
    tell: tuple[str, ...] = ()
    consent: bool = False

    def length(self, times: int) -> Duration:
        """Return by how much a term may be made longer that was so many times already."""
        return self.lengths[min(times, len(self.lengths) - 1)]


@dataclass(frozen=True, slots=True)
class Term:
    """A term as agreed. ``starts`` and ``until`` are milestones; ``source`` is the agreement or law it rests on;
    ``place`` says where it stands: file and line.

    A term of rows runs for each row of a list by itself: ``rows`` is the list, and ``done`` what of a row is filled in
    once it is done."""

    id: str
    name: str
    rule: TermRule
    starts: str
    until: str
    responsible: str
    reminders: tuple[Duration, ...] = ()
    levels: tuple[LateLevel, ...] = (LateLevel(1),)
    applies_if: Condition | None = None
    not_needed_if: Condition | None = None
    other_starts: tuple[str, ...] = ()
    """Milestones that must be reached too before it starts: the last of all of them is its start."""
    day: str = ""
    """The field whose date it is counted from, instead of from a milestone; of a term of rows one in the row."""
    rows: str = ""
    done: str = ""
    begins_if: Condition | None = None
    """When it begins: as soon as this is true, for as long as it is; instead of at a milestone."""
    start_days_if: Condition | None = None
    """When the days on which it can begin (those of its rule) hold; None: always."""
    from_term: str = ""
    """The term whose due day this one starts at, instead of at a milestone."""
    recurring_until: str = ""
    """The milestone at which a term that comes back ends; each time ``until`` is reached, it starts again."""
    again_on_reopening: bool = False
    """Whether the term starts anew when a closed dossier is opened again."""
    suspending: Suspending | None = None
    extending: Extending | None = None
    source: str = ""
    calendar: str = ""
    """The calendar that it is counted by, where that is another than that of the department."""
    season: str = ""
    """The calendar on whose closing days it stands still, for every dossier."""
    held_against: str = ""
    """The demand of a law that this term is held against; empty: the one with the id of the term."""
    public: str = ""
    """What people outside are told that will happen within this term; empty: nothing."""
    place: str = ""
    task: str = ""
    """The task that has to be done by its day: who has it is told instead of who is responsible."""
    handler_too: bool = False
    """Whether who handles the dossier is responsible as well: they are reminded, and hear that it is late."""
    after_closing: bool = False
    """Whether it runs on when the dossier is closed: it does not stand before closing."""
    of_duty: bool = False
    """Whether this is the term of a duty: it is done when the duty is, not at a milestone."""
