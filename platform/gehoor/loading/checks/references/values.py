"""Values that stand in the files (defaults, presets, examples), held against the fields they are for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final
from zoneinfo import ZoneInfo

from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.relative_dates import TODAY
from gehoor.core.decision.rule_examples import NO_FIELDS
from gehoor.core.forms.date_bounds import outside_agreed_days
from gehoor.core.forms.fields import type_of
from gehoor.core.forms.form import Form
from gehoor.core.forms.parse import build_field, members_of
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint
from gehoor.loading.checks.conditions.condition_types import unknown_codes
from gehoor.loading.checks.effect_places import effect_places
from gehoor.loading.checks.filled_places import acts, filled_by_letters, late_levels
from gehoor.loading.checks.forms.code_lists import codes_of, has_doubles
from gehoor.loading.checks.forms.field_bounds import contradictory
from gehoor.loading.checks.forms.field_places import Fields, with_members, without_conditions
from gehoor.loading.checks.references.row_values import Misfits, unknown_codes_in_rows, unknown_members
from gehoor.loading.keywords.vocabulary import today_words, yes_no_words
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_ON_THE_DAY: Final = ("correspondence", "merge", "withdraw", "send-on", "contact-moments")
"""What fills in answers when somebody does it: the word for today stands there for that day."""


def settle_values(whole: Sourced, fields: Fields) -> Iterator[Problem]:
    """Give every default, preset and example value its type, in place, and yield what does not fit."""
    asked = _Asked(fields.sound.fields)
    for path, name, field in _values(whole.data, fields.data):
        if fields.excuses(name):
            continue
        if field is None:
            details = {"what": "Het veld", "value": name, "hint": hint(name, fields.data)}
            yield Problem(whole.spot(path).key, "verwijst-naar-niets", details)
        elif _has_types(field) and not has_doubles(field):
            yield from _settle(whole, path, name, field, asked)


def _has_types(field: Mapping[str, Any]) -> bool:
    """Say whether a field and all that its rows ask have a type; what has none is told where it stands."""
    members = members_of(field)
    return type_of(field) is not None and all(type_of(one) is not None for one in members.values())


def _values(
    data: Mapping[str, Any], dossier: Mapping[str, Any]
) -> Iterator[tuple[Path, str, Mapping[str, Any] | None]]:
    """Give the path of every value with the field it is for; None when there is no such field."""
    for form, content in (data.get("forms") or {}).items():
        for name, field in content["properties"].items():
            place: Path = ("forms", form, "properties", name)
            for at, one in with_members(place, field):
                yield from ((given, str(at[-1]), one) for given in _given_in_field(at, one))
        for name in content.get("preset", ()):
            yield ("forms", form, "preset", name), name, dossier.get(name)
    for index, example in enumerate(data.get("rule-examples") or ()):
        for key, values in (("given", example["given"]), ("derived", example["expect"].get("derived", {}))):
            path: Path = ("rule-examples", index, *(("expect",) if key == "derived" else ()), key)
            yield from (((*path, name), name, dossier.get(name)) for name in values if name not in NO_FIELDS)
    late = [((*path, "fill"), level["fill"]) for path, level in late_levels(data) if "fill" in level]
    done = [((*path, "fill"), act["fill"]) for path, act in acts(data) if "fill" in act]
    for path, fills in (*late, *done, *filled_by_letters(data)):
        yield from (((*path, name), name, dossier[name]) for name in fills if name in dossier)
    yield from _verdicts(data, dossier)
    for path, name in _given_by_rules(data):
        # That the field exists is told where it is named.
        if name in dossier:
            yield path, name, dossier[name]


def _given_in_field(path: Path, field: Mapping[str, Any]) -> Iterator[Path]:
    yield from ((*path, key) for key in ("default", "by-phone", "by-email") if key in field)
    yield from ((*path, "examples", index) for index in range(len(field.get("examples", ()))))


def _given_by_rules(data: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    for path, effect in effect_places(data):
        if "derive" in effect and "value" in effect:
            yield (*path, "value"), effect["derive"]
    for table, content in (data.get("tables") or {}).items():
        name = content.get("derive", "")
        for index, row in enumerate(content.get("rows") or ()):
            if "value" in row:
                yield ("tables", table, "rows", index, "value"), name
        if "otherwise" in content and not isinstance(content["otherwise"], Mapping):
            yield ("tables", table, "otherwise"), name


class _Asked:
    """Fields as answers are held against them, each built once: examples give a value to the same few again.
    ``built``: those of before, by all that they say."""

    def __init__(self, built: dict[tuple[str, str], Form | None]) -> None:
        self._built = built
        self._known: dict[tuple[str, int], tuple[Mapping[str, Any], Form | None]] = {}

    def form(self, name: str, field: Mapping[str, Any]) -> Form | None:
        """Return a form of one field; None for one that no answer can fit."""
        key = name, id(field)
        if key not in self._known:
            # With the field itself: then no other can have its identity.
            self._known[key] = field, self._of(name, without_conditions(field))
        return self._known[key][1]

    def _of(self, name: str, field: Mapping[str, Any]) -> Form | None:
        said = name, repr(field)
        if said not in self._built:
            of = build_field(name, field, {})
            self._built[said] = None if contradictory(of) else Form("", "", {name: of})
        return self._built[said]


def _settle(
    whole: Sourced, path: Path, name: str, field: Mapping[str, Any], asked: _Asked
) -> Iterator[Problem]:
    given = _as_typed(whole.at(path), field)
    is_today = isinstance(given, str) and given in today_words()
    if path[0] in _ON_THE_DAY and is_today and _is_date(field):
        whole.group(path[:-1])[path[-1]] = TODAY
        return
    form = asked.form(name, field)
    if form is None:
        return
    of = form.fields[name]
    misfits = Misfits(whole, path, given, name)
    wrong = [*unknown_members(whole, path, field, given)]
    try:
        value = of.type.read(given, of, ZoneInfo("UTC"))
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
    coded = codes_of(field) is not None and not isinstance(value, int)
    faults = [] if coded else form.faults({name: value})
    # An example tells only what matters to it.
    partial = path[0] == "rule-examples"
    places = [(fault.row, fault.member) for fault in faults if not (partial and fault.rule == "required")]
    places += [(0, "")] if outside_agreed_days(of, value) else []
    yield from wrong or misfits.at(places)


def _verdicts(
    data: Mapping[str, Any], dossier: Mapping[str, Any]
) -> Iterator[tuple[Path, str, Mapping[str, Any]]]:
    """Give the answers that say whether a measure helped."""
    measures = (data.get("overview") or {}).get("measures") or {}
    name = measures.get("helped", "")
    field = members_of(dossier.get(measures.get("every", ""), {})).get(name)
    if field is not None:
        for word in ("helped-with", "not-helped-with"):
            for index, _code in enumerate(measures.get(word, ())):
                yield ("overview", "measures", word, index), name, field


def _is_date(field: Mapping[str, Any]) -> bool:
    of_type = type_of(field)
    return of_type is not None and of_type.fact_type is FactType.DATE


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
    of_type = type_of(field)
    fact_type = of_type.fact_type if of_type else FactType.TEXT
    if fact_type is FactType.BOOLEAN and isinstance(given, str):
        return yes_no_words().get(given, given)
    if fact_type is FactType.TEXT and not isinstance(given, (str, list, bool, dict)):
        return str(given)
    return given
