"""The rule of one year, case by case from the domain file: only facts that ENDED longer ago are too old."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from gehoor.adapters.durable.engine import DurableRuleEngine
from gehoor.core.conditions.engine import RuleSet
from gehoor.core.conditions.evaluate import ReferenceEngine
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.parse import build_condition
from gehoor.core.decision.model import Decision
from tests.support.decisions import decided
from tests.support.loading_cases import EXAMPLES

ORACLE = EXAMPLES / "oracles" / "een_jaar_regel.csv"
with ORACLE.open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))
# Worked out by hand: the anniversary of the 28th of February is never the 29th.
ROWS.append(
    {
        "case": "own",
        "feiten_van": "2023-02-28",
        "feiten_tot": "2023-02-28",
        "ingediend_op": "2024-02-29",
        "ouder_dan_een_jaar": "ja",
    }
)

TYPES = dict.fromkeys(("feiten_van", "feiten_tot", "ontvangstdatum"), FactType.DATE)
RULES = RuleSet(
    "one year",
    {
        name: build_condition(data, TYPES)
        for name, data in {
            "fout": {"feiten_van": {"later-than": "ontvangstdatum"}},
            "onbekend": {"feiten_tot": {"filled": False}},
            "ja": {"ontvangstdatum": {"later-than": "1 years after feiten_tot"}},
            "nee": {"ontvangstdatum": {"at-latest": "1 years after feiten_tot"}},
        }.items()
    },
    TYPES,
)
BLOCKING = "feiten-gaan-aan-de-klacht-vooraf"
TOO_OLD = "oude-feiten-zijn-langer-dan-een-jaar-voorbij"


def answers(row: dict[str, str]) -> dict[str, str]:
    found = {**row, "ontvangstdatum": row["ingediend_op"]}
    return {name: found[name] for name in TYPES if found[name]}


@pytest.mark.parametrize("engine", [ReferenceEngine(), DurableRuleEngine()], ids=["reference", "durable"])
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_each_case(row: dict[str, str], engine: ReferenceEngine | DurableRuleEngine) -> None:
    facts = {name: date.fromisoformat(value) for name, value in answers(row).items()}
    fired = engine.fired(RULES, facts)
    expected = row["ouder_dan_een_jaar"]
    assert ("fout" in fired) is (expected == "fout")
    assert expected == "fout" or fired == {expected}


def closing(row: dict[str, str]) -> Decision:
    given = {"afsluitreden": "niet_ontvankelijk", **answers(row)}
    return decided(f"{row['ingediend_op']} 12:00", **given)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_the_shared_rules_say_so_in_a_dossier(row: dict[str, str]) -> None:
    decision = closing(row)
    blocks = {reason.rule for reason in decision.milestones["geregistreerd"].blocks}
    assert (BLOCKING in blocks) is (row["ouder_dan_een_jaar"] == "fout")
    warned = {reason.rule for reason in decision.warnings}
    assert (TOO_OLD in warned) is (row["ouder_dan_een_jaar"] != "ja")
