"""The engine on durable-rules: which rules fire, what it keeps, what it refuses, and how it translates."""

from decimal import Decimal

import pytest

from gehoor.adapters.durable import engine as durable_engine
from gehoor.adapters.durable.engine import DurableRuleEngine
from gehoor.adapters.durable.formula import Check, Every, Relation, Size, Some, opposite, paths, size
from gehoor.adapters.durable.host import IrregularRunError, RuleHost
from gehoor.adapters.durable.inputs import Computed, Scale
from gehoor.adapters.durable.translation import MAX_CHUNK_PATHS, translate
from gehoor.core.conditions.engine import RuleEngineError, RuleSet
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import All, AnyOf, Comparison, Not, Operator

TYPES = {
    "days": FactType.INTEGER,
    "cost": FactType.DECIMAL,
    "kind": FactType.TEXT,
    "themes": FactType.CODES,
    "urgent": FactType.BOOLEAN,
}
LATE = Comparison("days", Operator.MORE_THAN, 30)
DEAR = Comparison("cost", Operator.AT_LEAST, Decimal("99.95"))
NOISE = Comparison("kind", Operator.IS, "noise")


def rule_set(key="k", **conditions):
    return RuleSet(key, conditions, TYPES)


def fired(facts, **conditions):
    return DurableRuleEngine().fired(rule_set(**conditions), facts)


def test_rules_whose_condition_holds_fire():
    assert fired({"days": 31, "cost": Decimal("99.94")}, late=LATE, dear=DEAR) == {"late"}


def test_rule_fires_once_though_both_alternatives_hold():
    assert fired({"days": 31, "kind": "noise"}, either=AnyOf((LATE, NOISE))) == {"either"}


def test_no_rule_fires_on_a_dossier_without_answers():
    assert fired({}, late=LATE, noise=NOISE) == frozenset()


def test_negation_of_an_order_fires_on_an_absent_fact():
    assert fired({}, early=Not(LATE)) == {"early"}


def test_codes_are_compared_as_a_set():
    condition = Comparison("themes", Operator.IS, ("staff", "waiting"))
    assert fired({"themes": ("waiting", "staff")}, both=condition) == {"both"}


def test_part_of_a_text_is_found():
    assert fired({"kind": "Geluidsoverlast"}, part=Comparison("kind", Operator.CONTAINS, "OVERLAST")) == {
        "part"
    }


def test_list_too_long_for_paths_is_still_compared():
    codes = tuple(f"c{number}" for number in range(100))
    assert fired({"kind": "c99"}, listed=Comparison("kind", Operator.ONE_OF, codes)) == {"listed"}


def test_rule_set_without_rules_fires_nothing():
    assert fired({"days": 5}) == frozenset()


def test_fact_that_no_rule_asks_about_is_of_no_concern():
    assert fired({"days": 31, "colour": object()}, late=LATE) == {"late"}


def test_fact_of_the_wrong_type_is_refused_by_name_and_without_its_value():
    with pytest.raises(RuleEngineError) as refusal:
        fired({"days": "Jansen"}, late=LATE)
    assert "'days'" in str(refusal.value)
    assert "Jansen" not in str(refusal.value)


def test_condition_of_the_wrong_type_is_refused():
    with pytest.raises(RuleEngineError, match="rule 'late'"):
        fired({}, late=Comparison("days", Operator.IS, "31"))


def test_rule_set_is_compiled_once(monkeypatch):
    compiled = counting_hosts(monkeypatch)
    engine = DurableRuleEngine()
    for days in range(5):
        engine.fired(rule_set(late=LATE), {"days": days})
    assert len(compiled) == 1


def test_rule_set_used_longest_ago_is_forgotten_first(monkeypatch):
    compiled = counting_hosts(monkeypatch)
    engine = DurableRuleEngine(max_rule_sets=2)
    for key in ("a", "b", "a", "c", "a", "b"):
        engine.fired(rule_set(key, late=LATE), {})
    assert len(compiled) == 4  # a, b, c, and b again


def test_room_for_no_rule_set_at_all_is_refused():
    with pytest.raises(ValueError, match="at least 1"):
        DurableRuleEngine(max_rule_sets=0)


def test_one_irregular_run_is_mended_by_compiling_again(monkeypatch):
    failing_runs(monkeypatch, failures=1)
    assert fired({"days": 31}, late=LATE) == {"late"}


def test_second_irregular_run_in_a_row_is_an_error(monkeypatch):
    failing_runs(monkeypatch, failures=2)
    with pytest.raises(RuleEngineError, match="twice"):
        fired({"days": 31}, late=LATE)


