"""Where effects stand in the whole of a department: in its rules, and in the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gehoor.core.rules.rule import Rule
from gehoor.loading.merge.source_map import Path


def effect_places(data: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Give each effect with its path."""
    for name, rule in (data.get("rules") or {}).items():
        yield from _in(("rules", name), rule)
    for name, table in (data.get("tables") or {}).items():
        for index, row in enumerate(table.get("rows") or ()):
            yield from _in(("tables", name, "rows", index), row)
        yield from _in(("tables", name, "otherwise"), table.get("otherwise"))


def given_by_rules(data: Mapping[str, Any]) -> frozenset[str]:
    """Return the fields that get their value from a rule or a table, at times or always."""
    effects = [effect for _, effect in effect_places(data)]
    tables = (data.get("tables") or {}).values()
    return frozenset(one["derive"] for one in (*effects, *tables) if "derive" in one)


def effect_path(data: Mapping[str, Any], rule: Rule, place: int) -> Path:
    """Return the path of an effect of a rule, by its place; of a table that gives one field its value, its own."""
    if not rule.table:
        return ("rules", rule.id, "then", place)
    table = data["tables"][rule.table]
    if "derive" in table:
        return ("tables", rule.table)
    index = int(rule.id.rpartition("/")[2]) - 1
    last = index == len(table["rows"])
    row: Path = ("otherwise",) if last else ("rows", index)
    return ("tables", rule.table, *row, "then", place)


def gives_effects(table: Mapping[str, Any]) -> bool:
    """Say whether the rows of a table say what follows, and not which value a field has."""
    rows = [row for row in table.get("rows") or () if isinstance(row, Mapping)]
    return "derive" not in table and any("then" in row for row in rows)


def _in(path: Path, owner: object) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    found = (owner.get("then") or ()) if isinstance(owner, Mapping) else ()
    yield from (((*path, "then", index), effect) for index, effect in enumerate(found))
