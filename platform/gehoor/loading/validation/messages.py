"""For each rule of JSON Schema that a meta-schema uses: how its refusal is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from gehoor.core.letters.places import GENERAL
from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint, listed, nearest, question
from gehoor.loading.keywords.json_schema import WORDS
from gehoor.loading.keywords.placeholders import LETTER_PLACES, unclear_places, unknown_places, written_places
from gehoor.loading.merge.source_map import Path, Spot
from gehoor.loading.validation.choices import choice_hint
from gehoor.loading.validation.context import FileWords, Refusal
from gehoor.loading.validation.format_hints import format_details
from gehoor.loading.validation.formats import CODES
from gehoor.loading.validation.kinds import instead, kind_words
from gehoor.loading.validation.misplaced import too_deep, where_it_belongs

_TWO_NAMES = re.compile(r"[a-z0-9_-]+[ ;]+[a-z0-9_-]+\Z")
_LOOSE: Final = " Accolades staan rond een heel woord, zoals {nummer}."
"""What helps whoever left one of two braces."""
Told: TypeAlias = Iterator[tuple[Path, Problem]]
"""Problems, each with the path below the refused value that it is about."""


def wrong_name(words: FileWords, refusal: Refusal) -> Problem:
    """Return the problem of a key that is no good name."""
    key = words.spot((*refusal.path, refusal.value)).key
    wanted = refusal.schema.get("title", "kleine letters, cijfers en streepjes")
    near = _in_small_letters(str(refusal.value), str(refusal.wanted))
    return Problem(key, "ongeldige-naam", {"value": refusal.value, "wanted": wanted, "hint": near})


def _unknown_keys(words: FileWords, refusal: Refusal) -> Told:
    known = [words.keyword(name, refusal.schema) for name in refusal.schema["properties"]]
    for key in refusal.value:
        if key not in refusal.schema["properties"]:
            spot = words.spot((*refusal.path, key))
            if "x-json-schema" in refusal.schema and spot.word in WORDS:
                yield (key,), _json_schema_word(words, spot, refusal.path)
                continue
            if _says_required(words, refusal, spot.word, key):
                problem = _json_schema_word(words, spot._replace(word="required"), refusal.path)
                yield (key,), replace(problem, details={**problem.details, "word": spot.word, "standard": ""})
                continue
            # A keyword of another language is best answered with its translation.
            translated = words.vocabulary.word(key.removeprefix("?"))
            near = question(translated) if translated in known else _meant(words, refusal, spot.word, known)
            yield (key,), Problem(spot.key, "onbekend-sleutelwoord", {"word": spot.word, "hint": near})


def _says_required(words: FileWords, refusal: Refusal, word: str, key: str) -> bool:
    """Say whether somebody wrote at a field itself that it is required."""
    meant = words.vocabulary.also_said.get(word.lower(), ())
    typed = str(refusal.value[key])
    yes = typed in ("True", "true") or words.vocabulary.booleans.get(typed) is True
    return yes and "required" in meant and "required" not in refusal.schema["properties"]


def _json_schema_word(words: FileWords, spot: Spot, path: Path) -> Problem:
    """Answer a keyword of JSON Schema with our word for the same purpose, or with where it may stand."""
    known = WORDS[spot.word]
    does = f"hoort niet hier, maar {known.place}" if known.supported else "gebruiken wij niet"
    told = "" if known.supported else f" {known.told(words.vocabulary)}"
    if spot.word == "required" and path:
        told = f" Schrijf daar: required: [{path[-1]}]"
    return Problem(
        spot.key,
        "json-schema-woord",
        {"word": spot.word, "standard": " van JSON Schema", "does": does, "told": told},
    )


def _meant(words: FileWords, refusal: Refusal, word: str, known: list[str]) -> str:
    """Ask for the keyword that people mean with this word; else for one that is spelled nearly the same.

    A word that looks like it can mean the opposite, or take something away, so what people mean goes first.
    """
    meant = words.vocabulary.also_said.get(word.lower().replace(" ", "-"), ())
    fitting = [words.keyword(name, refusal.schema) for name in meant if name in refusal.schema["properties"]]
    if fitting:
        return question(*fitting[:2])
    return where_it_belongs(words, refusal.path, word) or hint(word, known)


def _missing_keys(words: FileWords, refusal: Refusal) -> Told:
    properties = refusal.schema.get("properties", {})
    known = [words.keyword(name, refusal.schema) for name in properties]
    unknown = [words.spot((*refusal.path, key)).word for key in refusal.value if key not in properties]
    # A keyword that is there, but misspelled, is one slip and gets one problem.
    misspelled = {near for word in unknown for near in nearest(word, known)}
    misspelled |= {words.vocabulary.word(key[1:]) for key in refusal.value if key.startswith("?")}
    meant = (words.vocabulary.also_said.get(word.lower().replace(" ", "-"), ()) for word in unknown)
    misspelled |= {words.keyword(name, refusal.schema) for names in meant for name in names}
    missing = {
        name: word
        for name in refusal.wanted
        if name not in refusal.value and (word := words.keyword(name, refusal.schema)) not in misspelled
    }
    spot = words.spot(refusal.path)
    place = spot.key if spot.word else spot.value
    for name in missing:
        yield (name,), Problem(place, "ontbreekt", {"missing": listed(list(missing.values()))})


def _wrong_type(words: FileWords, refusal: Refusal) -> Told:
    types = [refusal.wanted] if isinstance(refusal.wanted, str) else list(refusal.wanted)
    word = words.word(refusal.path)
    told = instead(word, types, refusal.value, refusal.schema, words.vocabulary)
    told = too_deep(words, refusal.path) or told
    yield (), words.wrong_kind(refusal.path, " of ".join(kind_words(types)), refusal.value, told)


def _no_choice(words: FileWords, refusal: Refusal) -> Told:
    if isinstance(refusal.value, (dict, list)) or refusal.value == "":
        yield (), words.wrong_kind(refusal.path, "een keuze", refusal.value)
        return
    choices = refusal.wanted if isinstance(refusal.wanted, list) else [refusal.wanted]
    allowed = [words.vocabulary.value_word(str(value)) for value in choices]
    details = {
        "value": refusal.value,
        "allowed": ", ".join(allowed),
        "hint": choice_hint(str(refusal.value), refusal.path, allowed, words.vocabulary),
    }
    yield (), words.problem(refusal.path, "geen-keuze", **details)


def _wrong_pattern(words: FileWords, refusal: Refusal) -> Told:
    wanted = refusal.schema.get("title", "kleine letters, cijfers en streepjes")
    near = _in_small_letters(str(refusal.value), str(refusal.wanted))
    if (
        not near
        and refusal.path
        and isinstance(refusal.path[-1], int)
        and _TWO_NAMES.match(str(refusal.value))
    ):
        near = " Zijn het er twee, zet er dan een komma tussen."
    yield (), words.problem(refusal.path, "ongeldige-naam", value=refusal.value, wanted=wanted, hint=near)


def _in_small_letters(value: str, pattern: str) -> str:
    """Ask for the same name as it could be written: in small letters, without an ending, or in capitals."""
    bare = value.strip().removesuffix(".yaml").removesuffix(".schema")
    tries = (bare.lower(), bare.upper(), bare.partition("/")[2])
    fitting = next((one for one in tries if one and one != value and re.search(pattern, one)), None)
    return question(fitting) if fitting else ""


def _wrong_format(words: FileWords, refusal: Refusal) -> Told:
    value, vocabulary = str(refusal.value), words.vocabulary
    if value == "":
        yield (), words.wrong_kind(refusal.path, "een tekst", value)
        return
    if refusal.wanted in ("gehoor-letter", "gehoor-outgoing-letter"):
        yield from _unknown_places(words, refusal)
        return
    if refusal.wanted == "gehoor-number-pattern":
        value = written_places(value, vocabulary)
    details = format_details(refusal.wanted, value, vocabulary)
    yield (), words.problem(refusal.path, CODES[refusal.wanted], value=value, **details)


def _unknown_places(words: FileWords, refusal: Refusal) -> Told:
    vocabulary = words.vocabulary
    to_staff = refusal.wanted == "gehoor-letter"
    places = sorted(vocabulary.place_word(name) for name in (LETTER_PLACES if to_staff else GENERAL))
    allowed = ", ".join(f"{{{place}}}" for place in places)
    wrong = unknown_places(refusal.value) if to_staff else unclear_places(refusal.value)
    for position, value in wrong:
        near = nearest(value.strip("{}"), places)
        told = _LOOSE if value in "{}" else question(*(f"{{{word}}}" for word in near))
        details = {"value": value, "places": allowed, "hint": told}
        place = words.spot(refusal.path).line_of(refusal.value, position)
        yield (), Problem(place, CODES[refusal.wanted], details)


def _too_short(words: FileWords, refusal: Refusal) -> Told:
    yield (), words.wrong_kind(refusal.path, "een tekst", refusal.value)


def _too_few(words: FileWords, refusal: Refusal) -> Told:
    yield (), words.problem(refusal.path, "te-weinig", limit=refusal.wanted)


def _too_long(words: FileWords, refusal: Refusal) -> Told:
    yield (), words.problem(refusal.path, "te-lang", limit=refusal.wanted)


def _out_of_bounds(words: FileWords, refusal: Refusal) -> Told:
    bound = {"minimum": "minstens", "maximum": "hoogstens", "exclusiveMinimum": "meer dan"}[refusal.rule]
    wanted = f"{bound} {refusal.wanted}"
    yield (), words.problem(refusal.path, "te-klein-of-te-groot", value=refusal.value, wanted=wanted)


def _doubles(words: FileWords, refusal: Refusal) -> Told:
    seen: set[str] = set()
    for index, item in enumerate(refusal.value):
        if repr(item) in seen:
            path = (*refusal.path, index)
            yield (index,), words.problem(path, "dubbel-in-lijst", value=item)
        seen.add(repr(item))


def _one_effect(words: FileWords, refusal: Refusal) -> Told:
    # That it is something else than keywords is told by its kind; an unknown one among them is what went wrong, and has
    # been told.
    if not isinstance(refusal.value, Mapping):
        return
    if all(key in refusal.schema["properties"] for key in refusal.value) and refusal.value:
        yield (), words.problem(refusal.path, "een-gevolg")


TELLERS: Mapping[str, Callable[[FileWords, Refusal], Told]] = {
    "additionalProperties": _unknown_keys,
    "required": _missing_keys,
    "type": _wrong_type,
    "enum": _no_choice,
    "const": _no_choice,
    "pattern": _wrong_pattern,
    "format": _wrong_format,
    "minLength": _too_short,
    "minItems": _too_few,
    "minProperties": _too_few,
    "maxLength": _too_long,
    "minimum": _out_of_bounds,
    "maximum": _out_of_bounds,
    "exclusiveMinimum": _out_of_bounds,
    "uniqueItems": _doubles,
    "oneOf": _one_effect,
}
"""Rule of JSON Schema -> how its refusal is told."""
