"""Conditions in words, as the clause after "als": every fact, operator and value has its own wording."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gehoor.core.agreement.model import Agreement
from gehoor.core.calendar.durations import show_duration
from gehoor.core.conditions.facts import LATE_TERMS
from gehoor.core.conditions.model import (
    PRESENCE,
    ROW_COUNT,
    All,
    AnyOf,
    Comparison,
    Condition,
    Not,
    Operator,
    Quantified,
    Quantifier,
)
from gehoor.core.conditions.relative_dates import TODAY, Day, RelativeDate
from gehoor.core.conditions.unanswered import hinges_on_silence
from gehoor.core.forms.fields import Field
from gehoor.core.wording.nl.agreement.phrases import asked, joined, value
from gehoor.core.wording.nl.formats import FORMATS, quoted
from gehoor.core.wording.nl.register import question_label


def clause(agreement: Agreement, condition: Condition) -> str:
    """Say a condition as the clause after "als"."""
    return _clause(_Scope(agreement, agreement.dossier_form.fields), condition)


def day_words(agreement: Agreement, day: Day) -> str:
    """Say a day: a date, or one that is reckoned from the date in a field or from today."""
    if not isinstance(day, RelativeDate):
        return FORMATS.day(day)
    if day.fact != TODAY:
        return _day(_Scope(agreement, agreement.dossier_form.fields), day)
    told = "de dag waarop men het invult"
    return f"{show_duration(day.by)} {'vóór' if day.backwards else 'na'} {told}" if day.by else told


def row_clause(agreement: Agreement, of: Field, condition: Condition) -> str:
    """Say a condition within a row of a list as the clause after "als"."""
    return _clause(_Scope(agreement, of.members, of.id), condition)


@dataclass(frozen=True, slots=True)
class _Scope:
    """What a condition speaks of: the fields of the dossier, or what each row asks of the list ``rows_of``."""

    agreement: Agreement
    fields: Mapping[str, Field]
    rows_of: str = ""

    def label(self, name: str) -> str:
        known = self.fields.get(name)
        return quoted(known.label if known else name)

    def subject(self, name: str) -> str:
        known = self.fields.get(name)
        return asked(known.label if known else name)


def _clause(scope: _Scope, condition: Condition) -> str:
    match condition:
        case Comparison():
            return _comparison(scope, condition)
        case Quantified():
            return _rows(scope, condition)
        case All(parts):
            return _all(scope, parts)
        case AnyOf(parts):
            said = [_inside(scope, part) for part in parts]
            return joined(said, "of") if said else "nooit iets klopt"
        case Not(AnyOf(parts)):
            ways = joined([_inside(scope, part) for part in parts], "of")
            return f"niets hiervan klopt{_silence(condition)}: {ways}"
        case Not(part):
            return f"dit niet klopt{_silence(condition)}: {_inside(scope, part)}"


def _silence(condition: Not) -> str:
    """Say that what must not hold does not hold of an empty field either, where that is not said by itself."""
    return " (ook zolang het niet ingevuld is)" if hinges_on_silence(condition) else ""


def _all(scope: _Scope, parts: tuple[Condition, ...]) -> str:
    if not parts:
        return "het om eender welk bericht gaat"
    return joined([_inside(scope, part) for part in parts])


def _inside(scope: _Scope, part: Condition) -> str:
    """Put what consists of several parts in brackets, so that "en" and "of" cannot be read two ways."""
    said = _clause(scope, part)
    alone = isinstance(part, Comparison) or (
        isinstance(part, Quantified) and isinstance(part.part, Comparison)
    )
    return said if alone else f"({said})"


def _rows(scope: _Scope, condition: Quantified) -> str:
    named, of = scope.label(condition.fact), scope.fields.get(condition.fact)
    rows = _Scope(scope.agreement, of.members if of else {}, named)
    part = _inside(rows, condition.part)
    if condition.quantifier is Quantifier.COUNT:
        return part
    return f"{_QUANTIFIERS[condition.quantifier].format(list=named)} {part}"


def _comparison(scope: _Scope, condition: Comparison) -> str:
    if condition.operator in PRESENCE:
        word = "ingevuld" if condition.operator is Operator.FILLED else "niet ingevuld"
        return f"{scope.label(condition.fact)} {word} is"
    of = scope.fields.get(condition.fact)
    if (question := scope.agreement.register_questions.get(condition.fact)) is not None:
        return f"het aantal {question_label(scope.agreement, question)} {_number(condition)}"
    if condition.fact == LATE_TERMS:
        return f"de termijn {joined(_terms(scope.agreement, condition), 'of')} te laat is"
    if condition.fact == ROW_COUNT:
        return f"het aantal rijen van {scope.rows_of} {_number(condition)}"
    if condition.than is not None:
        day = _day(scope, condition.than)
        return f"{scope.subject(condition.fact)} {_DAY_WORDS[condition.operator]} {day} is"
    # As long as nobody answered it, it is not something else either.
    other = condition.operator in _OTHER_THAN
    subject = f"{scope.label(condition.fact)} ingevuld is met" if other else scope.subject(condition.fact)
    return f"{subject} {_ENDS[condition.operator](of, condition)}"


def _number(condition: Comparison) -> str:
    said = _ENDS[condition.operator](None, condition)
    return f"{said} is" if condition.operator in _OTHER_THAN else said


def _terms(agreement: Agreement, condition: Comparison) -> list[str]:
    named = condition.operand if isinstance(condition.operand, tuple) else ()
    known = {name: agreement.terms[name].name for name in map(str, named) if name in agreement.terms}
    return [quoted(known.get(str(name), str(name))) for name in named]


def _day(scope: _Scope, than: RelativeDate) -> str:
    other = scope.subject(than.fact)
    if than.by is None:
        return other
    return f"{show_duration(than.by)} {'vóór' if than.backwards else 'na'} {other}"


def _is(of: Field | None, condition: Comparison) -> str:
    return f"{_shown(of, condition)} is"


def _is_not(of: Field | None, condition: Comparison) -> str:
    return f"iets anders dan {_shown(of, condition)}"


def _one_of(of: Field | None, condition: Comparison) -> str:
    return f"{joined(_each(of, condition), 'of')} is"


def _none_of(of: Field | None, condition: Comparison) -> str:
    return f"iets anders dan {joined(_each(of, condition), 'of')}"


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


_OTHER_THAN: Final = (Operator.IS_NOT, Operator.NONE_OF)
_QUANTIFIERS: Final[Mapping[Quantifier, str]] = {
    Quantifier.SOME: "in minstens een rij van {list}",
    Quantifier.EVERY: "in elke rij van {list}",
    Quantifier.NONE: "er rijen zijn bij {list}, en in geen enkele daarvan",
}
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
