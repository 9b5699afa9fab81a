"""The page of the handbook about a question on the website: done as it says, all is well, and each slip is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from gehoor.loading.load import load_workspace
from gehoor.loading.problems.texts import line
from tests.support.handbook import HANDBOOK, shown
from tests.support.places import copy_organisations

_DOSSIER = "forms/de-linde/dossier.schema.yaml"
_WEBSITE = "forms/de-linde/melden.schema.yaml"


def _read(text: str) -> Any:
    return YAML(typ="safe").load(text)


def _page() -> list[Any]:
    page = "hoe/vraag-op-de-website.md"
    return [_read(one.text) for one in shown(page, (HANDBOOK / page).read_text("utf-8"))]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return copy_organisations(tmp_path)


def _follow(workspace: Path, *, steps: int) -> list[str]:
    """Do so many of the steps of the page, and return what ``gehoor check`` says then."""
    fields, asked, together, required = _page()
    dossier, website = (_read((workspace / file).read_text("utf-8")) for file in (_DOSSIER, _WEBSITE))
    dossier["properties"] |= fields
    if steps > 1:
        website["properties"] |= asked
    if steps > 2:
        website["stappen"] += together["stappen"]
    if steps > 3:
        website |= required
    for file, form in ((_DOSSIER, dossier), (_WEBSITE, website)):
        (workspace / file).write_text(json.dumps(form), "utf-8")
    return [line(problem) for problem in load_workspace(workspace, only=("de-linde",)).problems]


def test_a_question_of_the_dossier_alone_is_fine_too(workspace: Path) -> None:
    assert _follow(workspace, steps=1) == []


def test_who_forgets_the_step_is_told(workspace: Path) -> None:
    told = _follow(workspace, steps=2)
    assert [one.split("  ")[1] for one in told] == ["veld-in-geen-stap"]
    assert "'tevreden_vroeger', 'reden_ontevreden', 'gebeurd_op' en 'klantnummer'" in told[0]
    assert "Zet het bij 'velden' van een stap" in told[0]
