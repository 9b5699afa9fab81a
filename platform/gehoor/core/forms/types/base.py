"""Field type: everything that the platform knows of one kind of field, and the register of them all.

What a type looks like in a page is in the module of the same name in ``web/forms/types/``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, Protocol, TypeAlias
from zoneinfo import ZoneInfo

from gehoor.core.conditions.facts import FactType, FactValue
from gehoor.core.conditions.model import Condition
from gehoor.core.text.formats import Formats

PlainValue: TypeAlias = str | int | bool | list[str]
"""The stored value of one answer."""
StoredRow: TypeAlias = dict[str, PlainValue]
"""The answers of one row, by member."""
StoredValue: TypeAlias = PlainValue | list[StoredRow]
Schema: TypeAlias = Mapping[str, Any]
"""What a file says of a field, in canonical keywords: JSON Schema with our annotations."""


class Coded(Protocol):
    """A code with what people read for it."""

    @property
    def code(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102


class Agreed(Protocol):
    """What a type has to know of its field (``core/forms/fields.py``)."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def label(self) -> str: ...  # noqa: D102
    @property
    def country(self) -> str: ...  # noqa: D102
    @property
    def choices(self) -> tuple[Coded, ...]: ...  # noqa: D102
    @property
    def members(self) -> Mapping[str, Agreed]: ...  # noqa: D102
    @property
    def show_if(self) -> Condition | None: ...  # noqa: D102
    @property
    def row_title(self) -> str: ...  # noqa: D102
    @property
    def type(self) -> FieldType: ...  # noqa: D102


Reader: TypeAlias = Callable[[Any, Agreed, ZoneInfo], StoredValue | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldType:
    """What the platform knows of a kind of field; what has no default, no type can do without."""

    name: str
    fact_type: FactType
    describes: Callable[[Schema], bool]
    """Whether a schema is of this type, when it is of none of those registered before."""
    read: Reader
    """Turn what was given (a text or list of texts from a form, or a JSON value) into a stored value; None when
    nothing was given; raises ``UnreadableError``."""
    fact: Callable[[Any, Agreed], FactValue]
    """Return the typed value for rules."""
    show: Callable[[Any, Agreed, Formats], str]
    """Return the text for people, in the formats of their language."""

    found: Callable[[Any, Agreed, Formats], str] | None = None
    """Return the text by which dossiers are found, where that is more than what people read."""
    judged: Callable[[Any], Any] = lambda value: value
    """Return the stored value as JSON Schema judges it."""
    limits: Schema = field(default_factory=lambda: MappingProxyType({}))
    """What its schema says when nothing else was agreed."""
    moment: Callable[[datetime], str] | None = None
    """Return how a local moment is stored in it; None: it holds no moment or day."""
    whole: str = ""
    """Why it cannot stand in a row of a list, in Dutch; empty: it can."""

    countable: bool = False
    """Whether its answers are codes, numbers, moments or yes and no, by which nobody is found: they may stay when a
    dossier is anonymised."""
    picked: bool = False
    """Whether it is answered by picking, not by typing."""
    coded: bool = False
    """Whether its answers are the codes that its schema lists, and so known beforehand."""
    comparable: bool = False
    """Whether two dossiers are likely to hold the same answer, so that rules may ask for it."""
    indexed: bool = False
    """Whether it is kept for every dossier what was answered, so that a rule of tomorrow knows those of today."""
    prose: bool = False
    """Whether people tell something in it."""
    knowable: bool = True
    """Whether people may say that they do not know it; else they skip it."""
    holds_hour: bool = False
    """Whether it holds an hour of the day."""
    takes_files: bool = False
    names_people: bool = False
    """Whether its answers are sign-in names of people who work here."""
    has_rows: bool = False
    """Whether its answers are rows of answers."""


def registered(types: Iterable[FieldType]) -> Mapping[str, FieldType]:
    """Return types by name, in the same order. Raises ``ValueError`` for two with one name."""
    found: dict[str, FieldType] = {}
    for one in types:
        if found.setdefault(one.name, one) is not one:
            raise ValueError(f"two field types are called {one.name}")
    return MappingProxyType(found)


def shown_as_is(value: Any, _: Agreed, __: Formats) -> str:
    """Show a stored value as it is."""
    return str(value)


def text_fact(value: Any, _: Agreed) -> FactValue:
    """Return a stored text as a fact."""
    return str(value)


def label_of(code: str, of: Agreed, _: Formats) -> str:
    """Return what people read for a code; the code itself when its list does not have it any more."""
    return next((choice.label for choice in of.choices if choice.code == code), code)


def labels_of(codes: Iterable[str], of: Agreed, formats: Formats) -> str:
    """Return what people read for codes, with commas between them."""
    return ", ".join(label_of(code, of, formats) for code in codes)


def is_text(schema: Schema) -> bool:
    """Say whether a schema asks a text."""
    return bool(schema.get("type", "string") == "string")


def is_list(schema: Schema, *keywords: str) -> bool:
    """Say whether a schema asks a list of which each item has one of these keywords."""
    return schema.get("type") == "array" and not set(keywords).isdisjoint(schema.get("items", {}))


def is_widget(schema: Schema, name: str) -> bool:
    """Say whether a schema asks a list that this platform has a name for, and says nothing of its items."""
    return schema.get("type") == "array" and schema.get("widget") == name and "items" not in schema
