"""What the examples agree, and the tables beside this that are held against it."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from gehoor.core.agreement.model import Agreement
from gehoor.core.conditions.evaluate import ReferenceEngine
from gehoor.core.decision.fields import effects_of
from gehoor.core.decision.rule_examples import example_facts, example_values
from gehoor.core.rules.effects import Warn
from gehoor.loading.load import LoadedDepartment
from tests.shipped.examples import examples


@cache
def departments(organisation: str) -> list[LoadedDepartment]:
    """Return the departments of an organisation, as loaded."""
    return [one for one in examples().departments if one.organisation == organisation]


def agreement(organisation: str) -> Agreement:
    """Return what the first department of an organisation agreed."""
    return departments(organisation)[0].agreement


def organisations() -> list[str]:
    """Return the organisations that are shipped."""
    return sorted({one.organisation for one in examples().departments})


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a table in this folder."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def warned(organisation: str, **given: Any) -> set[str]:
    """Return the rules that warn whoever opens a dossier with these answers, as an example in the files gives them."""
    under, engine = agreement(organisation), ReferenceEngine()
    facts = example_facts(under, given, example_values(under, given, engine))
    effects = effects_of(under, engine.fired(under.rule_set, facts))
    return {rule.id for rule, effect in effects if isinstance(effect, Warn)}
