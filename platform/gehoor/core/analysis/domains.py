"""Domains: which answers a field can hold, and the few of them that are enough to try a set of comparisons on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations, pairwise
from math import ceil, floor
from typing import Any, Final, TypeAlias

from gehoor.core.conditions.facts import FactType, FactValue
from gehoor.core.forms.fields import Field


@dataclass(frozen=True, slots=True)
class Domain:
    """What a fact can be, next to absent. None stands for no bound.

    ``fewest`` and ``most``: how many codes there can be in a set of them; ``above`` and ``below``: bounds that are not
    reached; ``codes`` of a number: the only ones there are.
    """

    fact_type: FactType
    codes: frozenset[str] | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    step: Decimal | None = None
    fewest: int = 1
    most: int | None = None
    above: Decimal | None = None
    below: Decimal | None = None


Domains: TypeAlias = Mapping[str, Domain]

_MOST_CODES: Final = 8
"""Of more codes than this, not every set is tried: 2 to that power is enough."""
_DIGITS: Final = 400
_SOME_DAY: Final = date(2026, 1, 1)


def domain_of(of: Field) -> Domain:
    """Return the domain of a field. A retired code still counts: older answers hold it."""
    fact_type, schema = of.type.fact_type, of.schema
    bounded = fact_type in (FactType.INTEGER, FactType.DECIMAL)
    return Domain(
        fact_type,
        frozenset(choice.code for choice in of.choices) if of.type.coded else None,
        _bound(schema, "minimum") if bounded else None,
        _bound(schema, "maximum") if bounded else None,
        _bound(schema, "multipleOf") if bounded else None,
        # A list that may hold a code twice can be longer than the set of its codes.
        max(schema.get("minItems", 1), 1) if schema.get("uniqueItems") else 1,
        schema.get("maxItems"),
        _bound(schema, "exclusiveMinimum") if bounded else None,
        _bound(schema, "exclusiveMaximum") if bounded else None,
    )


def _bound(schema: Mapping[str, Any], key: str) -> Decimal | None:
    return Decimal(str(schema[key])) if key in schema else None


def candidates(
    domain: Domain, operands: Iterable[FactValue], contained: Iterable[str] = ()
) -> tuple[FactValue, ...] | None:
    """Return answers such that whatever holds for any answer also holds for one of these.

    ``operands``: the single values that the comparisons name; ``contained``: the texts that must be part of the
    answer. None when such answers cannot be told within bounds.
    """
    named = list(dict.fromkeys(operands))
    found: Iterable[FactValue] | None
    match domain.fact_type:
        case FactType.BOOLEAN:
            found = (True, False)
        case FactType.CODES:
            found = _sets(domain, [code for code in named if isinstance(code, str)])
        case FactType.GROUPS:
            found = None
        case FactType.TEXT if domain.codes is not None:
            found = sorted(domain.codes)
        case FactType.INTEGER if domain.codes is not None:
            found = tuple(n for n in sorted(map(int, domain.codes)) if _fits(domain, Fraction(n)))
        case FactType.TEXT:
            texts = [text for text in named if isinstance(text, str)]
            found = (*texts, _containing(contained, texts))
        case FactType.DATE:
            found = _days([day for day in named if isinstance(day, date)])
        case FactType.INSTANT:
            found = _moments([moment for moment in named if isinstance(moment, datetime)])
        case _:
            found = _numbers(domain, [number for number in named if isinstance(number, (int, Decimal))])
    return None if found is None else tuple(found)


def _sets(domain: Domain, named: list[str]) -> tuple[FactValue, ...] | None:
    """Give the sets to try. Codes that no comparison names are alike: as many as must be in any set are enough."""
    if domain.codes is None:
        return None
    spoken = sorted(domain.codes.intersection(named))
    others = sorted(domain.codes.difference(named))[: domain.fewest]
    codes = [*spoken, *others]
    if len(codes) > _MOST_CODES:
        return None
    most = len(codes) if domain.most is None else min(domain.most, len(codes))
    return tuple(chosen for size in range(domain.fewest, most + 1) for chosen in combinations(codes, size))


def _containing(contained: Iterable[str], named: list[str]) -> str:
    """Return a text that contains what it must, is none of those named, and contains nothing it need not."""
    between = _stranger(named)
    return between + "".join(part + between for part in contained)


def _stranger(named: list[str]) -> str:
    """Return a sign that occurs in none of the texts, however it is folded."""
    used = {sign for text in named for sign in text + text.casefold()}
    return next(sign for sign in map(chr, range(0x2500, 0x10FFFF)) if sign not in used)


def _days(named: list[date]) -> Iterator[date]:
    yield _SOME_DAY
    for day in named:
        yield day
        yield from _beside(day, timedelta(days=1))


def _moments(named: list[datetime]) -> Iterator[datetime]:
    yield datetime.fromisoformat("2026-01-01T12:00:00+00:00")
    for moment in named:
        yield moment
        yield from _beside(moment, timedelta(microseconds=1))


def _beside(day: Any, step: timedelta) -> Iterator[Any]:
    for sign in (-1, 1):
        try:
            yield day + sign * step
        except OverflowError:
            continue


def _numbers(domain: Domain, named: list[int | Decimal]) -> tuple[FactValue, ...] | None:
    known_bounds = (domain.minimum, domain.maximum, domain.above, domain.below)
    bounds = [bound for bound in known_bounds if bound is not None]
    ends = sorted({Fraction(number) for number in (*named, *bounds, 0)})
    whole = domain.fact_type is FactType.INTEGER
    step = Fraction(domain.step) if domain.step is not None else None
    if whole and (step is None or step.denominator != 1):
        step = Fraction(1)
    found = [*_multiples(ends, step)] if step else [*ends, *_between(ends)]
    fitting = (number for number in dict.fromkeys(found) if _fits(domain, number))
    if whole:
        return tuple(int(number) for number in fitting)
    values = [_decimal(number) for number in fitting]
    known = tuple(value for value in values if value is not None)
    return known if len(known) == len(values) else None


def _multiples(ends: list[Fraction], step: Fraction) -> Iterator[Fraction]:
    """Give the multiples next to each end on either side: one of them stands in every gap where there is any."""
    for end in ends:
        at = end / step
        yield (ceil(at) - 1) * step
        if at.denominator == 1:
            yield end
        yield (floor(at) + 1) * step


def _between(ends: list[Fraction]) -> Iterator[Fraction]:
    yield ends[0] - 1
    yield from ((low + high) / 2 for low, high in pairwise(ends))
    yield ends[-1] + 1


def _fits(domain: Domain, number: Fraction) -> bool:
    return (
        (domain.minimum is None or number >= Fraction(domain.minimum))
        and (domain.maximum is None or number <= Fraction(domain.maximum))
        and (domain.above is None or number > Fraction(domain.above))
        and (domain.below is None or number < Fraction(domain.below))
    )


def _decimal(number: Fraction) -> Decimal | None:
    with localcontext() as context:
        context.prec = _DIGITS
        value = Decimal(number.numerator) / Decimal(number.denominator)
    return value if Fraction(value) == number else None
