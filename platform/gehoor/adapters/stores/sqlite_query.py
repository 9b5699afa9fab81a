"""TinyDB's queries as SQL.

A query of TinyDB is a function, but it also carries a tuple that says what it tests (made for its cache).
That tuple is private to TinyDB, so only shapes known here are translated, a test pins them, and any other
query is answered by calling it on every document: slower, never wrong.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tinydb.queries import QueryInstance, QueryLike

from gehoor.adapters.stores.sqlite_schema import KEY, json_path

_COMPARISONS = frozenset({"<", "<=", ">", ">="})
_DEEPEST = 50
_MOST_OPTIONS = 10_000


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


class _UntranslatableError(Exception):
    pass


def holding(name: str, wanted: str | int) -> QueryInstance:
    """Return a query for documents whose member is a list with a value in it."""

    def test(document: Mapping[str, Any]) -> bool:
        value = document.get(name)
        return isinstance(value, list) and any(type(one) is type(wanted) and one == wanted for one in value)

    return QueryInstance(test, ("holding", (name,), wanted))


def translate(cond: QueryLike | None) -> Clause | None:
    """Return a query as SQL, or None when it has to be called on every document.

    SQL finds what the query would find, save that comparing unlike types is no match where Python raises.
    """
    if cond is None:
        return Clause("1")
    # A subclass may test something other than it says.
    if type(cond) is not QueryInstance:
        return None
    try:
        return _clause(cond._hash, 0)
    except _UntranslatableError:
        return None


def _clause(said: Any, depth: int) -> Clause:
    if depth > _DEEPEST:
        raise _UntranslatableError
    match said:
        case ():
            return Clause("1")
        case ("and" | "or" as word, frozenset() as parts):
            clauses = sorted((_clause(part, depth + 1) for part in parts), key=lambda clause: clause.sql)
            sql = f" {word.upper()} ".join(clause.sql for clause in clauses)
            return Clause(f"({sql})", tuple(value for clause in clauses for value in clause.values))
        case ("not", inner):
            clause = _clause(inner, depth + 1)
            # A test on a missing member is NULL in SQL; TinyDB calls it false, and its opposite true.
            return Clause(f"({clause.sql} IS NOT TRUE)", clause.values)
        case ("exists", path):
            return Clause(f"({_member(path).kind} IS NOT NULL)")
        case ("one_of", path, tuple() as options) if len(options) <= _MOST_OPTIONS:
            return _one_of(_member(path), options, of_key=path == (KEY,))
        case (str() as operator, path, literal):
            return _comparison(operator, path, literal)
    raise _UntranslatableError


def _member(path: Any) -> _Member:
    if path == (KEY,):
        return _Member("key", "CASE WHEN key IS NOT NULL THEN 'text' END")
    place = json_path(path) if isinstance(path, tuple) and KEY not in path else None
    if place is None:
        raise _UntranslatableError
    return _Member(f"json_extract(body,'{place}')", f"json_type(body,'{place}')")


def _comparison(operator: str, path: Any, literal: Any) -> Clause:
    member, of_key = _member(path), path == (KEY,)
    if operator == "holding":
        return _holding(member, path, literal)
    if literal is None and operator in {"==", "!="} and not of_key:
        return Clause(f"({member.kind} {'=' if operator == '==' else '<>'} 'null')")
    value = _bindable(literal, of_key=of_key)
    if operator == "==":
        return Clause(f"({member.value} = ?{_only_text(member, value)})", (value,))
    if operator == "!=" and not _looks_like_json(value):
        return Clause(f"({member.kind} IS NOT NULL AND {member.value} IS NOT ?)", (value,))
    if operator in _COMPARISONS:
        return Clause(f"({member.value} {operator} ?{_same_sort(operator, member, value)})", (value,))
    raise _UntranslatableError


def _one_of(member: _Member, options: tuple[Any, ...], *, of_key: bool) -> Clause:
    values = tuple(_bindable(option, of_key=of_key) for option in options)
    if any(map(_looks_like_json, values)):
        raise _UntranslatableError
    return Clause(f"({member.value} IN ({','.join('?' * len(values))}))", values)


def _holding(member: _Member, path: Any, wanted: str | int) -> Clause:
    value = _bindable(wanted, of_key=False)
    types = (
        "'text'" if isinstance(wanted, str) else "'true','false'" if isinstance(wanted, bool) else "'integer'"
    )
    place = json_path(path)
    inside = (
        f"EXISTS (SELECT 1 FROM json_each(body,'{place}') one "  # noqa: S608
        f"WHERE one.atom = ? AND one.type IN ({types}))"
    )
    return Clause(f"({member.kind} = 'array' AND {inside})", (value,))


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
