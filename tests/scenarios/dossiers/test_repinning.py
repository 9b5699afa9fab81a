"""Repinning: a dossier that runs moves to another agreement, with a reason, and nothing is lost or said twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gehoor.core.dossier.events import EventKind, verify
from gehoor.core.objections.objections import Objection
from gehoor.core.wording.registry import DUTCH
from gehoor.services.access.authorisation import Operator
from gehoor.services.agreements.comparison import UnclearHashError
from gehoor.services.agreements.publishing import Validity, publish
from gehoor.services.dossiers.repinning import DueChange, Repinned, Repinning, rehearse_repin, repin
from gehoor.services.dossiers.term_changes import Adjustment, extend, suspend
from gehoor.services.dossiers.viewing import look
from gehoor.services.jobs.sweep import sweep
from gehoor.services.projection.projection import reading_projection
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.register import VersionConflictError
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import (
    de_linde,
    fill,
    investigated,
    open_by_phone,
    proposal,
    publish_change,
    staff,
)

OPENED = "2026-05-12 14:00"
PUBLISHED = "2026-05-12 15:00"
MOVED = "2026-05-13 09:00"


def quicker(document: dict[str, Any]) -> None:
    document["terms"]["ontvangstmelding"]["within"] = "3 working-days"


def slower(document: dict[str, Any]) -> None:
    document["terms"]["ontvangstmelding"]["within"] = "10 working-days"


def without_acknowledgement(document: dict[str, Any]) -> None:
    del document["terms"]["ontvangstmelding"]


def wanted(dossier: str, to: str, **of: Any) -> Repinning:
    return Repinning(dossier, to, **{"reason": "Afgesproken met de familie", "actor": Operator("els"), **of})


def moved(runtime: Runtime, dossier: str, to: str, when: str = MOVED, **of: Any) -> Repinned:
    return repin(runtime, wanted(dossier, to, **of), at(when))


def due(runtime: Runtime, dossier: str, when: str = MOVED, term: str = "ontvangstmelding") -> Any:
    state = look(runtime, dossier, at(when)).decision.terms[term]
    return state.due.due if state.due else None


def state_of(runtime: Runtime, dossier: str) -> tuple[int, Any]:
    with reading_projection(runtime) as register:
        return register.dossier(dossier).version, register.summary(dossier)


def refusals(runtime: Runtime, dossier: str, to: str, when: str = MOVED, **of: Any) -> list[Objection]:
    """Return why a dossier cannot be moved, having seen that nothing changed, by rehearsal or in earnest."""
    before = state_of(runtime, dossier)
    with pytest.raises(RefusedError):
        rehearse_repin(runtime, wanted(dossier, to, **of), at(when))
    with pytest.raises(RefusedError) as refused:
        moved(runtime, dossier, to, when, **of)
    assert state_of(runtime, dossier) == before
    return refused.value.objections


def codes(objections: list[Objection]) -> list[tuple[str, str]]:
    return [(objection.field, objection.code) for objection in objections]


def test_a_dossier_gets_the_terms_of_the_other_agreement() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    other = publish_change(runtime, quicker, PUBLISHED).agreement
    done = moved(runtime, dossier, other[:8])
    assert due(runtime, dossier) == date(2026, 5, 18)
    assert done.dues == (
        DueChange(
            "ontvangstmelding", "Ontvangstmelding versturen", date(2026, 5, 20), date(2026, 5, 18), False
        ),
    )
    assert [change.sentence for change in done.comparison.changes] == [
        "De termijn “Ontvangstmelding versturen” gaat van 5 naar 3 werkdagen."
    ]


def test_the_event_says_from_where_to_where_and_why_and_the_chain_holds() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    old = look(runtime, dossier, at(OPENED)).agreement.hash
    other = publish_change(runtime, quicker, PUBLISHED).agreement
    moved(runtime, dossier, other, reason=" Op vraag van de familie ")
    fill(runtime, dossier, "2026-05-13 10:00", aangeklaagde_dienst="Keuken")
    with reading_projection(runtime) as register:
        events = register.events(dossier)
    verify(events)
    event, later = events[-2:]
    assert (event.kind, event.actor, event.agreement) == (EventKind.REPINNED, "els", old)
    assert event.data == {"from": old, "to": other, "reason": "Op vraag van de familie"}
    assert later.agreement == other


def test_a_rehearsal_says_the_same_and_changes_nothing() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    other = publish_change(runtime, quicker, PUBLISHED).agreement
    before = state_of(runtime, dossier)
    said = rehearse_repin(runtime, wanted(dossier, other), at(MOVED))
    assert state_of(runtime, dossier) == before
    assert moved(runtime, dossier, other) == said


def test_the_list_and_the_sweep_know_the_new_day() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    other = publish_change(runtime, quicker, PUBLISHED).agreement
    before = state_of(runtime, dossier)[1]
    moved(runtime, dossier, other)
    after = state_of(runtime, dossier)[1]
    terms = [{term["term"]: term["due"] for term in one.terms} for one in (before, after)]
    assert [days["ontvangstmelding"] for days in terms] == ["2026-05-20", "2026-05-18"]
    assert (after.agreement, after.code_hash) == (other, before.code_hash)
    missed = [flag.deadline for flag in sweep(runtime, at("2026-05-19 00:00")).missed]
    assert "ontvangstmelding" in missed


def test_what_is_late_at_once_is_flagged_by_the_next_sweep() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    other = publish_change(runtime, quicker, PUBLISHED).agreement
    sweep(runtime, at("2026-05-19 08:00"))
    (change,) = moved(runtime, dossier, other, "2026-05-19 09:00").dues
    assert change.late
    assert [flag.deadline for flag in sweep(runtime, at("2026-05-19 09:00")).missed] == ["ontvangstmelding"]


def test_what_was_flagged_is_flagged_again_only_for_another_due_day() -> None:
    runtime = de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = open_by_phone(runtime, OPENED).dossier
    other = publish_change(runtime, slower, PUBLISHED).agreement
    assert "ontvangstmelding" in {flag.deadline for flag in sweep(runtime, at("2026-05-21 00:00")).missed}
    moved(runtime, dossier, other, "2026-05-21 09:00")
    # Ten working days are over on 28 May; what stayed due on the same day is not flagged again.
    later = sweep(runtime, at("2026-06-10 12:00")).missed
    assert [flag.due for flag in later if (flag.deadline, flag.level) == ("ontvangstmelding", 1)] == [
        "2026-05-28"
    ]
    assert [flag for flag in later if (flag.deadline, flag.level) == ("registratie", 1)] == []


def test_nobody_is_told_again_what_they_were_told() -> None:
    runtime = de_linde()
    staff(runtime, "dirk", "algemeen-directeur")
    dossier = open_by_phone(runtime, OPENED, acuut_gevaar="ja").dossier
    other = publish_change(runtime, quicker, PUBLISHED).agreement
    told = len(look(runtime, dossier, at(MOVED)).messages)
    assert told
    moved(runtime, dossier, other)
    assert len(look(runtime, dossier, at(MOVED)).messages) == told


def test_a_new_rule_speaks_at_once() -> None:
    def with_rule(document: dict[str, Any]) -> None:
        rule = {**document["rules"]["gevaar-naar-directie"], "if": {"type_bericht": "klacht"}}
        document["rules"]["elke-klacht"] = rule

    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    other = publish_change(runtime, with_rule, PUBLISHED).agreement
    moved(runtime, dossier, other)
    kinds = [event.kind for event in look(runtime, dossier, at(MOVED)).events]
    assert kinds[-2:] == [EventKind.REPINNED, EventKind.NOTIFIED]


def test_a_term_that_is_gone_no_longer_calls() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    other = publish_change(runtime, without_acknowledgement, PUBLISHED).agreement
    (change,) = moved(runtime, dossier, other).dues
    assert (change.before, change.after) == (date(2026, 5, 20), None)
    flags = sweep(runtime, at("2026-05-21 00:00")).missed
    assert "ontvangstmelding" not in {flag.deadline for flag in flags}


def test_back_again() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    old = look(runtime, dossier, at(OPENED)).agreement.hash
    other = publish_change(runtime, quicker, PUBLISHED).agreement
    moved(runtime, dossier, other)
    moved(runtime, dossier, old, "2026-05-13 10:00")
    assert due(runtime, dossier) == date(2026, 5, 20)


# What cannot be


def without_subject(document: dict[str, Any]) -> None:
    del document["forms"]["dossier"]["properties"]["onderwerp"]
    document["meanings"] = {k: v for k, v in document.get("meanings", {}).items() if v != "onderwerp"}


def shorter_subject(document: dict[str, Any]) -> None:
    document["forms"]["dossier"]["properties"]["onderwerp"]["maxLength"] = 5


def subject_as_number(document: dict[str, Any]) -> None:
    subject = document["forms"]["dossier"]["properties"]["onderwerp"]
    subject.pop("maxLength", None)
    subject["type"] = "integer"


@pytest.mark.parametrize(
    ("change", "answer", "code"),
    [
        (without_subject, "Bel niet beantwoord", "repin-no-field"),
        (shorter_subject, "Bel niet beantwoord", "form-maxLength"),
        (subject_as_number, "Bel niet beantwoord", "unreadable"),
        (subject_as_number, "42", "repin-answer"),
    ],
)
def test_an_answer_without_a_place_is_named(change: Any, answer: str, code: str) -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED, onderwerp=answer).dossier
    other = publish_change(runtime, change, PUBLISHED).agreement
    assert codes(refusals(runtime, dossier, other)) == [("onderwerp", code)]


def test_every_answer_without_a_place_is_named() -> None:
    def much_shorter(document: dict[str, Any]) -> None:
        shorter_subject(document)
        document["forms"]["dossier"]["properties"]["klager_naam"]["maxLength"] = 2

    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    other = publish_change(runtime, much_shorter, PUBLISHED).agreement
    assert {field for field, _ in codes(refusals(runtime, dossier, other))} == {"onderwerp", "klager_naam"}


def test_an_answer_that_is_no_longer_shown_stays_and_is_named() -> None:
    def hidden(document: dict[str, Any]) -> None:
        document["forms"]["dossier"]["properties"]["onderwerp"]["show-if"] = {"type_bericht": "suggestie"}

    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    other = publish_change(runtime, hidden, PUBLISHED).agreement
    assert moved(runtime, dossier, other).hidden == ("Onderwerp",)
    assert look(runtime, dossier, at(MOVED)).dossier.values["onderwerp"] == "Bel niet beantwoord"


def test_agreements_of_another_department() -> None:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    dossier = open_by_phone(runtime, OPENED).dossier
    other = publish_change(runtime, quicker, PUBLISHED, "eikenrode").agreement
    assert codes(refusals(runtime, dossier, other)) == [("", "repin-elsewhere")]


def test_the_agreement_it_has_already() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    same = look(runtime, dossier, at(OPENED)).agreement.hash
    assert codes(refusals(runtime, dossier, same)) == [("", "repin-same")]


def test_agreements_that_are_valid_from_a_later_day() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    later = Validity(date(2026, 6, 1))
    other = publish(runtime, [proposal(change=quicker)], at(PUBLISHED), "team", later)[0].agreement
    (objection,) = refusals(runtime, dossier, other)
    assert DUTCH.objections.text(objection) == "Deze afspraken gaan pas in op maandag 1 juni 2026."
    assert moved(runtime, dossier, other, "2026-06-01 00:00").dossier.agreement == other


def test_without_a_reason() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    other = publish_change(runtime, quicker, PUBLISHED).agreement
    assert codes(refusals(runtime, dossier, other, reason="  ")) == [("", "reason-needed")]


def closed_by_its_investigation(document: dict[str, Any]) -> None:
    document["milestones"]["onderzoek afgerond"]["closes"] = True


def test_a_dossier_that_is_closed_keeps_what_it_had() -> None:
    runtime = de_linde()
    publish_change(runtime, closed_by_its_investigation, "2026-05-12 10:00")
    dossier = investigated(runtime, "gegrond", reason="Het antwoord ging mondeling.")
    other = publish_change(runtime, quicker, "2026-05-20 10:00").agreement
    assert codes(refusals(runtime, dossier, other, "2026-05-21 09:00")) == [("", "repin-closed")]


def test_moving_closes_no_dossier_unseen() -> None:
    runtime = de_linde()
    dossier = investigated(runtime, "gegrond")
    other = publish_change(runtime, closed_by_its_investigation, "2026-05-20 10:00").agreement
    assert codes(refusals(runtime, dossier, other, "2026-05-21 09:00")) == [("", "repin-would-close")]


@pytest.mark.parametrize(
    ("adjust", "keyword", "code"),
    [
        (
            lambda runtime, dossier: suspend(
                runtime,
                Adjustment(dossier, "antwoord", Operator("els"), reason="wachten-op-klager"),
                at(MOVED),
            ),
            "suspending",
            "repin-suspended",
        ),
        (
            lambda runtime, dossier: extend(
                runtime,
                Adjustment(dossier, "antwoord", Operator("els"), reason="Veel werk", told=date(2026, 5, 13)),
                at(MOVED),
            ),
            "extending",
            "repin-extended",
        ),
    ],
)
def test_what_was_done_to_a_term_must_be_possible_there(adjust: Any, keyword: str, code: str) -> None:
    def stricter(document: dict[str, Any]) -> None:
        for word in (keyword, keyword.replace("ing", "")):
            document["terms"]["antwoord"].pop(word, None)

    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    adjust(runtime, dossier)
    other = publish_change(runtime, stricter, PUBLISHED).agreement
    assert codes(refusals(runtime, dossier, other, "2026-05-13 10:00")) == [("", code)]


def test_a_dossier_that_changed_since_someone_looked() -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    other = publish_change(runtime, quicker, PUBLISHED).agreement
    fill(runtime, dossier, "2026-05-12 16:00", aangeklaagde_dienst="Keuken")
    with pytest.raises(VersionConflictError):
        moved(runtime, dossier, other, version=1)
    assert moved(runtime, dossier, other, version=2).dossier.version == 3


@pytest.mark.parametrize("code", ["abcdef012345", "abc"])
def test_a_code_that_nothing_published_has(code: str) -> None:
    runtime = de_linde()
    dossier = open_by_phone(runtime, OPENED).dossier
    with pytest.raises(UnclearHashError):
        moved(runtime, dossier, code)
