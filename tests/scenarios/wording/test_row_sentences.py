"""Conditions over the rows of a list, in words."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.conditions.facts import FactType
from gehoor.core.conditions.parse import build_condition
from gehoor.core.wording.registry import DUTCH
from tests.support.de_linde import agreement


def said(data: Any) -> str:
    de_linde = agreement()
    types = {
        "deelklachten": FactType.GROUPS,
        "deelklachten.omschrijving": FactType.TEXT,
        "deelklachten.gegrondheid": FactType.TEXT,
        "deelklachten.ernst": FactType.INTEGER,
        "ernst": FactType.INTEGER,
    }
    return DUTCH.agreements.clause(de_linde, build_condition(data, types))


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            {"some": {"gegrondheid": "gegrond"}},
            "in minstens een rij van “Deelklachten” het antwoord op “Gegrond?” “Gegrond” is",
        ),
        (
            {"every": {"ernst": {"at-least": 4}}},
            "in elke rij van “Deelklachten” “Ernst” minstens 4 is",
        ),
        (
            {"none": {"omschrijving": {"filled": True}, "ernst": 5}},
            "er rijen zijn bij “Deelklachten”, en in geen enkele daarvan "
            "(“Waarover gaat dit deel?” ingevuld is en “Ernst” 5 is)",
        ),
        ({"count": {"at-least": 2}}, "het aantal rijen van “Deelklachten” minstens 2 is"),
        (
            {"count": {"at-least": 2, "at-most": 5}},
            "(het aantal rijen van “Deelklachten” minstens 2 is en "
            "het aantal rijen van “Deelklachten” hoogstens 5 is)",
        ),
        ({"count": 1}, "het aantal rijen van “Deelklachten” 1 is"),
        ({"filled": False}, "“Deelklachten” niet ingevuld is"),
    ],
)
def test_a_condition_over_rows_in_words(asked: Any, words: str) -> None:
    assert said({"deelklachten": asked}) == words
