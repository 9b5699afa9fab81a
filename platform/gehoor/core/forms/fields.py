"""Fields, as agreed. How a kind of field is read, kept, compared and shown is in its module in ``types/``.

A field's *stored value* is plain JSON: text for texts, codes, dates (``2026-03-27``), times (``17:00``), instants
(ISO 8601 with offset) and decimals (``12.50``), a number for whole numbers, a boolean, a list of codes, for staff a
list of sign-in names, for a list of groups a list of rows: objects with the answers of each row by member, or for
attachments a list of files: objects with ``id``, ``name``, ``type`` (a media type) and ``size`` (bytes). An absent
answer is absent: never null, never an empty text or list; and so is an absent answer in a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

from gehoor.core.conditions.model import Condition
from gehoor.core.conditions.relative_dates import Day
from gehoor.core.forms.types import base, registry
from gehoor.core.text.formats import Formats

PlainValue: TypeAlias = base.PlainValue
StoredRow: TypeAlias = base.StoredRow
StoredValue: TypeAlias = base.StoredValue

KINDS: Final = registry.TYPES
"""Name -> what the platform knows of a kind of field."""

ROW_TITLE: Final = "Rij"
"""What a row is called, when nothing else was agreed."""


@dataclass(frozen=True, slots=True)
class Translation:
    """What something is called in another language, its explanation, what is said on the phone to ask it, and what is
    said of an answer that does not follow its pattern; empty where there is none."""

    title: str = ""
    description: str = ""
    say: str = ""
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of a code list. A retired code is not offered any more, but stays readable."""

    code: str
    label: str
    help: str = ""
    retired: bool = False
    sign: str = ""
    """What people see before the label, such as a face; nobody hears it read aloud."""
    offered_if: Condition | None = None
    """When it can be chosen; None: always."""
    translations: Mapping[str, Translation] = field(default_factory=dict)
    ways: tuple[str, ...] = ()
    """By which ways a letter goes to who chose this, where it says how they want to be answered."""
    langs: Mapping[str, str] = field(default_factory=dict)
    """Of a form in another language: in which language each of its texts is."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form, as agreed. ``schema`` is what JSON Schema says of its value."""

    id: str
    label: str
    kind: str
    schema: Mapping[str, Any]
    help: str = ""
    choices: tuple[Choice, ...] = ()
    phase: str = ""
    meaning: str = ""
    at_opening: bool = False
    required_before: str = ""
    fixed_after: str = ""
    reason_on_change: bool = False
    """Whether who changes an answer in a dossier says why."""
    show_if: Condition | None = None
    autocomplete: str = ""
    personal_data: str = ""
    when_anonymised: str = ""
    """``stays`` or ``goes``; empty: what its personal data come to."""
    searched: bool | None = None
    """Whether dossiers are found by the answer; None: what its personal data come to."""
    names_people: bool = False
    """Whether names of people stand in the answer, which seldom belong in a letter."""
    disclosed_to: str = ""
    """Which party gets the answer when they ask what is kept about them: ``complainant``, ``accused``, ``both`` or
    ``nobody``; empty: what its personal data come to."""
    automatic: str = ""
    not_before: Day | None = None
    """Of a date: the first day that it may be."""
    not_after: Day | None = None
    """Of a date: the last day that it may be."""
    someone_else_than: str = ""
    """Of people who work here: the field in which none of them may stand."""
    read_only: bool = False
    default: StoredValue | None = None
    examples: tuple[StoredValue, ...] = ()
    """Answers that could be given, as the file shows them."""
    members: Mapping[str, Field] = field(default_factory=dict)
    """Of a list of groups: what each row asks."""
    required_members: frozenset[str] = frozenset()
    row_title: str = ROW_TITLE
    seen_by: tuple[str, ...] = ()
    """The roles that see it in the dossier; none: everyone who works there."""
    edited_by: tuple[str, ...] = ()
    """The roles that may change it; none: everyone who sees it."""
    handler_only: bool = False
    """Whether only who handles the dossier changes it, once somebody does."""
    translations: Mapping[str, Translation] = field(default_factory=dict)
    row_titles: Mapping[str, str] = field(default_factory=dict)
    """What a row is called in other languages."""
    langs: Mapping[str, str] = field(default_factory=dict)
    """Of a form in another language: in which language each of its texts is."""
    file_kinds: tuple[str, ...] = ()
    """Of attachments: which kinds of files there may be."""
    say: str = ""
    """What staff say on the phone to ask it; empty: its label."""
    refusal: str = ""
    """What is said of an answer that does not follow its pattern."""
    country: str = ""
    """In which country (two capitals) phone numbers without one are; empty: that is not known."""
    by_phone: StoredValue | None = None
    """What is filled in already when somebody calls."""
    by_email: StoredValue | None = None
    """What is filled in already when somebody sent an e-mail."""
    type: base.FieldType = field(init=False, repr=False, compare=False)
    """What the platform knows of its kind."""
    has_offers: bool = field(init=False, repr=False, compare=False)
    """Whether some of its choices, or those of a member, can be chosen in some cases only."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "type", KINDS[self.kind])
        own = any(choice.offered_if for choice in self.choices)
        object.__setattr__(self, "has_offers", own or any(of.has_offers for of in self.members.values()))

    @property
    def special(self) -> bool:
        """Whether it holds special or criminal personal data: it shows in the dossier only."""
        return self.personal_data in ("P3", "P4")


def example_words(of: Field, formats: Formats) -> list[str]:
    """Return the examples of a field as people read them; of a list to pick from its choices say enough."""
    return [] if of.type.picked else [of.type.show(one, of, formats) for one in of.examples]


FieldType: TypeAlias = base.FieldType


def kind_of(schema: Mapping[str, Any]) -> str | None:
    """Return the kind of field that a JSON Schema with our annotations describes, or None when it is none."""
    return registry.kind_of(schema)


def type_of(schema: Mapping[str, Any]) -> base.FieldType | None:
    """Return what the platform knows of the kind of field that a schema describes, or None when it is none."""
    kind = registry.kind_of(schema)
    return None if kind is None else KINDS[kind]
