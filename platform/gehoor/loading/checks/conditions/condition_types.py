"""Conditions, held against the fields they speak of: yes/no words become what they mean, nonsense is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import ORDERING, Quantifier
from gehoor.core.conditions.parse import DAYS, GROUPS, LATE, QUANTIFIERS, ConditionError, build_condition
from gehoor.core.conditions.register_questions import REGISTER_KEYS
from gehoor.core.conditions.type_check import ErrorKind
from gehoor.core.forms.parse import member_types, members_of
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint, listed
from gehoor.loading.checks.conditions.comparison_hints import comparison_hint
from gehoor.loading.checks.conditions.condition_places import IN_TASKS, condition_paths, field_conditions
from gehoor.loading.checks.conditions.dates import day_problems, names_broken_day
from gehoor.loading.checks.conditions.register_questions import register_problems
from gehoor.loading.checks.forms.code_lists import codes_of, has_doubles
from gehoor.loading.checks.forms.field_places import Fields, field_paths, member_paths
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary, yes_no_words
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_OF_OTHERS: Final = QUANTIFIERS | DAYS.keys()
"""What asks something of rows, or of the day in another field."""
_TYPE_WORDS = {
    FactType.BOOLEAN: "ja of nee",
    FactType.INTEGER: "een geheel getal",
    FactType.DECIMAL: "een getal",
    FactType.TEXT: "een tekst",
    FactType.CODES: "een of meer keuzes",
    FactType.DATE: "een datum",
    FactType.INSTANT: "een dag met een uur",
    FactType.GROUPS: "een lijst met rijen",
}


def settle_conditions(whole: Sourced, fields: Fields) -> Iterator[Problem]:
    """Give the values in every condition their type, in place, and yield what does not fit."""
    for path in condition_paths(whole.data):
        yield from _settle(whole, path, fields)
    for name, task in (whole.data.get("tasks") or {}).items():
        if fields.types.get(task.get("every", "")) is FactType.GROUPS:
            for key in (one for one in IN_TASKS if one in task):
                yield from _settle(whole, ("tasks", name, key), fields.of_rows(task["every"]))
    for path, field in field_paths(whole, fields.broken):
        within = Fields(member_types(field), members_of(field), Broken(), str(path[-1]), fields.sound)
        for at, member in member_paths(path, field):
            for below in field_conditions(member):
                yield from _settle(whole, (*at, *below), within)


def _settle(whole: Sourced, path: Path, fields: Fields) -> Iterator[Problem]:
    condition = whole.at(path)
    for key, value in list(condition.items()):
        if key in GROUPS:
            for index in range(len(value)):
                yield from _settle(whole, (*path, key, index), fields)
        elif key in REGISTER_KEYS:
            yield from register_problems(whole, (*path, key), fields)
        elif key == LATE:
            yield from _late_problems(whole, path, fields)
        elif fields.excuses(key):
            continue
        elif key not in fields.data:
            yield _unknown_field(whole, (*path, key), fields)
        elif key not in fields.types:
            continue
        else:
            if fields.types[key] is FactType.BOOLEAN:
                condition[key] = _with_booleans(value)
            yield from _once(whole, (*path, key), fields)


def _once(whole: Sourced, path: Path, fields: Fields) -> Iterable[Problem]:
    """Hold a comparison against its field, unless the same was right with the same field before. What it asks of rows
    and of other fields is looked at each time."""
    value, name = whole.at(path), str(path[-1])
    find = partial(_comparison_problems, whole, path, fields)
    if isinstance(value, dict) and not _OF_OTHERS.isdisjoint(value):
        return find()
    return fields.sound.unless("comparison", (name, value, fields.said[name]), find)


def _late_problems(whole: Sourced, path: Path, fields: Fields) -> Iterator[Problem]:
    """Which terms are late is known once the terms are, and forms are judged without them: only rules can ask."""
    spot = whole.spot((*path, LATE))
    effects = whole.at((*path[:2], "then")) or ()
    if fields.rows_of:
        reason = f"'{spot.word}' gaat over het dossier, niet over de rijen van '{fields.rows_of}'"
        yield Problem(spot.key, "voorwaarde-klopt-niet", {"reason": reason})
    elif path[0] != "rules":
        reason = f"'{spot.word}' kan alleen in een regel, niet bij tabellen, termijnen, fasen en velden"
        yield Problem(spot.key, "voorwaarde-klopt-niet", {"reason": reason})
    elif any({"show", "hide", "derive", "duty"} & set(effect) for effect in effects):
        reason = (
            f"een regel met '{spot.word}' kan geen velden tonen, verbergen of zetten, en geen plicht geven"
        )
        yield Problem(spot.key, "voorwaarde-klopt-niet", {"reason": reason})


def _unknown_field(whole: Sourced, path: Path, fields: Fields) -> Problem:
    name = str(path[-1])
    dropped = None if fields.rows_of else whole.dropped.get(("forms", "dossier", "properties", name))
    spot = whole.spot(path)
    if dropped:
        details = {"value": name, "where": f"{spot.key.file}, regel {spot.key.line}"}
        return Problem(dropped.key, "vervalt-maar-gebruikt", details)
    where = f" in de rijen van '{fields.rows_of}'" if fields.rows_of else ""
    details = {"what": "Het veld", "value": name, "where": where, "hint": hint(name, fields.data)}
    return Problem(spot.key, "verwijst-naar-niets", details)


def _with_booleans(value: Any) -> Any:
    if isinstance(value, str):
        return yes_no_words().get(value, value)
    if isinstance(value, list):
        return [_with_booleans(item) for item in value]
    if isinstance(value, dict):
        return {key: _with_booleans(item) for key, item in value.items()}
    return value


def _comparison_problems(whole: Sourced, path: Path, fields: Fields) -> Iterator[Problem]:
    name, value = str(path[-1]), whole.at(path)
    asked = [word for word in value if word in QUANTIFIERS] if isinstance(value, dict) else []
    for word in asked:
        yield from _of_rows(whole, (*path, word), fields)
    if names_broken_day(value, fields):
        return
    if asked and (len(asked) == len(value) or fields.types[name] is not FactType.GROUPS):
        return
    if asked:
        value = {word: operand for word, operand in value.items() if word not in asked}
    wrong = [*unknown_codes(whole, path, fields.data[name])]
    wrong = wrong or [*day_problems(whole, path, fields)]
    if wrong:
        yield from wrong
        return
    # Each operator by itself, so that every one that is wrong is told at its own place.
    parts = (
        {(*path, word): {word: operand} for word, operand in value.items()} if isinstance(value, dict) else {}
    )
    for place, part in (parts or {path: value}).items():
        try:
            build_condition({name: part}, fields.types)
        except ConditionError as error:
            yield _misfit(whole, place, error)


def _of_rows(whole: Sourced, path: Path, fields: Fields) -> Iterator[Problem]:
    """Hold what is asked of rows against what each row asks. How many rows there are is always a number."""
    name, quantifier = str(path[-2]), path[-1]
    if fields.types[name] is not FactType.GROUPS:
        spot = whole.spot(path)
        reason = f"'{spot.word}' kan alleen bij een lijst met rijen, en '{name}' is {_TYPE_WORDS[fields.types[name]]}"
        yield Problem(spot.key, "voorwaarde-klopt-niet", {"reason": reason})
    elif quantifier != Quantifier.COUNT:
        yield from _settle(whole, path, fields.of_rows(name))


def _misfit(whole: Sourced, path: Path, error: ConditionError) -> Problem:
    kind = _TYPE_WORDS[error.fact_type] if error.fact_type else "onbekend"
    if error.fact_type is FactType.GROUPS:
        words = listed([load_vocabulary(DEFAULT_LANGUAGE).word(one) for one in Quantifier], "of")
        reason = f"'{error.fact}' is {kind}; vraag ernaar met {words}"
        return Problem(whole.spot(path).key, "voorwaarde-klopt-niet", {"reason": reason})
    if error.kind is ErrorKind.OPERATOR_NOT_ALLOWED:
        spot = whole.spot(path)
        reason = f"'{error.fact}' is {kind}, en daarbij past '{spot.word}' niet"
        return Problem(spot.key, "voorwaarde-klopt-niet", {"reason": reason})
    if error.kind is ErrorKind.NEEDS_CALENDAR:
        reason = "van een dag af telt u in kalenderdagen, weken, maanden of jaren, niet in werkdagen of uren"
        return Problem(whole.spot(path).value, "voorwaarde-klopt-niet", {"reason": reason})
    reason = f"'{error.fact}' is {kind}; vergelijk het ook met {kind}"
    details = {"reason": reason, "hint": comparison_hint(error.fact, whole.at(path))}
    return Problem(whole.spot(path).value, "voorwaarde-klopt-niet", details)


def unknown_codes(whole: Sourced, path: Path, field: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield each value below a path that is no code of the field: it would never hold, or never be shown."""
    codes = codes_of(field)
    if codes is None or has_doubles(field):
        return
    known = [str(code) for code in sorted(codes, key=lambda code: (isinstance(code, str), code))]
    for place, code in _codes_in(path, whole.at(path)):
        if code not in codes and (taken := _taken_away(whole, place, str(path[-1]), code)):
            yield taken
        elif code not in codes:
            near = comparison_hint(str(path[-1]), code) or hint(str(code), known)
            details = {"value": code, "allowed": ", ".join(known), "hint": near}
            yield Problem(whole.spot(place).value, "geen-keuze", details)


def _taken_away(whole: Sourced, place: Path, name: str, code: str | int) -> Problem | None:
    """Return the problem of a choice that a department leaves out of a list, while what it shares asks about it: at the
    list, for what is shared is not for the department to change."""
    own = whole.spot(("department",)).key.file
    for words in (("enum",), ("oneOf",), ("items", "enum"), ("items", "oneOf")):
        there = whole.spots.exact(("forms", DOSSIER_FORM, "properties", name, *words))
        asked = whole.spot(place).value
        if there and there.key.file == own != asked.file:
            details = {"value": code, "where": f"{asked.file}, regel {asked.line}", "word": _taking_word()}
            return Problem(there.key, "keuze-weg-maar-gebruikt", details)
    return None


def _taking_word() -> str:
    return load_vocabulary(DEFAULT_LANGUAGE).word("without-choices")


def _codes_in(path: Path, value: Any) -> Iterator[tuple[Path, str | int]]:
    """Give each value that has to be a code; less or more than a number of a scale may be any number."""
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        yield path, value
    elif isinstance(value, (list, dict)):
        for key, below in value.items() if isinstance(value, dict) else enumerate(value):
            if key not in ORDERING or isinstance(below, str):
                yield from _codes_in((*path, key), below)
