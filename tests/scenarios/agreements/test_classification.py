"""What the deciding questions propose, asked of the questions that De Linde agreed."""

from __future__ import annotations

import pytest

from gehoor.core.agreement.classification import Proposed, kept_proposal, propose
from tests.support.de_linde import agreement

NO = {"gevaar": False, "andere-procedure": False}


def test_the_first_question_is_asked_first() -> None:
    nothing = propose(agreement(), {})
    assert nothing.next is not None
    assert nothing.next.id == "gevaar"
    assert (nothing.kind, nothing.proposed) == (None, None)


def test_each_answer_leads_to_the_next_question() -> None:
    one = propose(agreement(), NO)
    assert one.next is not None
    assert one.next.id == "ontevreden"
    assert one.walk.asked == ("gevaar", "andere-procedure", "ontevreden")


def test_the_answer_that_decides_is_told() -> None:
    found = propose(agreement(), {**NO, "ontevreden": True})
    assert found.kind is not None
    assert found.kind.name == "Klacht"
    assert found.decided_by is not None
    assert found.decided_by.id == "ontevreden"
    assert found.decided_with
    assert found.proposed == Proposed("klacht", "ontevreden")
    assert not found.danger


def test_danger_is_the_way_of_danger() -> None:
    found = propose(agreement(), {"gevaar": True})
    assert (found.is_danger, found.danger) == (True, True)


def test_who_does_not_know_of_danger_is_told_what_to_do_as_well() -> None:
    found = propose(agreement(), {"gevaar": None, "andere-procedure": False, "ontevreden": True})
    assert (found.is_danger, found.danger) == (False, True)
    assert found.kind is not None
    assert found.kind.id == "klacht"


def test_not_knowing_leads_on_and_is_told_with_what_it_could_have_been() -> None:
    answers = {**NO, "ontevreden": None, "tekortkoming": False, "voorstel": True}
    found = propose(agreement(), answers)
    assert found.kind is not None
    assert found.kind.id == "suggestie"
    assert [(one.question, one.answer, one.outcome.kind) for one in found.doubts] == [
        ("ontevreden", True, "klacht")
    ]


def test_when_no_question_decides_it_is_what_was_agreed_for_that() -> None:
    found = propose(agreement(), dict.fromkeys(agreement().questions, False))
    assert found.decided_by is None
    assert found.proposed == Proposed("anders", "")


def test_an_answer_to_a_question_that_is_not_there_is_no_answer() -> None:
    found = propose(agreement(), {"weg": True})
    assert found.next is not None
    assert found.next.id == "gevaar"


@pytest.mark.parametrize("example", agreement().examples, ids=lambda one: one.message[:30])
def test_every_example_of_the_agreement_is_what_the_page_would_propose(example) -> None:
    found = propose(agreement(), example.answers)
    assert found.kind is not None
    assert found.kind.id == example.expect


def test_what_is_kept_is_read_again() -> None:
    assert kept_proposal({"proposal": Proposed("klacht", "ontevreden").as_data()}) == Proposed(
        "klacht", "ontevreden"
    )
    assert kept_proposal({}) is None
