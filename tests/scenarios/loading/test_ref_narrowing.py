"""What stands beside ``$ref`` and what it refers to both hold: the strictest counts, and what is looser is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gehoor.core.text.problems import errors
from gehoor.loading.load import load_workspace
from tests.support.loading_cases import BASE, build


def _loaded(folder: Path, taken: dict[str, Any], own: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """Return a field that refers to another, as it is in the dossier, and the codes of what is told of it."""
    folder = folder / "werkmap"
    build(BASE, folder)
    shared = {"$schema": "urn:gehoor:formulier:1", "taal": "nl", "title": "Gedeeld", "$defs": {"veld": taken}}
    (folder / "forms/basis/gedeeld.schema.json").write_text(json.dumps(shared), "utf-8")
    field = {
        "$ref": "../basis/gedeeld.schema.json#/$defs/veld",
        "title": "Veld",
        "fase": "registratie",
        "persoonsgegevens": "P0",
        **own,
    }
    dossier = folder / "forms/klein/dossier.schema.yaml"
    text = dossier.read_text("utf-8").replace(
        "  postcode:\n", f"  veld: {json.dumps(field)}\n  postcode:\n", 1
    )
    dossier.write_text(text, "utf-8")
    loaded = load_workspace(folder)
    codes = [problem.code for problem in loaded.problems]
    if errors(loaded.problems):
        return {}, codes
    return dict(loaded.departments[0].document["forms"]["dossier"]["properties"]["veld"]), codes


def _number(**words: Any) -> dict[str, Any]:
    return {"type": "integer", **words}


LOOSER = ["ruimer-dan-verwijzing"]


@pytest.mark.parametrize(
    ("word", "taken", "own", "both", "told"),
    [
        ("maximum", 5, 3, 3, []),
        ("maximum", 5, 9, 5, LOOSER),
        ("minimum", 1, 2, 2, []),
        ("minimum", 1, 0, 1, LOOSER),
        ("exclusiveMinimum", 1, 0, 1, LOOSER),
        ("exclusiveMaximum", 9, 5, 5, []),
        ("multipleOf", 2, 4, 4, []),
        ("multipleOf", 4, 2, 4, LOOSER),
        ("multipleOf", 4, 6, 12, []),
        ("maximum", 5, 5, 5, []),
    ],
)
def test_of_two_bounds_the_strictest_counts(
    tmp_path: Path, word: str, taken: int, own: int, both: int, told: list[str]
) -> None:
    field, codes = _loaded(tmp_path, _number(**{word: taken}), {word: own})
    assert (field[word], codes) == (both, told)


@pytest.mark.parametrize(
    ("taken", "own", "choices", "told"),
    [
        ({"enum": ["a", "b", "c"]}, {"enum": ["b", "a"]}, ["b", "a"], []),
        ({"enum": ["a", "b"]}, {"enum": ["b", "d"]}, ["b"], LOOSER),
        ({"oneOf": [{"const": "a", "title": "A"}, {"const": "b", "title": "B"}]}, {"enum": ["b"]}, ["B"], []),
        ({"enum": ["a", "b"]}, {"oneOf": [{"const": "b", "title": "B"}]}, ["B"], []),
    ],
)
def test_of_two_lists_the_choices_in_both_are_left(
    tmp_path: Path, taken: dict[str, Any], own: dict[str, Any], choices: list[str], told: list[str]
) -> None:
    field, codes = _loaded(tmp_path, {"type": "string", **taken}, own)
    labels = field["enum"] if "enum" in field else [one["title"] for one in field["oneOf"]]
    assert (labels, codes) == (choices, told)
    assert not {"enum", "oneOf"} <= set(field)


def test_two_patterns_cannot_be_said_in_one_field(tmp_path: Path) -> None:
    _, codes = _loaded(tmp_path, {"type": "string", "pattern": "^a"}, {"pattern": "b$"})
    assert codes == ["formulier-verwijzing"]


def test_another_type_is_told(tmp_path: Path) -> None:
    _, codes = _loaded(tmp_path, {"type": "string"}, {"type": "integer"})
    assert codes == ["formulier-verwijzing"]


def test_a_whole_number_is_narrower_than_a_number(tmp_path: Path) -> None:
    field, codes = _loaded(tmp_path, {"type": "number"}, {"type": "integer"})
    assert (field["type"], codes) == ("integer", [])


def test_what_it_is_called_is_its_own(tmp_path: Path) -> None:
    field, codes = _loaded(
        tmp_path, {"type": "string", "title": "Anders", "description": "Uitleg"}, {"title": "Eigen"}
    )
    assert (field["title"], field["description"], codes) == ("Eigen", "Uitleg", [])
