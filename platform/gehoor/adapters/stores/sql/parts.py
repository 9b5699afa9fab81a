"""Parts of documents: a few members of each, without reading the whole."""
# ruff: noqa: S608

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from gehoor.adapters.stores.document_columns import of_column
from gehoor.adapters.stores.json_text import mention
from gehoor.adapters.stores.sql.conditions import Condition, keys_in
from gehoor.adapters.stores.sql.dialect import Dialect
from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.adapters.stores.sql.session import SQLSession
from gehoor.services.ports.store import Column, Mention, Part, StoreUnavailableError


def sql_parts(
    dialect: Dialect,
    session: SQLSession,
    layout: TableLayout,
    wanted: Sequence[Part],
    asked: tuple[Condition, Sequence[Mention]],
) -> list[tuple[Any, ...]] | None:
    """Return some parts of each document that meets a condition; None where the text of one is damaged so that it
    cannot be read: that is found when documents are read as a whole."""
    try:
        return _read(dialect, session, layout, wanted, asked)
    except (StoreUnavailableError, ValueError):
        return None


def _read(
    dialect: Dialect,
    session: SQLSession,
    layout: TableLayout,
    wanted: Sequence[Part],
    asked: tuple[Condition, Sequence[Mention]],
) -> list[tuple[Any, ...]]:
    said, mentions = asked
    columns = [None if len(part) > 1 else layout.column(part[0]) for part in wanted]
    inside = [
        part
        for part, column in zip(wanted, columns, strict=True)
        if column is None and not _is_key(layout, part)
    ]
    names = [f'"{layout.key}"', *(f'"{one.name}"' for one in columns if one)]
    text, bound = dialect.members_of_body(inside)
    where = "".join(f" AND {dialect.has_text('body')}" for _ in mentions)
    without = f" AND NOT {keys_in(dialect, layout, len(said.without))}" if said.without else ""
    statement = f'SELECT {", ".join(names)}, {text} FROM "{layout.name}" WHERE {said.sql}{without}{where}'
    values = (*bound, *said.values, *said.without, *(mention(*one) for one in mentions))
    rows = session.all_rows(statement, values)
    # Column by column: of many thousand documents, it matters.
    given = [
        _values(dialect, column, [row[place] for row in rows])
        for place, column in enumerate(filter(None, columns), 1)
    ]
    bodies = json.loads(f"[{','.join(row[-1] for row in rows)}]")
    in_columns, in_bodies = iter(given), iter(range(len(inside)))
    read_columns: list[list[Any]] = []
    for part, column in zip(wanted, columns, strict=True):
        if column is not None:
            read_columns.append(next(in_columns))
        elif _is_key(layout, part):
            read_columns.append([row[0] for row in rows])
        else:
            place = next(in_bodies)
            read_columns.append([body[place] for body in bodies])
    return list(zip(*read_columns, strict=True))


def _values(dialect: Dialect, column: Column, kept: list[Any]) -> list[Any]:
    """Return the values of a column, each worked out once."""
    known = {one: _value(dialect, column, one) for one in set(kept)}
    return [known[one] for one in kept]


def _value(dialect: Dialect, column: Column, kept: Any) -> Any:
    value = dialect.unbound(column, kept)
    return None if value is None else of_column(column.kind, value)


def _is_key(layout: TableLayout, part: Part) -> bool:
    return part == (layout.key_member,)
