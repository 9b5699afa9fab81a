"""The wording of conditions, rules, terms and fields that De Linde does not all use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from gehoor.core.conditions.model import All, AnyOf, Comparison, Not, Operator
from gehoor.core.conditions.parse import build_condition
from gehoor.core.forms.fields import KINDS
from gehoor.core.forms.parse import fact_types
from gehoor.core.wording.chapters import lines, public_part
from gehoor.core.wording.nl.agreement.kinds import answer, choices
from gehoor.core.wording.registry import DUTCH
from tests.support.de_linde import agreement, changed, departments

SEVERE = Comparison("ernst", Operator.AT_LEAST, 4)
JUDGED = Comparison("gegrondheid", Operator.FILLED)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({"ernst": {"at-least": 4}}, "“Ernst” minstens 4 is"),
        ({"ernst": {"at-most": 4}}, "“Ernst” hoogstens 4 is"),
        ({"ernst": {"more-than": 4}}, "“Ernst” meer dan 4 is"),
        ({"ernst": {"less-than": 4}}, "“Ernst” minder dan 4 is"),
        ({"ernst": {"is-not": 4}}, "“Ernst” ingevuld is met iets anders dan 4"),
        ({"ernst": [4, 5]}, "“Ernst” 4 of 5 is"),
        ({"ernst": {"none-of": [4, 5]}}, "“Ernst” ingevuld is met iets anders dan 4 of 5"),
        ({"gegrondheid": "gegrond"}, "het antwoord op “Is de klacht gegrond?” “Gegrond” is"),
        ({"gegrondheid": {"filled": True}}, "“Is de klacht gegrond?” ingevuld is"),
        ({"gegrondheid": {"filled": False}}, "“Is de klacht gegrond?” niet ingevuld is"),
        ({"anoniem": True}, "het antwoord op “Wil de indiener anoniem blijven?” ja is"),
        (
            {"drager": {"contains": "brief"}},
            "het antwoord op “Hoe kwam het bericht binnen?” ook “Brief” bevat",
        ),
        ({"ontvangstdatum": {"less-than": "2026-03-02"}}, "“Ontvangen op” vóór maandag 2 maart 2026 is"),
        (
            {"ontvangstdatum": {"at-least": "2026-03-02"}},
            "“Ontvangen op” ten vroegste maandag 2 maart 2026 is",
        ),
    ],
)
def test_a_comparison_is_a_clause(data: dict[str, Any], expected: str) -> None:
    types = fact_types(departments()["beukenhof"].document["forms"]["dossier"])
    assert DUTCH.agreements.clause(agreement(), build_condition(data, types)) == expected


def test_and_and_or_cannot_be_read_two_ways() -> None:
    both, either = All((SEVERE, AnyOf((JUDGED, SEVERE)))), AnyOf((All((SEVERE, JUDGED)), SEVERE))
    severe, judged = "“Ernst” minstens 4 is", "“Is de klacht gegrond?” ingevuld is"
    assert DUTCH.agreements.clause(agreement(), both) == f"{severe} en ({judged} of {severe})"
    assert DUTCH.agreements.clause(agreement(), either) == f"({severe} en {judged}) of {severe}"


def test_what_does_not_hold_is_said_so() -> None:
    assert DUTCH.agreements.clause(agreement(), Not(SEVERE)) == (
        "dit niet klopt (ook zolang het niet ingevuld is): “Ernst” minstens 4 is"
    )
    found = DUTCH.agreements.clause(agreement(), Not(AnyOf((SEVERE, JUDGED))))
    assert found == (
        "niets hiervan klopt (ook zolang het niet ingevuld is): "
        "“Ernst” minstens 4 is of “Is de klacht gegrond?” ingevuld is"
    )


def test_what_is_not_there_or_not_yes_needs_no_more_words() -> None:
    neither = Not(AnyOf((JUDGED, Comparison("anoniem", Operator.IS, True))))
    assert DUTCH.agreements.clause(agreement(), neither) == (
        "niets hiervan klopt: “Is de klacht gegrond?” ingevuld is of "
        "het antwoord op “Wil de indiener anoniem blijven?” ja is"
    )


def test_conditions_without_parts_are_said_too() -> None:
    assert DUTCH.agreements.clause(agreement(), All(())) == "het om eender welk bericht gaat"
    assert DUTCH.agreements.clause(agreement(), AnyOf(())) == "nooit iets klopt"


def sentences(change: Callable[[dict[str, Any]], None]) -> list[str]:
    return [text for _, text in lines(DUTCH.agreements.whole(changed(change)))]


def came(change: Callable[[dict[str, Any]], None]) -> list[str]:
    before = [text for _, text in lines(DUTCH.agreements.whole(agreement()))]
    return [text for text in sentences(change) if text not in before]


@pytest.mark.parametrize(
    ("keywords", "expected"),
    [
        ({"count-day-zero": True}, "De dag waarop de tijd begint, telt wel mee."),
        (
            {"cutoff": "17:00"},
            "Wat na 17.00 uur komt, of niet op een werkdag, geldt als gekomen op de volgende werkdag.",
        ),
        ({"min-working-days": 2}, "Er zit minstens 2 werkdagen in."),
        ({"shift": "previous"}, "Is de laatste dag geen werkdag, dan wordt het de vorige werkdag."),
        ({"further-delay": "consent"}, "Daarna mag het nog langer, als wie klaagde daarmee instemt."),
        (
            {"recurring-until": "afgesloten"},
            "Is het gedaan, dan begint de tijd opnieuw. Dat stopt bij “Dossier afgesloten”.",
        ),
        ({"public": "U hoort ons."}, "Dit zeggen wij aan wie het bericht gaf: “U hoort ons.”"),
    ],
)
def test_every_keyword_of_a_term_has_its_sentence(keywords: dict[str, Any], expected: str) -> None:
    assert came(lambda document: document["terms"]["antwoord"].update(keywords)) == [expected]


def test_a_term_can_begin_at_the_last_day_of_another() -> None:
    def follow(document: dict[str, Any]) -> None:
        del document["terms"]["nazorg"]["from"]
        document["terms"]["nazorg"]["from-term"] = "antwoord"

    assert came(follow) == ["De tijd begint op de laatste dag van de termijn “Antwoord aan de klager”."]


@pytest.mark.parametrize(
    ("effect", "expected"),
    [
        ({"block": "afgesloten"}, "kan “Dossier afgesloten” nog niet"),
        ({"notify": "onthaal"}, "krijgt de rol Onthaal bericht"),
        ({"show": "onderzoeker"}, "vragen wij “Onderzoeker”"),
        ({"hide": "onderzoeker"}, "vragen wij “Onderzoeker” niet"),
        ({"warn": "Let op"}, "waarschuwen wij: “Let op”"),
        ({"require": "onderzoeker"}, "moet “Onderzoeker” ingevuld zijn voor de fase klaar is"),
    ],
)
def test_every_effect_has_its_words(effect: dict[str, str], expected: str) -> None:
    (rule,) = came(lambda document: document["rules"]["ernstig-naar-directie"].update({"then": [effect]}))
    assert rule == f"Als “Ernst” minstens 4 is, dan {expected}."


def test_every_kind_of_field_has_its_own_words() -> None:
    field = agreement().dossier_form.fields["onderwerp"]
    said = [answer(replace(field, kind=kind, schema={})) for kind in KINDS]
    assert len(set(said)) == len(KINDS)
    assert not set(said) & set(KINDS)


def test_a_choice_that_is_retired_says_so() -> None:
    field = agreement().dossier_form.fields["voorwerp"]
    retired = replace(field, choices=(replace(field.choices[0], retired=True, help="Wie"),))
    assert choices(retired) == ("“Een persoon” (Wie) (wordt niet meer gekozen)",)


def test_people_outside_do_not_read_who_is_responsible() -> None:
    whole = DUTCH.agreements.whole(agreement())
    inside, outside = ([text for _, text in lines(part)] for part in (whole, public_part(whole)))
    assert set(outside) < set(inside)
    assert "Wij doen dit binnen 30 kalenderdagen." in outside
    assert not any("de rol" in text or "Regels" in text or "herinnering" in text for text in outside)
    assert "Registratie volledig maken" not in outside
