"""The known ways in which durable-rules crashes, hangs or lies: none of them reaches us.

What could take the process with it runs in a child process.
"""

import gc
import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from itertools import islice
from threading import Barrier

import durable.engine
import pytest

from gehoor.adapters.durable import host as durable_host
from gehoor.adapters.durable.engine import DurableRuleEngine
from gehoor.adapters.durable.host import RuleHost
from gehoor.adapters.durable.library import lazy_symbols
from gehoor.adapters.durable.names import distinct_names, engine_names, fnv_1a
from gehoor.core.conditions.engine import RuleEngineError, RuleSet
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import Comparison, Not, Operator
from tests.support.patience import PATIENCE
from tests.support.places import SOURCE

PRELUDE = """
from gehoor.adapters.durable.engine import DurableRuleEngine
from gehoor.core.conditions.model import All, AnyOf, Comparison, Not, Operator
from gehoor.core.conditions.engine import RuleSet
from gehoor.core.conditions.facts import FactType
engine = DurableRuleEngine()
"""
LATE = Comparison("days", Operator.MORE_THAN, 30)
DAYS = {"days": FactType.INTEGER}


def answer_of_child(program):
    """Run a program in a child process and return what it printed; a crash or a hang fails the test."""
    child = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert child.returncode == 0, child.stderr
    return child.stdout.strip()


def fired(conditions, types, facts):
    return DurableRuleEngine().fired(RuleSet("k", conditions, types), facts)


# Crashes and hangs


def test_state_is_deleted_safely_after_facts_that_fired_nothing():
    program = """
rules = RuleSet("k", {"late": Comparison("days", Operator.MORE_THAN, 30)}, {"days": FactType.INTEGER})
print(sum(len(engine.fired(rules, {"days": days % 30})) for days in range(500)))
"""
    assert answer_of_child(PRELUDE + program) == "0"


def test_more_sessions_than_the_engine_can_hold():
    program = """
rules = RuleSet("k", {"even": Comparison("days", Operator.IS, 0)}, {"days": FactType.INTEGER})
print(sum(len(engine.fired(rules, {"days": days % 2})) for days in range(4000)))
"""
    assert answer_of_child(PRELUDE + program) == "2000"


def test_six_hundred_rules_on_the_same_fact():
    program = """
rules = {f"r{days}": Comparison("days", Operator.IS, days) for days in range(600)}
print(*engine.fired(RuleSet("k", rules, {"days": FactType.INTEGER}), {"days": 555}))
"""
    assert answer_of_child(PRELUDE + program) == "r555"


def test_six_hundred_facts_in_one_set():
    program = """
rules = {f"r{number}": Comparison(f"x{number}", Operator.IS, number) for number in range(600)}
rules["whole"] = All(tuple(rules.values()))
types = {f"x{number}": FactType.INTEGER for number in range(600)}
print(len(engine.fired(RuleSet("k", rules, types), {f"x{number}": number for number in range(600)})))
"""
    assert answer_of_child(PRELUDE + program) == "601"


def test_sixty_rules_that_read_three_hundred_facts():
    program = """
groups = [[f"x{number}_{part}" for part in range(5)] for number in range(60)]
whole = lambda names: All(tuple(Comparison(name, Operator.IS, 1) for name in names))
rules = {names[0]: whole(names) for names in groups}
types = {name: FactType.INTEGER for names in groups for name in names}
print(len(engine.fired(RuleSet("k", rules, types), dict.fromkeys(types, 1))))
"""
    assert answer_of_child(PRELUDE + program) == "60"


def test_condition_with_astronomically_many_paths():
    program = """
either = lambda n: AnyOf((Comparison("days", Operator.IS, n), Comparison("days", Operator.IS, 0)))
wide = tuple(map(either, range(200)))
rules = {"wide": All(wide), "none": All((AnyOf(()), *wide))}
print(*engine.fired(RuleSet("k", rules, {"days": FactType.INTEGER}), {"days": 0}))
"""
    assert answer_of_child(PRELUDE + program) == "wide"


def test_condition_that_only_asks_for_absence():
    program = """
rules = {"gone": Comparison("days", Operator.EMPTY), "not": Not(Comparison("days", Operator.FILLED))}
print(*sorted(engine.fired(RuleSet("k", rules, {"days": FactType.INTEGER}), {})))
"""
    assert answer_of_child(PRELUDE + program) == "gone not"


def test_conditions_without_parts():
    program = """
rules = {"all": All(()), "any": AnyOf(()), "not": Not(AnyOf(())), "deep": All((All((All(()),)),))}
print(*sorted(engine.fired(RuleSet("k", rules, {}), {})))
"""
    assert answer_of_child(PRELUDE + program) == "all deep not"


