"""Answers with which a condition holds: what an example of a rule can give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from itertools import islice, product
from typing import Final, TypeAlias

from gehoor.core.analysis.domains import Domain, Domains, candidates
from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import FactType, FactValue
from gehoor.core.conditions.model import Comparison, Condition, Operator, comparisons

Answer: TypeAlias = "bool | int | float | str | list[str]"

_MOST: Final = 20_000
"""So many ways to answer are tried."""
_WORDS: Final = "..."
"""A text that says nothing: enough where it is only asked whether there is one."""


def witnesses(condition: Condition, domains: Domains) -> Iterator[Mapping[str, Answer]]:
    """Yield answers, by field, with which a condition holds, as far as they are found: what it names comes first."""
    asked: dict[str, list[Comparison]] = {}
    for one in comparisons(condition):
        asked.setdefault(one.fact, []).append(one)
        if one.than is not None:
            asked.setdefault(one.than.fact, [])
    if any(fact not in domains for fact in asked):
        return
    ways = [tuple(_tried(domains[fact], of)) for fact, of in asked.items()]
    for chosen in islice(product(*ways), _MOST):
        facts = {fact: value for fact, value in zip(asked, chosen, strict=True) if value is not None}
        if facts and holds(condition, facts):
            yield {fact: _answer(value) for fact, value in facts.items()}


def _tried(domain: Domain, of: list[Comparison]) -> Iterator[FactValue | None]:
    """Yield answers to try: first what is named, last none."""
    named = [value for one in of for value in _operands(one)]
    contained = [str(one.operand) for one in of if one.operator is Operator.CONTAINS]
    there = candidates(domain, named, contained) or ()
    plain = [*contained, _WORDS] if domain.fact_type is FactType.TEXT and domain.codes is None else []
    first = [one for one in named if one in there]
    yield from dict.fromkeys([*first, *plain, *there])
    yield None


def _operands(one: Comparison) -> Iterator[FactValue]:
    if isinstance(one.operand, tuple):
        yield from one.operand
    elif one.operand is not None:
        yield one.operand


def _answer(value: FactValue) -> Answer:
    """Return what somebody would have answered for a fact."""
    if isinstance(value, tuple | frozenset):
        return sorted(map(str, value))
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    assert isinstance(value, bool | int | str)
    return value
