"""From a validation error on canonical data to a problem at the right place, in the file's own words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema import FormatChecker
from jsonschema.exceptions import ValidationError

from gehoor.core.problems import Place, Problem
from gehoor.loading.canonical import Canonical, Path, Spot
from gehoor.loading.durations import is_duration
from gehoor.loading.meta_schemas import file_validator, is_clock_time, is_safe_pattern
from gehoor.loading.placeholders import LETTER_PLACES, is_letter, is_number_pattern
from gehoor.loading.suggestions import hint
from gehoor.loading.vocabulary import Vocabulary

_KINDS_OF_VALUE = {
    "object": "een groep met sleutelwoorden",
    "array": "een lijst",
    "string": "een tekst",
    "integer": "een geheel getal",
    "number": "een getal",
    "boolean": "ja of nee",
}


def schema_problems(canonical: Canonical, kind: str, vocabulary: Vocabulary) -> list[Problem]:
    """Return everything in a file that its meta-schema refuses, in the order of the file."""
    validator = file_validator(kind, _formats())
    teller = _Teller(canonical, vocabulary)
    problems = [problem for error in validator.iter_errors(canonical.data) for problem in teller.tell(error)]
    return sorted(set_aside_doubles(problems), key=lambda problem: problem.place)


def set_aside_doubles(problems: Iterable[Problem]) -> list[Problem]:
    """Return the problems without repetitions of one code at one place."""
    return list({(problem.place, problem.code): problem for problem in reversed(list(problems))}.values())


@cache
def _formats() -> FormatChecker:
    checker = FormatChecker(formats=("date", "email"))
    checker.checks("gehoor-duration")(is_duration)
    checker.checks("gehoor-reminder")(is_duration)
    checker.checks("gehoor-time")(is_clock_time)
    checker.checks("gehoor-pattern")(is_safe_pattern)
    checker.checks("gehoor-number-pattern")(is_number_pattern)
    checker.checks("gehoor-letter")(is_letter)
    return checker


@dataclass
class _Teller:
    canonical: Canonical
    vocabulary: Vocabulary

    def tell(self, error: ValidationError) -> Iterator[Problem]:
        path: Path = tuple(error.absolute_path)
        method = _TELLERS.get(str(error.validator), _Teller._other)
        yield from method(self, error, path)

    def _spot(self, path: Path) -> Spot:
        while path not in self.canonical.spots and path:
            path = path[:-1]
        return self.canonical.spots[path]

    def _word(self, path: Path) -> str:
        named = [self.canonical.spots[path[:i]].word for i in range(len(path), 0, -1) if path[:i] in self.canonical.spots]
        return next((word for word in named if word), "dit bestand")

    def _value(self, path: Path, code: str, **details: Any) -> Problem:
        return Problem(self._spot(path).value, code, {"word": self._word(path), **details})

    def _unknown_key(self, error: ValidationError, path: Path) -> Iterator[Problem]:
        properties: Mapping[str, Any] = error.schema["properties"]
        standard = error.schema.get("x-json-schema", ())
        known = [name if name in standard else self.vocabulary.word(name) for name in properties]
        for key in error.instance:
            if key not in properties:
                spot = self.canonical.spots[(*path, key)]
                yield Problem(spot.key, "onbekend-sleutelwoord", {"word": spot.word, "hint": hint(spot.word, known)})

    def _missing(self, error: ValidationError, path: Path) -> Iterator[Problem]:
        spot = self._spot(path)
        missing = next(name for name in error.validator_value if f"{name!r} is a required" in error.message)
        place: Place = spot.key if path else spot.value
        standard = error.schema.get("x-json-schema", ())
        word = missing if missing in standard else self.vocabulary.word(missing)
        yield Problem(place, "ontbreekt", {"missing": word})

    def _type(self, error: ValidationError, path: Path) -> Iterator[Problem]:
        wanted = error.validator_value
        names = [wanted] if isinstance(wanted, str) else list(wanted)
        shown = " of ".join(_KINDS_OF_VALUE[name] for name in names)
        yield self._value(path, "verkeerde-soort", wanted=shown, found=self._found(error.instance))

    def _found(self, value: object) -> str:
        if isinstance(value, dict):
            return _KINDS_OF_VALUE["object"]
        if isinstance(value, list):
            return _KINDS_OF_VALUE["array"]
        return f"{value!r}" if value != "" else "niets"

    def _enum(self, error: ValidationError, path: Path) -> Iterator[Problem]:
        allowed = [self.vocabulary.value_word(value) for value in error.validator_value]
        value = str(error.instance)
        yield self._value(path, "geen-keuze", value=value, allowed=", ".join(allowed), hint=hint(value, allowed))

    def _const(self, error: ValidationError, path: Path) -> Iterator[Problem]:
        yield self._value(path, "geen-keuze", value=str(error.instance), allowed=str(error.validator_value))

    def _pattern(self, error: ValidationError, path: Path) -> Iterator[Problem]:
        wanted = error.schema.get("title", "kleine letters, cijfers en streepjes")
        is_key = "propertyNames" in error.absolute_schema_path
        place = self._spot((*path, error.instance)).key if is_key else self._spot(path).value
        yield Problem(place, "ongeldige-naam", {"value": str(error.instance), "wanted": wanted})

    def _format(self, error: ValidationError, path: Path) -> Iterator[Problem]:
        code = {
            "gehoor-duration": "ongeldige-duur",
            "gehoor-reminder": "ongeldige-herinnering",
            "gehoor-time": "ongeldig-uur",
            "gehoor-pattern": "onveilig-patroon",
            "gehoor-number-pattern": "ongeldig-nummerpatroon",
            "gehoor-letter": "onbekende-plaats",
            "date": "ongeldige-datum",
            "email": "ongeldig-adres",
        }[error.validator_value]
        units = self.vocabulary.duration_units
        unit = str(error.instance).partition(" ")[2]
        places = ", ".join(sorted(word for word, name in self.vocabulary.placeholders.items() if name in LETTER_PLACES))
        near = hint(unit, units) if unit else ""
        yield self._value(path, code, value=str(error.instance), hint=near, places=places)

    def _too_few(self, error: ValidationError, path: Path) -> Iterator[Problem]:
        if error.validator == "minLength":
            yield self._value(path, "verkeerde-soort", wanted="een tekst", found="niets")
        else:
            yield self._value(path, "te-weinig", limit=error.validator_value)

    def _bounds(self, error: ValidationError, path: Path) -> Iterator[Problem]:
        yield self._value(path, "te-klein-of-te-groot", value=error.instance, limit=error.validator_value)

    def _doubles(self, error: ValidationError, path: Path) -> Iterator[Problem]:
        yield self._value(path, "dubbel-in-lijst")

    def _one_of(self, error: ValidationError, path: Path) -> Iterator[Problem]:
        yield self._value(path, "een-gevolg")

    def _any_of(self, error: ValidationError, path: Path) -> Iterator[Problem]:
        # The deepest complaint is about the alternative that the writer meant.
        inner = max(error.context or (), key=lambda item: len(item.absolute_path), default=None)
        if inner is not None and len(inner.absolute_path) > len(path):
            yield from self.tell(inner)
        elif inner is not None and isinstance(error.instance, dict):
            own = [item for item in error.context or () if item.validator != "type"]
            for item in own or [inner]:
                yield from self.tell(item)
        else:
            yield self._value(path, "vorm-klopt-niet")

    def _other(self, error: ValidationError, path: Path) -> Iterator[Problem]:
        yield self._value(path, "vorm-klopt-niet")


_TELLERS: Mapping[str, Callable[[_Teller, ValidationError, Path], Iterator[Problem]]] = {
    "additionalProperties": _Teller._unknown_key,
    "required": _Teller._missing,
    "type": _Teller._type,
    "enum": _Teller._enum,
    "const": _Teller._const,
    "pattern": _Teller._pattern,
    "format": _Teller._format,
    "minLength": _Teller._too_few,
    "minItems": _Teller._too_few,
    "minProperties": _Teller._too_few,
    "minimum": _Teller._bounds,
    "exclusiveMinimum": _Teller._bounds,
    "maximum": _Teller._bounds,
    "maxLength": _Teller._bounds,
    "uniqueItems": _Teller._doubles,
    "oneOf": _Teller._one_of,
    "anyOf": _Teller._any_of,
}
