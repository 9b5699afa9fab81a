"""By what earlier dossiers are found again: people and answers, told apart as people would."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.conditions.register_questions import RegisterQuestion
from gehoor.core.dossier.match_keys import is_asking, keys_of, match_keys, person_keys
from tests.support.de_linde import agreement

AN: dict[str, Any] = {"klager_naam": "Peeters", "klager_voornaam": "An", "klager_email": "an@voorbeeld.be"}


def people(**values: Any) -> set[str]:
    return set(person_keys(agreement(), values))


def same_person(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(people(**one) & people(**other))


@pytest.mark.parametrize(
    "other",
    [
        {"klager_naam": "Iemand anders", "klager_email": "AN@voorbeeld.be"},
        {"klager_email": "an@voorbeeld.be", "klager_telefoon": "09 123 45 67"},
    ],
    ids=["capitals", "email and phone"],
)
def test_an_email_is_one_person(other: dict[str, Any]) -> None:
    assert same_person(AN, other)


@pytest.mark.parametrize("number", ["0470 00 00 01", "+32 470 00 00 01", "0470/00.00.01", "0032470000001"])
def test_a_phone_number_is_one_person_however_it_is_written(number: str) -> None:
    assert same_person({"klager_telefoon": "0470000001"}, {"klager_telefoon": number})


def test_a_name_tells_who_someone_is_only_without_a_way_to_reach_them() -> None:
    assert same_person({"klager_naam": "José Peeters"}, {"klager_naam": "peeters", "klager_voornaam": "Jose"})
    assert not same_person(AN, {"klager_naam": "Peeters", "klager_voornaam": "An"})


def test_a_name_is_the_same_however_its_apostrophe_and_sharp_s_are_typed() -> None:
    assert same_person({"klager_naam": "D'Hondt Straße"}, {"klager_naam": "d\u2019hondt STRASSE"})


def test_the_key_of_a_name_is_the_one_that_registers_hold() -> None:
    assert people(klager_naam="Éloïse D'Hondt-Müller Straße") == {
        "f5e760ba18ab589207f56edf43bd8b40aa68ee03dae05fb0b5cc5db51b7ce80a"
    }


def test_whoever_is_anonymous_is_nobody() -> None:
    values = {"anoniem": True, "uiteenzetting": "Ik zeg niet wie ik ben.", "type_bericht": "klacht"}
    assert people(**values) == set()
    assert keys_of(RegisterQuestion(), match_keys(agreement(), values)) == ()


def test_a_key_tells_nothing_by_itself() -> None:
    assert all("voorbeeld" not in key and "peeters" not in key.lower() for key in people(**AN))


def test_choices_are_kept_and_stories_are_not() -> None:
    found = match_keys(
        agreement(), {"soort_klacht_hoofd": "maaltijden", "uiteenzetting": "De soep was koud."}
    )
    assert {what for what in found if not is_asking(what)} == {"soort_klacht_hoofd"}


def test_a_question_about_an_answer_that_is_not_there_has_no_answer() -> None:
    question = RegisterQuestion(same=("soort_klacht_hoofd", "voorwerp"))
    assert keys_of(question, {"soort_klacht_hoofd": "a key"}) == ()
    both = {"soort_klacht_hoofd": "a key", "voorwerp": "another", "person 0": "a third"}
    assert keys_of(question, both) == (("a key",), ("another",))
