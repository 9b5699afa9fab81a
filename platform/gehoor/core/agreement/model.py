"""An agreement: the immutable, published whole of what one department has agreed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from gehoor.core.agreement.actions import Action
from gehoor.core.agreement.belonging import Belonging
from gehoor.core.agreement.course import ContactKind, Milestone, Phase
from gehoor.core.agreement.derivation_order import Stage
from gehoor.core.agreement.retention import RetentionRule
from gehoor.core.agreement.tasks import Task
from gehoor.core.agreement.terms import Term
from gehoor.core.calendar.working_days import Calendar
from gehoor.core.conditions.engine import RuleSet
from gehoor.core.conditions.facts import LATE_TERMS, FactType
from gehoor.core.conditions.model import comparisons, fact_names
from gehoor.core.conditions.register_questions import RegisterQuestion
from gehoor.core.forms.fields import Field
from gehoor.core.forms.form import Form
from gehoor.core.forms.translations import in_language
from gehoor.core.letters.model import LetterTemplate
from gehoor.core.reports.model import Overview, Report
from gehoor.core.rules import names as rule_names
from gehoor.core.rules.duties import OwedDuty
from gehoor.core.rules.effects import SEEN_UNOPENED, Show
from gehoor.core.rules.rule import Rule


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach an organisation or department."""

    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A role. ``deputy`` is the role that steps in when nobody holds this one or may act."""

    id: str
    name: str
    deputy: str = ""
    second_step: bool = False
    """Whether who holds it signs in with a second step."""
    dossiers: bool = True
    """Whether dossiers exist for who holds it; else it is about other things, such as accounts."""


@dataclass(frozen=True, slots=True)
class Level:
    """A level of confidentiality: the roles for which such a dossier exists, and whether it does for its handler."""

    everyone: bool
    exists_for: tuple[str, ...] = ()
    handler: bool = False


@dataclass(frozen=True, slots=True)
class EmergencyAccess:
    """What holds when somebody opens a hidden dossier in an emergency: for how many hours, and which roles hear it."""

    hours: int
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What is not a complaint, and where to go with it."""

    what: str
    route: str


@dataclass(frozen=True, slots=True)
class Complaint:
    """What a complaint is here, who agreed so, when (local dates)."""

    description: str
    includes: tuple[tuple[str, str], ...]
    excludes: tuple[Exclusion, ...]
    agreed_by: tuple[str, ...]
    agreed_on: date | None
    review_before: date | None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message: complaint, remark, suggestion, report ... and what is done with it."""

    id: str
    name: str
    handling: str
    owner: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer decides: the kind of message, and where it goes when that is not the usual way."""

    kind: str
    route: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that decides what a message is. An answer without an outcome leads to the next question."""

    id: str
    question: str
    help: str = ""
    yes: Outcome | None = None
    no: Outcome | None = None


@dataclass(frozen=True, slots=True)
class MessageExample:
    """A message with the answers to the questions (question id -> yes), and the kind it must turn out to be."""

    message: str
    answers: Mapping[str, bool]
    expect: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which a message comes in."""

    id: str
    name: str
    medium: str
    way_of_working: str
    contact: str
    opening_hours: str
    anonymous: bool = False
    """Whether this way is meant for people who do not give their name."""


@dataclass(frozen=True, slots=True)
class AnonymousPolicy:
    """Whether someone may stay anonymous, and whether a follow-up code is given."""

    policy: str
    follow_up_code: bool
    explanation: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A text with places in braces."""

    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class SecondLine:
    """Where someone can go who is not satisfied with the answer."""

    name: str
    when: str
    contact: str


@dataclass(frozen=True, slots=True)
class DangerRoute:
    """What to do now when there is danger: a sentence, and names with numbers to call."""

    explanation: str
    calls: tuple[tuple[str, str], ...]
    exit_to: str = ""
    """The address of a website that tells nothing, for who has to leave our pages at once."""


@dataclass(frozen=True, slots=True)
class Style:
    """What the pages look like. ``color`` is ``#rrggbb``, dark enough to read; ``picture`` the logo as a data URL."""

    color: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Law:
    """A law that the terms were held against, and for whom it is."""

    name: str
    applies_to: str


