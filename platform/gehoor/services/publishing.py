"""Publishing: an immutable agreement comes into force for new dossiers; what runs keeps its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gehoor.core.agreement_building import build_agreement
from gehoor.core.engine import RuleEngine
from gehoor.core.evaluate import ReferenceEngine
from gehoor.core.events import instant_text
from gehoor.core.facts import LATE_TERMS
from gehoor.core.rule_examples import example_facts, example_values
from gehoor.services.records import Publication
from gehoor.services.register import writing
from gehoor.services.runtime import Runtime


@dataclass(frozen=True)
class Proposal:
    """What is offered for publication: a department's canonical document, and where its parts stand."""

    organisation: str
    department: str
    document: Mapping[str, Any]
    places: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Published:
    """What publishing gave for a department. ``changed`` is False when this content was in force already."""

    organisation: str
    department: str
    agreement: str
    changed: bool


class EnginesDisagreeError(Exception):
    """The rule engine and the reference say different things about an example: nothing is published."""

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.case = case


def publish(runtime: Runtime, proposals: Sequence[Proposal], now: datetime, by: str) -> list[Published]:
    """Publish for all departments at once, or for none. Raises ``EnginesDisagreeError``."""
    built = [(proposal, build_agreement(proposal.document, proposal.places)) for proposal in proposals]
    for proposal, agreement in built:
        for example in proposal.document.get("rule-examples", ()):
            given = example["given"]
            values = example_values(agreement, given, runtime.engine)
            facts = example_facts(agreement, given, values)
            answers = {name: value for name, value in facts.items() if name != LATE_TERMS}
            asked = ((agreement.rule_set, facts), (agreement.term_rules, answers))
            differs = any(runtime.engine.fired(*one) != _reference().fired(*one) for one in asked)
            if differs or values != example_values(agreement, given, _reference()):
                raise EnginesDisagreeError(example["case"])
    results = []
    with writing(runtime.store) as register:
        for proposal, agreement in built:
            earlier = register.publications(proposal.organisation, proposal.department)
            changed = not earlier or earlier[-1].agreement != agreement.hash
            if changed:
                register.save_agreement(agreement.hash, dict(proposal.document), dict(proposal.places))
                register.publish(
                    Publication(
                        organisation=proposal.organisation,
                        department=proposal.department,
                        agreement=agreement.hash,
                        published_at=instant_text(now),
                        sequence=len(earlier) + 1,
                        by=by,
                    )
                )
            results.append(Published(proposal.organisation, proposal.department, agreement.hash, changed))
    return results


def _reference() -> RuleEngine:
    return ReferenceEngine()
