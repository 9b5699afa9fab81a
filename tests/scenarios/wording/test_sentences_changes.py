"""What differs between two agreements, in sentences."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from gehoor.services.agreements.comparison import UnclearHashError, compare, published
from gehoor.services.register.library import Library
from tests.support.de_linde import agreement, changed


class TwoPublished:
    """A register with two agreements whose hashes begin alike."""

    def published_departments(self) -> list[tuple[str, str]]:
        return [("a", "b")]

    def sound_publications(self, *_: str) -> list[Any]:
        return [SimpleNamespace(agreement=f"abcdef{end}") for end in "12"]


@pytest.mark.parametrize(
    ("beginning", "found"),
    [("abcdef", ("abcdef1", "abcdef2")), ("abcdef3", ()), ("abc", ("abcdef1", "abcdef2"))],
)
def test_the_beginning_of_a_hash_must_be_long_enough_and_of_one(
    beginning: str, found: tuple[str, ...]
) -> None:
    register: Any = TwoPublished()
    with pytest.raises(UnclearHashError) as refused:
        published(register, Library(), beginning)
    assert refused.value.found == found


def told(change: Callable[[dict[str, Any]], None]) -> list[str]:
    return [one.sentence for one in compare(agreement(), changed(change)).changes]


def within(text: str) -> Callable[[dict[str, Any]], None]:
    return lambda document: document["terms"]["ontvangstmelding"].update({"within": text})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 working-days", "van 5 naar 3 werkdagen"),
        ("1 working-days", "van 5 werkdagen naar 1 werkdag"),
        ("2 weeks", "van 5 werkdagen naar 2 weken"),
    ],
)
def test_another_duration(text: str, expected: str) -> None:
    assert told(within(text))[0] == f"De termijn “Ontvangstmelding versturen” gaat {expected}."


def test_the_same_agreement_has_no_changes() -> None:
    found = compare(agreement(), changed(lambda _: None))
    assert found.equal
    assert not found.changes


def test_a_change_that_is_never_said_is_still_a_change() -> None:
    found = compare(agreement(), changed(lambda document: document["organisation"].update({"sector": "x"})))
    assert not found.equal
    assert not found.changes


def test_a_new_field_comes_with_everything_about_it() -> None:
    ward = {"title": "Leefgroep", "type": "string", "phase": "registratie"}
    (change,) = compare(
        agreement(),
        changed(lambda document: document["forms"]["dossier"]["properties"].update({"leefgroep": ward})),
    ).changes
    assert change.subject == "Formulier Dossier"
    assert change.sentence == "Nieuw veld op het formulier Dossier: Leefgroep."
    assert change.details == (
        "Het antwoord is een korte tekst.",
        "Dit hoort bij de fase “Registratie”.",
    )


def test_what_is_gone_is_told_once() -> None:
    assert told(lambda document: document["rules"].pop("sluiten-vraagt-reden")) == [
        "De regel “Sluiten vraagt reden” is weg."
    ]
    assert told(lambda document: document["terms"].pop("melding")) == [
        "De termijn “Melding oplossen” is weg."
    ]
    assert told(lambda document: document["complaint"]["includes"].pop()) == [
        "Weg: Dit is wel een klacht: “Verlies van of schade aan eigendom”. "
        "Bijvoorbeeld: “De trouwring is niet meer gevonden.”"
    ]


def test_a_list_tells_what_came_and_what_went() -> None:
    def choices(document: dict[str, Any]) -> None:
        offered = document["forms"]["dossier"]["properties"]["voorwerp"]["oneOf"]
        offered[:1] = [{"const": "dier", "title": "Een dier"}]

    def reminders(document: dict[str, Any]) -> None:
        document["terms"]["ontvangstmelding"]["remind"].append("2 working-days")

    assert "De keuzes bij “Waarover gaat de klacht?”: nieuw is “Een dier” en weg is “Een persoon”." in told(
        choices
    )
    assert told(reminders) == [
        "De herinneringen van de termijn Ontvangstmelding versturen: nieuw is 2 werkdagen vooraf."
    ]


def test_a_changed_rule_shows_what_it_was_and_is() -> None:
    def severe(document: dict[str, Any]) -> None:
        document["rules"]["goedkeuring-bij-ernstig"]["if"]["ernst"]["at-least"] = 5

    (sentence,) = told(severe)
    assert sentence.startswith("Bij “Goedkeuring bij ernstig”. Eerst: Als “Ernst” minstens 4 is, dan ")
    assert " Nu: Als “Ernst” minstens 5 is, dan " in sentence


def test_an_optional_sentence_comes_or_goes() -> None:
    with_cutoff = told(lambda document: document["terms"]["antwoord"].update({"cutoff": "17:00"}))
    assert with_cutoff == [
        "Bij “Antwoord aan de klager”. Nieuw: Wat na 17.00 uur komt, of niet op een werkdag, geldt als gekomen "
        "op de volgende werkdag."
    ]
    without = told(lambda document: document["terms"]["antwoord"].pop("source"))
    assert without == ["Bij “Antwoord aan de klager”. Weg: Dit staat in: Klachtenreglement De Linde, art. 7."]


def test_a_new_name_is_told_once_and_not_where_it_is_used() -> None:
    assert told(lambda document: document["roles"]["onthaal"].update({"name": "Balie"})) == [
        "“Onthaal” heet nu “Balie”."
    ]


def test_another_order_of_the_questions_is_told() -> None:
    def reverse(document: dict[str, Any]) -> None:
        document["questions"] = dict(reversed(document["questions"].items()))

    assert told(reverse) == ["De volgorde bij “Vragen die beslissen” is anders."]


def test_two_departments_beside_each_other_are_told_by_name() -> None:
    first, second = (agreement(one) for one in ("eikenrode", "thuis"))
    told = [one.sentence for one in compare(first, second, ("Eikenrode", "De Es")).changes]
    assert any(": 5 werkdagen bij Eikenrode, 3 werkdagen bij De Es." in one for one in told)
    assert any(one.startswith("Alleen bij De Es: ") for one in told)
    assert not any(word in one for one in told for word in ("Eerst:", "Nu:", "Nieuw:", "gaat van"))
