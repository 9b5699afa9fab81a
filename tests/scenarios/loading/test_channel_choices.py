"""The ways in which a message came in are the channels: who takes a channel away takes its choice away."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from gehoor.core.text.problems import errors
from gehoor.loading.load import load_workspace
from gehoor.loading.problems.texts import line
from tests.support.loading_cases import BASE

CHANNELS = "definitions/klein/kanalen.yaml"
OWN = "definitions/klein/afdelingen/zuid.yaml"
DOSSIER = "forms/klein/dossier.schema.yaml"
FIELDS = """\
  langs_welke_weg:
    title: Langs welke weg?
    type: array
    items:
      type: string
      oneOf:
        - {const: andere, title: Anders}
        - {const: duif, title: Met een postduif}
        - {const: brief, title: Op papier}
    keuzes-uit: kanalen
    keuzes-erbij: [andere]
    bij-telefoon: [telefoon]
    fase: antwoord
    persoonsgegevens: P0
  verteld:
    title: Verteld of geschreven?
    type: string
    oneOf:
      - {const: verteld, title: Verteld, vorm: mondeling}
      - {const: geschreven, title: Geschreven, vorm: schriftelijk}
    fase: antwoord
    persoonsgegevens: P0
"""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    """The base workspace, with a field of the ways in which a message came in and one of whether it was told."""
    shutil.copytree(BASE, tmp_path / "map")
    write(tmp_path / "map" / DOSSIER, "  ernst:\n", f"{FIELDS}  ernst:\n")
    write(
        tmp_path / "map" / CHANNELS,
        "kanalen:\n",
        "kanalen:\n  sms: {naam: Met een sms, vorm: schriftelijk, werkwijze: Sms.}\n",
    )
    return tmp_path / "map"


def write(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert text.count(old) == 1, text
    file.write_text(text.replace(old, new), "utf-8")


def field(workspace: Path, name: str, department: str = "noord") -> dict[str, Any]:
    """Return a field of the dossier as it is published in a department; nothing may be wrong."""
    loaded = load_workspace(workspace)
    assert errors(loaded.problems) == []
    one = next(one for one in loaded.departments if one.department == department)
    found: dict[str, Any] = one.document["forms"]["dossier"]["properties"][name]
    return found


def offered(field: dict[str, Any]) -> dict[str, str]:
    """Return the choices that are offered, each with its words."""
    choices = field.get("items", field)["oneOf"]
    return {one["const"]: one["title"] for one in choices if not one.get("deprecated")}


def test_the_channels_are_the_choices_and_what_is_named_beside_them(workspace: Path) -> None:
    asked = offered(field(workspace, "langs_welke_weg"))
    assert [*asked] == ["sms", "telefoon", "brief", "andere"]


def test_a_channel_is_called_as_in_the_list_or_else_as_the_channel(workspace: Path) -> None:
    asked = offered(field(workspace, "langs_welke_weg"))
    assert (asked["brief"], asked["sms"]) == ("Op papier", "Met een sms")


def test_a_choice_that_is_no_channel_is_not_offered_and_stays_readable(workspace: Path) -> None:
    choices = field(workspace, "langs_welke_weg")["items"]["oneOf"]
    assert {"const": "duif", "title": "Met een postduif", "deprecated": True} in choices


def test_who_takes_a_channel_away_takes_its_choice_away(workspace: Path) -> None:
    assert "brief" not in offered(field(workspace, "langs_welke_weg", "zuid"))
    assert "brief" in offered(field(workspace, "langs_welke_weg", "noord"))


def test_where_nobody_can_tell_it_told_is_no_choice(workspace: Path) -> None:
    write(workspace / OWN, "  brief: {vervalt: ja}", "  telefoon: {vervalt: ja}")
    write(workspace / OWN, "afgezien-van: {schriftelijk:", "afgezien-van: {mondeling:")
    assert [*offered(field(workspace, "verteld", "zuid"))] == ["geschreven"]
    assert [*offered(field(workspace, "verteld", "noord"))] == ["verteld", "geschreven"]


def test_what_stood_there_beforehand_is_asked_when_its_channel_is_gone(workspace: Path) -> None:
    write(workspace / OWN, "  brief: {vervalt: ja}", "  telefoon: {vervalt: ja}")
    write(workspace / OWN, "afgezien-van: {schriftelijk:", "afgezien-van: {mondeling:")
    assert "by-phone" not in field(workspace, "langs_welke_weg", "zuid")
    assert field(workspace, "langs_welke_weg", "noord")["by-phone"] == ["telefoon"]


def test_what_is_named_beside_the_channels_stands_in_the_list(workspace: Path) -> None:
    write(workspace / DOSSIER, "keuzes-erbij: [andere]", "keuzes-erbij: [ander]")
    told = [line(one) for one in errors(load_workspace(workspace).problems)]
    assert any("geen-keuze" in one and "Bedoelde u 'andere'" in one for one in told), told
