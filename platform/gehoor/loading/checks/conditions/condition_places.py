"""Where conditions stand in the whole of a department."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from gehoor.core.agreement.parse_terms import start_days
from gehoor.loading.merge.source_map import Path

IN_TERMS = ("as-soon-as", "applies-if", "not-needed-if")
"""The keywords of a term that are conditions."""
IN_TASKS = ("applies-if", "done-if")
"""The keywords of a task that are conditions."""
_START_DAYS = ("begins-on-day-of", "if")
"""Where a term has one more: when it begins on certain days only."""

_IN_MEMBERS = {
    "phases": ("applies-if",),
    "terms": IN_TERMS,
    "rules": ("if",),
    "retention": ("if",),
    "correspondence": ("applies-if",),
}


def condition_paths(data: Mapping[str, Any]) -> Iterator[Path]:
    """Give the path of every condition in the whole of a department."""
    for section, keys in _IN_MEMBERS.items():
        for name, item in (data.get(section) or {}).items():
            yield from ((section, name, key) for key in keys if key in item)
    for name, term in (data.get("terms") or {}).items():
        if "if" in start_days(term):
            yield ("terms", name, *_START_DAYS)
    for name, table in (data.get("tables") or {}).items():
        yield from (("tables", name, "rows", index, "if") for index in range(len(table.get("rows") or ())))
    yield from _in_tasks(data)
    yield from ((*path, "if") for path, figure in figure_places(data) if "if" in figure)
    yield from _in_standards(data)
    for path, passage in passages(data):
        if "if" in passage:
            yield (*path, "if")
    for form, content in (data.get("forms") or {}).items():
        yield from (("forms", form, *below) for below in _in_form(content))


def _in_standards(data: Mapping[str, Any]) -> Iterator[Path]:
    """Give those of shares of dossiers in what an organisation holds itself against."""
    for standard, said in (data.get("standards") or {}).items():
        for name, one in (said.get("requirements") or {}).items():
            for index, evidence in enumerate(one.get("shown-by") or ()):
                path: Path = ("standards", standard, "requirements", name, "shown-by", index, "share")
                yield from (
                    (*path, key) for key in ("if", "of-which") if key in (evidence.get("share") or {})
                )


def _in_tasks(data: Mapping[str, Any]) -> Iterator[Path]:
    """Give those of tasks of the dossier; that of a task of rows is about the row."""
    for name, task in (data.get("tasks") or {}).items():
        yield from (("tasks", name, key) for key in IN_TASKS if key in task and "every" not in task)


def figure_places(data: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Give each table of each report, with its path; of a file by itself also those of reports that it adapts."""
    for section in ("reports", "adaptations"):
        for name, report in (data.get(section) or {}).items():
            for number, chapter in enumerate(report.get("chapters") or ()):
                for index, figure in enumerate(chapter.get("figures") or ()):
                    yield (section, name, "chapters", number, "figures", index), figure


def passages(data: Mapping[str, Any]) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    """Give each passage of a letter that is more than a text, with its path."""
    for name, letter in (data.get("correspondence") or {}).items():
        for index, passage in enumerate(letter.get("text") or ()):
            if isinstance(passage, Mapping):
                yield ("correspondence", name, "text", index), passage


def without_conditions(term: Mapping[str, Any]) -> dict[str, Any]:
    """Return a term (canonical data) as it is whatever a dossier says."""
    bare = {key: value for key, value in term.items() if key not in IN_TERMS}
    on = start_days(term)
    return bare | {_START_DAYS[0]: on["calendar"]} if on else bare


def _in_form(content: Mapping[str, Any]) -> Iterator[Path]:
    for name, field in content["properties"].items():
        yield from (("properties", name, *below) for below in field_conditions(field))
    for section, key in (("at-least-one", "if"), ("steps", "show-if")):
        for index, item in enumerate(content.get(section) or ()):
            if key in item:
                yield (section, index, key)


def field_conditions(field: Mapping[str, Any]) -> Iterator[Path]:
    """Give the place of every condition of a field or member: when it is asked, and when each choice is offered."""
    if "show-if" in field:
        yield ("show-if",)
    at: Path = ("items",) if field.get("type") == "array" and isinstance(field.get("items"), dict) else ()
    lists = field["items"] if at else field
    for index, choice in enumerate(lists.get("oneOf") or ()):
        if "if" in choice:
            yield (*at, "oneOf", index, "if")
