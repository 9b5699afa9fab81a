"""Whether a condition can ever hold: never denied of one that does, and found out where all answers can be tried."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.analysis.domains import Domain
from gehoor.core.analysis.satisfiability import Judge
from gehoor.core.calendar.durations import Duration, Unit
from gehoor.core.conditions.evaluate import holds
from gehoor.core.conditions.facts import FactType, Row, member_name
from gehoor.core.conditions.model import (
    ROW_COUNT,
    All,
    AnyOf,
    Comparison,
    Not,
    Operator,
    Quantified,
    Quantifier,
)
from gehoor.core.conditions.relative_dates import RelativeDate

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DOMAINS = {
    "urgent": Domain(FactType.BOOLEAN),
    "score": Domain(FactType.INTEGER, minimum=Decimal(1), maximum=Decimal(5)),
    "even": Domain(FactType.INTEGER, minimum=Decimal(0), maximum=Decimal(6), step=Decimal(2)),
    "kind": Domain(FactType.TEXT, frozenset({"a", "b", "c"})),
    "themes": Domain(FactType.CODES, frozenset({"p", "q", "r"})),
    "two": Domain(FactType.CODES, frozenset({"p", "q", "r"}), fewest=2, most=2),
    "cost": Domain(FactType.DECIMAL, minimum=Decimal(0)),
    "story": Domain(FactType.TEXT),
    "day": Domain(FactType.DATE),
    "other": Domain(FactType.DATE),
    "moment": Domain(FactType.INSTANT),
}


def asks(fact, operator, operand=None):
    return Comparison(fact, Operator(operator), operand)


def can(*conditions):
    return Judge(DOMAINS).possible(*conditions)


@pytest.mark.parametrize(
    "parts",
    [
        [asks("score", "at-least", 6)],
        [asks("score", "less-than", 1)],
        [asks("score", "more-than", 2), asks("score", "less-than", 3)],
        [asks("score", "at-least", 4), asks("score", "empty")],
        [asks("even", "is", 3)],
        [asks("even", "more-than", 2), asks("even", "less-than", 4)],
        [asks("kind", "is", "a"), asks("kind", "is", "b")],
        [asks("kind", "none-of", ("a", "b", "c"))],
        [asks("kind", "one-of", ("a", "b")), asks("kind", "is", "c")],
        [asks("urgent", "is", True), asks("urgent", "is-not", True)],
        [asks("urgent", "is-not", True), asks("urgent", "is-not", False)],
        [asks("themes", "is", "p"), asks("themes", "contains", "q")],
        [asks("themes", "none-of", ("p", "q", "r"))],
        [asks("two", "none-of", ("p", "q"))],
        [asks("two", "is", "p")],
        [asks("cost", "less-than", Decimal(0))],
        [asks("cost", "more-than", Decimal("1.1")), asks("cost", "at-most", Decimal("1.1"))],
        [asks("story", "is", "soep"), asks("story", "contains", "vlees")],
        [asks("story", "contains", "Soepkom"), Not(asks("story", "contains", "soep"))],
        [asks("day", "more-than", date(2026, 1, 1)), asks("day", "less-than", date(2026, 1, 2))],
        [asks("day", "more-than", date.max)],
        [asks("moment", "less-than", NOON), asks("moment", "at-least", NOON)],
        [AnyOf(())],
        [Not(All(()))],
        [Not(AnyOf((asks("urgent", "filled"), asks("urgent", "empty"))))],
        [asks("kind", "is", "a"), AnyOf((asks("kind", "is", "b"), asks("kind", "empty")))],
    ],
)
def test_what_can_never_hold(parts):
    assert not can(All(tuple(parts)))
    assert not can(*parts)


@pytest.mark.parametrize(
    "parts",
    [
        [asks("score", "at-least", 5)],
        [asks("even", "more-than", 2), asks("even", "less-than", 5)],
        [asks("kind", "none-of", ("a", "b"))],
        [asks("themes", "contains", "p"), asks("themes", "is-not", "p")],
        [asks("themes", "one-of", ("p", "q")), asks("themes", "none-of", ("q",))],
        [asks("cost", "more-than", Decimal("1.1")), asks("cost", "less-than", Decimal("1.11"))],
        [asks("story", "contains", "a"), asks("story", "contains", "b"), asks("story", "is-not", "ab")],
        [
            asks("story", "contains", "a"),
            asks("story", "contains", "b"),
            Not(asks("story", "contains", "ab")),
        ],
        [Not(asks("score", "at-least", 1)), Not(asks("score", "less-than", 1))],
        [Not(asks("urgent", "is", True)), Not(asks("urgent", "is", False))],
        [asks("moment", "less-than", NOON)],
        [All(())],
    ],
)
def test_what_can_hold(parts):
    assert can(*parts)


AFTER = Comparison("day", Operator.MORE_THAN, than=RelativeDate("other", Duration(1, Unit.YEARS)))
BEFORE = Comparison("day", Operator.AT_MOST, than=RelativeDate("other", Duration(1, Unit.YEARS)))


@pytest.mark.parametrize("empty", ["day", "other"])
def test_days_are_compared_only_when_both_are_there(empty):
    assert can(AFTER)
    assert not can(AFTER, asks(empty, "empty"))
    assert can(Not(AFTER), asks(empty, "empty"))


def test_a_day_is_not_on_both_sides_of_another():
    assert not can(AFTER, BEFORE)
    assert not can(Comparison("day", Operator.LESS_THAN, than=RelativeDate("day")))
    assert can(Comparison("day", Operator.AT_MOST, than=RelativeDate("day")))


def test_of_a_fact_without_a_domain_only_its_absence_is_known():
    assert can(asks("unheard", "is", 1), asks("unheard", "is", 2))
    assert not can(asks("unheard", "is", 1), asks("unheard", "empty"))
    assert not can(asks("unheard", "is", 1), Not(asks("unheard", "filled")))


def test_a_condition_that_cannot_fail_says_nothing():
    assert not Judge(DOMAINS).can_fail(AnyOf((asks("urgent", "is", True), Not(asks("urgent", "is", True)))))
    # A score need not be there, and then nothing can be said of it.
    assert Judge(DOMAINS).can_fail(asks("score", "at-least", 1))


def test_two_parts_that_exclude_each_other_are_named():
    low, high = asks("score", "at-most", 2), asks("score", "at-least", 4)
    urgent = asks("urgent", "is", True)
    assert Judge(DOMAINS).culprits(All((low, urgent, All((high,))))) == (low, high)
    assert Judge(DOMAINS).culprits(All((urgent, asks("score", "is", 9)))) == (asks("score", "is", 9),)
    assert Judge(DOMAINS).culprits(urgent) == ()
    three = tuple(asks("kind", "is-not", code) for code in "abc")
    assert Judge(DOMAINS).culprits(All(three)) == three


def test_what_takes_too_long_counts_as_possible():
    """Eight people in seven rooms, each alone: it cannot be, but to see that takes more than a moment."""
    rooms = "abcdefg"
    domains = {f"room{n}": Domain(FactType.TEXT, frozenset(rooms)) for n in range(8)}
    filled = [asks(name, "filled") for name in domains]
    apart = [
        Not(All((asks(one, "is", room), asks(other, "is", room))))
        for one, other in combinations(domains, 2)
        for room in rooms
    ]
    assert Judge(domains).possible(*filled, *apart)


def test_who_judges_much_stops_looking():
    judge = Judge(DOMAINS, effort=6)
    never = asks("kind", "is", "x")
    assert [judge.possible(never) for _ in range(5)] == [False, False, False, True, True]


def test_many_choices_are_no_trouble():
    assert can(*[AnyOf((asks("kind", "is", "a"), asks("kind", "is", "b"))) for _ in range(5000)])


# Every answer of these can be tried: no answer, or one of a few.
_SMALL = {
    "urgent": (None, True, False),
    "score": (None, 1, 2, 3, 4, 5),
    "even": (None, 0, 2, 4, 6),
    "kind": (None, "a", "b", "c"),
    "themes": (None, *[tuple(codes) for codes in ("p", "q", "r", "pq", "pr", "qr", "pqr")]),
    "two": (None, *[tuple(codes) for codes in ("pq", "pr", "qr")]),
}
_CLOCK = st.integers(0, 3).map(lambda micros: NOON + timedelta(microseconds=micros))
_OPERANDS = {
    "urgent": st.booleans(),
    "score": st.integers(-1, 7),
    "even": st.integers(-1, 7),
    "kind": st.sampled_from("abcd"),
    "themes": st.sampled_from("pqrs"),
    "two": st.sampled_from("pqrs"),
    "cost": st.decimals(-2, 2, places=1),
    "story": st.text("aBé", min_size=1, max_size=3),
    "day": st.dates(date(2026, 1, 1), date(2026, 1, 6)),
    "moment": _CLOCK,
}
_PLAIN = ["is", "is-not", "filled", "empty"]
_ORDER = [*_PLAIN, "one-of", "none-of", "less-than", "at-most", "more-than", "at-least"]
_WORDS = [*_PLAIN, "one-of", "none-of", "contains"]
_OPERATORS = {
    FactType.BOOLEAN: _PLAIN,
    FactType.TEXT: _WORDS,
    FactType.CODES: _WORDS,
}


@st.composite
def comparisons_of(draw, names):
    fact = draw(st.sampled_from(sorted(names)))
    operator = draw(st.sampled_from(_OPERATORS.get(DOMAINS[fact].fact_type, _ORDER)))
    if operator in ("filled", "empty"):
        return asks(fact, operator)
    several = operator in ("one-of", "none-of")
    if several or (fact in ("themes", "two") and operator != "contains"):
        some = draw(st.lists(_OPERANDS[fact], min_size=1, max_size=3))
        return asks(fact, operator, tuple(some))
    return asks(fact, operator, draw(_OPERANDS[fact]))


def conditions_of(names):
    groups = (All, AnyOf)
    return st.recursive(
        comparisons_of(names),
        lambda part: st.one_of(
            st.builds(Not, part),
            *(st.builds(group, st.lists(part, min_size=1, max_size=4).map(tuple)) for group in groups),
        ),
        max_leaves=7,
    )


@given(condition=conditions_of(_SMALL))
def test_where_all_answers_can_be_tried_it_is_exact(condition):
    names = sorted(_SMALL)
    ways = product(*(_SMALL[name] if name in _names(condition) else (None,) for name in names))
    truth = any(
        holds(condition, {n: v for n, v in zip(names, way, strict=True) if v is not None}) for way in ways
    )
    assert Judge(DOMAINS).possible(condition) is truth


def _names(condition):
    match condition:
        case Comparison(fact=fact):
            return {fact}
        case Not(part):
            return _names(part)
        case _:
            return set().union(*map(_names, condition.parts))


_ANSWERS = {
    **{name: st.sampled_from(values) for name, values in _SMALL.items()},
    "cost": st.none() | st.decimals(0, 3, places=2),
    "story": st.none() | st.text("abBé ", min_size=1, max_size=6),
    "day": st.none() | st.dates(date(2025, 12, 30), date(2026, 1, 8)),
    "moment": st.none() | _CLOCK,
}


@given(condition=conditions_of(_OPERANDS), answers=st.fixed_dictionaries(_ANSWERS))
def test_what_holds_is_never_called_impossible(condition, answers):
    facts = {name: value for name, value in answers.items() if value is not None}
    if holds(condition, facts):
        assert Judge(DOMAINS).possible(condition)
        assert Judge(DOMAINS).culprits(condition) == ()
    else:
        assert Judge(DOMAINS).can_fail(condition)


ROWS = {
    "rows": Domain(FactType.GROUPS, most=3),
    **{member_name("rows", name): DOMAINS[name] for name in ("score", "kind", "urgent")},
}
NO_SCORE = asks("score", "more-than", 5)
EVERY_KIND = AnyOf((asks("kind", "empty"), asks("kind", "one-of", ("a", "b", "c"))))


def rows(quantifier, part):
    return Quantified("rows", Quantifier(quantifier), part)


def counted(operator, number):
    return rows("count", asks(ROW_COUNT, operator, number))


@pytest.mark.parametrize(
    ("condition", "truth"),
    [
        (rows("some", NO_SCORE), False),
        (rows("every", All((asks("kind", "is", "a"), asks("kind", "empty")))), False),
        (rows("none", EVERY_KIND), False),
        (rows("none", NO_SCORE), True),
        (rows("some", asks("score", "is", 5)), True),
        (rows("some", asks("colour", "is", "red")), True),
        (Not(rows("some", NO_SCORE)), True),
        (Not(rows("none", NO_SCORE)), True),
        (Not(rows("every", EVERY_KIND)), True),
        (counted("at-least", 3), True),
        (counted("more-than", 3), False),
        (counted("less-than", 0), False),
        (counted("is", 0), True),
        (Not(counted("at-most", 3)), False),
        (Not(counted("at-most", 2)), True),
    ],
)
def test_what_rows_can_be(condition, truth):
    assert Judge(ROWS).possible(condition) is truth


def test_of_a_list_without_bounds_any_number_can_be():
    assert Judge({}).possible(counted("more-than", 999))


def test_rows_that_cannot_be_are_to_blame():
    impossible = rows("some", NO_SCORE)
    assert Judge(ROWS).culprits(All((asks("day", "filled"), impossible))) == (impossible,)


_ROW = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(_SMALL[name]) for name in ("score", "kind", "urgent")}
)


@given(
    quantifier=st.sampled_from(("some", "every", "none")),
    part=conditions_of({name: _OPERANDS[name] for name in ("score", "kind", "urgent")}),
    answers=st.lists(_ROW, max_size=3),
)
def test_what_holds_of_rows_is_never_called_impossible(quantifier, part, answers):
    seen = tuple(Row({name: v for name, v in row.items() if v is not None}) for row in answers)
    facts = {"rows": seen} if seen else {}
    condition = rows(quantifier, part)
    assert Judge(ROWS).possible(condition if holds(condition, facts) else Not(condition))
