"""Lists of rows in the files: shared rows, and a department that asks more."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from gehoor.core.conditions.facts import FactType, by_member
from gehoor.loading.load import LoadedWorkspace, load_workspace
from gehoor.loading.problems.texts import line
from tests.support.loading_cases import BASE, build

_DOSSIER = "forms/klein/dossier.schema.yaml"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    case = tmp_path / "geval"
    case.mkdir()
    build(case, tmp_path / "werkmap")
    return tmp_path / "werkmap"


def change(workspace: Path, file: str, old: str, new: str) -> None:
    text = (workspace / file).read_text("utf-8")
    assert old in text
    (workspace / file).write_text(text.replace(old, new, 1), "utf-8")


def members(loaded: LoadedWorkspace, department: str, field: str = "delen") -> dict[str, Any]:
    assert [line(problem) for problem in loaded.problems] == []
    (found,) = (one for one in loaded.departments if one.department == department)
    asked: dict[str, Any] = found.document["forms"]["dossier"]["properties"][field]["items"]["properties"]
    return asked


def test_a_row_may_be_shared(workspace: Path) -> None:
    text = (workspace / _DOSSIER).read_text("utf-8")
    found = re.search(r"    items:\n(      title: Deel\n(?:      .*\n)+)", text)
    assert found
    row = "".join(f"  {part}\n" for part in found[1].replace("../basis/", "").splitlines())
    change(workspace, _DOSSIER, found[0], '    items: {$ref: "../basis/rijen.schema.yaml#/$defs/deel"}\n')
    shared = "$schema: urn:gehoor:formulier:1\ntaal: nl\ntitle: Rijen\n$defs:\n  deel:\n"
    (workspace / "forms/basis/rijen.schema.yaml").write_text(shared + row, "utf-8")
    alone, together = load_workspace(BASE), load_workspace(workspace)
    assert members(together, "noord") == members(alone, "noord")
    assert [one.agreement.hash for one in together.departments] == [
        one.agreement.hash for one in alone.departments
    ]


def test_a_department_may_ask_more_in_each_row(workspace: Path) -> None:
    own = workspace / "definitions/klein/afdelingen/noord.yaml"
    before = own.read_text("utf-8")
    assert "formulieren" not in before
    more = "{zaal: {title: Zaal, type: string, persoonsgegevens: P0}, gevolg: {title: Wat volgt er?}}"
    own.write_text(
        f"{before}formulieren:\n  dossier:\n    velden:\n      delen: {{items: {{properties: {more}}}}}\n",
        "utf-8",
    )
    loaded = load_workspace(workspace)
    assert [*members(loaded, "noord")] == ["wat", "gevolg", "zaal"]
    assert members(loaded, "noord")["gevolg"]["title"] == "Wat volgt er?"
    assert [*members(loaded, "zuid")] == ["wat", "gevolg"]


def test_conditions_know_what_each_row_asks(workspace: Path) -> None:
    change(
        workspace, "rules/klein/regels.yaml", "voorbeelden:", """  goud:
    als: {delen: {minstens-een-rij: {gevolg: geld}, aantal-rijen: {hoogstens: 3}}}
    dan:
      - blokkeer: afgesloten
    omdat: Geld kijken wij na.
voorbeelden:
  - geval: Twee delen
    gegeven: {delen: [{wat: Arm}, {wat: Been, gevolg: geld}], antwoord_op: 2026-03-01}
    verwacht: {geblokkeerd: [afgesloten]}
  - geval: Een deel
    gegeven: {delen: [{wat: Arm, gevolg: excuus}], antwoord_op: 2026-03-01}
    verwacht: {geblokkeerd: []}""",
    )  # fmt: skip
    loaded = load_workspace(workspace)
    assert [line(problem) for problem in loaded.problems] == []
    types = loaded.departments[0].agreement.rule_set.fact_types
    assert by_member(types, "delen") == {"wat": FactType.TEXT, "gevolg": FactType.TEXT}


def test_the_name_of_a_member_with_its_list_is_no_field(workspace: Path) -> None:
    change(workspace, "rules/klein/regels.yaml", "ernst: {minstens: 4}", "delen.gevolg: geld")
    (problem,) = load_workspace(workspace).problems
    assert line(problem).startswith(
        "rules/klein/regels.yaml:6:11  verwijst-naar-niets  Het veld 'delen.gevolg'"
    )
