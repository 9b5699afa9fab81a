"""Conditions, defaults and examples, held against the fields they speak of: yes/no words become what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.agreement import DOSSIER_FORM
from gehoor.core.check_conditions import ErrorKind
from gehoor.core.condition_building import ConditionError, build_condition
from gehoor.core.facts import FactType
from gehoor.core.fields import KINDS, UnreadableError, kind_of
from gehoor.core.form_building import fact_types
from gehoor.core.problems import Problem
from gehoor.loading.canonical import Path
from gehoor.loading.sourced import Sourced
from gehoor.loading.suggestions import hint
from gehoor.loading.vocabulary import load_vocabulary, shipped_languages

_GROUPS = ("any-of", "none-of", "all-of")
_TYPE_WORDS = {
    FactType.BOOLEAN: "ja of nee",
    FactType.INTEGER: "een geheel getal",
    FactType.DECIMAL: "een getal",
    FactType.TEXT: "een tekst of keuze",
    FactType.CODES: "een of meer keuzes",
    FactType.DATE: "een datum",
    FactType.INSTANT: "een tijdstip",
}


def settle_types(whole: Sourced, problems: list[Problem]) -> None:
    """Give every condition, default, preset and example value its type, in place; collect what does not fit."""
    dossier = whole.at(("forms", DOSSIER_FORM))
    if not isinstance(dossier, dict):
        return
    types = fact_types(dossier)
    fields = dossier["properties"]
    for path in condition_paths(whole.data):
        _settle_condition(whole, path, types, fields, problems)
    for path, name in _value_paths(whole.data):
        if name in fields:
            _settle_value(whole, path, fields[name], problems)
        else:
            details = {"what": "Het veld", "value": name, "hint": hint(name, fields)}
            problems.append(Problem(whole.spot(path).key, "verwijst-naar-niets", details))


def condition_paths(data: Mapping[str, Any]) -> Iterator[Path]:
    """Give the path of every condition in the whole of a department."""
    for section, keys in (("phases", ("applies-if",)), ("terms", ("applies-if", "not-needed-if")), ("rules", ("if",))):
        for name, item in (data.get(section) or {}).items():
            yield from ((section, name, key) for key in keys if key in item)
    for form, content in (data.get("forms") or {}).items():
        for name, field in content["properties"].items():
            if "show-if" in field:
                yield ("forms", form, "properties", name, "show-if")
        for index, group in enumerate(content.get("at-least-one") or ()):
            if "if" in group:
                yield ("forms", form, "at-least-one", index, "if")


def _value_paths(data: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    for form, content in (data.get("forms") or {}).items():
        for name, field in content["properties"].items():
            if "default" in field:
                yield ("forms", form, "properties", name, "default"), name
        yield from ((("forms", form, "preset", name), name) for name in content.get("preset") or ())
    for index, example in enumerate(data.get("rule-examples") or ()):
        yield from ((("rule-examples", index, "given", name), name) for name in example["given"])


def _settle_condition(
    whole: Sourced, path: Path, types: Mapping[str, FactType], fields: Mapping[str, Any], problems: list[Problem]
) -> None:
    condition = whole.at(path)
    for key, value in list(condition.items()):
        if key in _GROUPS:
            for index in range(len(value)):
                _settle_condition(whole, (*path, key, index), types, fields, problems)
            continue
        if types.get(key) is FactType.BOOLEAN:
            condition[key] = _with_booleans(value)
        part = {key: condition[key]}
        problem = _unknown_code(whole, (*path, key), fields.get(key), condition[key])
        if problem is not None:
            problems.append(problem)
            continue
        try:
            build_condition(part, types)
        except ConditionError as error:
            problems.append(_condition_problem(whole, (*path, key), error, fields))


def _with_booleans(value: Any) -> Any:
    words = {word: truth for language in shipped_languages() for word, truth in load_vocabulary(language).booleans.items()}
    if isinstance(value, str):
        return words.get(value, value)
    if isinstance(value, list):
        return [_with_booleans(item) for item in value]
    if isinstance(value, dict):
        return {key: _with_booleans(item) for key, item in value.items()}
    return value


def _unknown_code(whole: Sourced, path: Path, field: Mapping[str, Any] | None, value: Any) -> Problem | None:
    """A code that its list does not have is a condition that never holds: surely not what was meant."""
    if field is None or codes_of(field) is None:
        return None
    codes = codes_of(field) or set()
    operands = value.values() if isinstance(value, dict) else [value]
    texts = [one for item in operands for one in (item if isinstance(item, list) else [item]) if isinstance(one, str)]
    wrong = next((text for text in texts if text not in codes), None)
    if wrong is None:
        return None
    details = {"value": wrong, "allowed": ", ".join(sorted(codes)), "hint": hint(wrong, codes)}
    return Problem(whole.spot(path).value, "geen-keuze", details)


def codes_of(field: Mapping[str, Any]) -> set[str] | None:
    """Return the codes of a field with a code list, or None for any other field."""
    lists = field["items"] if field.get("type") == "array" else field
    if "enum" in lists:
        return set(lists["enum"])
    return {item["const"] for item in lists["oneOf"]} if "oneOf" in lists else None


def _condition_problem(whole: Sourced, path: Path, error: ConditionError, fields: Mapping[str, Any]) -> Problem:
    spot = whole.spot(path)
    if error.kind is ErrorKind.UNKNOWN_FACT:
        details = {"what": "Het veld", "value": error.fact, "hint": hint(error.fact, fields)}
        return Problem(spot.key, "verwijst-naar-niets", details)
    wanted = _TYPE_WORDS[error.fact_type] if error.fact_type else "iets anders"
    if error.kind is ErrorKind.OPERATOR_NOT_ALLOWED:
        reason = f"{error.fact!r} is {wanted}, en die kan zo niet vergeleken worden"
    else:
        reason = f"{error.fact!r} is {wanted}; vergelijk het ook met {wanted}"
    return Problem(spot.value, "voorwaarde-klopt-niet", {"reason": reason})


def _settle_value(whole: Sourced, path: Path, field: Mapping[str, Any], problems: list[Problem]) -> None:
    parent, value = whole.at(path[:-1]), whole.at(path)
    try:
        kind = KINDS[kind_of(field) or "text"]
        parent[path[-1]] = kind.read(value, ZoneInfo("UTC"))
        if parent[path[-1]] is None:
            raise UnreadableError
    except UnreadableError:
        problems.append(Problem(whole.spot(path).value, "standaard-past-niet", {"value": str(value)}))
        return
    problem = _unknown_code(whole, path, field, parent[path[-1]])
    if problem is not None:
        problems.append(problem)

