"""Values that stand in the files (defaults, presets, examples), held against the fields they are for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.condition_building import LATE
from gehoor.core.facts import FactType
from gehoor.core.fields import KINDS, UnreadableError, kind_of
from gehoor.core.form_building import build_field
from gehoor.core.forms import Form
from gehoor.core.problems import Problem
from gehoor.core.suggestions import hint
from gehoor.loading.code_lists import codes_of
from gehoor.loading.condition_types import Fields, unknown_codes
from gehoor.loading.sourced import Sourced
from gehoor.loading.spots import Path
from gehoor.loading.vocabulary import yes_no_words


def settle_values(whole: Sourced, fields: Fields) -> Iterator[Problem]:
    """Give every default, preset and example value its type, in place, and yield what does not fit."""
    for path, field in _values(whole.data, fields.data):
        name = str(path[-2] if path[-1] == "default" else path[-1])
        if fields.broken.excuses("fields", name):
            continue
        if field is None:
            details = {"what": "Het veld", "value": name, "hint": hint(name, fields.data)}
            yield Problem(whole.spot(path).key, "verwijst-naar-niets", details)
        elif kind_of(field):
            yield from _settle(whole, path, name, field)


def _values(
    data: Mapping[str, Any], dossier: Mapping[str, Any]
) -> Iterator[tuple[Path, Mapping[str, Any] | None]]:
    """Give the path of every value with the field it is for; None when there is no such field."""
    for form, content in (data.get("forms") or {}).items():
        for name, field in content["properties"].items():
            if "default" in field:
                yield ("forms", form, "properties", name, "default"), field
        yield from (
            (("forms", form, "preset", name), dossier.get(name)) for name in content.get("preset", ())
        )
    for index, example in enumerate(data.get("rule-examples") or ()):
        given = (name for name in example["given"] if name != LATE)
        yield from ((("rule-examples", index, "given", name), dossier.get(name)) for name in given)


def _settle(whole: Sourced, path: Path, name: str, field: Mapping[str, Any]) -> Iterator[Problem]:
    given = whole.at(path)
    kind = KINDS[kind_of(field) or "text"]
    if kind.fact_type is FactType.BOOLEAN and isinstance(given, str):
        given = yes_no_words().get(given, given)
    elif kind.fact_type is FactType.TEXT and not isinstance(given, (str, list, bool)):
        given = str(given)
    misfit = Problem(whole.spot(path).value, "waarde-past-niet", {"value": given, "field": name})
    try:
        value = kind.read(given, ZoneInfo("UTC"))
    except UnreadableError:
        yield misfit
        return
    if value is None:
        yield misfit
        return
    whole.group(path[:-1])[path[-1]] = value
    wrong = [*unknown_codes(whole, path, field)]
    bare = {key: content for key, content in field.items() if key != "show-if"}
    form = Form("", "", {name: build_field(name, bare, {})})
    # A list with a double code refuses that code, and the double has been told.
    fits = codes_of(field) is not None or not form.faults({name: value})
    yield from wrong or ([] if fits else [misfit])
