"""What a page asks when something may be after all, with a reason: the question is about just that."""

from __future__ import annotations

import pytest

from gehoor.core.objections.objections import ASKS_REASON, Objection
from gehoor.web.forms.refusals import reason_asked
from tests.support.site import new_site

QUESTIONS = {
    "change-needs-reason": "Waarom wijzigt u dit antwoord?",
    "letter-unwished": "Waarom gaat de brief anders dan gevraagd?",
    "hides-lateness": "Waarom is dit niet meer te laat?",
    "closes-unanswered": "Waarom hoeft er geen antwoord meer te komen?",
    "ends-undone": "Waarom hoeft wat nog loopt niet meer?",
}


def asked(*codes: str, reason: str = "") -> str:
    with new_site().app.test_request_context("/"):
        return reason_asked([Objection("onderwerp", code) for code in codes], reason)


@pytest.mark.parametrize("code", sorted(ASKS_REASON))
def test_each_has_a_question_of_its_own(code: str) -> None:
    assert asked(code) == QUESTIONS[code]


def test_two_at_once_are_asked_together_and_what_was_given_stays_to_be_seen() -> None:
    assert asked("ends-undone", "hides-lateness") == "Waarom mag dit zo?"
    assert asked("required", reason="Zij belde.") == "Waarom mag dit zo?"


def test_what_no_reason_helps_asks_for_none() -> None:
    assert asked("required") == ""
