"""The ways through the questions: every one of them, and no more."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from gehoor.core.agreement.ways import Outcome, Question, Way, never_asked, walk, ways

COMPLAINT, REMARK = Outcome("complaint"), Outcome("remark")
DANGER = Question("danger", "Is there danger?", yes=COMPLAINT)
LONG = Question("long", "Is it long?")
UNHAPPY = Question("unhappy", "Is someone unhappy?", yes=COMPLAINT, no=REMARK)
PRAISE = Question("praise", "Is it praise?", no=COMPLAINT)


def asked(*questions):
    return {question.id: question for question in questions}


def test_each_outcome_is_the_end_of_a_way():
    assert ways(asked(DANGER, LONG, PRAISE), REMARK) == (
        Way((("danger", True),), COMPLAINT, "danger"),
        Way((("danger", False), ("praise", False)), COMPLAINT, "praise"),
        Way((("danger", False), ("praise", True)), REMARK),
    )


def test_a_way_without_an_end_is_told():
    assert ways(asked(DANGER), None)[-1] == Way((("danger", False),), None)


def test_nothing_is_asked_after_what_always_decides():
    questions = asked(DANGER, UNHAPPY, PRAISE, LONG)
    assert never_asked(questions) == ("praise", "long")
    assert [way.decided_by for way in ways(questions, REMARK)] == ["danger", "unhappy", "unhappy"]
    assert never_asked(asked(DANGER, PRAISE)) == ()


def test_a_walk_tells_what_it_lacks_and_what_it_does_not_need():
    questions = asked(DANGER, LONG, UNHAPPY)
    lacking = walk(questions, None, {"danger": False, "unhappy": True})
    assert (lacking.outcome, lacking.missing) == (None, "long")
    decided = walk(questions, None, {"unhappy": False, "danger": True})
    assert (decided.outcome, decided.decided_by) == (COMPLAINT, "danger")
    assert decided.needless({"unhappy": False, "danger": True}) == ("unhappy",)


_OUTCOMES = st.sampled_from([None, COMPLAINT, REMARK])


@given(ends=st.lists(st.tuples(_OUTCOMES, _OUTCOMES), min_size=1, max_size=6), otherwise=_OUTCOMES)
def test_every_set_of_answers_goes_exactly_one_way(ends, otherwise):
    questions = asked(*(Question(f"q{i}", "?", yes=yes, no=no) for i, (yes, no) in enumerate(ends)))
    found = ways(questions, otherwise)
    for given_answers in product((True, False), repeat=len(questions)):
        answers = dict(zip(questions, given_answers, strict=True))
        walked = walk(questions, otherwise, answers)
        gone = [way for way in found if all(answers[name] is answer for name, answer in way.answers)]
        assert [(way.outcome, way.decided_by) for way in gone] == [(walked.outcome, walked.decided_by)]
