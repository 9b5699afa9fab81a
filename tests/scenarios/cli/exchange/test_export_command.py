"""``gehoor export``: what it says, and that what it wrote can begin again elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli_run import ANSWERS, publish_all, run
from tests.support.places import ORGANISATIONS


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = publish_all(tmp_path / "register.db")
    assert run(*ANSWERS.to_submit(tmp_path / "a.json"), "--store", store).code == 0
    return store


def test_all_goes_into_a_new_folder_and_its_manifest_is_told(store: Path, tmp_path: Path) -> None:
    ran = run("export", "de-linde", tmp_path / "kit", "--by", "Jan", "--store", store)
    assert ran.code == 0, ran.err
    assert "1 dossier, 0 bijlagen en 3 versies van de afspraken" in ran.out
    assert "SHA-256 van het manifest: " in ran.out
    again = run(
        "export", "de-linde", tmp_path / "twee.zip", "--by", "Jan", "--store", store, "--format", "json"
    )
    assert again.json()["dossiers"] == 1
    assert again.json()["findings"] == []


def test_the_files_of_the_agreements_are_those_that_were_published(store: Path, tmp_path: Path) -> None:
    assert run("export", "waterhof", tmp_path / "kit", "--by", "Jan", "--store", store).code == 0
    (version,) = (tmp_path / "kit" / "afspraken" / "bestanden").iterdir()
    files = list(version.rglob("*.yaml"))
    assert files
    for one in files:
        assert one.read_bytes() == (ORGANISATIONS / one.relative_to(version)).read_bytes()
    assert "de-linde" not in (tmp_path / "kit" / "grootboek" / "grootboek.jsonl").read_text("utf-8")


def test_an_organisation_that_is_not_there_is_asked_after(store: Path, tmp_path: Path) -> None:
    ran = run("export", "de-lind", tmp_path / "kit", "--by", "Jan", "--store", store)
    assert ran.code == 2
    assert 'bedoelde u "de-linde"?' in ran.err


def test_what_is_there_already_stays(store: Path, tmp_path: Path) -> None:
    (tmp_path / "kit").mkdir()
    ran = run("export", "de-linde", tmp_path / "kit", "--by", "Jan", "--store", store)
    assert ran.code == 1
    assert "is er al, en blijft zoals het is" in ran.err
