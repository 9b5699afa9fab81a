"""The examples in the files are tests of the agreement: what turns out otherwise stops publishing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from gehoor.core.agreement.model import DOSSIER_FORM, Agreement
from gehoor.core.conditions.engine import RuleEngine, RuleSet
from gehoor.core.conditions.facts import Facts
from gehoor.core.decision.decide import decide
from gehoor.core.decision.derived_values import Overlay
from gehoor.core.decision.fields import Effects, effects_of
from gehoor.core.decision.model import acting_role
from gehoor.core.decision.rule_examples import (
    example_dossier,
    example_facts,
    example_moment,
    example_values,
)
from gehoor.core.decision.standing_effects import stand_ins_of
from gehoor.core.forms.fields import StoredValue
from gehoor.core.rules import names as rule_names
from gehoor.core.rules.effects import Approve, Assign, Block, Duty, Flag, Handlers, Notify, Require
from gehoor.core.text.problems import Problem
from gehoor.loading.checks.analysis.questions import short
from gehoor.loading.checks.check import Check, Pass, Subject
from gehoor.loading.checks.effect_places import given_by_rules
from gehoor.loading.checks.logic import DECIDING
from gehoor.loading.checks.sound import digest_of
from gehoor.loading.keywords.vocabulary import DEFAULT_LANGUAGE, load_vocabulary
from gehoor.loading.merge.located_document import Sourced
from gehoor.loading.merge.source_map import Path, Spots


def example_problems(on: Subject) -> list[Problem]:
    """Return the examples of rules whose outcome is not the expected one."""
    whole = on.whole
    own: Path = ("forms", DOSSIER_FORM, "properties")
    given = [on.said.things.get((*own, name)) for name in sorted(given_by_rules(whole.data))]
    apart = sorted(own_rules(whole))
    rules = digest_of((given, apart, on.logic("rules"), on.logic("tables"), on.logic("organisation")))
    course = digest_of((apart, *map(on.logic, DECIDING)))
    found = []
    for index, example in enumerate(whole.data.get("rule-examples") or ()):
        # What is expected of rules hangs on the fields that it names; how a dossier goes, on all that decides.
        differing = [name for name in example["expect"].get("terms", ()) if _differs(whole, name)]
        decided = (course, differing) if _is_course(example) else rules
        said = (on.named["rule-examples", index], decided)
        found += on.sound.unless("voorbeeld-faalt", said, partial(_failing, on, index, example))
    return found


def _is_course(example: Mapping[str, Any]) -> bool:
    """Say whether anything of an example is about the dossier that it would be, at the end of its last day."""
    return not _OF_DOSSIER.isdisjoint(example["expect"])


def _failing(on: Subject, index: int, example: Mapping[str, Any]) -> Iterator[Problem]:
    whole = on.whole
    for key, expected, found in held_against(whole, on.agreement, on.engine, index):
        spot = whole.spot(("rule-examples", index, "expect", key))
        shown = {"expected": _listed(expected), "actual": _listed(found)}
        word = (on.vocabularies.get(spot.key.file) or load_vocabulary(DEFAULT_LANGUAGE)).word(key)
        details = {"case": short(example["case"]), "about": f"bij '{word}' verwacht u", **shown}
        yield Problem(spot.value, "voorbeeld-faalt", details)


@dataclass(frozen=True)
class Without:
    """A rule engine for which some rules, or rows of tables, never fire."""

    engine: RuleEngine
    rules: frozenset[str]

    def fired(self, rules: RuleSet, facts: Facts) -> frozenset[str]:
        """Return the ids of the rules whose condition holds, but for those."""
        found = self.engine.fired(rules, facts)
        return found - self.rules - set(map(rule_names.rule, self.rules)) if self.rules else found


def held_against(
    whole: Sourced, agreement: Agreement, engine: RuleEngine, index: int
) -> Iterator[tuple[str, set[str], set[str]]]:
    """Yield what of an example turns out otherwise: at which keyword, what is expected there, and what is found. An
    example of the organisation knows nothing of the rules that a department has for itself."""
    example = whole.data["rule-examples"][index]
    if whole.spot(("rule-examples", index)).value.file != _own_file(whole):
        engine = Without(engine, own_rules(whole))
    overlay, actual = actual_of(agreement, engine, example["given"])
    if _is_course(example):
        actual |= _course(agreement, example, engine)
    for key, names in example["expect"].items():
        if key == "handlers":
            expected, found = {str(names)}, actual[key]
        elif key == "derived":
            # Rules may give more values than the example is about.
            expected = {_set_to(name, value) for name, value in names.items()}
            found = {_set_to(name, overlay.values[name]) for name in overlay.given_by if name in names}
        elif key == "terms":
            judged = {name: days for name, days in names.items() if not _differs(whole, name)}
            expected = {_due(name, days) for name, days in judged.items()}
            found = {one for one in actual[key] if one.split(":")[0] in judged}
        else:
            expected, found = set(names), actual[key]
        right = expected <= found if key in NAMED else expected == found
        if not right:
            yield key, expected, found


def own_rules(whole: Sourced) -> frozenset[str]:
    """Return the rules that a department has for itself: all that they say stands in its own file."""
    own = _own_file(whole)
    return frozenset(
        name
        for name, rule in (whole.data.get("rules") or {}).items()
        if all(whole.spot(("rules", name, key)).key.file == own for key in rule)
    )


def _own_file(whole: Sourced) -> str:
    return whole.spot(("department",)).key.file


def actual_of(
    agreement: Agreement, engine: RuleEngine, given: Mapping[str, Any]
) -> tuple[Overlay, dict[str, set[str]]]:
    """Return what rules make of what an example gives: the answers with the values that rules give, and by keyword of
    what can be expected what they come to."""
    overlay = example_values(agreement, given, engine)
    facts = example_facts(agreement, given, overlay)
    return overlay, _outcomes(effects_of(agreement, engine.fired(agreement.rule_set, facts)))


NAMED = ("required", "duties", "not-running", "reached", "held-back")
"""Of these an example names what matters to it, as other rules may ask more. All else is exact."""


_OF_DOSSIER = frozenset({"terms", "not-running", "reached", "held-back"})
"""What is expected of the example as a whole dossier, at the end of the last day that it names."""


def _course(agreement: Agreement, example: Mapping[str, Any], engine: RuleEngine) -> dict[str, set[str]]:
    dossier = example_dossier(agreement, example["case"], example["given"])
    decision = decide(agreement, dossier, example_moment(agreement, dossier), engine)
    dues: dict[str, list[str]] = {}
    for state in decision.terms.values():
        if state.due is not None:
            dues.setdefault(state.term.id, []).append(_shown(state.due.due))
    reached = {name for name, state in decision.milestones.items() if state.reached}
    held_back = {name for name in reached if decision.milestones[name].hindered}
    return {
        "terms": {_due(name, days) for name, days in dues.items()},
        "not-running": {
            name for name, term in agreement.terms.items() if name not in dues and not term.of_duty
        },
        "reached": reached - held_back,
        "held-back": held_back,
    }


def _differs(whole: Sourced, term: str) -> bool:
    """Say whether a department itself says something of a term, or of the days that it counts by: then an example of
    the organisation does not know when it is due there."""
    own = _own_file(whole)
    branches = (whole.spots.branch(path) for path in (("terms", term), ("calendar",), ("calendars",)))
    if any(_stands_in(own, branch) for branch in branches if branch is not None):
        return True
    before = whole.data["terms"][term].get("from-term")
    return before is not None and _differs(whole, before)


def _stands_in(file: str, spots: Spots) -> bool:
    here = spots.own is not None and spots.own.value.file == file
    return here or any(_stands_in(file, below) for below in spots.below.values())


def _due(term: str, days: str | list[str]) -> str:
    told = [days] if isinstance(days, str) else days
    return f"{term}: {', '.join(sorted(day.replace(' ', 'T') for day in told))}"


def _shown(day: date | datetime | None) -> str:
    if isinstance(day, datetime):
        return f"{day:%Y-%m-%dT%H:%M}"
    return day.isoformat() if day else ""


def _outcomes(effects: Effects) -> dict[str, set[str]]:
    """Return what rules come to. Who is told and who approves is who really does: of a role that another stands in for,
    that other."""
    found = [effect for _, effect in effects]
    stand_ins = stand_ins_of(effects)
    return {
        "required": {effect.field for effect in found if isinstance(effect, Require)},
        "notified": {acting_role(stand_ins, effect.role) for effect in found if isinstance(effect, Notify)},
        "blocked": {effect.milestone for effect in found if isinstance(effect, Block)},
        "flagged": {effect.text for effect in found if isinstance(effect, Flag)},
        "assigned": {effect.role for effect in found if isinstance(effect, Assign)},
        "handlers": {str(max((effect.most for effect in found if isinstance(effect, Handlers)), default=1))},
        "duties": {effect.name for effect in found if isinstance(effect, Duty)},
        "approved-by": {
            acting_role(stand_ins, effect.role) for effect in found if isinstance(effect, Approve)
        },
    }


def _set_to(name: str, value: StoredValue) -> str:
    shown = ", ".join(map(str, value)) if isinstance(value, list) else value
    return f"{name}: {shown}"


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names)) or "niets"


CHECK = Check(
    Pass.ANALYSIS,
    ("voorbeeld-faalt",),
    example_problems,
)
