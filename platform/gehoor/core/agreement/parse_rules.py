"""From canonical data to rules: those that are written out, and the rows of decision tables; and their duties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from gehoor.core.agreement.parse_terms import build_term
from gehoor.core.agreement.terms import Term
from gehoor.core.calendar.working_days import Calendar
from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.model import PRESENCE, All, Comparison, Condition, Not, Operator, comparisons
from gehoor.core.conditions.parse import GROUPS, build_condition
from gehoor.core.conditions.register_questions import RegisterQuestion, questions_in
from gehoor.core.rules.duties import duty_key
from gehoor.core.rules.effects import Effect, effect_from
from gehoor.core.rules.rule import Rule

_TERM_KEYWORDS = ("within", "from", "responsible", "remind", "late")
"""The keywords of a duty that make its term."""


def build_rules(
    document: Mapping[str, Any], types: Mapping[str, FactType], places: Mapping[str, str]
) -> dict[str, Rule]:
    """Build the rules, then the rows of tables. Raises ``ConditionError``."""
    rules = {name: _rule(name, data, types, places) for name, data in document["rules"].items()}
    for name, data in document.get("tables", {}).items():
        rules |= {row.id: row for row in build_table(name, data, types, places)}
    return rules


def build_questions(document: Mapping[str, Any]) -> dict[str, RegisterQuestion]:
    """Return what rules and tables ask of the register, by the fact that holds the answer."""
    conditions = [rule["if"] for rule in document["rules"].values()]
    tables = document.get("tables", {}).values()
    conditions += [row["if"] for table in tables for row in table["rows"]]
    return {
        question.fact: question for condition in conditions for question in questions_in(condition, GROUPS)
    }


def _rule(
    name: str, data: Mapping[str, Any], types: Mapping[str, FactType], places: Mapping[str, str]
) -> Rule:
    effects = tuple(effect_from(effect) for effect in data["then"])
    condition = build_condition(data["if"], types)
    place = places.get(f"rules/{name}", "")
    return Rule(
        name, condition, effects, data["because"], place, data.get("source", ""), name=data.get("name", "")
    )


def build_table(
    name: str, data: Mapping[str, Any], types: Mapping[str, FactType], places: Mapping[str, str]
) -> list[Rule]:
    """Build the rows of a table as rules, in order: the first that fires decides. Raises ``ConditionError``."""
    place = places.get(f"tables/{name}", "")
    asked = [build_condition(row["if"], types) for row in data["rows"]]
    effects = [_row_effects(data, row) for row in data["rows"]]
    if "otherwise" in data:
        asked.append(_otherwise(asked))
        otherwise = data["otherwise"]
        effects.append(
            _row_effects(data, otherwise if isinstance(otherwise, Mapping) else {"value": otherwise})
        )
    return [
        Rule(
            f"{name}/{number}",
            # Of values the first that is given counts; of all else nothing does, so only one row may fire.
            own if "derive" in data else _no_row_before(own, asked[: number - 1]),
            effects[number - 1],
            data["because"],
            places.get(f"tables/{name}/{number}", place),
            data.get("source", ""),
            table=name,
            asked=own,
            name=data.get("name", ""),
        )
        for number, own in enumerate(asked, start=1)
    ]


def _row_effects(table: Mapping[str, Any], row: Mapping[str, Any]) -> tuple[Effect, ...]:
    if "derive" in table:
        return (effect_from({"derive": table["derive"], "value": row["value"]}),)
    return tuple(effect_from(effect) for effect in row["then"])


def _no_row_before(own: Condition, before: list[Condition]) -> Condition:
    return All((own, *(Not(condition) for condition in before))) if before else own


def _otherwise(conditions: list[Condition]) -> Condition:
    """No row fits, although everything the rows look at is answered."""
    looked_at = dict.fromkeys(
        one.fact for whole in conditions for one in comparisons(whole) if one.operator not in PRESENCE
    )
    return All(tuple(Comparison(fact, Operator.FILLED) for fact in looked_at))


def build_duty_terms(
    document: Mapping[str, Any],
    rules: Mapping[str, Rule],
    calendar: Calendar,
    zone: str,
    types: Mapping[str, FactType],
) -> Iterator[Term]:
    """Build the terms of duties that have one: they exist while the rule fires. Raises ``DeadlineError``."""
    for name, effects in _effects(document):
        for place, effect in enumerate(effects):
            if "duty" in effect and "within" in effect:
                own = {key: effect[key] for key in _TERM_KEYWORDS if key in effect}
                own |= {"name": effect["duty"], "until": ""}
                term = build_term(duty_key(name, place), own, calendar, zone, types, rules[name].source)
                yield replace(term, applies_if=rules[name].condition, of_duty=True, source=rules[name].basis)


def _effects(document: Mapping[str, Any]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    """Give the effects of each rule and of each row that has some, by the name of the rule."""
    yield from ((name, data["then"]) for name, data in document["rules"].items())
    for table, data in document.get("tables", {}).items():
        otherwise = data.get("otherwise")
        rows = [*data["rows"], *([otherwise] if isinstance(otherwise, Mapping) else [])]
        yield from ((f"{table}/{number}", row["then"]) for number, row in enumerate(rows, 1) if "then" in row)
