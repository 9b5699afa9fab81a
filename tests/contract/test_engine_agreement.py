"""The engine on durable-rules gives the same answer as the reference, on whatever conditions and facts; so does the one
that remembers."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gehoor.adapters.durable.engine import DurableRuleEngine
from gehoor.core.calendar.durations import Duration
from gehoor.core.conditions.engine import RuleSet
from gehoor.core.conditions.evaluate import ReferenceEngine
from gehoor.core.conditions.facts import FactType, Row, member_name
from gehoor.core.conditions.model import (
    LISTS,
    OPERATORS,
    ORDERING,
    PRESENCE,
    ROW_COUNT,
    All,
    AnyOf,
    Comparison,
    Not,
    Operator,
    Quantified,
    Quantifier,
)
from gehoor.core.conditions.relative_dates import CALENDAR_UNITS, RelativeDate
from gehoor.core.conditions.remembering import RememberingEngine

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
CODES = ("a", "b", "A", "id", "5", "é")

# Few values that lie close together, so that rules and facts often meet, and the ones engines stumble over.
VALUES = {
    FactType.BOOLEAN: (False, True),
    FactType.INTEGER: (-1, 0, 1, 5, 365, 400, 2**53, 2**53 + 1, -(2**63), 10**40),
    FactType.DECIMAL: tuple(
        map(Decimal, ("-0", "0.1", "0.10", "0.1000000000000000000001", "5", "365", "1E+50"))
    ),
    FactType.TEXT: (
        "a",
        "A",
        "5",
        "365",
        "400",
        "true",
        "null",
        "é",
        "e\u0301",
        "straße",
        "STRASSE",
        '"',
        "\\",
        "\n",
        "\x00",
        "\ud800",
        "🙂",
        "$and",
        " ",
        "x" * 5000,
    ),
    FactType.CODES: (("a",), ("a", "b"), ("b", "a", "a"), ("A",), ("id", "5", "é"), CODES),
    FactType.DATE: (date.min, date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 2), date.max),
    FactType.INSTANT: (
        NOON,
        NOON + timedelta(microseconds=1),
        NOON - timedelta(days=9000),
        NOON.replace(year=9999),
    ),
}
# What each row of a list of groups may hold, each with a few values of its type.
MEMBERS = {
    "kind": (FactType.TEXT, ("a", "A", "5", "$and")),
    "weight": (FactType.INTEGER, (0, 1, 5, 2**53 + 1)),
    "sum": (FactType.DECIMAL, (Decimal("0.1"), Decimal(5))),
    "id": (FactType.BOOLEAN, (False, True)),
    "tags": (FactType.CODES, (("a",), ("a", "b"))),
    "from": (FactType.DATE, (date(2026, 2, 28), date(2026, 3, 1))),
    "until": (FactType.DATE, (date(2026, 2, 28), date(2026, 3, 2))),
}
VALUES[FactType.GROUPS] = (
    (Row({"kind": "a"}),),
    (Row({"kind": "a", "weight": 5}), Row({"kind": "A"}), Row({"id": False})),
    (Row({"from": date(2026, 3, 1), "until": date(2026, 2, 28)}),) * 2,
)

# Two facts of each type, under names that mean something to the engine or share its 32-bit hash.
NAMES = (
    "id",
    "sid",
    "$and",
    "k",
    "f0",
    "f1",
    "$s",
    "m",
    "costarring",
    "liquid",
    "chart",
    "",
    "naïef é",
    "$nex",
    "rows",
    "$iany",
)
TYPES = dict(zip(NAMES, [fact_type for fact_type in FactType for _ in range(2)], strict=True))
TYPES |= {
    member_name(name, member): fact_type
    for name in NAMES
    if TYPES[name] is FactType.GROUPS
    for member, (fact_type, _) in MEMBERS.items()
}
ROWS = st.fixed_dictionaries({}, optional={name: st.sampled_from(of) for name, (_, of) in MEMBERS.items()})

engine = DurableRuleEngine(max_rule_sets=4)
reference = ReferenceEngine()
keys = count()


def values(fact_type):
    usual = st.sampled_from(VALUES[fact_type])
    rare = {
        FactType.BOOLEAN: st.booleans(),
        FactType.INTEGER: st.integers(),
        FactType.DECIMAL: st.decimals(allow_nan=False, allow_infinity=False),
        FactType.TEXT: st.text(min_size=1),
        FactType.CODES: st.lists(st.sampled_from(CODES), min_size=1).map(tuple),
        FactType.DATE: st.dates(),
        FactType.INSTANT: st.datetimes(timezones=st.just(UTC)),
        FactType.GROUPS: st.lists(ROWS.map(Row), min_size=1, max_size=4).map(tuple),
    }
    return usual | usual | rare[fact_type]


def operands(fact_type, operator):
    if operator in PRESENCE:
        return st.none()
    if fact_type is FactType.CODES and operator is Operator.CONTAINS:
        return st.sampled_from(CODES)
    if fact_type is FactType.CODES:
        several = values(fact_type)
        return several if operator in LISTS else several | st.sampled_from(CODES)
    if operator in LISTS:
        return st.lists(values(fact_type), min_size=1, max_size=15).map(tuple)
    return values(fact_type)


@st.composite
def leaves(draw):
    name = draw(st.sampled_from(NAMES))
    operator = draw(st.sampled_from(sorted(OPERATORS[TYPES[name]])))
    return Comparison(name, operator, draw(operands(TYPES[name], operator)))


@st.composite
def days(draw):
    """Compare a date with the other date, or with a day so long before or after it."""
    name, other = draw(st.permutations([name for name in NAMES if TYPES[name] is FactType.DATE]))
    amounts = st.integers(0, 60) | st.sampled_from((366, 3650))
    durations = st.builds(Duration, amounts, st.sampled_from(sorted(CALENDAR_UNITS)))
    than = RelativeDate(other, draw(st.none() | durations), draw(st.booleans()))
    return Comparison(name, draw(st.sampled_from(sorted(ORDERING))), than=than)


@st.composite
def in_rows(draw):
    """Ask something of the rows of a list: a condition over the members, or how many there are."""
    name = draw(st.sampled_from([name for name in NAMES if TYPES[name] is FactType.GROUPS]))
    quantifier = draw(st.sampled_from(sorted(Quantifier)))
    if quantifier is Quantifier.COUNT:
        operator = draw(st.sampled_from(sorted(ORDERING | {Operator.IS, Operator.IS_NOT})))
        return Quantified(name, quantifier, Comparison(ROW_COUNT, operator, draw(st.integers(0, 4))))
    return Quantified(
        name, quantifier, draw(st.recursive(member_leaves() | member_days(), groups, max_leaves=4))
    )


@st.composite
def member_leaves(draw):
    name = draw(st.sampled_from(sorted(MEMBERS)))
    fact_type, known = MEMBERS[name]
    operator = draw(st.sampled_from(sorted(OPERATORS[fact_type])))
    if operator in PRESENCE:
        return Comparison(name, operator)
    if fact_type is FactType.CODES and operator is Operator.CONTAINS:
        return Comparison(name, operator, "a")
    one = st.sampled_from(known)
    several = operator in LISTS and fact_type is not FactType.CODES
    return Comparison(
        name, operator, draw(st.lists(one, min_size=1, max_size=3).map(tuple) if several else one)
    )


@st.composite
def member_days(draw):
    name, other = draw(st.permutations(("from", "until")))
    by = draw(st.none() | st.builds(Duration, st.integers(0, 2), st.sampled_from(sorted(CALENDAR_UNITS))))
    return Comparison(
        name, draw(st.sampled_from(sorted(ORDERING))), than=RelativeDate(other, by, draw(st.booleans()))
    )


def groups(conditions):
    several = st.lists(conditions, max_size=4).map(tuple)
    return several.map(All) | several.map(AnyOf) | conditions.map(Not)


rule_sets = st.dictionaries(
    st.sampled_from(("r1", "r2", "r3", "r4", "last", "id", "$and", "")),
    st.recursive(leaves() | days() | in_rows(), groups, max_leaves=14),
    min_size=1,
    max_size=6,
).map(lambda conditions: RuleSet(f"agreement-{next(keys)}", conditions, TYPES))

dossiers = st.lists(
    st.fixed_dictionaries({}, optional={name: values(TYPES[name]) for name in NAMES}),
    min_size=1,
    max_size=4,
)


def check_agreement(rules, dossiers_seen):
    """Compare both engines on each dossier, and return the number of pairs of a rule and a dossier."""
    remembering = RememberingEngine()
    for facts in dossiers_seen:
        meant = reference.fired(rules, facts)
        assert engine.fired(rules, facts) == meant, (rules.conditions, facts)
        assert remembering.fired(rules, facts) == meant, (rules.conditions, facts)
    return len(rules.conditions) * len(dossiers_seen)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rule_sets, dossiers)
def test_engine_agrees_with_the_reference(rules, seen):
    check_agreement(rules, seen)


@pytest.mark.soak
def test_engine_agrees_with_the_reference_on_ten_thousand_pairs():
    pairs = []

    @settings(max_examples=2500, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(rule_sets, dossiers)
    def compare(rules, seen):
        pairs.append(check_agreement(rules, seen))

    compare()
    assert sum(pairs) >= 10_000


@pytest.mark.parametrize(
    ("name", "operator"),
    [(name, operator) for name in NAMES[::2] for operator in sorted(OPERATORS[TYPES[name]])],
    ids=lambda part: part if isinstance(part, Operator) else TYPES[part],
)
def test_every_operator_agrees_on_every_value_of_its_type(name, operator):
    values_of_type = VALUES[TYPES[name]]
    some = {Operator.FILLED: (None,), Operator.EMPTY: (None,), Operator.CONTAINS: VALUES[FactType.TEXT]}
    asked = some.get(operator, values_of_type)
    if operator in LISTS and TYPES[name] is not FactType.CODES:
        asked = tuple(pairwise(values_of_type))
    leaves_asked = [Comparison(name, operator, operand) for operand in asked]
    conditions = {f"r{index}": leaf for index, leaf in enumerate(leaves_asked)}
    conditions |= {f"n{index}": Not(leaf) for index, leaf in enumerate(leaves_asked)}
    rules = RuleSet(f"operator-{next(keys)}", conditions, TYPES)
    check_agreement(rules, [{}, *({name: value} for value in values_of_type)])


def test_every_question_about_rows_agrees_on_every_list_of_rows():
    parts = {
        quantifier: Comparison("kind", Operator.IS, "a")
        if quantifier is not Quantifier.COUNT
        else Comparison(ROW_COUNT, Operator.AT_LEAST, 2)
        for quantifier in Quantifier
    }
    asked = [Quantified("rows", quantifier, part) for quantifier, part in parts.items()]
    conditions = {f"r{index}": one for index, one in enumerate(asked)}
    conditions |= {f"n{index}": Not(one) for index, one in enumerate(asked)}
    rules = RuleSet(f"rows-{next(keys)}", conditions, TYPES)
    seen = [{}, *({"rows": value} for value in VALUES[FactType.GROUPS])]
    check_agreement(rules, seen)
    fired = [engine.fired(rules, facts) for facts in seen]
    assert all(any(name in one for one in fired) for name in conditions), "each of them held somewhere"
