"""Every id that something refers to must exist: roles, milestones, phases, fields, kinds, letters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from gehoor.core.agreement import DOSSIER_FORM
from gehoor.core.problems import Problem
from gehoor.loading.canonical import Path
from gehoor.loading.sourced import Sourced
from gehoor.loading.suggestions import hint

_WHAT = {
    "roles": "De rol",
    "milestones": "De mijlpaal",
    "phases": "De fase",
    "fields": "Het veld",
    "kinds": "De soort",
    "letters": "De brief",
    "questions": "De vraag",
}


def reference_problems(whole: Sourced) -> list[Problem]:
    """Return every reference to something that does not exist, at the place of the reference."""
    known = {group: set(whole.data.get(group) or ()) for group in _WHAT}
    known["fields"] = set(whole.at(("forms", DOSSIER_FORM, "properties")) or ())
    problems = []
    for path, group in _references(whole):
        value = whole.at(path)
        if isinstance(value, str) and value not in known[group]:
            details = {"what": _WHAT[group], "value": value, "hint": hint(value, known[group])}
            problems.append(Problem(whole.spot(path).value, "verwijst-naar-niets", details))
    return problems


def _references(whole: Sourced) -> Iterator[tuple[Path, str]]:
    data = whole.data
    yield from _members(data, "roles", {"deputy": "roles"})
    yield from _members(data, "kinds", {"owner": "roles"})
    yield from _members(data, "milestones", {"field": "fields", "hour": "fields"})
    yield from _members(data, "phases", {"opens-after": "milestones", "done-at": "milestones"})
    yield from _members(data, "terms", {"from": "milestones", "until": "milestones", "responsible": "roles"})
    for name, term in _items(data, "terms"):
        for index in range(len(term.get("late") or ())):
            yield ("terms", name, "late", index, "tell"), "roles"
    for name in data.get("notices") or ():
        yield ("notices", name), "letters"
    for name, question in _items(data, "questions"):
        yield from ((("questions", name, answer, "kind"), "kinds") for answer in ("yes", "no") if answer in question)
    if data.get("otherwise"):
        yield ("otherwise", "kind"), "kinds"
    yield from _rules(data)
    yield from _forms(data)


def _rules(data: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    groups = {"require": "fields", "show": "fields", "hide": "fields", "before": "milestones", "block": "milestones", "notify": "roles"}
    for name, rule in _items(data, "rules"):
        for index, effect in enumerate(rule.get("then") or ()):
            yield from ((("rules", name, "then", index, key), groups[key]) for key in effect if key in groups)
    expected = {"required": "fields", "notified": "roles", "blocked": "milestones"}
    for index, example in enumerate(data.get("rule-examples") or ()):
        for key, group in expected.items():
            for item in range(len(example["expect"].get(key) or ())):
                yield ("rule-examples", index, "expect", key, item), group
    for index, example in enumerate(data.get("message-examples") or ()):
        yield ("message-examples", index, "expect"), "kinds"


def _forms(data: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    for form, content in _items(data, "forms"):
        for name in content.get("properties") or ():
            base: Path = ("forms", form, "properties", name)
            yield (*base, "phase"), "phases"
            yield (*base, "required-before"), "milestones"
            yield (*base, "fixed-after"), "milestones"
            yield (*base, "after"), "fields"
        yield from ((("forms", form, "required", index), "fields") for index in range(len(content.get("required") or ())))
        for index, group in enumerate(content.get("at-least-one") or ()):
            yield from ((("forms", form, "at-least-one", index, "fields", i), "fields") for i in range(len(group["fields"])))


def _members(data: dict[str, Any], section: str, keys: dict[str, str]) -> Iterator[tuple[Path, str]]:
    for name, item in _items(data, section):
        yield from (((section, name, key), group) for key, group in keys.items() if key in item)


def _items(data: dict[str, Any], section: str) -> Iterable[tuple[str, dict[str, Any]]]:
    found = data.get(section)
    return [(k, v) for k, v in found.items() if isinstance(v, dict)] if isinstance(found, dict) else []
