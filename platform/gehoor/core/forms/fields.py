"""Fields, and the registry of field kinds: how each is read, kept, compared and shown.

A field's *stored value* is plain JSON: text for texts, codes, dates (``2026-03-27``), times (``17:00``), instants
(ISO 8601 with offset) and decimals (``12.50``), a number for whole numbers, a boolean, a list of codes, for staff a
list of sign-in names, for a list of groups a list of rows: objects with the answers of each row by member, or for
attachments a list of files: objects with ``id``, ``name``, ``type`` (a media type) and ``size`` (bytes). An absent
answer is absent: never null, never an empty text or list; and so is an absent answer in a row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from gehoor.core.conditions.facts import FactType, FactValue, Row
from gehoor.core.conditions.model import Condition
from gehoor.core.forms import reading
from gehoor.core.forms.file_kinds import size_text
from gehoor.core.forms.reading import Unreadable, UnreadableError
from gehoor.core.text.dates import show_date, show_instant

PlainValue: TypeAlias = str | int | bool | list[str]
"""The stored value of one answer."""
StoredRow: TypeAlias = dict[str, PlainValue]
"""The answers of one row, by member."""
StoredValue: TypeAlias = PlainValue | list[StoredRow]

MOST_ROWS: Final = 50
"""How many rows a list of groups may have, when nothing else was agreed."""
MOST_PEOPLE: Final = 50
"""How many people an answer may name, when nothing else was agreed."""
ROW_TITLE: Final = "Rij"
"""What a row is called, when nothing else was agreed."""


@dataclass(frozen=True, slots=True)
class Translation:
    """What something is called in another language, its explanation, and what is said on the phone to ask it; empty
    where there is none."""

    title: str = ""
    description: str = ""
    say: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One code of a code list. A retired code is not offered any more, but stays readable."""

    code: str
    label: str
    help: str = ""
    retired: bool = False
    translations: Mapping[str, Translation] = field(default_factory=dict)
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
    show_if: Condition | None = None
    autocomplete: str = ""
    personal_data: str = ""
    automatic: str = ""
    read_only: bool = False
    default: StoredValue | None = None
    members: Mapping[str, Field] = field(default_factory=dict)
    """Of a list of groups: what each row asks."""
    required_members: frozenset[str] = frozenset()
    row_title: str = ROW_TITLE
    seen_by: tuple[str, ...] = ()
    """The roles that see it in the dossier; none: everyone who works there."""
    edited_by: tuple[str, ...] = ()
    """The roles that may change it; none: everyone who sees it."""
    translations: Mapping[str, Translation] = field(default_factory=dict)
    row_titles: Mapping[str, str] = field(default_factory=dict)
    """What a row is called in other languages."""
    langs: Mapping[str, str] = field(default_factory=dict)
    """Of a form in another language: in which language each of its texts is."""
    file_kinds: tuple[str, ...] = ()
    """Of attachments: which kinds of files there may be."""
    say: str = ""
    """What staff say on the phone to ask it; empty: its label."""
    by_phone: StoredValue | None = None
    """What is filled in already when somebody calls."""


Reader: TypeAlias = Callable[[Any, Field, ZoneInfo], StoredValue | None]


@dataclass(frozen=True, slots=True)
class FieldKind:
    """What the platform knows of a kind of field.

    ``read`` turns what was given (a text or list of texts from a form, or a JSON value) into a stored value;
    ``None`` when nothing was given; raises ``UnreadableError``. ``fact`` gives the typed value for rules, ``show``
    the text for people.
    """

    name: str
    fact_type: FactType
    read: Reader
    fact: Callable[[Any, Field], FactValue]
    show: Callable[[Any, Field], str] = field(default=lambda value, _: str(value))


def _alone(reader: Callable[[Any, ZoneInfo], StoredValue | None]) -> Reader:
    """Return a reader that needs to know no more of its field than its kind."""
    return lambda given, _, zone: reader(given, zone)


def _as(make: Callable[[Any], FactValue]) -> Callable[[Any, Field], FactValue]:
    return lambda value, _: make(value)


def _label(code: str, of: Field) -> str:
    return next((choice.label for choice in of.choices if choice.code == code), code)


def _read_rows(given: Any, of: Field, zone: ZoneInfo) -> list[StoredRow] | None:
    if given == "":
        return None
    if not isinstance(given, list) or not all(isinstance(row, Mapping) for row in given):
        raise UnreadableError
    rows: list[StoredRow] = []
    unreadable: list[Unreadable] = []
    for row in given:
        read, places = _read_row(row, of, len(rows) + 1, zone)
        unreadable += places
        # A row in which nothing was filled in is no row. One in which something is wrong keeps its number.
        if read or places:
            rows.append(read)
    if unreadable:
        raise UnreadableError(tuple(unreadable), [dict(row) for row in rows])
    return rows or None


