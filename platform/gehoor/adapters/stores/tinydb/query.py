"""TinyDB's queries as SQL.

A query of TinyDB is a function, but it also carries a tuple that says what it tests (made for its cache).
That tuple is private to TinyDB, so only shapes known here are translated, a test pins them, and any other
query is answered by calling it on every document: slower, never wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tinydb.queries import QueryInstance, QueryLike

from gehoor.adapters.stores.sql.layout import TableLayout, is_plain
from gehoor.adapters.stores.sql.packing import KEY
from gehoor.services.ports.store import ColumnKind, TableSchema

_COMPARISONS = frozenset({"<", "<=", ">", ">="})
_DEEPEST = 50
_MOST_OPTIONS = 10_000
_NOT_AS_IT_IS = (ColumnKind.TEXTS, ColumnKind.HASH, ColumnKind.INSTANT)
"""What stands in a column otherwise than in a document: those queries are asked of the documents."""
_PLAIN = TableLayout(TableSchema("plain"))


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition in SQL and the values bound in it."""

    sql: str
    values: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Member:
    """How SQL reads a member: its value, and its JSON type (NULL when it is missing)."""

    value: str
    kind: str
    of: type | None = None
    """What a column holds; None for a member in JSON, which can be anything."""


class _UntranslatableError(Exception):
    pass


def translate(cond: QueryLike | None, layout: TableLayout = _PLAIN) -> Clause | None:
    """Return a query as SQL, or None when it has to be called on every document.

    SQL finds what the query would find, save that comparing unlike types is no match where Python raises.
    """
    if cond is None:
        return Clause("1")
    # A subclass may test something other than it says.
    if type(cond) is not QueryInstance:
        return None
    try:
        return _clause(layout, cond._hash, 0)
    except _UntranslatableError:
        return None


def _clause(layout: TableLayout, said: Any, depth: int) -> Clause:
    if depth > _DEEPEST:
        raise _UntranslatableError
    match said:
        case ():
            return Clause("1")
        case ("and" | "or" as word, frozenset() as parts):
            clauses = sorted(
                (_clause(layout, part, depth + 1) for part in parts), key=lambda clause: clause.sql
            )
            sql = f" {word.upper()} ".join(clause.sql for clause in clauses)
            return Clause(f"({sql})", tuple(value for clause in clauses for value in clause.values))
        case ("not", inner):
            clause = _clause(layout, inner, depth + 1)
            # A test on a missing member is NULL in SQL; TinyDB calls it false, and its opposite true.
            return Clause(f"({clause.sql} IS NOT TRUE)", clause.values)
        case ("exists", path):
            return Clause(f"({_member(layout, path).kind} IS NOT NULL)")
        case ("one_of", path, tuple() as options) if len(options) <= _MOST_OPTIONS:
            return _one_of(_member(layout, path), options, of_key=path == (KEY,))
        case (str() as operator, path, literal):
            return _comparison(layout, operator, path, literal)
    raise _UntranslatableError


def _member(layout: TableLayout, path: Any) -> _Member:
    if path == (KEY,):
        return _Member("key", "CASE WHEN key IS NOT NULL THEN 'text' END")
    place = json_path(path) if isinstance(path, tuple) and KEY not in path else None
    if place is None or path[0] == layout.key_member:
        raise _UntranslatableError
    column = layout.column(path[0])
    left = f"json_type(body,'{place}')"
    if column is None:
        return _Member(f"json_extract(body,'{place}')", left)
    # Within a column nothing has a name.
    if len(path) > 1 or column.kind in _NOT_AS_IT_IS:
        raise _UntranslatableError
    name = f'"{column.name}"'
    if column.kind is ColumnKind.BOOLEAN:
        return _Member(name, f"CASE {name} WHEN 1 THEN 'true' WHEN 0 THEN 'false' ELSE {left} END", of=int)
    of = str if column.kind is ColumnKind.TEXT else int
    return _Member(name, f"CASE WHEN {name} IS NOT NULL THEN '{column.kind}' ELSE {left} END", of)


def _comparison(layout: TableLayout, operator: str, path: Any, literal: Any) -> Clause:
    member, of_key = _member(layout, path), path == (KEY,)
    if literal is None and operator in {"==", "!="} and not of_key:
        return Clause(f"({member.kind} {'=' if operator == '==' else '<>'} 'null')")
    value = _bindable(literal, of_key=of_key)
    if member.of and not isinstance(value, member.of):
        # A column would take one for the other.
        return Clause(f"({member.kind} IS NOT NULL)" if operator == "!=" else "(1 = 0)")
    if operator == "==":
        return Clause(f"({member.value} = ?{_only_text(member, value)})", (value,))
    if operator == "!=" and not _looks_like_json(value):
        return Clause(f"({member.kind} IS NOT NULL AND {member.value} IS NOT ?)", (value,))
    if operator in _COMPARISONS:
        return Clause(f"({member.value} {operator} ?{_same_sort(operator, member, value)})", (value,))
    raise _UntranslatableError


def _one_of(member: _Member, options: tuple[Any, ...], *, of_key: bool) -> Clause:
    values = tuple(_bindable(option, of_key=of_key) for option in options)
    if member.of:
        values = tuple(value for value in values if isinstance(value, member.of))
    if any(map(_looks_like_json, values)):
        raise _UntranslatableError
    return Clause(f"({member.value} IN ({','.join('?' * len(values))}))", values)


def json_path(members: Sequence[object]) -> str | None:
    """Return the JSON path to a member, or None when one of its names is not plain letters and digits."""
    return "$." + ".".join(map(str, members)) if members and all(map(is_plain, members)) else None


def _bindable(literal: Any, *, of_key: bool) -> str | int:
    """Return a value that SQLite compares as Python does: text, truth values, whole numbers of 64 bits."""
    if isinstance(literal, str):
        if literal.isascii() or _is_unicode(literal):
            return literal
    elif isinstance(literal, int) and not of_key and -(2**63) <= literal < 2**63:
        return literal
    raise _UntranslatableError


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _looks_like_json(value: str | int) -> bool:
    # A list or an object inside a document reads in SQL as its JSON text.
    return isinstance(value, str) and value[:1] in {"[", "{"}


def _only_text(member: _Member, value: str | int) -> str:
    return f" AND {member.kind} = 'text'" if _looks_like_json(value) else ""


def _same_sort(operator: str, member: _Member, value: str | int) -> str:
    """Return the SQL that keeps a comparison to one sort of value: in SQLite all text follows all numbers."""
    if not isinstance(value, str):
        return "" if operator in {"<", "<="} else f" AND {member.value} < ''"
    # JSON text of lists and objects starts at '[', so a lower bound on it is needed only from there.
    guard = "" if operator in {"<", "<="} and value < "[" else f" AND {member.kind} = 'text'"
    return f" AND {member.value} >= ''{guard}"
