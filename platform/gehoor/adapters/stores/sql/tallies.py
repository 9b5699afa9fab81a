"""How many documents there are for each value of a column: counted by the database, without opening any."""
# ruff: noqa: S608

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from gehoor.adapters.stores.document_columns import of_column
from gehoor.adapters.stores.matching import spread
from gehoor.adapters.stores.sql.conditions import Condition, keys_in
from gehoor.adapters.stores.sql.dialect import Dialect
from gehoor.adapters.stores.sql.layout import TableLayout
from gehoor.adapters.stores.sql.session import SQLSession
from gehoor.services.ports.store import Column, ColumnKind, Scalar


def sql_totals(
    dialect: Dialect, session: SQLSession, layout: TableLayout, member: str, by: str
) -> dict[str, int]:
    """Return what a column of whole numbers adds up to, for each text in another column."""
    there = f'"{by}" IS NOT NULL AND "{member}" IS NOT NULL'
    text = f'SELECT "{by}", sum("{member}") FROM "{layout.name}" WHERE {there} GROUP BY "{by}"'
    column = layout.by_name[by]
    found = {}
    for kept, total in session.all_rows(text):
        name = dialect.unbound(column, kept)
        found[str(of_column(column.kind, "" if name is None else name))] = int(total)
    return found


def sql_tally(
    dialect: Dialect, session: SQLSession, layout: TableLayout, by: Column, said: Condition
) -> dict[Scalar | None, int]:
    """Count the documents that meet a condition by a column, or by each text in it."""

    def grouped(source: str, values: Sequence[Any]) -> Counter[Any]:
        # Said so, it lets an index serve that holds no empty lists.
        filled = f" AND \"{by.name}\" <> ''" if by.kind is ColumnKind.TEXTS else ""
        text = f'SELECT "{by.name}", count(*) FROM {source} WHERE {said.sql}{filled} GROUP BY "{by.name}"'
        return Counter({kept: int(count) for kept, count in session.all_rows(text, values)})

    found = grouped(f'"{layout.name}"', said.values)
    if said.without:
        # Quicker than to look at the key of every document: there are few of these.
        keys = keys_in(dialect, layout, len(said.without))
        few = f'(SELECT * FROM "{layout.name}" WHERE {keys} {dialect.apart}) few'
        found.subtract(grouped(few, (*said.without, *said.values)))
    return spread((_value(dialect, by, kept), count) for kept, count in found.items() if count)


def _value(dialect: Dialect, column: Column, kept: Any) -> Any:
    value = dialect.unbound(column, kept)
    return None if value is None else of_column(column.kind, value)