def _read_row(
    given: Mapping[Any, Any], of: Field, number: int, zone: ZoneInfo
) -> tuple[StoredRow, list[Unreadable]]:
    row: StoredRow = {}
    unreadable = [Unreadable(number, str(name)) for name in given if name not in of.members]
    for name, member in of.members.items():
        raw = given.get(name)
        try:
            value = None if raw is None else KINDS[member.kind].read(raw, member, zone)
        except UnreadableError:
            unreadable.append(Unreadable(number, name, member.kind))
            continue
        if value is not None:
            row[name] = value  # type: ignore[assignment]  # no member is a list of groups itself
    return row, unreadable


def _row_facts(rows: list[StoredRow], of: Field) -> tuple[Row, ...]:
    return tuple(
        Row(
            {name: _member_fact(of.members[name], value) for name, value in row.items() if name in of.members}
        )
        for row in rows
    )


def _member_fact(of: Field, value: PlainValue) -> FactValue:
    return KINDS[of.kind].fact(value, of)


def _show_rows(rows: list[StoredRow], of: Field) -> str:
    """Show each row on a line of its own."""
    return "\n".join(
        f"{of.row_title} {number}: {_show_row(row, of)}" for number, row in enumerate(rows, start=1)
    )


def _show_row(row: StoredRow, of: Field) -> str:
    """Show the answers of a row in the order in which they are asked."""
    return "; ".join(_show_member(member, row[name]) for name, member in of.members.items() if name in row)


def _show_member(of: Field, value: PlainValue) -> str:
    shown = " ".join(KINDS[of.kind].show(value, of).split())
    return f"{of.label} {shown}" if of.label.endswith("?") else f"{of.label}: {shown}"


def _show_files(files: list[StoredRow], _: Field) -> str:
    return ", ".join(f"{file['name']} ({size_text(int(str(file['size'])))})" for file in files)


KINDS: Mapping[str, FieldKind] = {
    kind.name: kind
    for kind in (
        FieldKind("text", FactType.TEXT, _alone(reading.read_line), _as(str)),
        FieldKind("long-text", FactType.TEXT, _alone(reading.read_text), _as(str)),
        FieldKind("email", FactType.TEXT, _alone(reading.read_line), _as(str)),
        FieldKind("phone", FactType.TEXT, _alone(reading.read_line), _as(str)),
        FieldKind("choice", FactType.TEXT, _alone(reading.read_line), _as(str), _label),
        FieldKind(
            "choices",
            FactType.CODES,
            _alone(reading.read_codes),
            _as(tuple),
            lambda codes, of: ", ".join(_label(code, of) for code in codes),
        ),
        FieldKind("integer", FactType.INTEGER, _alone(reading.read_integer), _as(int)),
        FieldKind(
            "decimal",
            FactType.DECIMAL,
            _alone(reading.read_decimal),
            _as(Decimal),
            lambda value, _: str(value).replace(".", ","),
        ),
        FieldKind(
            "boolean",
            FactType.BOOLEAN,
            _alone(reading.read_boolean),
            _as(bool),
            lambda value, _: "Ja" if value else "Nee",
        ),
        FieldKind(
            "date",
            FactType.DATE,
            _alone(reading.read_date),
            _as(date.fromisoformat),
            lambda v, _: show_date(date.fromisoformat(v)),
        ),
        FieldKind("time", FactType.TEXT, _alone(reading.read_time), _as(str)),
        FieldKind(
            "instant",
            FactType.INSTANT,
            _alone(reading.read_instant),
            _as(lambda value: datetime.fromisoformat(value).astimezone(UTC)),
            lambda value, _: show_instant(datetime.fromisoformat(value)),
        ),
        FieldKind("groups", FactType.GROUPS, _read_rows, _row_facts, _show_rows),
        FieldKind(
            "staff",
            FactType.CODES,
            _alone(reading.read_people),
            _as(tuple),
            lambda names, of: ", ".join(_label(name, of) for name in names),
        ),
        # What rules may ask of files is how many there are.
        FieldKind("attachments", FactType.INTEGER, _alone(reading.read_files), _as(len), _show_files),
    )
}
"""Every kind of field there is. A new kind: one entry here, and its widget in the web layer."""


def kind_of(schema: Mapping[str, Any]) -> str | None:
    """Return the kind of field that a JSON Schema with our annotations describes, or None when it is none."""
    kind: str | None = None
    match schema.get("type", "string"):
        case "string" if "oneOf" in schema or "enum" in schema:
            kind = "choice"
        case "string":
            by_format = {"date": "date", "date-time": "instant", "email": "email"}
            by_widget = {"long-text": "long-text", "phone": "phone", "time-of-day": "time"}
            kind = by_format.get(schema.get("format", ""), by_widget.get(schema.get("widget", ""), "text"))
        case "array" if schema.get("widget") in ("attachments", "staff") and "items" not in schema:
            kind = schema["widget"]
        case "array" if {"oneOf", "enum"} & set(schema.get("items", {})):
            kind = "choices"
        case "array" if "properties" in schema.get("items", {}):
            kind = "groups"
        case "integer" | "boolean" as name:
            kind = name
        case "number":
            kind = "decimal"
    return kind
