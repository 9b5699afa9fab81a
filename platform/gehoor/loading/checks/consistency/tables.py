"""Decision tables, held against every combination of answers: what no row decides, and rows that never decide."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import product
from math import ceil, floor, prod
from typing import Any

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.agreement.parse_rules import build_table
from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import FactType, FactValue
from gehoor.core.conditions.model import Condition, fact_names
from gehoor.core.forms.fields import type_of
from gehoor.core.forms.parse import fact_types
from gehoor.core.text.problems import Problem, Severity
from gehoor.core.text.suggestions import listed
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.forms.code_lists import codes_of
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_MOST = 5_000
"""So many combinations are tried; nobody agrees on more row by row."""
_SHOWN = 3


def table_problems(on: Subject) -> Iterator[Problem]:
    """Yield the gaps of each table (a warning), and the rows that an earlier one always decides before."""
    for name in on.whole.data.get("tables") or {}:
        find = partial(_in_table, on.whole, name)
        yield from on.sound.unless("table", on.named["tables", name], find)


def _in_table(whole: Sourced, name: str) -> Iterator[Problem]:
    fields = whole.at(("forms", DOSSIER_FORM, "properties"))
    types = fact_types({"properties": fields})
    bare = {key: value for key, value in whole.data["tables"][name].items() if key != "otherwise"}
    rows = [rule.condition for rule in build_table(name, bare, types, {})]
    asked = sorted(frozenset[str]().union(*map(fact_names, rows)))
    domains = [_values_of(fields[fact], types[fact]) for fact in asked]
    known = [values for values in domains if values is not None]
    if len(known) == len(domains) and prod(map(len, known)) <= _MOST:
        yield from _tried(whole, name, rows, asked, known)


def _tried(
    whole: Sourced,
    name: str,
    rows: Sequence[Condition],
    asked: Sequence[str],
    domains: Sequence[Sequence[Any]],
) -> Iterator[Problem]:
    deciding: set[int] = set()
    gaps = []
    for values in product(*domains):
        facts = {fact: value for fact, value in zip(asked, values, strict=True) if value is not None}
        row = next((index for index, condition in enumerate(rows) if holds(condition, facts)), None)
        if row is not None:
            deciding.add(row)
        elif len(facts) == len(asked):
            # What is not answered yet needs no outcome yet.
            gaps.append(facts)
    for index in range(len(rows)):
        if index not in deciding:
            path: Path = ("tables", name, "rows", index)
            yield Problem(whole.spot(path).value, "rij-beslist-nooit", {"number": index + 1})
    if gaps and "otherwise" not in whole.data["tables"][name]:
        more = [f"nog {len(gaps) - _SHOWN} andere combinaties"] if len(gaps) > _SHOWN else []
        details = {"cases": "; ".join([*map(_said, gaps[:_SHOWN]), *more])}
        yield Problem(whole.spot(("tables", name)).key, "tabel-onvolledig", details, Severity.WARNING)


def _said(facts: Mapping[str, FactValue]) -> str:
    words = [f"{name} {_word(value)}" for name, value in facts.items()]
    return listed(words).replace("'", "")


def _word(value: FactValue) -> str:
    return ("ja" if value else "nee") if isinstance(value, bool) else str(value)


def _values_of(field: Mapping[str, Any], fact_type: FactType) -> list[FactValue | None] | None:
    """Return every answer there can be, and no answer (None); None for a field with too many."""
    found: Iterable[FactValue] | None = None
    if fact_type is FactType.BOOLEAN:
        found = (True, False)
    elif fact_type is not FactType.CODES and (of_type := type_of(field)) and of_type.coded:
        found = sorted(codes_of(field) or ())
    elif fact_type is FactType.INTEGER and (ends := _ends(field)):
        found = range(ends[0], ends[1] + 1) if ends[1] - ends[0] < _MOST else None
    return None if found is None else [None, *found]


def _ends(field: Mapping[str, Any]) -> tuple[int, int] | None:
    """Return the smallest and largest whole number that a field accepts; None when there is none."""
    low = [ceil(field["minimum"])] if "minimum" in field else []
    low += [floor(field["exclusiveMinimum"]) + 1] if "exclusiveMinimum" in field else []
    high = [floor(field["maximum"])] if "maximum" in field else []
    high += [ceil(field["exclusiveMaximum"]) - 1] if "exclusiveMaximum" in field else []
    return (max(low), min(high)) if low and high else None


CHECK = Check(Pass.DERIVATION, ("rij-beslist-nooit", "tabel-onvolledig"), table_problems)
