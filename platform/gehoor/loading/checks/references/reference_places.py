"""Where the data of a department refers to something by its id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from gehoor.core.conditions.parse import GROUPS, LATE
from gehoor.core.conditions.register_questions import REGISTER_KEYS
from gehoor.core.letters.model import MAILED
from gehoor.loading.checks.conditions.condition_places import condition_paths, figure_places, passages
from gehoor.loading.checks.effect_places import effect_places
from gehoor.loading.checks.filled_places import FIELDS_OF_ACTS, acts, filled_by_letters, late_levels
from gehoor.loading.merge.located_document import value_at
from gehoor.loading.merge.source_map import Path

_MEMBERS: Mapping[str, Mapping[str, str]] = {
    "roles": {"deputy": "roles"},
    "kinds": {"owner": "roles"},
    "milestones": {"field": "fields", "hour": "fields"},
    "phases": {"opens-after": "milestones", "done-at": "milestones", "fixed-after": "milestones"},
    "terms": {
        "from-term": "terms",
        "every": "fields",
        "recurring-until": "milestones",
        "responsible": "roles",
        "calendar": "calendars",
        "stands-still-in": "calendars",
        "task": "tasks",
    },
    "retention": {"from": "milestones", "from-field": "fields"},
    "reports": {"period-by": "milestones", "closed-by": "milestones"},
    "adaptations": {"period-by": "milestones", "closed-by": "milestones"},
}
_EFFECTS = {
    "require": "fields",
    "show": "fields",
    "hide": "fields",
    "before": "milestones",
    "block": "milestones",
    "notify": "roles",
    "derive": "fields",
    "same-as": "fields",
    "assign": "roles",
    "instead-of": "roles",
    "responsible": "roles",
    "from": "milestones",
    "approval": "roles",
}
_EXPECTED = {
    "required": "fields",
    "notified": "roles",
    "blocked": "milestones",
    "assigned": "roles",
    "approved-by": "roles",
    "not-running": "terms",
    "reached": "milestones",
    "held-back": "milestones",
}
PARTIES = "parties"
"""Roles, and whom a dossier is of or about: who is told by people, and not by the platform."""
_OF_A_FIELD = {
    "phase": "phases",
    "required-before": "milestones",
    "fixed-after": "milestones",
    "after": "fields",
    "someone-else-than": "fields",
}


@dataclass(frozen=True, slots=True)
class Reference:
    """An id that something refers to, and the path where. ``is_key``: the id is the key there.

    ``form``: the form whose fields are meant, when it is not the dossier.
    """

    path: Path
    group: str
    value: str
    is_key: bool = False
    form: str = ""


def references(data: Mapping[str, Any]) -> Iterator[Reference]:
    """Give every reference in the whole of a department (canonical data)."""
    for section, keys in _MEMBERS.items():
        for name, item in _items(data, section):
            yield from _keyed((section, name), item, keys)
    yield from _terms(data)
    yield from _tasks(data)
    for path, level in late_levels(data):
        yield from _keyed(path, level, {"tell": "roles"})
        for name in level.get("fill", ()):
            yield Reference((*path, "fill", name), "fields", name, is_key=True)
    notices = data.get("notices", {})
    groups = {name: "correspondence" if name in MAILED else "letters" for name in notices}
    yield from _keyed(("notices",), notices, groups)
    yield from _letters(data)
    for action, roles in _items(data, "rights"):
        if isinstance(roles, list):
            yield from _listed(("rights", action), roles, "roles")
    for name, level in _items(data, "confidentiality"):
        if isinstance(level, dict):
            yield from _listed(("confidentiality", name, "exists-for"), level["exists-for"], "roles")
    yield from _listed(
        ("emergency-access", "tell"), data.get("emergency-access", {}).get("tell", ()), "roles"
    )
    yield from _belonging(data)
    yield from _questions(data)
    yield from _rules(data)
    for path in condition_paths(data):
        yield from _late_terms(path, value_at(data, path))
        yield from _asked_kinds(path, value_at(data, path))
    yield from _figures(data)
    yield from _forms(data)


def _figures(data: Mapping[str, Any]) -> Iterator[Reference]:
    """Give what tables of reports and the overview refer to, but for the fields that are counted: those are judged by
    what they are as well."""
    for name, report in _items(data, "reports"):
        for index, chapter in enumerate(report.get("chapters") or ()):
            path: Path = ("reports", name, "chapters", index, "assesses")
            yield from _listed(path, chapter.get("assesses", ()), "standards")
    for path, figure in figure_places(data):
        yield from _keyed(path, figure, {"term": "terms", "period-by": "milestones"})
        lead = figure.get("lead-time", {})
        yield from _keyed((*path, "lead-time"), lead, {"from": "milestones", "until": "milestones"})


def _letters(data: Mapping[str, Any]) -> Iterator[Reference]:
    """Give what letters to complainants refer to, but for the places in their texts."""
    for name, letter in _items(data, "correspondence"):
        path: Path = ("correspondence", name)
        yield from _keyed(path, letter, {"reached": "milestones"})
        yield from _listed((*path, "by"), letter.get("by", ()), "roles")
    for path, passage in passages(data):
        yield from _keyed(path, passage, {"every": "fields"})
    for path, fields in filled_by_letters(data):
        for field in fields:
            yield Reference((*path, field), "fields", field, is_key=True)


def _belonging(data: Mapping[str, Any]) -> Iterator[Reference]:
    """Give what is agreed about dossiers that belong together refers to, but for the members of rows."""
    earlier = data.get("earlier-dossiers", {})
    yield from _listed(("earlier-dossiers", "outcome"), earlier.get("outcome", ()), "fields")
    yield from _listed(("earlier-dossiers", "looked-up-in"), earlier.get("looked-up-in", ()), "fields")
    for rows in earlier.get("promises", ()):
        yield Reference(("earlier-dossiers", "promises", rows), "fields", rows, is_key=True)
    for path, act in acts(data):
        yield from _keyed(path, act, dict.fromkeys(FIELDS_OF_ACTS, "fields"))
        yield from _listed((*path, "goes-along"), act.get("goes-along", ()), "fields")
        for name in act.get("fill", ()):
            yield Reference((*path, "fill", name), "fields", name, is_key=True)


def _terms(data: Mapping[str, Any]) -> Iterator[Reference]:
    for name, term in _items(data, "terms"):
        starts = term.get("from", "")
        if isinstance(starts, str):
            yield from _keyed(("terms", name), term, {"from": "milestones"})
        else:
            yield from _listed(("terms", name, "from"), starts, "milestones")
        on = term.get("begins-on-day-of", "")
        if isinstance(on, str):
            yield from _keyed(("terms", name), term, {"begins-on-day-of": "calendars"})
        else:
            yield from _keyed(("terms", name, "begins-on-day-of"), on, {"calendar": "calendars"})
        yield from _listed(
            ("terms", name, "extend", "tell-to"), term.get("extend", {}).get("tell-to", ()), PARTIES
        )
        # The end of the term of a row stands in the row.
        yield from _keyed(("terms", name), term, {} if "every" in term else {"until": "milestones"})


def _tasks(data: Mapping[str, Any]) -> Iterator[Reference]:
    """Give what tasks refer to; what those of rows refer to stands in the row."""
    for name, task in _items(data, "tasks"):
        path: Path = ("tasks", name)
        of_rows = "every" in task
        yield from _keyed(path, task, {"every": "fields"} if of_rows else {"by": "fields", "day": "fields"})
        yield from _keyed(path, task, {"evidence": "fields"})
        for key in () if of_rows else ("shows", "fills-in"):
            yield from _listed((*path, key), task.get(key, ()), "fields")


def _questions(data: Mapping[str, Any]) -> Iterator[Reference]:
    for name, question in _items(data, "questions"):
        for answer in ("yes", "no"):
            yield from _keyed(("questions", name, answer), question.get(answer, {}), {"kind": "kinds"})
    yield from _keyed(("otherwise",), data.get("otherwise", {}), {"kind": "kinds"})
    for index, example in enumerate(data.get("message-examples", ())):
        path: Path = ("message-examples", index)
        yield from _keyed(path, example, {"expect": "kinds"})
        for question in example.get("answers", ()):
            yield Reference((*path, "answers", question), "questions", question, is_key=True)


def _rules(data: Mapping[str, Any]) -> Iterator[Reference]:
    for path, effect in effect_places(data):
        yield from _keyed(path, effect, _EFFECTS)
    for name, table in _items(data, "tables"):
        yield from _keyed(("tables", name), table, {"derive": "fields"})
    for index, example in enumerate(data.get("rule-examples", ())):
        expected = example.get("expect", {})
        yield from _late_terms(("rule-examples", index, "given"), example.get("given", {}))
        for term in expected.get("terms", {}):
            yield Reference(("rule-examples", index, "expect", "terms", term), "terms", term, is_key=True)
        for key, group in _EXPECTED.items():
            yield from _listed(("rule-examples", index, "expect", key), expected.get(key, ()), group)


def _late_terms(path: Path, condition: Mapping[str, Any]) -> Iterator[Reference]:
    """Give the terms that a condition, or the given of an example, says are late."""
    for key, value in condition.items():
        if key in GROUPS:
            for index, part in enumerate(value):
                yield from _late_terms((*path, key, index), part)
    named = condition.get(LATE, ())
    if isinstance(named, str):
        yield Reference((*path, LATE), "terms", named)
    else:
        yield from _listed((*path, LATE), named, "terms")


def _asked_kinds(path: Path, condition: Mapping[str, Any]) -> Iterator[Reference]:
    """Give the kinds of message that a question to the register is about."""
    for key, value in condition.items():
        if key in GROUPS:
            for index, part in enumerate(value):
                yield from _asked_kinds((*path, key, index), part)
        elif key in REGISTER_KEYS and isinstance(value.get("kind"), str):
            yield Reference((*path, key, "kind"), "kinds", value["kind"])
        elif key in REGISTER_KEYS:
            yield from _listed((*path, key, "kind"), value.get("kind", ()), "kinds")


def _forms(data: Mapping[str, Any]) -> Iterator[Reference]:
    for form, content in _items(data, "forms"):
        base: Path = ("forms", form)
        for name, field in content["properties"].items():
            yield from _keyed((*base, "properties", name), field, _OF_A_FIELD)
            for key in ("seen-by", "edited-by"):
                yield from _listed((*base, "properties", name, key), field.get(key, ()), "roles")
        yield from _listed((*base, "required"), content.get("required", ()), "fields", form)
        for name, needed in content.get("dependentRequired", {}).items():
            path: Path = (*base, "dependentRequired", name)
            yield Reference(path, "fields", name, is_key=True, form=form)
            yield from _listed(path, needed, "fields", form)
        for index, group in enumerate(content.get("at-least-one", ())):
            yield from _listed((*base, "at-least-one", index, "fields"), group["fields"], "fields", form)
        for index, step in enumerate(content.get("steps", ())):
            yield from _listed((*base, "steps", index, "fields"), step["fields"], "fields", form)


def _keyed(path: Path, item: Mapping[str, Any], keys: Mapping[str, str]) -> Iterator[Reference]:
    for key, group in keys.items():
        if key in item:
            yield Reference((*path, key), group, item[key])


def _listed(path: Path, names: Iterable[str], group: str, form: str = "") -> Iterator[Reference]:
    for index, name in enumerate(names):
        yield Reference((*path, index), group, name, form=form)


def _items(data: Mapping[str, Any], section: str) -> Iterable[tuple[str, Any]]:
    return (data.get(section) or {}).items()
