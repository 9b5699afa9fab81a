"""Values that stand in the files (defaults, presets, examples), held against the fields they are for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from gehoor.core.condition_building import LATE
from gehoor.core.facts import FactType
from gehoor.core.field_reading import UnreadableError
from gehoor.core.fields import KINDS, kind_of
from gehoor.core.form_building import build_field, members_of
from gehoor.core.forms import Form
from gehoor.core.problems import Problem
from gehoor.core.suggestions import hint
from gehoor.loading.code_lists import codes_of
from gehoor.loading.condition_types import Fields, unknown_codes
from gehoor.loading.row_values import Misfits, unknown_codes_in_rows, unknown_members
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
    given = _as_typed(whole.at(path), field)
    bare = {key: content for key, content in field.items() if key != "show-if"}
    of = build_field(name, bare, {})
    misfits = Misfits(whole, path, given)
    wrong = [*unknown_members(whole, path, field, given)]
    try:
        value = KINDS[of.kind].read(given, of, ZoneInfo("UTC"))
    except UnreadableError as error:
        places = [(at.row, at.member) for at in error.places]
        wrong += unknown_codes_in_rows(whole, path, field, given)
        yield from wrong or misfits.at(places or [(0, "")])
        return
    if value is None:
        yield from misfits.at([(0, "")])
        return
    whole.group(path[:-1])[path[-1]] = value
    wrong = [*unknown_codes(whole, path, field), *unknown_codes_in_rows(whole, path, field, value)]
    # A list with a double code refuses that code, and the double has been told.
    faults = [] if codes_of(field) is not None else Form("", "", {name: of}).faults({name: value})
    # An example tells only what matters to it.
    partial = path[0] == "rule-examples"
    places = [(fault.row, fault.member) for fault in faults if not (partial and fault.rule == "required")]
    yield from wrong or misfits.at(places)


def _as_typed(given: Any, field: Mapping[str, Any]) -> Any:
    """Give what was typed the form in which its field is filled in; of rows each answer."""
    members = members_of(field)
    if members and isinstance(given, list):
        return [
            {name: _as_typed(value, members.get(name, {})) for name, value in row.items()}
            if isinstance(row, dict)
            else row
            for row in given
        ]
    kind = KINDS[kind_of(field) or "text"]
    if kind.fact_type is FactType.BOOLEAN and isinstance(given, str):
        return yes_no_words().get(given, given)
    if kind.fact_type is FactType.TEXT and not isinstance(given, (str, list, bool, dict)):
        return str(given)
    return given
