"""Tasks in the agreement in plain Dutch: everything that was agreed about one, and what changed."""

from __future__ import annotations

from typing import Any

from gehoor.core.wording.chapters import lines
from gehoor.core.wording.registry import DUTCH
from tests.support.de_linde import changed
from tests.support.tasks import DO, with_tasks

WORDS = DUTCH.agreements


def said(key: str) -> list[str]:
    return [text for at, text in lines(WORDS.whole(changed(with_tasks))) if at.startswith(key)]


def test_a_task_says_everything_that_was_agreed() -> None:
    assert said(f"tasks/{DO}/") == [
        "Een herstelmaatregel uitvoeren",
        "Elke rij van \u201cHerstelmaatregelen\u201d heeft deze taak.",
        "Ze is voor wie genoemd staat bij \u201cWie zorgt daarvoor?\u201d. "
        "Verder ziet die persoon niets van het dossier.",
        "Wij zeggen erbij: Doe wat beloofd is, en vul in wanneer het gedaan was.",
        "Ze moet gedaan zijn op de dag bij \u201cTegen wanneer?\u201d.",
        "Te lezen is: \u201cWat doen wij voor de klager?\u201d.",
        "In te vullen is: \u201cUitgevoerd op\u201d en \u201cHoe ging het?\u201d.",
        "Er kunnen bestanden bij, in \u201cBewijs\u201d. De andere bestanden daar zijn niet te zien.",
        "Ze is gedaan als \u201cUitgevoerd op\u201d ingevuld is.",
    ]


def test_its_term_says_who_is_reminded() -> None:
    assert said("terms/maatregel/task") == [
        "Wie de taak \u201cEen herstelmaatregel uitvoeren\u201d heeft, krijgt in plaats daarvan de herinnering, "
        "en hoort dat het te laat is."
    ]


def test_what_one_sees_more_is_told() -> None:
    def more(document: dict[str, Any]) -> None:
        with_tasks(document)
        document["tasks"][DO]["shows"].append("streefdatum")

    told = WORDS.changes(WORDS.whole(changed(with_tasks)), WORDS.whole(changed(more)))
    assert [one.key for one in told] == [f"tasks/{DO}/shows"]
    assert "Tegen wanneer?" in told[0].sentence


def test_another_task_is_told_as_new() -> None:
    def without(document: dict[str, Any]) -> None:
        with_tasks(document)
        del document["tasks"][DO]
        del document["terms"]["maatregel"]["task"]

    told = [
        one.sentence for one in WORDS.changes(WORDS.whole(changed(without)), WORDS.whole(changed(with_tasks)))
    ]
    assert "Nieuwe taak: Een herstelmaatregel uitvoeren." in told
