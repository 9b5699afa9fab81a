"""What is agreed about the days of terms is said in plain Dutch: each word in one sentence, that changes with it."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.wording.chapters import lines
from gehoor.core.wording.registry import DUTCH
from tests.support.volledig import agreement


def said(change: Any = None) -> dict[str, str]:
    return dict(lines(DUTCH.agreements.whole(agreement(change))))


@pytest.mark.parametrize(
    ("term", "keyword", "value", "sentence"),
    [
        (
            "belofte",
            "at-latest",
            "nagekomen_op",
            "Dit gebeurt uiterlijk op de dag bij “Belofte nagekomen op”.",
        ),
        (
            "belofte",
            "at-latest",
            "1 weeks after beloofd_tegen",
            "Dit gebeurt uiterlijk 1 week na de dag bij “Beloofd tegen”.",
        ),
        ("maatregel", "until", "beslist_op", "Het is gedaan als bij “Beslist op” een dag staat."),
        (
            "directie",
            "as-soon-as",
            {"ernst": {"at-least": 5}},
            "De tijd begint zodra ingevuld is dat “Ernst” minstens 5 is. Is dat niet meer zo, dan vervalt de termijn.",
        ),
        (
            "verbetering",
            "from",
            ["ontvangst", "directie verwittigd"],
            "De tijd begint bij “Ontvangen” of “Directie verwittigd”, wat het laatst komt.",
        ),
        (
            "verbetering",
            "extend",
            {"with": ["9 calendar-days", "8 calendar-days"], "reason": "optional"},
            "Deze termijn mag langer worden: eerst met 9 kalenderdagen, daarna met 8 kalenderdagen.",
        ),
        (
            "belofte",
            "extend",
            {"with": {"at-most": "9 calendar-days"}, "at-most": 2},
            "Deze termijn mag langer worden, telkens met hoogstens 9 kalenderdagen.",
        ),
    ],
)
def test_a_changed_value_changes_its_own_sentence_and_no_other(
    term: str, keyword: str, value: Any, sentence: str
) -> None:
    def change(document: dict[str, Any]) -> None:
        document["terms"][term][keyword] = value

    before, after = said(), said(change)
    assert after[f"terms/{term}/{keyword}"] == sentence
    assert {key for key in before if before[key] != after.get(key)} == {f"terms/{term}/{keyword}"}
    assert before.keys() == after.keys()


def test_a_term_of_rows_and_a_season_are_said() -> None:
    told = said()
    assert told["terms/maatregel/every"] == "Dit geldt voor elke rij van “Maatregelen” apart."
    assert told["terms/verbetering/stands-still-in"] == (
        "De tijd staat stil op de sluitingsdagen van de kalender “schoolvakantie”."
    )
