"""Answers that name people who work here, and for whom a dossier with such answers does not exist."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gehoor.core.decision.people import person_objections, with_people
from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.forms.fields import KINDS, Choice, Field, kind_of
from gehoor.core.forms.reading import UnreadableError
from tests.support.de_linde import agreement

ZONE = ZoneInfo("Europe/Brussels")
FIELD = Field("wie", "Wie?", "staff", {}, choices=(Choice("els", "Els Verhaegen"),))
PEOPLE = (Choice("els", "Els Verhaegen"), Choice("weg", "Wim Weg", retired=True))


def test_a_list_with_this_widget_holds_people() -> None:
    assert kind_of({"type": "array", "widget": "staff"}) == "staff"
    assert kind_of({"type": "array", "widget": "staff", "items": {}}) is None


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        (["Els", " koen ", "els"], ["els", "koen"]),
        ("els", ["els"]),
        ("", None),
        ([], None),
        (["", " "], None),
    ],
)
def test_names_are_read_once_each_as_people_sign_in(given: Any, stored: list[str] | None) -> None:
    assert KINDS["staff"].read(given, FIELD, ZONE) == stored


@pytest.mark.parametrize("given", [5, [5], {"els": True}, [["els"]]])
def test_what_is_no_name_cannot_be_read(given: Any) -> None:
    with pytest.raises(UnreadableError):
        KINDS["staff"].read(given, FIELD, ZONE)


def test_people_are_shown_by_full_name_and_strangers_by_their_own() -> None:
    assert KINDS["staff"].show(["els", "koen"], FIELD) == "Els Verhaegen, koen"
    assert KINDS["staff"].fact(["els", "koen"], FIELD) == ("els", "koen")


def test_who_left_may_stay_and_not_come() -> None:
    form = with_people(agreement(), PEOPLE).dossier_form
    values = {"aangeklaagde_medewerkers": ["els", "weg"]}
    assert person_objections(form, values, values, PEOPLE) == []
    (objection,) = person_objections(form, values, {}, PEOPLE)
    assert (objection.field, objection.details["people"]) == ("aangeklaagde_medewerkers", "weg")


def test_an_agreement_knows_its_people_only_where_it_asks_for_them() -> None:
    named = with_people(agreement(), PEOPLE)
    asking = [name for name, of in named.dossier_form.fields.items() if of.choices == PEOPLE]
    assert asking == ["aangeklaagde_medewerkers", "belangenconflict"]
    assert named.forms["melden"] is agreement().forms["melden"]


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({}, set()),
        ({"aangeklaagde_medewerkers": ["els"]}, {"els"}),
        ({"aangeklaagde_medewerkers": ["els"], "belangenconflict": ["koen", "els"]}, {"els", "koen"}),
        ({"aangeklaagde_medewerkers": "els", "onderzoeker": "koen", "": ["an"]}, set()),
    ],
)
def test_who_is_named_in_a_field_that_means_so_is_excluded(values: dict[str, Any], names: set[str]) -> None:
    assert excluded_from(agreement(), values) == names
