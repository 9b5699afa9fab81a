"""From a problem to its explanation."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli_run import run
from tests.support.places import CHECKOUT, copy_organisations

_HINT = "Meer uitleg: gehoor explain CODE"


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return copy_organisations(tmp_path)


def test_a_check_with_problems_says_where_to_read_more(workspace: Path) -> None:
    assert _HINT not in run("check", "--workspace", workspace).out
    terms = workspace / "rules" / "de-linde" / "termijnen.yaml"
    terms.write_text(terms.read_text("utf-8").replace("binnen: 5 werkdagen", "binnen: 5 dagen", 1), "utf-8")
    checked = run("check", "--workspace", workspace)
    assert checked.out.splitlines()[-1] == _HINT
    assert _HINT not in run("check", "--workspace", workspace, "--format", "json").out
    code = checked.out.splitlines()[0].split()[1]
    explained = run("explain", code)
    assert (explained.code, explained.err) == (0, "")
    assert "binnen: 10 dagen" in explained.out
    assert "binnen: 10 werkdagen" in explained.out


def test_without_a_code_there_is_a_list() -> None:
    lines = run("explain").out.splitlines()
    assert "ongeldige-duur" in {line.split()[0] for line in lines}
    assert all(len(line.split(maxsplit=1)) == 2 for line in lines)


def test_the_whole_page() -> None:
    assert run("explain", "--all").out == (CHECKOUT / "docs" / "reference" / "problemen.md").read_text(
        "utf-8"
    )


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("ongeldige-dur", 'Fout bij ongeldige-dur: deze code bestaat niet; bedoelde u "ongeldige-duur"?\n'),
        ("zzz", "Fout bij zzz: deze code bestaat niet; zie de lijst met gehoor explain.\n"),
        ("../nl", "Fout bij ../nl: deze code bestaat niet; zie de lijst met gehoor explain.\n"),
    ],
)
def test_a_code_that_does_not_exist(code: str, said: str) -> None:
    ran = run("explain", code)
    assert (ran.code, ran.out, ran.err) == (2, "", said)