@dataclass(frozen=True, eq=False)
class Agreement:
    """Everything one department has agreed. Two agreements with one ``hash`` are the same.

    It is known by which object it is: built once, and compared with no other."""

    hash: str
    organisation: str
    organisation_name: str
    department: str
    department_name: str
    department_code: str
    time_zone: str
    languages: tuple[str, ...]
    """The languages in which people can write; the first is that of the files."""
    country: str
    contact: Contact
    complaint: Complaint
    kinds: Mapping[str, Kind]
    questions: Mapping[str, Question]
    otherwise: Outcome | None
    """What a message is when no question decided."""
    examples: tuple[MessageExample, ...]
    channels: Mapping[str, Channel]
    anonymous: AnonymousPolicy
    second_line: tuple[SecondLine, ...]
    waived: Mapping[str, str]
    """What nothing was agreed about although it is asked, with why not."""
    list_columns: tuple[str, ...]
    list_filters: tuple[str, ...] | None  # what the work list can be narrowed to; none: what is usual
    style: Style
    translations: Mapping[
        str, Mapping[str, str]
    ]  # for people outside: language -> the text as agreed -> it there
    danger: DangerRoute | None
    law: Mapping[str, Law]
    standards: Mapping[str, Mapping[str, Any]]  # canonical: core/analysis/requirements reads it
    roles: Mapping[str, Role]
    rights: Mapping[Action, tuple[str, ...]]
    """The roles that an action is kept for, none where nobody may; an action that is not here is for everyone who works
    in the department."""
    confidentiality: Mapping[str, Level]
    """By the answer of the field with that meaning: for whom a dossier with it exists."""
    emergency: EmergencyAccess | None
    """None: nobody opens what is hidden from them."""
    number_pattern: str
    number_year_of: str
    calendar: Calendar
    calendars: Mapping[str, Calendar]
    """The calendars that terms name, where they are not counted by the one of the department."""
    milestones: Mapping[str, Milestone]
    phases: Mapping[str, Phase]
    forms: Mapping[str, Form]
    terms: Mapping[str, Term]
    rules: Mapping[str, Rule]
    """The rules as written, and the rows of decision tables."""
    register_questions: Mapping[str, RegisterQuestion]
    """What rules ask of the register, by the fact that holds the answer."""
    duties: Mapping[str, OwedDuty]
    """What rules may oblige to, by rule and place in it. A duty with a term of its own has it in ``terms``."""
    letters: Mapping[str, Letter]
    notices: Mapping[str, str]
    correspondence: Mapping[str, LetterTemplate]
    """The letters to whoever told something, by id."""
    meanings: Mapping[str, str]
    """Meaning -> the id of the dossier field that has it."""
    derivations: tuple[Stage, ...]
    """The rules that give a field its value, in the order in which they are asked."""
    fact_types: Mapping[str, FactType]
    """Every fact that a condition may ask about."""
    rule_set: RuleSet
    """Every condition of rules, phases and forms, for the rule engine."""
    term_rules: RuleSet
    """The conditions under which there is a term, and those under which it is not needed: asked first."""
    letter_rules: RuleSet
    belonging: Belonging
    """What was agreed about dossiers that belong together."""
    retention: Mapping[str, RetentionRule]
    """How long dossiers are kept; empty where nothing was agreed."""
    retention_rules: RuleSet
    moment_rules: RuleSet
    """For each moment at which a term calls for something, the rule that fires when it has come."""
    tasks: Mapping[str, Task]
    contacts: Mapping[str, ContactKind]
    reports: Mapping[str, Report]
    overview: Overview

    @property
    def dossier_form(self) -> Form:
        """The one form that goes through all phases."""
        return self.forms[DOSSIER_FORM]

    @cached_property
    def named_rules(self) -> tuple[tuple[str, Rule], ...]:
        """The rules in the order of the files, each with the name it has for the rule engine."""
        return tuple((rule_names.rule(rule.id), rule) for rule in self.rules.values())

    @cached_property
    def register_rules(self) -> frozenset[str]:
        """The rules that ask something of the register, or of how many merged dossiers somebody is to be told."""
        asked = self.register_questions.keys() | {
            self.belonging.merging.to_tell if self.belonging.merging else ""
        }
        return frozenset(
            rule.id for rule in self.rules.values() if not fact_names(rule.condition).isdisjoint(asked)
        )

    @cached_property
    def shown_by_rules(self) -> frozenset[str]:
        """The fields that some rule shows: they are hidden until one does."""
        effects = (effect for rule in self.rules.values() for effect in rule.effects)
        return frozenset(effect.field for effect in effects if isinstance(effect, Show))

    @cached_property
    def needed_at_opening(self) -> frozenset[str]:
        """The fields of the dossier without which none opens: required, or needed before what is reached by then."""
        form = self.dossier_form
        there = form.required | {of.id for of in form.filled_in}
        reached = {name for name, milestone in self.milestones.items() if milestone.field in there}
        return form.required | {of.id for of in form.fields.values() if of.required_before in reached}

    @cached_property
    def tell_once_late(self) -> set[str]:
        """The terms that, once they are late, fill something in or have a rule do what lists or messages tell."""
        rules = (
            rule for rule in self.rules.values() if any(isinstance(e, SEEN_UNOPENED) for e in rule.effects)
        )
        asked = (one for rule in rules for one in comparisons(rule.condition) if one.fact == LATE_TERMS)
        told = {str(term) for one in asked if isinstance(one.operand, tuple) for term in one.operand}
        return told | {name for name, term in self.terms.items() if any(one.fills for one in term.levels)}

    @cached_property
    def _forms_in(self) -> dict[tuple[str, str], Form]:
        return {}

    def form_in(self, form: str, language: str) -> Form:
        """Return a form in a language, always the same object; what was not translated says what it is in."""
        key = (form, language)
        if key not in self._forms_in:
            self._forms_in[key] = in_language(self.forms[form], language, self.languages[0])
        return self._forms_in[key]

    def fixed_after(self, field: Field) -> str:
        """Return the milestone after which an answer to a field of the dossier does not change: its own, or that of its
        phase. An empty text when there is none."""
        phase = self.phases.get(field.phase)
        return field.fixed_after or (phase.fixed_after if phase else "")

    def field_for(self, meaning: str) -> str:
        """Return the dossier field with a meaning, or an empty text when no field has it."""
        return self.meanings.get(meaning, "")


DOSSIER_FORM = "dossier"