# Answers that would be wrong in silence


def recording_only(monkeypatch, wanted, instead):
    """Replace the other actions. With one rule, action 0 is its own and action 1 the last of all."""
    real = RuleHost._recorder

    def choose(host, index):
        return real(host, index) if index == wanted else instead

    monkeypatch.setattr(RuleHost, "_recorder", choose)


def test_exception_in_an_action_is_no_answer(monkeypatch):
    recording_only(monkeypatch, wanted=1, instead=lambda _context: 1 / 0)
    with pytest.raises(RuleEngineError):
        fired({"late": LATE}, DAYS, {"days": 31})


def test_run_that_did_not_reach_its_end_is_no_answer(monkeypatch):
    recording_only(monkeypatch, wanted=0, instead=lambda _context: None)
    with pytest.raises(RuleEngineError):
        fired({"late": LATE}, DAYS, {"days": 31})


def test_action_that_never_reports_back_is_no_answer(monkeypatch):
    recording_only(monkeypatch, wanted=1, instead=lambda _context, _complete: None)
    with pytest.raises(RuleEngineError):
        fired({"late": LATE}, DAYS, {"days": 31})


def test_rules_that_the_library_refuses_are_no_answer(monkeypatch):
    monkeypatch.setattr(durable_host, "quiet_host_class", lambda: lambda _definitions: 1 / 0)
    with pytest.raises(RuleEngineError):
        fired({"late": LATE}, DAYS, {"days": 31})


def test_action_that_failed_once_is_mended_by_compiling_again(monkeypatch):
    real, compiled = RuleHost._recorder, []

    def failing_first(host, index):
        compiled.append(host)
        return (lambda _context: 1 / 0) if host is compiled[0] else real(host, index)

    monkeypatch.setattr(RuleHost, "_recorder", failing_first)
    assert fired({"late": LATE}, DAYS, {"days": 31}) == {"late"}


def test_action_that_seems_to_last_too_long_is_no_answer(monkeypatch):
    fired({"late": LATE}, DAYS, {"days": 31})  # the import, which sets the clock that is replaced here
    moments = iter(range(0, 10**6, 11))
    monkeypatch.setattr(durable.engine, "_unix_now", lambda: next(moments))
    with pytest.raises(RuleEngineError):
        fired({"late": LATE}, DAYS, {"days": 31})


def test_no_time_passes_for_the_library():
    fired({"late": LATE}, DAYS, {"days": 31})
    before = durable.engine._unix_now()
    time.sleep(0.01)
    assert durable.engine._unix_now() == before


def test_text_of_digits_is_not_taken_for_a_number():
    with pytest.raises(RuleEngineError, match="'days'"):
        fired({"late": LATE}, DAYS, {"days": "400"})


@pytest.mark.parametrize(
    ("fact_type", "value"),
    [
        (FactType.INTEGER, True),
        (FactType.INTEGER, 5.0),
        (FactType.INTEGER, None),
        (FactType.BOOLEAN, 1),
        (FactType.DECIMAL, 5),
        (FactType.DECIMAL, Decimal("NaN")),
        (FactType.TEXT, 5),
        (FactType.TEXT, ""),
        (FactType.CODES, ()),
        (FactType.CODES, ["a"]),
        (FactType.INSTANT, date(2026, 1, 1)),
    ],
)
def test_value_of_another_type_is_refused(fact_type, value):
    with pytest.raises(RuleEngineError, match="'x'"):
        fired({"r": Comparison("x", Operator.FILLED)}, {"x": fact_type}, {"x": value})


def test_number_and_text_that_look_alike_stay_apart():
    rules = {"number": Comparison("n", Operator.IS, 5), "text": Comparison("t", Operator.IS, "5")}
    types = {"n": FactType.INTEGER, "t": FactType.TEXT}
    assert fired(rules, types, {"n": 6, "t": "5"}) == {"text"}


def test_true_and_one_stay_apart():
    rules = {"truth": Comparison("b", Operator.IS, True), "one": Comparison("n", Operator.IS, 1)}
    types = {"b": FactType.BOOLEAN, "n": FactType.INTEGER}
    assert fired(rules, types, {"b": False, "n": 1}) == {"one"}


def test_absent_fact_is_below_nothing():
    assert fired({"low": Comparison("days", Operator.LESS_THAN, 5)}, DAYS, {}) == frozenset()


def test_numbers_beyond_the_precision_of_the_engine_stay_apart():
    rules = {
        "exact": Comparison("days", Operator.IS, 2**53),
        "more": Comparison("days", Operator.MORE_THAN, 2**53),
    }
    assert fired(rules, DAYS, {"days": 2**53 + 1}) == {"more"}


