"""A list of groups: rows, each with the same questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import FactType, Row
from gehoor.core.forms.reading import Unreadable, UnreadableError
from gehoor.core.forms.types.base import Agreed, FieldType, PlainValue, StoredRow, is_list
from gehoor.core.text.formats import Formats

MOST_ROWS: Final = 50
"""How many rows there may be, when nothing else was agreed."""


def _read(given: Any, of: Agreed, zone: ZoneInfo) -> list[StoredRow] | None:
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


def shown_members(row: Mapping[str, Any], of: Agreed) -> frozenset[str]:
    """Return what a row of a list asks, given its answers."""
    fields = of.members
    facts = {
        name: fields[name].type.fact(value, fields[name]) for name, value in row.items() if name in fields
    }
    return frozenset(
        name for name, field in fields.items() if field.show_if is None or holds(field.show_if, facts)
    )


def _as_shown(row: StoredRow, unreadable: list[Unreadable], of: Agreed) -> tuple[StoredRow, list[Unreadable]]:
    """Leave out the answers to what the other answers of the row do not ask: those were not meant."""
    for _ in of.members:
        shown = shown_members(row, of)
        if shown.issuperset(row):
            break
        row = {name: value for name, value in row.items() if name in shown}
    return row, [at for at in unreadable if at.member in shown or at.member not in of.members]


def _read_row(
    given: Mapping[Any, Any], of: Agreed, number: int, zone: ZoneInfo
) -> tuple[StoredRow, list[Unreadable]]:
    row: StoredRow = {}
    unreadable = [Unreadable(number, str(name)) for name in given if name not in of.members]
    for name, member in of.members.items():
        raw = given.get(name)
        try:
            value = None if raw is None else member.type.read(raw, member, zone)
        except UnreadableError as error:
            unreadable.append(Unreadable(number, name, member.type.name, error.ways))
            continue
        if value is not None:
            row[name] = value  # type: ignore[assignment]  # no member is a list of groups itself
    return (
        _as_shown(row, unreadable, of)
        if any(one.show_if for one in of.members.values())
        else (row, unreadable)
    )


def _facts(rows: list[StoredRow], of: Agreed) -> tuple[Row, ...]:
    known = [{name: value for name, value in row.items() if name in of.members} for row in rows]
    return tuple(
        Row({name: of.members[name].type.fact(value, of.members[name]) for name, value in row.items()})
        for row in known
    )


def _show(rows: list[StoredRow], of: Agreed, formats: Formats) -> str:
    """Show each row on a line of its own."""
    return "\n".join(
        f"{of.row_title} {number}{formats.colon}{_show_row(row, of, formats)}"
        for number, row in enumerate(rows, start=1)
    )


def _show_row(row: StoredRow, of: Agreed, formats: Formats) -> str:
    """Show the answers of a row in the order in which they are asked."""
    return formats.semicolon.join(
        show_member(member, row[name], formats) for name, member in of.members.items() if name in row
    )


def show_member(of: Agreed, value: PlainValue, formats: Formats) -> str:
    """Show an answer of a row with what it answers, on one line."""
    shown = " ".join(of.type.show(value, of, formats).split())
    return f"{of.label} {shown}" if of.label.endswith("?") else f"{of.label}{formats.colon}{shown}"


GROUPS = FieldType(
    name="groups",
    fact_type=FactType.GROUPS,
    describes=lambda schema: is_list(schema, "properties"),
    read=_read,
    fact=_facts,
    show=_show,
    limits={"maxItems": MOST_ROWS},
    whole="een lijst in een lijst kan niet. Maak er een eigen lijst van, of een keuzelijst",
    has_rows=True,
)
