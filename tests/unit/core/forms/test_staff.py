"""The field type that names people who work here: how names are read and shown."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

import pytest

from gehoor.core.forms.fields import KINDS, Choice, Field, kind_of
from gehoor.core.forms.reading import UnreadableError
from gehoor.core.wording.registry import DUTCH

ZONE = ZoneInfo("Europe/Brussels")
FIELD = Field("wie", "Wie?", "staff", {}, choices=(Choice("els", "Els Verhaegen"),))


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
    assert KINDS["staff"].show(["els", "koen"], FIELD, DUTCH.formats) == "Els Verhaegen, koen"
    assert KINDS["staff"].fact(["els", "koen"], FIELD) == ("els", "koen")
