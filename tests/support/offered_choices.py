"""De Linde with choices that go with another answer: one of a few, one of many, several, and in the rows of a list."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

DISHES = ("soep", "brood", "vis", "rijst", "taart", "melk", "fruit")


def _own(**field: Any) -> dict[str, Any]:
    return {"phase": "registratie", "at-opening": True, "personal-data": "P0", **field}


def _when(service: str, **choice: str) -> dict[str, Any]:
    return {**choice, "if": {"soort_dienst": service}}


ASKED: dict[str, dict[str, Any]] = {
    "soort_dienst": _own(title="Welke dienst?", type="string", enum=["keuken", "zorg", "was"]),
    "wat_mis": _own(
        title="Wat ging er mis?",
        type="string",
        oneOf=[
            _when("keuken", const="koud", title="Het was koud"),
            _when("zorg", const="pijn", title="Het deed pijn"),
            {"const": "anders", "title": "Iets anders"},
        ],
    ),
    "gerecht": _own(
        title="Welk gerecht?",
        type="string",
        oneOf=[
            *(_when("keuken", const=one, title=one.title()) for one in DISHES),
            {"const": "geen", "title": "Geen"},
        ],
    ),
    "gevolg_mis": _own(
        title="Wat kwam ervan?",
        type="array",
        items={
            "oneOf": [
                {"const": "honger", "title": "Honger", "if": {"wat_mis": "koud"}},
                {"const": "boos", "title": "Boos"},
            ]
        },
    ),
    "bestellingen": _own(
        title="Bestellingen",
        type="array",
        items={
            "type": "object",
            "properties": {
                "soort": {
                    "title": "Soort",
                    "type": "string",
                    "enum": ["drank", "eten"],
                    "personal-data": "P0",
                },
                "welk": {
                    "title": "Welk?",
                    "type": "string",
                    "oneOf": [
                        {"const": "thee", "title": "Thee", "if": {"soort": "drank"}},
                        {"const": "soep", "title": "Soep", "if": {"soort": "eten"}},
                    ],
                    "personal-data": "P0",
                },
            },
        },
    ),
}


def offering(document: dict[str, Any]) -> None:
    """Ask them on the form for the website, which has no steps of its own, and in the dossier."""
    for form in ("dossier", "melden"):
        document["forms"][form]["properties"] |= deepcopy(ASKED)
    document["forms"]["melden"].pop("steps", None)
