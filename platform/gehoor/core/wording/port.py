"""The port of wording: what a language says of each subject. A language offers whole subjects; ``registry`` has them.

Each subject names the language that it is in: a page in another language can mark what it shows of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.terms import Term
from gehoor.core.calendar.durations import Duration
from gehoor.core.conditions.facts import FactValue
from gehoor.core.conditions.model import Condition
from gehoor.core.conditions.register_questions import RegisterQuestion
from gehoor.core.deadlines.derivation_steps import Step, StepKind
from gehoor.core.decision.model import TermState
from gehoor.core.dossier.events import Event, EventKind
from gehoor.core.forms.fields import Field
from gehoor.core.text.formats import Formats
from gehoor.core.wording.chapters import Change, Chapter
from gehoor.core.wording.objections import Objections


@dataclass(frozen=True, slots=True)
class EventText:
    """What an event was: a line, and labelled details. ``urgent``: something was missed."""

    what: str
    details: tuple[tuple[str, str], ...] = ()
    urgent: bool = False


EventSentence: TypeAlias = Callable[[Agreement, Mapping[str, Any]], EventText]
"""What is said of an event, from its data."""
StepSentence: TypeAlias = Callable[[Step, Mapping[str, Any]], str]
"""What is said of a step of a derivation, from its detail."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Durations:
    """How long something takes."""

    language: str
    show: Callable[[Duration], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Events:
    """What happened to a dossier: a line for each kind of event, with what belongs to it."""

    language: str
    by_kind: Mapping[EventKind, EventSentence]
    outside: str
    """Who did something without an account: whoever told it."""
    staff: str
    """Who did something in a dossier that was anonymised: somebody who works here."""
    operator: str
    """Who did something at the command line of the server."""

    def text(self, agreement: Agreement, event: Event) -> EventText:
        """Say what an event was."""
        return self.by_kind[event.kind](agreement, event.data)


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """Why a due date is the day it is: a short sentence for each step."""

    language: str
    received: str
    """What happened on the start day, when nothing else is said: "Ontvangen"."""
    start: Callable[[Step, str], str]
    by_kind: Mapping[StepKind, StepSentence]
    """Of every kind but the start."""
    starts_at: Callable[[Agreement, Term], str]
    """Say at what a term starts: a milestone, the day in a field, what became true, or the last day of another term."""
    reopened: str
    """That the dossier was opened again: at what a term then starts anew, where the agreement says so."""

    def begun_at(self, agreement: Agreement, state: TermState) -> str:
        """Say at what a term starts in this dossier."""
        return self.reopened if state.after_reopening else self.starts_at(agreement, state.term)

    def sentence(self, step: Step, event: str = "") -> str:
        """Say one step. ``event`` says what happened on the start day, by the name of its milestone."""
        if step.kind is StepKind.START:
            return self.start(step, event or self.received)
        return self.by_kind[step.kind](step, step.detail)

    def sentences(self, steps: Iterable[Step], event: str = "") -> list[str]:
        """Say each step of a derivation, in order."""
        return [self.sentence(step, event) for step in steps]


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """What is asked of the register."""

    language: str
    label: Callable[[Agreement, RegisterQuestion], str]
    """Name what is counted, for the middle of a sentence."""
    heading: Callable[[Agreement, RegisterQuestion, Sequence[str], bool], str]
    """Head what was found beside a dossier, in few words: the answers that are the same there, as far as whoever reads
    sees them, and whether it came after that dossier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelling:
    """The words to spell a code by, for someone on the phone."""

    language: str
    letters: Sequence[str]
    """A word or name for each letter of the alphabet, that begins with it."""
    digits: Sequence[str]
    """From zero."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actions:
    """What people do with a dossier."""

    language: str
    names: Mapping[Action, str]
    """What each action is called in the middle of a sentence."""
    either: Callable[[Sequence[str]], str]
    """Join names of which one will do: a, b of c."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """What staff are told by mail where no rule says why, and what is said of an agreement that is due for review."""

    language: str
    assigned: str
    taken_back: str
    taken_from_one: str
    glass_broken: str
    """Of a dossier that somebody opened in an emergency."""
    written: str
    """Of a message from outside."""
    task_given: str
    """Of a task, to who has it from now on."""
    task_reminder: str
    task_late: str
    task_no_day: str
    """Where a task has no day."""
    task_done: Callable[[str], str]
    """Say to who handles a dossier that a task is done, by its name."""
    task_trouble: Callable[[str], str]
    """Say in a note, of a task by its name, that who has it cannot do it, or not in time."""
    task_trouble_told: Callable[[str], str]
    """Say to who asked for a task that who has it says so."""
    review_overdue: Callable[[str, date], str]
    """Say that a department's agreement should have been reviewed before a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """What Gehoor itself says in a letter to whoever told something."""

    language: str
    missing: Callable[[str], str]
    """Say of something, by its name, that it is not filled in yet."""
    places: Mapping[str, str]
    """The places that are no field of the dossier, by what people call them."""
    due: Callable[[str], str]
    """Name the day on which a term is due."""
    second_line: Callable[[str, str, str], str]
    """Tell where someone can go who is not satisfied: the name, when (or empty), how to reach it (or empty)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreements:
    """An agreement in plain words, and what differs between two."""

    language: str
    whole: Callable[[Agreement], tuple[Chapter, ...]]
    """Say everything that was agreed. Chapters about nothing are left out."""
    by_role: Callable[[Agreement], Chapter]
    """Say of each role what it does, gathered from all that was agreed: once more, so that no comparison asks it."""
    changes: Callable[[tuple[Chapter, ...], tuple[Chapter, ...], tuple[str, str]], list[Change]]
    clause: Callable[[Agreement, Condition], str]
    row_clause: Callable[[Agreement, Field, Condition], str]
    """The same within a row of a list."""
    outcome: Callable[[Agreement, str, FactValue], str]
    """Say that a field has a value."""
    role: Callable[[Agreement, str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is said in tables of figures, and how each is counted."""

    language: str
    count: str
    """Heads a column of numbers of dossiers."""
    dossiers: str
    """The same, where another column says how many answers there are."""
    rows: str
    """Heads a column of numbers of rows: parts of complaints, measures."""
    total: str
    unanswered: str
    not_yet: str
    """What did not get as far as is asked."""
    flow: Mapping[str, str]
    """What was carried over, came in, was closed, and is left."""
    standings: Mapping[str, str]
    """On time, done too late, not done and too late, still running."""
    month: Callable[[str], str]
    """Name a month that is given as 2026-03."""
    short_month: Callable[[str], str]
    """The same in a few letters, without its year."""
    days_between: Callable[[int, int], str]
    days_above: Callable[[int], str]
    mean: str
    median: str
    measured: str
    """Of how many dossiers days are worked out."""
    mean_days: str
    median_days: str
    sum: str
    answers: str
    """How many gave an answer."""
    suspended: str
    extended: str
    rate: Callable[[int], str]
    """Name a number by the thousand of so many people."""
    received_in: Callable[[str, str], str]
    """Say that dossiers are counted whose milestone (its name) lies in a period (in words)."""
    flow_in: Callable[[str], str]
    of_all: str
    """Says in a few words that all dossiers are counted."""
    of_some: Callable[[str], str]
    """The same of those for which a clause holds."""
    of_answers: Callable[[Sequence[str]], str]
    """The same of those with some answers."""
    of_rows: Callable[[str], str]
    """The same of the rows of a list (by its name)."""
    or_: str
    """Stands between two answers of which either does."""
    only_if: Callable[[str], str]
    """Say for which dossiers, as a clause says it."""
    counts_rows: Callable[[str], str]
    """Say that the rows of a list (by its name) are counted, not dossiers."""
    several: str
    """Say that one dossier can stand in several rows, so that those do not add up to the total."""
    lead_days: Callable[[str, str], str]
    """Say from when until when days are counted."""
    of_term: Callable[[str], str]
    agreed_within: Callable[[list[str]], str]
    """Say within which time a term has to be done: a length, or one for each of some departments."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentences:
    """Everything that is said in the language of a reader, by subject."""

    language: str
    """Which was asked for. A subject that it does not offer is in the first language."""
    formats: Formats
    durations: Durations
    events: Events
    derivation: Derivation
    objections: Objections
    questions: Questions
    actions: Actions
    notices: Notices
    letters: Letters
    spelling: Spelling
    figures: Figures
    agreements: Agreements
