"""What stands beside a ``$ref`` and what it refers to both hold, as in JSON Schema 2020-12: the strictest counts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import Any, Final

from gehoor.core.text.problems import Problem, Severity
from gehoor.core.text.suggestions import listed
from gehoor.loading.merge.canonical import Canonical
from gehoor.loading.merge.located_document import Sourced, value_at
from gehoor.loading.merge.source_map import Path, Spots

Strictest = Callable[[Any, Any], Any]


def _number(value: Any) -> Fraction:
    return Fraction(str(value))


def _least(one: Any, other: Any) -> Any:
    return min(one, other, key=_number)


def _most(one: Any, other: Any) -> Any:
    return max(one, other, key=_number)


def _either(one: Any, other: Any) -> Any:
    return bool(one or other)


def _common_multiple(one: Any, other: Any) -> Any:
    if (_number(one) / _number(other)).denominator == 1:
        return one
    first, second = _number(one), _number(other)
    both = Fraction(lcm(first.numerator, second.numerator), gcd(first.denominator, second.denominator))
    return int(both) if both.denominator == 1 else float(both)


def _narrower_type(one: Any, other: Any) -> Any:
    return "integer" if {one, other} == {"integer", "number"} else None


def _same(_: Any, __: Any) -> Any:
    return None


_STRICTEST: Final[Mapping[str, Strictest]] = {
    **dict.fromkeys(("maximum", "exclusiveMaximum", "maxLength", "maxItems"), _least),
    **dict.fromkeys(("minimum", "exclusiveMinimum", "minLength", "minItems"), _most),
    "uniqueItems": _either,
    "multipleOf": _common_multiple,
    "type": _narrower_type,
    **dict.fromkeys(("format", "pattern", "const"), _same),
}
"""Word -> what holds of two values of it that differ; None: nothing that could be said in one word."""
_LISTS: Final = ("enum", "oneOf")


def narrows(word: str, result: Sourced, to: Path) -> bool:
    """Say whether what stands at this word is held beside what a ``$ref`` brought there."""
    words = _LISTS if word in _LISTS else (word,)
    known = word in _STRICTEST or word in _LISTS or (word == "required" and to[-1:] == ("items",))
    return known and any(result.at((*to, one)) is not None for one in words)


def narrow(result: Sourced, to: Path, source: Canonical, at: Path) -> Problem | None:
    """Lay a word of a field over what a ``$ref`` brought there. Returns what is wrong with it, or a warning."""
    word = str(at[-1])
    own, taken = value_at(source.data, at), result.at((*to, word))
    if word in _LISTS:
        return _choices(result, to, source, at)
    if word == "required":
        result.group(to)[word] = [*taken, *(name for name in own if name not in taken)]
        return None
    if own == taken:
        return None
    both = _STRICTEST[word](own, taken)
    if both is None:
        reason = f"daar staat bij '{word}' iets anders ({taken}), en beide zouden gelden"
        return Problem(
            source.spots.nearest(at).value, "formulier-verwijzing", {"value": own, "reason": reason}
        )
    if both == taken:
        return _looser(source, at, taken)
    result.put((*to, word), source, at)
    result.group(to)[word] = both
    return None


def _choices(result: Sourced, to: Path, source: Canonical, at: Path) -> Problem | None:
    """Keep the choices that stand in both lists; a list with labels says how they are called."""
    word = str(at[-1])
    other = next(one for one in _LISTS if result.at((*to, one)) is not None)
    own, taken = _codes(value_at(source.data, at)), _codes(result.at((*to, other)))
    both = [code for code in own if code in taken]
    if not both:
        reason = "geen enkele keuze staat ook in de lijst waar $ref naar verwijst"
        return Problem(source.spots.nearest(at).key, "woorden-spreken-elkaar-tegen", {"reason": reason})
    if (word, other) != ("enum", "oneOf"):
        result.group(to).pop(other)
        result.spots.prune((*to, other))
        result.put((*to, word), source, at)
        other = word
    _keep(result, (*to, other), both)
    more = [code for code in own if code not in taken]
    return _looser(source, at, ", ".join(map(str, taken)), more) if more else None


def _codes(choices: Iterable[Any]) -> list[Any]:
    return [one["const"] if isinstance(one, dict) else one for one in choices]


def _keep(result: Sourced, path: Path, codes: list[Any]) -> None:
    choices, spots = result.at(path), result.spots.branch(path) or Spots()
    kept = [index for index, code in enumerate(_codes(choices)) if code in codes]
    result.group(path[:-1])[path[-1]] = [choices[index] for index in kept]
    below: dict[str | int, Spots] = {
        new: spots.below[old] for new, old in enumerate(kept) if old in spots.below
    }
    result.spots.graft(path, Spots(spots.own, below))


def _looser(source: Canonical, at: Path, taken: Any, more: Iterable[Any] = ()) -> Problem:
    own = listed([str(one) for one in more]) or value_at(source.data, at)
    details = {"word": at[-1], "value": own, "taken": taken}
    return Problem(source.spots.nearest(at).key, "ruimer-dan-verwijzing", details, Severity.WARNING)
