"""``gehoor check --outside``: files from somebody else say the same, and cannot keep anyone busy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gehoor.adapters.sandbox.process import TooHeavy, TooHeavyError
from gehoor.bootstrap.checking.outside import check_outside, limits_for
from gehoor.loading.problems.texts import line
from tests.hostile.confined import too_heavy
from tests.support.cli_run import run
from tests.support.loading_cases import BASE, INVALID, build, problem_lines
from tests.support.places import ORGANISATIONS

_CASES = sorted(path for path in INVALID.iterdir() if path.is_dir())
_SAMPLE = [
    "alles-tegelijk",
    "bestand-te-groot",
    "map-naam",
    "niemand-verwittigd",
    "voorbeeld-van-regel-faalt",
    "geen-organisatie",
]


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "werkmap"))


def test_what_is_right_is_right_without_trust_too() -> None:
    ran = run("check", "--outside", "--workspace", ORGANISATIONS)
    assert (ran.code, ran.out) == (0, "6 afdelingen van 2 organisaties nagekeken: alles in orde.\n")


def answers(case: Path, workspace: Path) -> None:
    build(case, workspace)
    assert [line(problem) for problem in check_outside(workspace).problems] == problem_lines(case)


@pytest.mark.share(3)
@pytest.mark.parametrize("name", _SAMPLE)
def test_problems_are_the_same_as_without(name: str, tmp_path: Path) -> None:
    answers(INVALID / name, tmp_path / "werkmap")


@pytest.mark.soak
@pytest.mark.parametrize("case", _CASES, ids=lambda path: path.name)
def test_all_problems_are_the_same_as_without(case: Path, tmp_path: Path) -> None:
    answers(case, tmp_path / "werkmap")


def test_what_is_too_heavy_is_one_line_and_the_neighbour_is_still_looked_at(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gehoor.bootstrap.checking.outside.STEPS", 6_000_000)
    too_heavy(workspace)
    shutil.copytree(ORGANISATIONS / "definitions/waterhof", workspace / "definitions/waterhof")
    for folder in ("forms", "rules"):
        shutil.copytree(ORGANISATIONS / folder, workspace / folder, dirs_exist_ok=True)
    ran = run("check", "--outside", "--workspace", workspace)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines()[0].startswith(
        "definitions/klein:1:1  te-zwaar  Wij konden de afspraken van 'klein' niet nakijken: het vroeg meer dan 6 "
        "miljoen rekenstappen"
    )
    assert "definitions/waterhof" not in ran.out
    asked = run("check", "klein", "--outside", "--workspace", workspace, "--format", "json")
    assert [problem["code"] for problem in asked.json()["problems"]] == ["te-zwaar"]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (TooHeavy.TIME, "er kwam geen einde aan een rekenstap"),
        (TooHeavy.MEMORY, "meer dan 256 MB geheugen"),
        (TooHeavy.STANDSTILL, "het kwam niet meer vooruit"),
        (TooHeavy.STOPPED, "het hield onverwacht op"),
    ],
)
def test_whatever_stopped_it_is_a_sentence(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, reason: TooHeavy, words: str
) -> None:
    def stop(*_: object) -> None:
        raise TooHeavyError(reason)

    monkeypatch.setattr("gehoor.bootstrap.checking.outside.run_confined", stop)
    ran = run("check", "--outside", "--workspace", workspace)
    assert ran.code == 1
    assert words in ran.out
    assert ran.out.splitlines()[-2:] == [
        "1 fout. Zo kan dit niet gepubliceerd worden.",
        "Meer uitleg: gehoor explain CODE",
    ]


def test_a_file_of_theirs_is_never_run(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (workspace / "ruamel").mkdir()
    (workspace / "ruamel/__init__.py").write_text("raise SystemExit", "utf-8")
    (workspace / "json.py").write_text("raise SystemExit", "utf-8")
    monkeypatch.chdir(workspace)
    assert check_outside(workspace).problems == []


def test_many_departments_may_take_more_and_not_without_end(workspace: Path) -> None:
    folder = workspace / "definitions/klein/afdelingen"
    assert limits_for(workspace, "klein").steps == 20_000_000
    for number in range(18):
        (folder / f"a{number}.yaml").touch()
    assert limits_for(workspace, "klein").steps == 40_000_000
    for number in range(500):
        (folder / f"b{number}.yaml").touch()
    assert limits_for(workspace, "klein").steps == 200_000_000
    assert limits_for(workspace, "bestaat-niet").steps == 20_000_000
