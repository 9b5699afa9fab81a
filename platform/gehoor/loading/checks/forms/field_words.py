"""A word of a field that means nothing for what is answered there: a length at a number, a pattern at a date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any, Final

from gehoor.core.forms.fields import type_of
from gehoor.core.text.patterns import pattern_of_mask
from gehoor.core.text.problems import Problem, Severity
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.forms.field_places import field_paths, with_members
from gehoor.loading.merge.invalid_parts import Broken
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path

_LENGTHS: Final = ("minLength", "maxLength", "pattern")
_NAMES: Final = "names-people"
_BOUNDS: Final = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_COUNTS: Final = ("minItems", "maxItems")
_LISTS: Final = ("enum", "oneOf")
_MEANT: Final[Mapping[str, tuple[str, ...]]] = {
    "text": (*_LENGTHS, _NAMES),
    "long-text": _LENGTHS,
    "email": _LENGTHS,
    "web-address": _LENGTHS,
    "phone": _LENGTHS,
    # What stands there is held against a pattern as it is kept: 2026-03-27, 17:30.
    "date": ("pattern", "not-before", "not-after"),
    **dict.fromkeys(("time", "instant"), ("pattern",)),
    "choice": _LISTS,
    "scale": (*_LISTS, *_BOUNDS),
    "integer": _BOUNDS,
    "decimal": _BOUNDS,
    "boolean": ("const",),
    "choices": (*_COUNTS, "uniqueItems", "items"),
    "groups": (*_COUNTS, "uniqueItems", "items"),
    "attachments": (*_COUNTS, "file-kinds"),
    "staff": (*_COUNTS, "uniqueItems"),
}
"""Kind of field -> the words that mean something there and not everywhere."""
_ASKED: Final = (
    *_LENGTHS, *_BOUNDS, *_COUNTS, *_LISTS, "uniqueItems", "items", "const", "file-kinds", "not-before", "not-after",
    _NAMES,
)  # fmt: skip
_KIND_OF: Final[Mapping[str, Mapping[str, str]]] = {
    "format": {
        "date": "date",
        "time": "time",
        "date-time": "instant",
        "email": "email",
        "uri": "web-address",
    },
    "widget": {
        "long-text": "long-text",
        "phone": "phone",
        "time-of-day": "time",
        "attachments": "attachments",
        "staff": "staff",
    },
}
"""Word -> for each of its values the only kind of field that it means something for."""
_IN_ITEMS: Final[Mapping[str, Mapping[str, str]]] = {
    "choices": {"type": "string", "properties": "", "required": ""},
    "groups": {"type": "object", "enum": "", "oneOf": ""},
}
"""Kind of list -> the words of its items of which only this value means something, or none."""
_HINTS: Final[Mapping[tuple[str, str], str]] = {
    ("boolean", "enum"): "Moet het antwoord ja zijn? Schrijf const: true.",
    ("boolean", "oneOf"): "Ja en nee staan er vanzelf. Wilt u andere woorden? Schrijf type: string.",
    ("decimal", "enum"): "Een keuzelijst kan bij type: string en type: integer.",
    ("decimal", "oneOf"): "Een keuzelijst kan bij type: string en type: integer.",
}
_KINDS: Final[Mapping[str, str]] = {
    "text": "een tekst",
    "long-text": "een lange tekst",
    "email": "een e-mailadres",
    "web-address": "een webadres",
    "phone": "een telefoonnummer",
    "choice": "een keuzelijst",
    "choices": "een keuzelijst",
    "scale": "een schaal",
    "integer": "een geheel getal",
    "decimal": "een getal",
    "boolean": "ja of nee",
    "date": "een datum",
    "time": "een uur",
    "instant": "een datum met een uur",
    "groups": "een lijst met rijen",
    "attachments": "bestanden",
    "staff": "medewerkers",
}
_ANY_HINT: Final = "Wis het, of kijk na of het type klopt."
_ALONE: Final = (
    "Het is wat men leest als het antwoord niet in het patroon past. Zet er pattern bij, of wis het."
)
_NO_VALUES: Final = ("null", "~")


def field_word_problems(on: Subject) -> list[Problem]:
    """Return every word that is skipped where it stands, in fields and in what rows ask."""
    said = (on.said.section("forms"), sorted(on.broken.entries), sorted(on.broken.sections))
    return on.sound.unless("words of fields", said, partial(_in_fields, on.whole, on.broken))


def _in_fields(whole: Sourced, broken: Broken) -> Iterator[Problem]:
    for path, field in field_paths(whole, broken):
        for at, one in with_members(path, field):
            yield from _in_field(whole, at, one)


def _in_field(whole: Sourced, path: Path, field: Mapping[str, Any]) -> Iterator[Problem]:
    of_type = type_of(field)
    if of_type is None:
        return
    kind = of_type.name
    for below in _skipped(field, kind):
        yield _told(whole, (*path, *below), kind)
    meant = pattern_of_mask(str(field["pattern"])) if "pattern" in field else None
    if meant:
        details = {"value": field["pattern"], "right": meant}
        yield Problem(whole.spot((*path, "pattern")).value, "masker-als-patroon", details, Severity.WARNING)
    lists: Path = (*path, "items", "enum") if kind == "choices" else (*path, "enum")
    for index, code in enumerate(whole.at(lists) or ()):
        if code in _NO_VALUES:
            yield Problem(whole.spot((*lists, index)).value, "keuze-zonder-waarde", {"value": code})


def _skipped(field: Mapping[str, Any], kind: str) -> Iterator[Path]:
    """Give where in a field the words stand that say nothing of what is answered there."""
    meant = _MEANT.get(kind, ())
    yield from ((word,) for word in _ASKED if word in field and word not in meant)
    if "refusal" in field and "pattern" not in field:
        yield ("refusal",)
    for word, kinds in _KIND_OF.items():
        if word in field and kinds.get(field[word]) != kind:
            yield (word,)
    for word, only in _IN_ITEMS.get(kind, {}).items():
        if field["items"].get(word, only) != only:
            yield ("items", word)


def _told(whole: Sourced, path: Path, kind: str) -> Problem:
    spot = whole.spot(path)
    hint = _ALONE if path[-1] == "refusal" else _HINTS.get((kind, str(path[-1])), _ANY_HINT)
    return Problem(
        spot.key,
        "woord-zegt-hier-niets",
        {"word": spot.word or path[-1], "kind": _KINDS[kind], "told": hint},
    )


CHECK = Check(
    Pass.REFERENCES,
    ("woord-zegt-hier-niets", "keuze-zonder-waarde", "masker-als-patroon"),
    field_word_problems,
)
