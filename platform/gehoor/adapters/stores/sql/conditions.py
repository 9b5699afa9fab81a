"""What documents are asked for, as SQL: for every SQL store, with the text made once for each shape of question.

A question comes down to terms (what is asked of which member) and values. The terms make the text, which is kept; the
values are bound in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, TypeAlias

from gehoor.adapters.stores.document_columns import in_texts, to_column
from gehoor.adapters.stores.sql.dialect import Dialect
from gehoor.adapters.stores.sql.layout import TableLayout, is_plain
from gehoor.services.ports.store import Column, ColumnKind, Scalar, Where

Term: TypeAlias = tuple[str, str, str, int]
"""What is asked, of which member, and of what sort and how many the values are."""

TEXT: Final = "text"
JSON_LIKE: Final = "json-like"
"""A text that begins as a list or an object does in JSON: those come out of a document as text too."""
NUMBER: Final = "number"
TRUTH: Final = "truth"
COLUMN: Final = "column"
ASIDE: Final = "aside"
"""A column by which nothing is looked up, because documents are read in the order of another."""
KEY: Final = "key"
NEVER: Final = "never"

_MOST_OPTIONS: Final = 10_000
_KINDS: Final = {
    ColumnKind.TEXT: (str,),
    ColumnKind.INTEGER: (int,),
    ColumnKind.BOOLEAN: (int,),
    ColumnKind.TEXTS: (),
    ColumnKind.HASH: (str,),
    ColumnKind.INSTANT: (str,),
}
"""Of which types a value is that can be in a column."""
_NEVER: Final[Term] = (NEVER, "", "", 0)


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition in SQL and the values bound in it. ``without``: the keys that are left out besides, when there are
    any; the SQL does not say so."""

    sql: str
    values: tuple[Any, ...]
    without: tuple[str, ...] = ()


class _UnsayableError(Exception):
    pass


def condition(
    dialect: Dialect,
    layout: TableLayout,
    where: Where,
    at_most: tuple[str, Scalar] | None = None,
    sorted_by: str = "",
) -> Condition | None:
    """Return what is asked as SQL; None when each document has to be looked at.

    ``sorted_by``: the member that what is found is sorted by first.
    """
    asked = _Asked(dialect, layout, sorted_by)
    try:
        for name, wanted in where.equals.items():
            if isinstance(wanted, str | int):
                asked.equals(name, wanted)
            else:
                asked.one_of(name, wanted)
        if at_most is not None:
            asked.compares(at_most[0], "<=", at_most[1])
        for name, (least, most) in where.between.items():
            if least is not None:
                asked.compares(name, ">=", least)
            if most is not None:
                asked.compares(name, "<=", most)
        for name, wanted in where.holding:
            asked.holds(name, wanted)
        without = tuple(key for key in where.without if _is_sound(key))
        if len(without) > _MOST_OPTIONS:
            raise _UnsayableError
    except _UnsayableError:
        return None
    return Condition(_text(dialect, layout, tuple(asked.terms)), tuple(asked.values), without)


@lru_cache(maxsize=2000)
def keys_in(dialect: Dialect, layout: TableLayout, count: int) -> str:
    """Return the SQL that says that the key is one of so many bound values."""
    return f'"{layout.key}" IN ({",".join([dialect.mark] * count)})'