@pytest.mark.parametrize(
    "name", ["id", "sid", "$and", "$or", "$s", "k", "m", "f0", "$nex", "exception", "", "\x00"]
)
def test_fact_may_have_a_name_that_means_something_to_the_engine(name):
    rules = {"yes": Comparison(name, Operator.IS, "a"), "no": Not(Comparison(name, Operator.IS, "a"))}
    assert fired(rules, {name: FactType.TEXT}, {name: "a"}) == {"yes"}


@pytest.mark.parametrize("rule_id", ["complete", "last", "r0", "$and", ""])
def test_rule_may_have_any_id(rule_id):
    assert fired({rule_id: LATE}, DAYS, {"days": 31}) == {rule_id}


# "costarring" and "liquid" are the best-known pair of words with one FNV-1a hash.


def test_facts_whose_names_share_a_hash_stay_apart():
    rules = {name: Comparison(name, Operator.FILLED) for name in ("costarring", "liquid")}
    assert fired(rules, dict.fromkeys(rules, FactType.TEXT), {"liquid": "a"}) == {"liquid"}


def test_hash_is_the_one_the_engine_uses():
    assert (fnv_1a("a"), fnv_1a("costarring")) == (0xE40C292C, fnv_1a("liquid"))


def test_names_that_share_a_hash_are_skipped():
    assert list(distinct_names(["costarring", "liquid", "sid", "k", "f0"])) == ["costarring", "f0"]


def test_engine_names_are_plain_and_distinct():
    names = list(islice(engine_names(), 5000))
    assert len({fnv_1a(name) for name in names}) == 5000


# Threads, memory, import


def test_threads_that_ask_at_once_get_their_own_answers():
    engine, start = DurableRuleEngine(max_rule_sets=2), Barrier(4)

    def ask(worker):
        start.wait(PATIENCE)
        rules = RuleSet(f"k{worker}", {f"w{worker}": LATE}, DAYS)
        return [
            engine.fired(rules, {"days": days}) == ({f"w{worker}"} if days > 30 else set())
            for days in range(60)
        ]

    with ThreadPoolExecutor(4) as workers:
        assert all(all(answers) for answers in workers.map(ask, range(4)))


def test_one_thread_at_a_time_is_inside_the_library(monkeypatch):
    engine, inside, most = DurableRuleEngine(), [], []

    def run(_host, _readings):
        inside.append(None)
        time.sleep(0.005)
        most.append(len(inside))
        inside.pop()
        return frozenset()

    monkeypatch.setattr(RuleHost, "run", run)
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda _: engine.fired(RuleSet("k", {"late": LATE}, DAYS), {}), range(12)))
    assert max(most) == 1


def test_rule_sets_start_no_threads():
    before = threading.active_count()
    engine = DurableRuleEngine()
    for number in range(50):
        engine.fired(RuleSet(f"k{number}", {"late": LATE}, DAYS), {"days": 31})
    assert threading.active_count() == before


def test_memory_of_rule_sets_no_longer_kept_is_given_back(monkeypatch):
    gc.collect()  # so that rule sets of other tests are not counted
    freed = []
    monkeypatch.setattr(durable_host, "free_rule_set", freed.append)
    engine = DurableRuleEngine(max_rule_sets=3)
    for number in range(10):
        engine.fired(RuleSet(f"k{number}", {"late": LATE}, DAYS), {})
    assert len(freed) == 7


def test_memory_does_not_grow_with_the_number_of_rule_sets():
    program = """
from resource import RUSAGE_SELF, getrusage
def use(count):
    for number in range(count):
        rules = {f"r{days}": Comparison("days", Operator.IS, days) for days in range(60)}
        engine.fired(RuleSet(f"k{number}-{count}", rules, {"days": FactType.INTEGER}), {"days": 5})
    return getrusage(RUSAGE_SELF).ru_maxrss
engine = DurableRuleEngine(max_rule_sets=2)
before = use(100)
print((use(300) - before) // 300)  # kilobytes a rule set; it was some 500 when nothing was given back
"""
    assert int(answer_of_child(PRELUDE + program)) < 100


def test_library_is_not_imported_before_it_is_needed():
    assert answer_of_child("import sys\n" + PRELUDE + "print('durable' in sys.modules)") == "False"


def test_loading_flags_are_put_back():
    before = sys.getdlopenflags()
    with lazy_symbols():
        assert sys.getdlopenflags() == os.RTLD_LAZY
    assert sys.getdlopenflags() == before
