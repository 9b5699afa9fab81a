"""``gehoor questions``: every way through the questions, and what shows it."""

from __future__ import annotations

from tests.support.cli_run import run
from tests.support.places import ORGANISATIONS


def test_every_way_is_shown_with_where_it_ends_and_its_examples() -> None:
    lines = run("questions", "waterhof/wijk", "--workspace", ORGANISATIONS).out.splitlines()
    assert lines[:2] == [
        "andere-weg: ja: dat is anders",
        "    De gemeente geeft mij dit jaar minder uren huishoudelijke hulp.",
    ]
    assert "andere-weg: nee, onvrede: nee, onveilig: nee, voorstel: nee: dat is opmerking" in lines


def test_the_ways_as_data() -> None:
    found = run("questions", "de-linde/thuis", "--workspace", ORGANISATIONS, "--format", "json").json()[
        "ways"
    ]
    assert len(found) == 7
    assert found[0]["answers"] == {"gevaar": True}
    assert (found[0]["kind"], found[0]["route"]) == ("klacht", "gevaar")
    assert all(way["examples"] for way in found)