def test_facts_that_rules_cannot_tell_apart_are_asked_about_once(monkeypatch):
    asked = counting_runs(monkeypatch)
    engine = DurableRuleEngine()
    answers = [engine.fired(rule_set(late=LATE), {"days": days}) for days in (31, 31, 400, 30)]
    assert answers == [{"late"}, {"late"}, {"late"}, frozenset()]
    assert len(asked) == 2


def test_fact_of_the_wrong_type_is_refused_though_its_like_was_answered_before():
    engine = DurableRuleEngine()
    engine.fired(rule_set(late=LATE), {"days": 1})
    with pytest.raises(RuleEngineError):
        engine.fired(rule_set(late=LATE), {"days": True})


def test_answers_that_are_kept_are_bounded(monkeypatch):
    monkeypatch.setattr(durable_engine, "_REMEMBERED", 1)
    asked = counting_runs(monkeypatch)
    engine = DurableRuleEngine()
    for days in (31, 30, 31):
        engine.fired(rule_set(late=LATE), {"days": days})
    assert len(asked) == 3


def test_rules_are_cut_into_chunks_the_engine_can_bear():
    rules = rule_set(**{f"r{days}": Comparison("days", Operator.IS, days) for days in range(150)})
    assert [len(chunk.rules) for chunk in translate(rules).chunks] == [MAX_CHUNK_PATHS, MAX_CHUNK_PATHS, 30]


def test_condition_with_too_many_paths_becomes_one_computed_fact():
    pair = (LATE, NOISE)
    condition = All(tuple(AnyOf((*pair, Comparison("days", Operator.IS, n))) for n in range(9)))
    assert list(translate(rule_set(big=condition)).inputs.values()) == [Computed(condition)]


def test_impossible_part_does_not_hide_the_cost_of_the_others():
    wide = Some(tuple(CHECK for _ in range(4)))
    assert size(Every((Some(()), wide, wide))).paths == 16


def test_engine_hears_neither_names_nor_words():
    translation = translate(rule_set(noise=NOISE, late=LATE))
    assert translation.read({"kind": "noise", "days": 40}) == {"f0": 2, "f1": 3}


@pytest.mark.parametrize(("value", "position"), [(None, 0), (1, 1), (5, 2), (6, 3), (9, 4), (10**40, 5)])
def test_scale_reads_the_position_among_the_marks(value, position):
    assert Scale("days", (5, 9)).read({} if value is None else {"days": value}) == position


CHECK = Check(Scale("days", (5,)), Relation.BELOW, 2)
OTHER = Check(Scale("days", (5,)), Relation.EQUAL, 2)


@pytest.mark.parametrize("relation", Relation)
def test_opposite_of_a_relation_is_its_negation(relation):
    check = Check(CHECK.subject, relation, 2)
    assert [meaning(opposite(check), reading) for reading in range(4)] == [
        not meaning(check, reading) for reading in range(4)
    ]


def meaning(check, reading):
    return {
        Relation.EQUAL: reading == check.position,
        Relation.DIFFERENT: reading != check.position,
        Relation.BELOW: reading < check.position,
        Relation.UP_TO: reading <= check.position,
        Relation.ABOVE: reading > check.position,
        Relation.FROM: reading >= check.position,
    }[check.relation]


def test_alternatives_within_a_whole_are_multiplied_out():
    assert paths(Every((Some((CHECK, OTHER)), OTHER))) == [(CHECK, OTHER), (OTHER,)]


def test_size_is_known_without_writing_the_paths_out():
    assert size(Every(tuple(Some((CHECK, OTHER)) for _ in range(64)))) == Size(2**64, 64)


def counting_hosts(monkeypatch):
    compiled = []

    def counted(chunks):
        compiled.append(chunks)
        return RuleHost(chunks)

    monkeypatch.setattr(durable_engine, "RuleHost", counted)
    return compiled


def counting_runs(monkeypatch):
    asked = []
    run = RuleHost.run

    def counted(host, readings):
        asked.append(readings)
        return run(host, readings)

    monkeypatch.setattr(RuleHost, "run", counted)
    return asked


def failing_runs(monkeypatch, failures):
    left = [None] * failures
    run = RuleHost.run

    def failing(host, readings):
        if left:
            left.pop()
            raise IrregularRunError("made to fail")
        return run(host, readings)

    monkeypatch.setattr(RuleHost, "run", failing)
