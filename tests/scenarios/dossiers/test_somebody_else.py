"""Somebody else: who stands in one field may not stand in the other, such as for aftercare."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.wording.registry import DUTCH
from gehoor.services.recording.answers import RefusedError
from gehoor.services.register.runtime import Runtime
from tests.support.de_linde import changed, fill, new_runtime, open_by_phone, publish_change
from tests.support.site import new_site

DAY = "2026-05-13 09:00"


def two_people(document: dict[str, Any]) -> None:
    people = {"type": "array", "widget": "staff", "phase": "registratie", "personal-data": "P1"}
    document["forms"]["dossier"]["properties"] |= {
        "wie_onderzoekt": {**people, "title": "Wie onderzoekt?"},
        "wie_vraagt_na": {
            **people,
            "title": "Wie vraagt hoe het gaat?",
            "someone-else-than": "wie_onderzoekt",
        },
    }


@pytest.fixture
def runtime() -> Runtime:
    runtime = new_runtime()
    publish_change(runtime, two_people, "2026-01-16 10:00")
    site = new_site(runtime=runtime)
    for name in ("ria", "jan", "els"):
        site.add_staff(name, "onthaal")
    return runtime


def refused(runtime: Runtime, dossier: str, **answers: Any) -> list[tuple[str, str]]:
    with pytest.raises(RefusedError) as raised:
        fill(runtime, dossier, DAY, **answers)
    return [(one.field, one.code) for one in raised.value.objections]


def test_the_same_person_in_both_is_refused(runtime: Runtime) -> None:
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    both = {"wie_onderzoekt": ["jan", "ria"], "wie_vraagt_na": ["jan"]}
    assert refused(runtime, dossier, **both) == [("wie_vraagt_na", "same-person-there")]


def test_somebody_else_is_fine(runtime: Runtime) -> None:
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    fill(runtime, dossier, DAY, wie_onderzoekt=["jan"], wie_vraagt_na=["els"])


def test_it_holds_whichever_of_the_two_is_filled_in_last(runtime: Runtime) -> None:
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    fill(runtime, dossier, DAY, wie_vraagt_na=["jan"])
    assert refused(runtime, dossier, wie_onderzoekt=["jan"]) == [("wie_vraagt_na", "same-person-there")]


def test_it_is_said_with_the_name_of_the_other_field(runtime: Runtime) -> None:
    dossier = open_by_phone(runtime, "2026-05-12 14:00").dossier
    with pytest.raises(RefusedError) as raised:
        fill(runtime, dossier, DAY, wie_onderzoekt=["jan"], wie_vraagt_na=["jan"])
    fields = changed(two_people).dossier_form.fields
    said = [DUTCH.objections.text(one, fields[one.field].label) for one in raised.value.objections]
    assert said == ["Kies hier iemand anders dan bij “Wie onderzoekt?”."]


def test_the_agreement_says_it() -> None:
    told = {
        sentence.key: sentence.text
        for chapter in DUTCH.agreements.whole(changed(two_people))
        for item in chapter.items
        for sentence in item.sentences
    }
    key = "forms/dossier/properties/wie_vraagt_na/someone-else-than"
    assert told[key] == "Dit is iemand anders dan bij “Wie onderzoekt?”."
