"""The folder beside the register: what in it is no agreement stays there, what leads elsewhere is not followed."""

from __future__ import annotations

from pathlib import Path

import pytest

from gehoor.bootstrap.drafting.folder import WorkspaceFolder, sources_in
from gehoor.core.proposals.sources import LARGEST_FILE
from tests.support.cli_run import run
from tests.support.places import copy_organisations
from tests.support.workbench import LINDE, TERMS, files

ODD = (
    "rules/de-linde/nota's van mei.docx",
    "definitions/de-linde/oude/oudere/oudste/nog.txt",
    "forms/gedeeld/a b.md",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return copy_organisations(tmp_path / "werk")


def put(folder: Path, file: str, content: bytes = b"x") -> None:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def test_what_is_no_agreement_and_has_an_odd_name_is_left_out(folder: Path) -> None:
    before = sources_in(folder, [LINDE])
    assert before.left_out == ()
    for file in ODD:
        put(folder, file)
    put(folder, "rules/de-linde/foto.png", b"x" * (LARGEST_FILE + 1))
    found = sources_in(folder, [LINDE])
    assert found.sources == before.sources
    assert set(found.left_out) == {*ODD, "rules/de-linde/foto.png"}


def test_an_agreement_that_cannot_be_kept_keeps_the_others_from_it(folder: Path) -> None:
    put(folder, "rules/de-linde/onze regels.yaml", b"taal: nl\n")
    found = sources_in(folder, [LINDE, "waterhof"])
    assert found.unkept == {LINDE: "rules/de-linde/onze regels.yaml"}
    assert set(found.sources) == {"waterhof"}


def test_a_link_is_not_followed(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "geheim.yaml"
    secret.write_text("wachtwoord: x\n", "utf-8")
    (folder / "rules/de-linde/link.yaml").symlink_to(secret)
    (folder / "rules/de-linde/link.txt").symlink_to(secret)
    found = sources_in(folder, [LINDE])
    assert found.unkept == {LINDE: "rules/de-linde/link.yaml"}
    assert found.left_out == ("rules/de-linde/link.txt",)
    with pytest.raises(OSError, match=r"link\.yaml"):
        WorkspaceFolder(folder).read(LINDE)


def test_nothing_is_written_where_a_link_leads(folder: Path, tmp_path: Path) -> None:
    place = WorkspaceFolder(folder)
    before = place.read(LINDE)
    elsewhere = tmp_path / "elders"
    (folder / "rules/de-linde").rename(elsewhere)
    (folder / "rules/de-linde").symlink_to(elsewhere)
    assert place.write(before, {**before, TERMS: b"taal: nl\n"}) == (TERMS,)
    assert (elsewhere / "termijnen.yaml").read_bytes() == before[TERMS]


def test_publishing_says_what_is_not_kept(folder: Path, tmp_path: Path) -> None:
    put(folder, ODD[0])
    published = ("publish", LINDE, "--by", "x", "--now", "2026-03-02", "--workspace", folder)
    ran = run(*published, "--store", tmp_path / "a.db")
    assert ran.code == 0
    assert f"{ODD[0]} bewaart het register niet" in ran.err
    put(folder, "rules/de-linde/onze regels.yaml", b"taal: nl\n")
    ran = run(*published, "--store", tmp_path / "b.db")
    assert "bewaart de bestanden van de-linde niet, door rules/de-linde/onze regels.yaml" in ran.err
    refused = run("sources", "import", LINDE, "--workspace", folder, "--store", tmp_path / "a.db")
    assert refused.code == 1
    assert "onze regels.yaml" in refused.err


def test_what_was_published_so_is_overtaken_for_who_began_before(folder: Path, tmp_path: Path) -> None:
    store = tmp_path / "a.db"
    published = ("publish", LINDE, "--by", "x", "--workspace", folder, "--store", store)
    run(*published, "--now", "2026-03-02")
    made = run("sources", "import", LINDE, "--workspace", folder, "--store", store, "--now", "2026-03-03")
    proposal = made.out.split()[0]
    put(folder, "rules/de-linde/onze regels.yaml", b"taal: nl\n")
    put(folder, TERMS, files()[TERMS].replace(b"binnen: 5 werkdagen", b"binnen: 4 werkdagen"))
    assert run(*published, "--now", "2026-03-04").code == 0
    ran = run("proposal", "publish", proposal, "--by", "x", "--store", store, "--now", "2026-03-05")
    assert ran.code == 1
    assert "intussen iets anders gepubliceerd" in ran.err


def test_of_a_file_that_is_too_large_no_more_is_read_than_tells_so(folder: Path) -> None:
    with (folder / "rules/de-linde/groot.yaml").open("wb") as stream:
        stream.truncate(4 * 1024**3)
    assert sources_in(folder, [LINDE]).unkept == {LINDE: "rules/de-linde/groot.yaml"}


def test_a_file_that_is_not_the_same_for_two_organisations_is_not_written_for_one_of_them(
    folder: Path, tmp_path: Path
) -> None:
    shared, store = "forms/basis/klacht.schema.yaml", tmp_path / "a.db"
    published = ("publish", "--by", "x", "--workspace", folder, "--store", store)
    run(*published, "--now", "2026-03-02")
    put(folder, shared, (folder / shared).read_bytes() + b"# voor Waterhof\n")
    assert run("publish", "waterhof", *published[1:], "--now", "2026-03-03").code == 0
    ran = run("sources", "export", tmp_path / "alle", "--store", store)
    assert ran.code == 1
    assert f"{shared} is voor de-linde anders dan voor waterhof" in ran.err
    assert run("sources", "export", tmp_path / "een", LINDE, "--store", store).code == 0
    assert b"Waterhof" not in (tmp_path / "een" / shared).read_bytes()
