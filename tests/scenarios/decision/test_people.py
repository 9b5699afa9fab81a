"""For whom a dossier does not exist, and which people may be named in it, as De Linde agreed."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.dossier.conflict_of_interest import excluded_from
from gehoor.core.forms.fields import Choice
from gehoor.core.objections.people import person_objections, with_people
from tests.support.de_linde import agreement

PEOPLE = (Choice("els", "Els Verhaegen"), Choice("weg", "Wim Weg", retired=True))


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
    assert excluded_from(agreement(), values, {}) == names
