"""``gehoor demo``, and so ``make run``: a register of all examples that shows what Gehoor does, whatever day it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gehoor.bootstrap.demo import demos
from tests.shipped.examples import SHIPPED, copy_examples, examples
from tests.support.cli_run import run

PLACE = ("--workspace", SHIPPED)
CASES = sum(len(one["cases"]) for one in demos() if one["organisation"] == "de-linde")


@pytest.fixture(autouse=True)
def _right() -> None:
    examples()


def demo(file: Path, now: str, workspace: Path = SHIPPED) -> dict[str, Any]:
    made = run("demo", "--store", file, "--workspace", workspace, "--now", now, "--format", "json")
    assert made.code == 0, made.err
    found: dict[str, Any] = made.json()
    return found


@pytest.fixture
def de_linde(tmp_path: Path) -> Path:
    """A folder with one of the examples, and what it shares with the others: a demo of it is made sooner."""
    return copy_examples(tmp_path / "eigen", "de-linde")


def dossiers(file: Path, made: dict[str, Any], now: str) -> list[dict[str, Any]]:
    return [
        run("dossier", item["dossier"], "--store", file, "--now", now, "--format", "json").json()
        for item in made["dossiers"]
    ]


# An ordinary week, the weeks after Christmas, and the days after both clock changes.
@pytest.mark.parametrize(
    "now",
    [
        "2026-10-25T02:30+01:00",
        *(
            pytest.param(other, marks=pytest.mark.soak)
            for other in ("2026-06-17T11:00", "2027-01-04T09:00", "2026-03-29T12:00")
        ),
    ],
)
def test_there_is_something_of_everything(tmp_path: Path, now: str) -> None:
    file = tmp_path / "demo.db"
    made = demo(file, now)
    assert list(made) == ["address", "store", "password", "people", "dossiers"]
    shown = {one["organisation"] for one in demos()}
    departments = {one.department for one in examples().departments if one.organisation in shown}
    assert {item["department"] for item in made["dossiers"]} == departments
    seen = dossiers(file, made, now)
    kinds = {event["kind"] for dossier in seen for event in dossier["events"]}
    assert kinds >= {"opened", "answered", "reminded", "deadline-missed", "escalated", "notified", "linked"}
    closed = {dossier["organisation"] for dossier in seen if dossier["closed"]}
    assert closed == {"bruggeveld", "de-linde"}
    late = [dossier for dossier in seen if any(term["status"] == "late" for term in dossier["terms"])]
    assert 1 <= len(late) < len(seen)
    assert len({phase for dossier in seen for phase in _open(dossier)}) > 5
    assert {message["state"] for dossier in seen for message in dossier["messages"]} == {"sent"}
    assert run("sweep", "--store", file, "--now", now, "--format", "json").json() == {"flagged": []}
    assert sorted(item.name for item in tmp_path.iterdir()) == ["demo.db", "demo.db.key", "outbox"]


def _open(dossier: dict[str, Any]) -> list[str]:
    return [phase["phase"] for phase in dossier["phases"] if phase["open"] and not phase["done"]]


def test_a_demo_that_exists_stays(tmp_path: Path, de_linde: Path) -> None:
    file = tmp_path / "demo.db"
    first = demo(file, "2026-06-17", de_linde)
    assert demo(file, "2026-08-01", de_linde) == first
    shown = run("demo", "--store", file, "--workspace", de_linde)
    assert shown.out.splitlines()[0] == f"{len(first['dossiers'])} dossiers in {file}"
    assert first["password"] in shown.out
    assert run("serve", "--store", file, "--host", "0.0.0.0", "--https").code == 1


def test_what_an_interrupted_demo_left_is_in_nobodys_way(tmp_path: Path, de_linde: Path) -> None:
    (tmp_path / "demo.db.nieuw").write_text("half")
    demo(tmp_path / "demo.db", "2026-06-17", de_linde)


# An organisation that made the example its own


def demo_where_beukenhof_has(place: Path, tmp_path: Path, lines: str) -> tuple[dict[str, Any], str]:
    """Return a demo of De Linde with lines more in the file of Beukenhof, and what was told of it."""
    file = place / "definitions/de-linde/afdelingen/beukenhof.yaml"
    file.write_text(f"{file.read_text()}\n{lines}\n")
    checked = run("check", "--workspace", place)
    assert checked.code == 0, checked.out
    made = run(
        "demo", "--store", tmp_path / "demo.db", "--workspace", place, "--now", "2026-06-17T11:00",
        "--format", "json",
    )  # fmt: skip
    assert made.code == 0, made.err
    return made.json(), made.err


def only_for(role: str, *fields: str) -> str:
    hidden = "".join(f"      {name}: {{zichtbaar-voor: [{role}]}}\n" for name in fields)
    return f"formulieren:\n  dossier:\n    velden:\n{hidden}"


def test_a_demo_says_who_manages_accounts(tmp_path: Path, de_linde: Path) -> None:
    made, _told = demo_where_beukenhof_has(de_linde, tmp_path, "rechten:\n  accounts-beheren: [onthaal]")
    managing = [one["name"] for one in made["people"] if one["manages_accounts"]]
    assert "onthaal" in managing
    shown = run("demo", "--store", tmp_path / "demo.db", "--now", "2026-06-17T12:00")
    assert (
        shown.out.splitlines()[-1]
        == f"Accounts beheren, op de bladzijde Beheer: {', '.join(sorted(managing))}"
    )


def test_a_demo_leaves_out_what_those_who_play_in_it_may_not_fill_in_and_says_so(
    tmp_path: Path, de_linde: Path
) -> None:
    contacts = ("klager_telefoon", "klager_email")
    made, told = demo_where_beukenhof_has(de_linde, tmp_path, only_for("kwaliteitscoordinator", *contacts))
    assert len(made["dossiers"]) == CASES
    first, *left = told.splitlines()
    assert first == "Niet alles van de demo past bij deze afspraken. Dit ontbreekt erin:"
    assert left
    assert all(line.startswith("  beukenhof, ") for line in left)
    assert any("klager_telefoon" in line for line in left)


def test_a_demo_goes_on_without_the_steps_of_who_may_not_take_them(tmp_path: Path, de_linde: Path) -> None:
    made, told = demo_where_beukenhof_has(
        de_linde, tmp_path, "rechten:\n  registreren: [kwaliteitscoordinator]"
    )
    assert 0 < len(made["dossiers"]) < CASES
    assert "een stap die hier niet kan, of niet door wie hem zet" in told


def test_a_demo_of_files_that_it_was_made_for_leaves_nothing_out(tmp_path: Path) -> None:
    made = run("demo", "--store", tmp_path / "demo.db", *PLACE, "--now", "2026-06-17T11:00")
    assert (made.code, made.err) == (0, "")
