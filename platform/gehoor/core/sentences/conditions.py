"""Conditions in words, as the clause after "als": every fact, operator and value has its own wording."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from gehoor.core.agreement import Agreement
from gehoor.core.conditions import PRESENCE, All, AnyOf, Comparison, Condition, Not, Operator
from gehoor.core.durations import show_duration
from gehoor.core.facts import LATE_TERMS
from gehoor.core.fields import Field
from gehoor.core.relative_dates import RelativeDate
from gehoor.core.sentences.phrases import field, joined, label, quoted, value


def clause(agreement: Agreement, condition: Condition) -> str:
    """Say a condition as the clause after "als"."""
    match condition:
        case Comparison():
            return _comparison(agreement, condition)
        case All(parts):
            return _all(agreement, parts)
        case AnyOf(parts):
            said = [_inside(agreement, part) for part in parts]
            return joined(said, "of") if said else "nooit iets klopt"
        case Not(AnyOf(parts)):
            return f"niets hiervan klopt: {joined([_inside(agreement, part) for part in parts], 'of')}"
        case Not(part):
            return f"dit niet klopt: {_inside(agreement, part)}"


def _all(agreement: Agreement, parts: tuple[Condition, ...]) -> str:
    if not parts:
        return "het om eender welk bericht gaat"
    return joined([_inside(agreement, part) for part in parts])


def _inside(agreement: Agreement, part: Condition) -> str:
    """Put what consists of several parts in brackets, so that "en" and "of" cannot be read two ways."""
    said = clause(agreement, part)
    return said if isinstance(part, Comparison) else f"({said})"


def _comparison(agreement: Agreement, condition: Comparison) -> str:
    if condition.operator in PRESENCE:
        word = "ingevuld" if condition.operator is Operator.FILLED else "niet ingevuld"
        return f"{label(agreement, condition.fact)} {word} is"
    of = agreement.dossier_form.fields.get(condition.fact)
    if condition.fact == LATE_TERMS:
        return f"de termijn {joined(_terms(agreement, condition), 'of')} te laat is"
    if condition.than is not None:
        day = _day(agreement, condition.than)
        return f"{field(agreement, condition.fact)} {_DAY_WORDS[condition.operator]} {day} is"
    return f"{field(agreement, condition.fact)} {_ENDS[condition.operator](of, condition)}"


def _terms(agreement: Agreement, condition: Comparison) -> list[str]:
    named = condition.operand if isinstance(condition.operand, tuple) else ()
    known = {name: agreement.terms[name].name for name in map(str, named) if name in agreement.terms}
    return [quoted(known.get(str(name), str(name))) for name in named]


def _day(agreement: Agreement, than: RelativeDate) -> str:
    other = field(agreement, than.fact)
    if than.by is None:
        return other
    return f"{show_duration(than.by)} {'vóór' if than.backwards else 'na'} {other}"


def _is(of: Field | None, condition: Comparison) -> str:
    return f"{_shown(of, condition)} is"


def _is_not(of: Field | None, condition: Comparison) -> str:
    return f"iets anders dan {_shown(of, condition)} is"


def _one_of(of: Field | None, condition: Comparison) -> str:
    return f"{joined(_each(of, condition), 'of')} is"


def _none_of(of: Field | None, condition: Comparison) -> str:
    return f"iets anders dan {joined(_each(of, condition), 'of')} is"


def _contains(of: Field | None, condition: Comparison) -> str:
    return f"ook {_shown(of, condition)} bevat"


def _ordered(number: str, day: str) -> Callable[[Field | None, Comparison], str]:
    """A date is early or late where a number is small or large."""

    def end(of: Field | None, condition: Comparison) -> str:
        word = day if isinstance(condition.operand, date) else number
        return f"{word} {_shown(of, condition)} is"

    return end


def _shown(of: Field | None, condition: Comparison) -> str:
    return "" if condition.operand is None else value(of, condition.operand)


def _each(of: Field | None, condition: Comparison) -> list[str]:
    several = condition.operand if isinstance(condition.operand, tuple) else (condition.operand,)
    return [value(of, one) for one in several if one is not None]


_DAY_WORDS: Final[Mapping[Operator, str]] = {
    Operator.LESS_THAN: "vroeger dan",
    Operator.AT_MOST: "uiterlijk",
    Operator.MORE_THAN: "later dan",
    Operator.AT_LEAST: "ten vroegste",
}

_ENDS: Final[Mapping[Operator, Callable[[Field | None, Comparison], str]]] = {
    Operator.IS: _is,
    Operator.IS_NOT: _is_not,
    Operator.ONE_OF: _one_of,
    Operator.NONE_OF: _none_of,
    Operator.LESS_THAN: _ordered("minder dan", "vóór"),
    Operator.AT_MOST: _ordered("hoogstens", "uiterlijk"),
    Operator.MORE_THAN: _ordered("meer dan", "later dan"),
    Operator.AT_LEAST: _ordered("minstens", "ten vroegste"),
    Operator.CONTAINS: _contains,
}
