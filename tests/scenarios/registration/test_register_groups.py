"""Where a field stands on the page to register on."""

from __future__ import annotations

from typing import Any

from gehoor.web.staff.registration.field_groups import grouped
from tests.support.de_linde import agreement, changed

AGREED = agreement()
FIELDS = [of for of in AGREED.dossier_form.fields.values() if of.at_opening]


def test_the_story_comes_first_wherever_it_stands_in_the_form() -> None:
    assert grouped(AGREED, reversed(FIELDS), ()).order[0] == "uiteenzetting"


def test_every_field_has_one_place() -> None:
    order = grouped(AGREED, FIELDS, ()).order
    assert sorted(order) == sorted(of.id for of in FIELDS)


def test_what_is_required_is_not_folded_away() -> None:
    assert "indieningsvorm" in grouped(AGREED, FIELDS, ()).more
    assert "indieningsvorm" in grouped(AGREED, FIELDS, {"indieningsvorm"}).receipt


def test_danger_is_not_asked_twice() -> None:
    asked = changed(lambda document: document["questions"].pop("gevaar"))
    assert "acuut_gevaar" in grouped(AGREED, FIELDS, ()).more
    assert "acuut_gevaar" in grouped(asked, FIELDS, ()).kind


def before(milestone: str) -> frozenset[str]:
    def change(document: dict[str, Any]) -> None:
        document["forms"]["dossier"]["properties"]["klager_naam"]["required-before"] = milestone

    return changed(change).needed_at_opening


def test_what_is_needed_before_the_first_milestone_is_needed_at_opening() -> None:
    assert {"uiteenzetting", "klager_naam"} <= AGREED.needed_at_opening
    assert "klager_naam" not in before("afgesloten")
    assert "klager_naam" in before("ontvangst")
