"""Words of a field that contradict each other, so that no answer fits, or a choice that can never be chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any, Final

from gehoor.core.agreement.model import DOSSIER_FORM
from gehoor.core.analysis.domains import candidates, domain_of
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.relative_dates import RelativeDate
from gehoor.core.forms.date_bounds import never_fits
from gehoor.core.forms.fields import Field, type_of
from gehoor.core.forms.form import Form
from gehoor.core.forms.parse import build_field, members_of
from gehoor.core.text.patterns import lengths
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import listed
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.filled_places import given_by_itself
from gehoor.loading.checks.forms.field_places import field_paths, with_members, without_conditions
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_PAIRS: Final = (("minLength", "maxLength", "tekens"), ("minItems", "maxItems", "antwoorden"))
_NUMBERS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_TOLD_ELSEWHERE: Final = ("minItems", "maxItems", "uniqueItems", "type")
"""Rules that are about the list as a whole, or about a choice that is no number."""


def field_bound_problems(on: Subject) -> list[Problem]:
    """Return each field that nobody could fill in, and each choice that nobody could make."""
    given = given_by_itself(on.whole.data)
    broken = sorted(on.broken.entries), sorted(on.broken.sections)
    said = (on.said.section("forms"), on.said.section("milestones"), sorted(given), broken)
    return on.sound.unless("fields bounds", said, partial(_in_fields, on, given))


def _in_fields(on: Subject, given: frozenset[str]) -> Iterator[Problem]:
    whole = on.whole
    for path, field in field_paths(whole, on.broken):
        yield from _read_only(whole, path, field, given)
        find = partial(_with_members, whole, path, field)
        yield from on.sound.unless("field bounds", on.said.things[path], find)


def _with_members(whole: Sourced, path: Path, field: Mapping[str, Any]) -> Iterator[Problem]:
    for at, one in with_members(path, field):
        if all(map(type_of, (one, *members_of(one).values()))):
            yield from _in_field(whole, at, one)


def _read_only(
    whole: Sourced, path: Path, field: Mapping[str, Any], given_anyhow: frozenset[str]
) -> Iterator[Problem]:
    """What nobody fills in, and nothing fills in either, cannot be required."""
    content, name = whole.at(path[:2]), path[-1]
    given = "default" in field or "automatic" in field or name in content.get("preset", ())
    if not field.get("readOnly") or given:
        return
    # What a rule, table or letter gives a field is there in the dossier, and not yet in a form that is sent.
    comes = path[1] == DOSSIER_FORM and name in given_anyhow
    if ("required-before" in field and not comes) or name in content.get("required", ()):
        reason = f"'{name}' is verplicht, en door readOnly vult niemand het in"
        yield _told(whole, path, ("readOnly",), reason)
    marked = [
        m
        for m, one in whole.data.get("milestones", {}).items()
        if name in (one.get("field"), one.get("hour"))
    ]
    if path[1] == DOSSIER_FORM and marked and not comes:
        reason = f"'{name}' is het veld van de mijlpaal '{marked[0]}', en door readOnly vult niemand het in"
        yield _told(whole, path, ("readOnly",), reason)


def _in_field(whole: Sourced, path: Path, field: Mapping[str, Any]) -> Iterator[Problem]:
    of = build_field(str(path[-1]), without_conditions(field), {})
    wrong = [*_lengths(whole, path, of), *_numbers(whole, path, field, of), *_days(whole, path, of)]
    yield from wrong or _choices(whole, path, field, of)


def _lengths(whole: Sourced, path: Path, of: Field) -> Iterator[Problem]:
    for first, last, what in _PAIRS:
        fewest, limit = max(of.schema.get(first, 0), 1), of.schema.get(last)
        if limit is not None and fewest > limit:
            yield _told(
                whole, path, (first, last), f"het vraagt minstens {fewest} {what}, en hoogstens {limit}"
            )
    yield from _pattern(whole, path, of)
    offered = [choice for choice in of.choices if not choice.retired]
    if of.choices and not offered:
        yield _told(whole, path, ("oneOf", "items"), "geen enkele keuze mag nog gekozen worden")
    elif of.choices and of.schema.get("minItems", 0) > len(offered):
        reason = f"het vraagt minstens {of.schema['minItems']} keuzes, en er zijn er maar {len(offered)}"
        yield _told(whole, path, ("minItems",), reason)


def contradictory(of: Field) -> bool:
    """Say whether no text or number can be what a field asks; that is told of the field itself."""
    numeric = of.type.fact_type in (FactType.INTEGER, FactType.DECIMAL) and not of.type.takes_files
    if numeric and not of.type.coded and candidates(domain_of(of), ()) == ():
        return True
    fewest, most = lengths(of.schema.get("pattern", "")) or (0, None)
    fewest, least = max(fewest, of.schema.get("minLength", 0)), of.schema.get("minLength", 0)
    return fewest > of.schema.get("maxLength", fewest) or (most is not None and most < least)


def _pattern(whole: Sourced, path: Path, of: Field) -> Iterator[Problem]:
    fewest, most = lengths(of.schema.get("pattern", "")) or (0, None)
    least, limit = of.schema.get("minLength", 0), of.schema.get("maxLength")
    if limit is not None and fewest > limit:
        reason = f"het patroon vraagt minstens {fewest} tekens, en maxLength laat er hoogstens {limit} toe"
        yield _told(whole, path, ("pattern", "maxLength"), reason)
    elif most is not None and most < least:
        reason = f"het patroon laat hoogstens {most} tekens toe, en minLength vraagt er minstens {least}"
        yield _told(whole, path, ("pattern", "minLength"), reason)


def _numbers(whole: Sourced, path: Path, field: Mapping[str, Any], of: Field) -> Iterator[Problem]:
    numeric = of.type.fact_type in (FactType.INTEGER, FactType.DECIMAL) and not of.type.takes_files
    if not numeric or of.type.coded or candidates(domain_of(of), ()) != ():
        return
    words = tuple(word for word in _NUMBERS if word in field)
    yield _told(whole, path, words, f"geen enkel getal voldoet aan {listed(list(words))}")


def _days(whole: Sourced, path: Path, of: Field) -> Iterator[Problem]:
    first, last = of.not_before, of.not_after
    if any(isinstance(day, RelativeDate) and not day.is_by_calendar for day in (first, last)):
        return  # It is told that days are not counted so.
    if never_fits(of):
        dates = isinstance(first, date) and isinstance(last, date)
        crossed = f"de eerste dag is {first}, en de laatste {last}"
        yield _told(
            whole,
            path,
            ("not-before", "not-after"),
            crossed if dates else "geen enkele dag ligt binnen deze grenzen",
        )


def _choices(whole: Sourced, path: Path, field: Mapping[str, Any], of: Field) -> Iterator[Problem]:
    """Try each choice as JSON Schema does: what stands beside the list holds for it too."""
    if not of.type.coded:
        return
    form = Form("", "", {of.id: of})
    lists: Path = (*path, "items") if field.get("type") == "array" else path
    word = "enum" if "enum" in whole.at(lists) else "oneOf"
    codes = [item if word == "enum" else item["const"] for item in whole.at((*lists, word))]
    for index, code in enumerate(codes):
        if codes.count(code) > 1:
            continue  # A double code fits nothing, and is told as such.
        value = [code] if field.get("type") == "array" else code
        faults = [fault.rule for fault in form.faults({of.id: value}) if fault.rule not in _TOLD_ELSEWHERE]
        if faults:
            at: Path = (*lists, word, index) if word == "enum" else (*lists, word, index, "const")
            reason = f"de keuze '{code}' voldoet niet aan {faults[0]}"
            yield Problem(whole.spot(at).value, "woorden-spreken-elkaar-tegen", {"reason": reason})


def _told(whole: Sourced, path: Path, words: tuple[str, ...], reason: str) -> Problem:
    """Tell it at the last of the words that stand there: whoever wrote that one saw the others."""
    spots = [spot for word in words if (spot := whole.spots.exact((*path, word)))]
    place = max((spot.key for spot in spots), default=whole.spot(path).key)
    return Problem(place, "woorden-spreken-elkaar-tegen", {"reason": reason})


CHECK = Check(
    Pass.REFERENCES,
    ("woorden-spreken-elkaar-tegen",),
    field_bound_problems,
)
