"""``gehoor publish`` that publishes nothing: which departments are in each other's way, and what to write."""

from __future__ import annotations

from pathlib import Path

from tests.support.cli_run import run


def test_of_two_organisations_with_the_same_numbers_it_says_which_and_what_to_write(tmp_path: Path) -> None:
    for name in ("Zonnehof", "Zonneweide"):
        assert run("init", tmp_path / name, "--new", name, "--departments", "Dagopvang").code == 0
    one, other = (
        run("publish", "--workspace", tmp_path / name, "--store", tmp_path / "register.db", "--by", "team")
        for name in ("Zonnehof", "Zonneweide")
    )
    assert (one.code, other.code) == (0, 1)
    assert (
        "zonnehof/dagopvang en zonneweide/dagopvang zouden dossiers met dezelfde nummers hebben" in other.err
    )
    assert (
        "in definitions/zonneweide/afdelingen/dagopvang.yaml een andere code, zoals 'code: DAG2'" in other.err
    )