class _Asked:
    def __init__(self, dialect: Dialect, layout: TableLayout, sorted_by: str) -> None:
        self._dialect = dialect
        self._layout = layout
        self._sorted_by = sorted_by
        self.terms: list[Term] = []
        self.values: list[Any] = []

    def equals(self, name: str, wanted: Scalar) -> None:
        self._add(("=", name, self._sort(name, wanted), 1), wanted)

    def one_of(self, name: str, wanted: Sequence[Scalar]) -> None:
        column = self._layout.column(name)
        kinds = _KINDS[column.kind] if column else (str,) if self._is_key(name) else (str, int)
        options = [one for one in wanted if isinstance(one, kinds)]
        sorts = sorted({self._sort(name, one) for one in options})
        if not options:
            self.terms.append(_NEVER)
        elif len(options) > _MOST_OPTIONS or (JSON_LIKE in sorts and NUMBER in sorts):
            raise _UnsayableError
        else:
            self._add(("in", name, sorts[0], len(options)), *options)

    def compares(self, name: str, operator: str, bound: Scalar) -> None:
        column, sort = self._layout.column(name), self._sort(name, bound)
        if column and column.kind is ColumnKind.HASH:
            # As it is kept, it does not sort as the text does.
            raise _UnsayableError
        if sort == TEXT and str(bound) >= "[":
            # What a document has in a list or an object begins so too, and would be among what is less.
            sort = JSON_LIKE
        if sort == COLUMN and self._sorted_by not in ("", name):
            sort = ASIDE
        self._add((operator, name, sort, 1), bound)

    def holds(self, name: str, wanted: Scalar) -> None:
        column = self._layout.column(name)
        if self._is_key(name):
            self.terms.append(_NEVER)
        elif column is None:
            kind = self._sort(name, wanted)
            sort = TRUTH if isinstance(wanted, bool) else kind
            self._add(("holds", name, sort, 1), wanted)
        elif column.kind is ColumnKind.TEXTS and isinstance(wanted, str):
            self._add(("has", name, COLUMN, 1), in_texts(wanted) if _is_sound(wanted) else wanted)
        else:
            self.terms.append(_NEVER)

    def _add(self, term: Term, *values: Scalar) -> None:
        if NEVER in term:
            self.terms.append(_NEVER)
            return
        for value in values:
            if isinstance(value, str):
                if not _is_sound(value):
                    raise _UnsayableError
            elif not -(2**63) <= value < 2**63:
                raise _UnsayableError
        self.terms.append(term)
        self.values += self._bound(self._layout.column(term[1]), values)

    def _bound(self, column: Column | None, values: Sequence[Scalar]) -> Sequence[Any]:
        if column is None or column.kind is ColumnKind.TEXTS:
            return [int(value) if isinstance(value, bool) else value for value in values]
        if column.kind in (ColumnKind.HASH, ColumnKind.INSTANT):
            kept = [to_column(column.kind, value) for value in values]
            if None in kept:
                # No instant: as text it may still come before or after one.
                raise _UnsayableError
        else:
            kept = [int(value) if isinstance(value, bool) else value for value in values]
        try:
            return [self._dialect.bound(column, value) for value in kept]
        except ValueError as error:
            raise _UnsayableError from error

    def _is_key(self, name: str) -> bool:
        return bool(name) and name == self._layout.key_member

    def _sort(self, name: str, wanted: Scalar) -> str:
        column = self._layout.column(name)
        if column is not None:
            return COLUMN if isinstance(wanted, _KINDS[column.kind]) else NEVER
        if self._is_key(name):
            return KEY if isinstance(wanted, str) else NEVER
        if not self._dialect.reads_members or not is_plain(name) or not isinstance(wanted, str | int):
            raise _UnsayableError
        if not isinstance(wanted, str):
            return NUMBER
        return JSON_LIKE if wanted[:1] in {"[", "{"} else TEXT


@lru_cache(maxsize=2000)
def _text(dialect: Dialect, layout: TableLayout, terms: tuple[Term, ...]) -> str:
    return " AND ".join(_term(dialect, layout, term) for term in terms) or "1 = 1"


def _term(dialect: Dialect, layout: TableLayout, term: Term) -> str:
    what, name, sort, count = term
    if what == NEVER:
        return "1 = 0"
    if what == "has":
        column = f'"{name}"'
        # That it is not empty goes without saying; said, it lets an index serve that holds no empty ones.
        return f"{column} <> '' AND {dialect.has_text(column)}"
    if sort in (COLUMN, KEY, ASIDE):
        column = f'"{layout.key if sort == KEY else name}"'
        if sort == ASIDE:
            column = dialect.not_by_index(column)
        marks = dialect.mark if what != "in" else f"({','.join([dialect.mark] * count)})"
        return f"{column} {'IN' if what == 'in' else what} {marks}"
    if what == "=":
        return dialect.equals(name, sort)
    if what == "in":
        return dialect.one_of(name, sort, count)
    return dialect.holds(name, sort) if what == "holds" else dialect.compares(name, what, sort)


def _is_sound(text: str) -> bool:
    # Half a surrogate pair cannot be asked of a database, which has none; nor can U+0000 be asked of all.
    return "\0" not in text and (text.isascii() or not any("\ud800" <= sign <= "\udfff" for sign in text))
