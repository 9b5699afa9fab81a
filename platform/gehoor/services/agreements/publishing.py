"""Publishing: an immutable agreement comes into force for new dossiers; what runs keeps its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from gehoor.core.agreement.model import Agreement
from gehoor.core.agreement.parse import build_agreement
from gehoor.core.conditions.engine import RuleEngine
from gehoor.core.conditions.evaluate import ReferenceEngine
from gehoor.core.conditions.facts import LATE_TERMS
from gehoor.core.decision.rule_examples import example_facts, example_values
from gehoor.core.dossier.events import instant_text
from gehoor.core.proposals.sources import Sources
from gehoor.services.agreements.comparison import published
from gehoor.services.agreements.same_numbers import keep_numbers, refuse_same_numbers
from gehoor.services.ports.records import Publication
from gehoor.services.register.register import Register, reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.register.validity import local_day, valid_from


@dataclass(frozen=True)
class Publishable:
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


@dataclass(frozen=True, slots=True)
class Validity:
    """From which local day an agreement is valid (None: the day of publishing), and before which day it must be
    reviewed (None: as the agreement itself says)."""

    valid_from: date | None = None
    review_before: date | None = None


class ValidityProblem(StrEnum):
    """Why a publication cannot have these days."""

    IN_THE_PAST = "in-the-past"
    """What was open on the earlier days was opened under something else."""
    REVIEW_TOO_EARLY = "review-too-early"
    """The review would be due before anything is valid."""


class ValidityError(ValueError):
    """These days cannot be. ``day`` is the first that can."""

    def __init__(self, problem: ValidityProblem, day: date) -> None:
        super().__init__(problem.value)
        self.problem, self.day = problem, day


class EnginesDisagreeError(Exception):
    """The rule engine and the reference say different things about an example: nothing is published."""

    def __init__(self, case: str) -> None:
        super().__init__(case)
        self.case = case


NO_SOURCES: Final[Mapping[str, Sources]] = MappingProxyType({})
Offered: TypeAlias = "list[tuple[Publishable, Agreement]]"
"""What is to be published, with the agreement of each."""


def publish(
    runtime: Runtime,
    publishables: Sequence[Publishable],
    now: datetime,
    by: str,
    validity: Validity = Validity(),
    sources: Mapping[str, Sources] = NO_SOURCES,
) -> list[Published]:
    """Publish for all departments at once, or for none. ``sources``: for each organisation the files that it was made
    from, which are kept with it. Raises ``EnginesDisagreeError``, ``ValidityError`` and ``SameNumbersError``."""
    offered = prepared(runtime, publishables, validity, now)
    with writing(runtime.store) as register:
        trees = {organisation: register.save_sources(files) for organisation, files in sources.items()}
        return keep_published(register, offered, now, by, validity, trees)


def prepared(
    runtime: Runtime, publishables: Sequence[Publishable], validity: Validity, now: datetime
) -> Offered:
    """Return what can be published so: each is built and tried. Raises ``EnginesDisagreeError`` and
    ``ValidityError``."""
    built = [(one, build_agreement(one.document, one.places)) for one in publishables]
    for one, agreement in built:
        check_days(validity, agreement.time_zone, now)
        _check_examples(runtime, one, agreement)
    return built


def keep_published(
    register: Register,
    offered: Offered,
    now: datetime,
    by: str,
    validity: Validity,
    trees: Mapping[str, str],
) -> list[Published]:
    """Let all that is offered come into force, in one transaction. ``trees``: for each organisation the digest of the
    files that it was made from, where those were kept. Raises ``SameNumbersError``."""
    documents = {(one.organisation, one.department): one.document for one, _ in offered}
    refuse_same_numbers(register, documents, now)
    results = []
    for one, agreement in offered:
        earlier = register.publications(one.organisation, one.department)
        changed = is_new(earlier, agreement, validity, now)
        if changed:
            register.save_agreement(agreement.hash, dict(one.document), dict(one.places))
            publication = _publication(agreement, len(earlier) + 1, now, by, validity)
            register.publish(replace(publication, sources=trees.get(one.organisation, "")))
        results.append(Published(one.organisation, one.department, agreement.hash, changed))
    keep_numbers(register, documents, now)
    for organisation in {one.organisation for one, _ in offered} | set(trees):
        if organisation in trees:
            register.enter_into_force(organisation, trees[organisation])
        elif _any_changed(results, organisation):
            register.enter_without_tree(organisation)
    return results


def _any_changed(results: Sequence[Published], organisation: str) -> bool:
    return any(one.changed for one in results if one.organisation == organisation)


def stored_publishable(runtime: Runtime, beginning: str) -> Publishable:
    """Return what was published before, by the beginning of its hash, to publish it again. Raises
    ``UnclearHashError``."""
    with reading(runtime.store) as register:
        agreement = published(register, runtime.library, beginning)
        stored = register.agreement_document(agreement.hash)
        assert stored is not None
        return Publishable(agreement.organisation, agreement.department, *stored)


def is_new(earlier: Sequence[Publication], agreement: Agreement, validity: Validity, now: datetime) -> bool:
    """Say whether publishing this adds anything to what a department published: other content, an earlier day,
    or another day for the review."""
    if not earlier or earlier[-1].ended or earlier[-1].agreement != agreement.hash:
        return True
    last, review = earlier[-1], validity.review_before
    start = validity.valid_from or local_day(now, agreement.time_zone)
    return valid_from(last) > start or (review is not None and last.review_before != review.isoformat())


def check_days(validity: Validity, time_zone: str, now: datetime) -> None:
    """Check the days of a publication in a time zone. Raises ``ValidityError``."""
    today = local_day(now, time_zone)
    start = validity.valid_from or today
    if start < today:
        raise ValidityError(ValidityProblem.IN_THE_PAST, today)
    if validity.review_before is not None and validity.review_before <= start:
        raise ValidityError(ValidityProblem.REVIEW_TOO_EARLY, start)


def _check_examples(runtime: Runtime, proposal: Publishable, agreement: Agreement) -> None:
    for example in proposal.document.get("rule-examples", ()):
        given = example["given"]
        values = example_values(agreement, given, runtime.engine)
        facts = example_facts(agreement, given, values)
        answers = {name: value for name, value in facts.items() if name != LATE_TERMS}
        asked = ((agreement.rule_set, facts), (agreement.term_rules, answers))
        differs = any(runtime.engine.fired(*one) != _reference().fired(*one) for one in asked)
        if differs or values != example_values(agreement, given, _reference()):
            raise EnginesDisagreeError(example["case"])


def _publication(
    agreement: Agreement, sequence: int, now: datetime, by: str, validity: Validity
) -> Publication:
    start = validity.valid_from or local_day(now, agreement.time_zone)
    return Publication(
        organisation=agreement.organisation,
        department=agreement.department,
        agreement=agreement.hash,
        published_at=instant_text(now),
        sequence=sequence,
        by=by,
        valid_from=start.isoformat(),
        review_before=validity.review_before.isoformat() if validity.review_before else "",
        time_zone=agreement.time_zone,
    )


def _reference() -> RuleEngine:
    return ReferenceEngine()
