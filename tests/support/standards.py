"""A standard to hold De Linde of the tests against, with a chapter of its report about it."""

from __future__ import annotations

from typing import Any

from tests.support.figures import with_figures

STANDARD: dict[str, Any] = {
    "name": "Proefnorm",
    "applies-to": "Iedereen",
    "requirements": {
        "melden": {
            "name": "Men meldt dat de klacht er is",
            "theme": "Ontvangst",
            "clause": "7.4",
            "certainty": "likely",
            "shown-by": [{"term": "ontvangstmelding"}],
        },
        "snel": {
            "name": "Men antwoordt snel",
            "theme": "Antwoord",
            "shown-by": [{"term": "antwoord", "at-most": "2 calendar-days"}],
        },
        "niets": {
            "name": "Er is een bemiddelaar",
            "theme": "Antwoord",
            "shown-by": [{"term": "bemiddeling"}],
        },
        "soort": {
            "name": "Het gaat om klachten",
            "theme": "Antwoord",
            "shown-by": [{"share": {"of-which": {"type_bericht": "klacht"}, "percent": 90}}],
        },
        "tijd": {
            "name": "Er is tijd voor",
            "theme": "Mensen",
            "shown-by": [{"agreed": "roles", "at-least": 2}, {"asked": "Is er genoeg tijd?"}],
        },
    },
}


def agreed(document: dict[str, Any]) -> None:
    """Agree on figures, on a standard, and on a chapter of the report about it."""
    with_figures(document)
    document["rights"]["see-figures"] = ["kwaliteitscoordinator"]
    document["standards"] = {"proef": STANDARD}
    report = document["reports"]["jaarverslag"]
    chapter = {"name": "Hoe wij het deden", "assesses": ["proef"]}
    document["reports"] = {"jaarverslag": {**report, "chapters": [*report["chapters"], chapter]}}
