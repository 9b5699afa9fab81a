"""An agreement of before, in which a question of yes or no is a choice: who chose to be protected, is."""

from __future__ import annotations

from typing import Any

import pytest

from gehoor.core.access.disclosure import Party, disclosed
from gehoor.core.dossier.complainant import address_of
from gehoor.core.forms.parse import build_field
from gehoor.services.dossiers.viewing import look
from gehoor.services.projection.projection import reading_projection
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, open_by_web, publish_change

WHEN = "2026-05-12 14:00"


def as_choice(meaning: str) -> Runtime:
    """De Linde, of which what is published asks a question of yes or no with two choices; no check held it back."""

    def change(document: dict[str, Any]) -> None:
        fields = document["forms"]["dossier"]["properties"]
        before = next(name for name, field in fields.items() if field.get("meaning") == meaning)
        asked = {
            **fields[before],
            "title": "Zo?",
            "type": "string",
            "enum": ["ja", "nee"],
            "at-opening": True,
        }
        asked = {name: said for name, said in asked.items() if name not in ("default", "show-if")}
        for form in ("dossier", "melden"):
            document["forms"][form]["properties"].get(before, {}).pop("meaning", None)
            document["forms"][form]["properties"]["zo"] = asked
        if "steps" in document["forms"]["melden"]:
            document["forms"]["melden"]["steps"].append({"fields": ["zo"]})

    runtime = de_linde()
    publish_change(runtime, change, "2026-02-01 09:00")
    return runtime


def test_who_chose_to_be_anonymous_is() -> None:
    runtime = as_choice("anonymous")
    told = {"anoniem": "nee", "klager_naam": "Peeters", "klager_email": "bang@voorbeeld.be"}
    dossier = open_by_web(runtime, WHEN, **told, zo="ja").dossier
    opened = look(runtime, dossier, at(WHEN))
    assert opened.dossier.values["zo"] == "ja"
    assert address_of(opened.agreement, opened.dossier) == ""
    with reading_projection(runtime) as register:
        kept = [key for key, _ in register.tables.scan("match_keys")]
    assert not [key for key in kept if "person" in key or "by name" in key]


def test_danger_that_somebody_chose_is_seen_in_lists() -> None:
    runtime = as_choice("danger")
    dossier = open_by_web(runtime, WHEN, zo="ja").dossier
    with reading_projection(runtime) as register:
        summary = register.summary(dossier)
    assert summary is not None
    assert summary.danger


@pytest.mark.parametrize(
    ("asked", "answer"), [({"type": "boolean"}, True), ({"type": "string", "enum": ["ja", "nee"]}, "ja")]
)
def test_who_was_promised_to_stay_hidden_does(asked: dict[str, Any], answer: Any) -> None:
    fields = {
        "stil": build_field("stil", {**asked, "meaning": "shielded"}, {}),
        "naam": build_field(
            "naam", {"type": "string", "meaning": "complainant.name", "disclosed-to": "both"}, {}
        ),
    }
    assert disclosed(fields, {"naam": "Zwaantje", "stil": answer}, Party.ACCUSED).keys().isdisjoint({"naam"})
