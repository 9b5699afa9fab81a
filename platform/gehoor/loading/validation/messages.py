"""For each rule of JSON Schema that a meta-schema uses: how its refusal is told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from gehoor.core.text.problems import Problem
from gehoor.core.text.suggestions import hint, listed, nearest, question
from gehoor.loading.keywords.durations import duration_hint, without_suffix
from gehoor.loading.keywords.json_schema import WORDS
from gehoor.loading.keywords.placeholders import LETTER_PLACES, unknown_places, written_places
from gehoor.loading.keywords.relative_dates import day_hint
from gehoor.loading.merge.source_map import Path, Spot
from gehoor.loading.validation.context import FileWords, Refusal, kind_words
from gehoor.loading.validation.formats import CODES, date_told, time_zones
from gehoor.loading.validation.house_style import darker
from gehoor.loading.validation.pattern_reasons import pattern_hint, pattern_reason

Told: TypeAlias = Iterator[tuple[Path, Problem]]
"""Problems, each with the path below the refused value that it is about."""


def wrong_name(words: FileWords, refusal: Refusal) -> Problem:
    """Return the problem of a key that is no good name."""
    key = words.spot((*refusal.path, refusal.value)).key
    wanted = refusal.schema.get("title", "kleine letters, cijfers en streepjes")
    return Problem(key, "ongeldige-naam", {"value": refusal.value, "wanted": wanted})


def _unknown_keys(words: FileWords, refusal: Refusal) -> Told:
    known = [words.keyword(name, refusal.schema) for name in refusal.schema["properties"]]
    for key in refusal.value:
        if key not in refusal.schema["properties"]:
            spot = words.spot((*refusal.path, key))
            if "x-json-schema" in refusal.schema and spot.word in WORDS:
                yield (key,), _json_schema_word(words, spot)
                continue
            # A keyword of another language is best answered with its translation.
            translated = words.vocabulary.word(key.removeprefix("?"))
            near = question(translated) if translated in known else _meant(words, refusal, spot.word, known)
            yield (key,), Problem(spot.key, "onbekend-sleutelwoord", {"word": spot.word, "hint": near})


def _json_schema_word(words: FileWords, spot: Spot) -> Problem:
    """Answer a keyword of JSON Schema with our word for the same purpose, or with where it may stand."""
    known = WORDS[spot.word]
    does = f"hoort niet hier, maar {known.place}" if known.supported else "gebruiken wij niet"
    told = "" if known.supported else f" {known.told(words.vocabulary)}"
    return Problem(spot.key, "json-schema-woord", {"word": spot.word, "does": does, "told": told})


def _meant(words: FileWords, refusal: Refusal, word: str, known: list[str]) -> str:
    """Ask for the keyword that people mean with this word; else for one that is spelled nearly the same.

    A word that looks like it can mean the opposite, or take something away, so what people mean goes first.
    """
    meant = words.vocabulary.also_said.get(word.lower().replace(" ", "-"), ())
    fitting = [words.keyword(name, refusal.schema) for name in meant if name in refusal.schema["properties"]]
    return question(*fitting[:2]) if fitting else hint(word, known)


def _missing_keys(words: FileWords, refusal: Refusal) -> Told:
    properties = refusal.schema.get("properties", {})
    known = [words.keyword(name, refusal.schema) for name in properties]
    unknown = [words.spot((*refusal.path, key)).word for key in refusal.value if key not in properties]
    # A keyword that is there, but misspelled, is one slip and gets one problem.
    misspelled = {near for word in unknown for near in nearest(word, known)}
    misspelled |= {words.vocabulary.word(key[1:]) for key in refusal.value if key.startswith("?")}
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
    yield (), words.wrong_kind(refusal.path, " of ".join(kind_words(types)), refusal.value)


def _no_choice(words: FileWords, refusal: Refusal) -> Told:
    if isinstance(refusal.value, (dict, list)) or refusal.value == "":
        yield (), words.wrong_kind(refusal.path, "een keuze", refusal.value)
        return
    choices = refusal.wanted if isinstance(refusal.wanted, list) else [refusal.wanted]
    allowed = [words.vocabulary.value_word(str(value)) for value in choices]
    details = {
        "value": refusal.value,
        "allowed": ", ".join(allowed),
        "hint": hint(str(refusal.value), allowed),
    }
    yield (), words.problem(refusal.path, "geen-keuze", **details)


def _wrong_pattern(words: FileWords, refusal: Refusal) -> Told:
    wanted = refusal.schema.get("title", "kleine letters, cijfers en streepjes")
    yield (), words.problem(refusal.path, "ongeldige-naam", value=refusal.value, wanted=wanted)


def _wrong_format(words: FileWords, refusal: Refusal) -> Told:
    value, vocabulary = str(refusal.value), words.vocabulary
    if value == "":
        yield (), words.wrong_kind(refusal.path, "een tekst", value)
        return
    if refusal.wanted == "gehoor-letter":
        yield from _unknown_places(words, refusal)
        return
    details = {}
    if refusal.wanted in ("gehoor-duration", "gehoor-reminder"):
        details["hint"] = duration_hint(without_suffix(value, vocabulary), vocabulary)
    elif refusal.wanted in ("gehoor-day", "gehoor-bound"):
        details["hint"] = day_hint(value, vocabulary)
    elif refusal.wanted == "gehoor-number-pattern":
        value = written_places(value, vocabulary)
    elif refusal.wanted == "gehoor-pattern":
        details = {"reason": pattern_reason(value), "hint": pattern_hint(value, vocabulary)}
    elif refusal.wanted == "date":
        details["told"] = date_told(value)
    elif refusal.wanted == "gehoor-time-zone":
        details["hint"] = hint(value, time_zones())
    elif refusal.wanted == "gehoor-color":
        near = darker(value)
        details["hint"] = question(near) if near else ""
    yield (), words.problem(refusal.path, CODES[refusal.wanted], value=value, **details)


def _unknown_places(words: FileWords, refusal: Refusal) -> Told:
    vocabulary = words.vocabulary
    places = sorted(vocabulary.place_word(name) for name in LETTER_PLACES)
    allowed = ", ".join(f"{{{place}}}" for place in places)
    for position, value in unknown_places(refusal.value):
        near = nearest(value.strip("{}"), places)
        details = {"value": value, "places": allowed, "hint": question(*(f"{{{word}}}" for word in near))}
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
    # An unknown keyword among them is what went wrong, and has been told.
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
