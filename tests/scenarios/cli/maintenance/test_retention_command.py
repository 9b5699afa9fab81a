"""``gehoor retention``: the list, who approves, and what is said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.adapters.stores.tinydb_store import TinyDBStore
from gehoor.services.records.tables import SCHEMAS
from tests.support.cli_run import run
from tests.support.de_linde import staff
from tests.support.retention import closed_complaint, keeping, keeping_de_linde


def shortly(document: dict[str, object]) -> None:
    """Keep dossiers for a month only: it is long ago, whenever this runs."""
    keeping(document)
    document["retention"] = {"kort": {"name": "Kort", "keep-for": "1 months", "from": "afgesloten"}}


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "register.db"
    store = TinyDBStore(file, SCHEMAS)
    runtime = keeping_de_linde(store, shortly)
    staff(runtime, "els", "kwaliteitscoordinator")
    staff(runtime, "ria", "onthaal")
    closed_complaint(runtime)
    closed_complaint(runtime)
    store.close()
    monkeypatch.setenv("GEHOOR_STORE", str(file))
    return file


def test_what_is_approved_is_anonymised_and_stands_on_the_list_as_done(register: Path) -> None:
    told = run("retention", "list")
    assert (told.code, told.err) == (0, "")
    assert told.out.splitlines() == [
        "BEU-2026-0001  bewaard tot vrijdag 10 juli 2026  Kort  wacht op goedkeuring",
        "BEU-2026-0002  bewaard tot vrijdag 10 juli 2026  Kort  wacht op goedkeuring",
        "2 dossiers.",
    ]
    assert run("retention", "hold", "BEU-2026-0002", "--reason", "Een geschil", "--by", "els").out == (
        "BEU-2026-0002 blijft bewaard.\n"
    )
    assert run("retention", "approve", "BEU-2026-0001", "--by", "els").out == "1 dossier goedgekeurd.\n"
    done = run("retention", "carry-out")
    assert (done.code, done.out, done.err) == (0, "1 dossier geanonimiseerd.\n", "")
    (proof,) = run("retention", "list", "--done", "--format", "json").json()
    assert (proof["number"], proof["by"], proof["state"]) == ("BEU-2026-0001", "els", "done")
    assert "tegengehouden: Een geschil" in run("retention", "list").out
    assert run("dossier", "BEU-2026-0001").code == 0
    assert run("verify").code == 0
    assert run("retention", "release", "BEU-2026-0002", "--by", "els").code == 0


@pytest.mark.parametrize(
    ("number", "by", "because"),
    [
        ("BEU-2026-0001", "ria", "Volgens de afspraken is dit voor: Kwaliteitscoördinator"),
        ("BEU-2026-0001", "niemand", "niemand kan dit dossier niet openen"),
        ("BEU-2026-0009", "els", "staat niet in dit register"),
    ],
)
def test_who_may_not_approve_hears_why(register: Path, number: str, by: str, because: str) -> None:
    ran = run("retention", "approve", number, "--by", by)
    assert ran.code != 0
    assert because in ran.err


def test_what_is_not_on_the_list_is_not_approved(register: Path) -> None:
    run("retention", "hold", "BEU-2026-0002", "--reason", "Een geschil", "--by", "els")
    ran = run("retention", "approve", "BEU-2026-0002", "--by", "els")
    assert ran.code != 0
    assert "BEU-2026-0002 staat niet op de lijst" in ran.err
