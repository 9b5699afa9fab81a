"""``gehoor backup``, ``restore``, ``verify`` and ``repair``: what they say, and how they end."""

from __future__ import annotations

import gzip
import os
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from gehoor.bootstrap.register_files.leftovers import held
from gehoor.services.records.ledger_entries import HOW
from tests.support.cli_run import run


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return tmp_path / "kopie.gehoor"


def hurt(file: Path, sql: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute(sql).rowcount > 0
        connection.commit()


def digest(copy: Path) -> str:
    ran = run("backup", copy, "--overwrite", "--format", "json")
    assert ran.code == 0, ran.err
    return str(ran.json()["sha256"])


def test_a_copy_is_made_and_put_back(store: Path, number: str, copy: Path, tmp_path: Path) -> None:
    made = run("backup", copy)
    assert (made.code, made.err) == (0, "")
    assert f"documenten in {copy} (" in made.out
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    other = tmp_path / "elders" / "register.db"
    put = run("restore", copy, "--store", other)
    assert (put.code, put.err) == (0, "")
    assert "teruggezet, zoals ze waren op" in put.out
    again = run("backup", tmp_path / "again.gehoor", "--store", other, "--format", "json")
    assert again.json()["sha256"] == digest(copy)
    # Looking is itself kept, in the register where it is done.
    assert run("dossier", number, "--store", other).out == run("dossier", number).out
    assert [file.name for file in tmp_path.iterdir() if "bezig" in file.name] == []


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_what_root_puts_back_is_of_whoever_has_the_folder(
    store: Path, number: str, copy: Path, tmp_path: Path
) -> None:
    run("backup", copy)
    folder = tmp_path / "elders"
    folder.mkdir(mode=0o700)
    os.chown(folder, 4321, 4321)
    assert run("restore", copy, "--store", folder / "register.db").code == 0
    assert run("sweep", "--no-mail", "--store", folder / "register.db").code == 0
    assert {(file.stat().st_uid, file.stat().st_gid) for file in folder.iterdir()} == {(4321, 4321)}


def test_a_copy_is_never_made_over_a_file(store: Path, copy: Path) -> None:
    copy.write_text("van iemand anders")
    ran = run("backup", copy)
    assert ran.code == 1
    assert ran.err.startswith(f"{copy} is er al, en blijft zoals het is.")
    assert copy.read_text() == "van iemand anders"
    assert run("backup", copy, "--overwrite").code == 0
    assert run("backup", copy.parent / "nergens" / "kopie").code == 1


def test_a_register_with_content_stays(store: Path, number: str, copy: Path) -> None:
    before = digest(copy)
    hurt(store, "UPDATE settings SET key = key")
    run("user", "add", "els", "--name", "Els", "--password-stdin")
    refused = run("restore", copy)
    assert refused.code == 1
    assert refused.err.startswith(f"In {store} staat al iets, en dat blijft.")
    assert run("restore", copy, "--replace").code == 0
    assert digest(copy) == before


def test_one_dossier_comes_back_while_the_rest_stays(store: Path, number: str, copy: Path) -> None:
    assert run("backup", copy).code == 0
    before = run("dossier", number, "--format", "json").json()["events"]
    there = run("restore", copy, "--dossier", number)
    assert (there.code, there.out.splitlines()[0]) == (0, f"{number} stond er al zoals in de kopie.")
    hurt(store, "UPDATE events SET crc = crc + 1")
    assert run("dossier", number).code == 1
    kept = run("restore", copy, "--dossier", number)
    assert (kept.code, kept.out) == (1, "")
    assert kept.err.startswith(f"Dossier {number} is niet teruggezet: het staat nog in het register")
    back = run("restore", copy, "--dossier", number, "--replace")
    assert (back.code, back.err) == (0, "")
    assert "uur (Europe/Brussels): 1 gebeurtenis." in back.out
    assert run("dossier", number, "--format", "json").json()["events"] == before
    assert run("verify").code == 0
    missing = run("restore", copy, "--dossier", "BEU-2026-9999")
    assert (missing.code, "het staat niet in" in missing.err) == (1, True)


def test_what_is_no_copy_is_refused_before_anything_changes(store: Path, number: str, copy: Path) -> None:
    before = digest(copy)
    whole = copy.read_bytes()
    lines = gzip.decompress(whole).splitlines(keepends=True)
    bad = copy.with_name("slecht.gehoor")
    for content, reason in (
        (b"", "het is geen kopie"),
        (store.read_bytes(), "het is geen kopie"),
        (whole[: len(whole) // 2], "ze is niet volledig"),
        (whole[:-8] + bytes([whole[-8] ^ 1]) + whole[-7:], "ze is niet volledig"),
        (gzip.compress(b"".join(lines[:-1])), "ze is niet volledig"),
        (gzip.compress(lines[0].replace(b'"format":1', b'"format":9')), "een nieuwere versie"),
    ):
        bad.write_bytes(content)
        refused = run("restore", bad, "--replace")
        assert refused.code == 1, reason
        assert f"{bad} kan niet teruggezet worden: {reason}" in refused.err
        assert refused.err.endswith("Er is niets gewijzigd.\n")
    assert run("restore", copy.with_name("weg"), "--replace").err.endswith(
        "is er niet. Er is niets gewijzigd.\n"
    )
    assert digest(copy) == before


def test_what_is_said_of_the_key(store: Path, copy: Path) -> None:
    assert "sleutel" not in run("backup", copy).out
    store.with_name("register.db.key").write_text("x")
    assert f"Bewaar {store}.key ook, op een andere plaats" in run("backup", copy, "--overwrite").out


def test_a_sound_register_is_read_and_ends_with_nothing(store: Path, number: str) -> None:
    ran = run("verify")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.endswith("van 1 dossier nagelezen: alles is zoals het bewaard werd.\n")


def test_what_is_wrong_is_named_and_repaired(store: Path, number: str) -> None:
    run("reindex")
    hurt(store, "UPDATE dossiers SET crc = crc + 1")
    named = run("verify")
    assert named.code == 1
    assert named.err.startswith("hoe lijsten een dossier tonen, dossiers ")
    assert named.out.endswith("Wat uit gebeurtenissen volgt, kan opnieuw gemaakt worden: gehoor repair\n")
    repaired = run("repair")
    assert (repaired.code, repaired.err) == (0, "")
    assert "Hersteld: hoe lijsten een dossier tonen, dossiers " in repaired.out
    assert run("verify").code == 0
    assert number in run("dossier", number).out


def test_what_cannot_be_made_again_is_named(store: Path, number: str, copy: Path) -> None:
    hurt(store, "UPDATE events SET crc = crc + 1")
    for command in (("verify",), ("repair",), ("backup", copy)):
        ran = run(*command)
        assert ran.code == 1
        assert "een gebeurtenis, events " in ran.out + ran.err
    assert run("verify", "--format", "json").json()["findings"][0]["kind"] == "damaged"


def test_a_copy_without_what_is_damaged_is_no_whole_copy(store: Path, number: str, copy: Path) -> None:
    hurt(store, "UPDATE events SET crc = crc + 1")
    seal = copy.with_name("zegels")
    ran = run("backup", copy, "--seal", seal)
    assert ran.code == 1
    assert "Deze kopie is niet volledig: 1 document niet gelezen, want beschadigd." in ran.err
    assert not seal.exists()
    assert run("backup", copy, "--overwrite", "--format", "json").json()["complete"] is False
    assert not store.with_name(f"{store.name}.backup").exists(), "it does not count as a copy"


def test_a_dossier_that_needs_what_is_damaged_says_so_of_itself_only(store: Path, number: str) -> None:
    run("reindex")
    hurt(store, "UPDATE events SET crc = crc + 1")
    ran = run("dossier", number)
    assert ran.code == 1
    assert "Wat hiervoor nodig is, is beschadigd: events, " in ran.err
    assert "Al het andere werkt gewoon." in ran.err
    assert "niet bewaard" not in ran.err


def test_what_is_gone_is_named_once_with_what_to_do(store: Path, number: str) -> None:
    hurt(store, "DELETE FROM counters")
    ran = run("verify")
    assert ran.code == 1
    assert ran.err.startswith("de teller van een nummerreeks, counters de-linde/")
    assert ran.err.endswith(": verdwenen\n")
    assert "1 keer iets mis" in ran.out
    assert ran.out.endswith("Wat uit gebeurtenissen volgt, kan opnieuw gemaakt worden: gehoor repair\n")


def test_what_is_damaged_comes_back_from_a_copy(store: Path, number: str, copy: Path) -> None:
    digest(copy)
    hurt(store, "DELETE FROM counters")
    hurt(store, "UPDATE salts SET crc = crc + 1")
    ran = run("restore", copy, "--damaged")
    assert (ran.code, ran.err) == (0, "")
    assert "Teruggezet: de teller van een nummerreeks, counters de-linde/" in ran.out
    assert "2 documenten teruggezet uit de kopie van " in ran.out
    assert run("verify").code == 0
    again = run("restore", copy, "--damaged", "--format", "json")
    assert again.json()["put_back"] == []


def test_what_is_damaged_does_not_go_with_one_dossier(store: Path, number: str, copy: Path) -> None:
    ran = run("restore", copy, "--damaged", "--dossier", number)
    assert (ran.code, "dit gaat niet samen met --dossier" in ran.err) == (2, True)


def test_a_loss_is_accepted_and_told_ever_after(store: Path, number: str) -> None:
    hurt(store, "UPDATE ledger SET crc = crc + 1 WHERE place = '000000000001'")
    assert run("repair").code == 1
    said = "Het grootboek, voor regel 000000000002: daar ging iets verloren, en dat is aanvaard.\n"
    accepted = run("repair", "--accept-loss")
    assert (accepted.code, said in accepted.out) == (0, True)
    ran = run("verify")
    assert (ran.code, said in ran.out) == (0, True)


def test_a_salt_that_is_lost_is_accepted_and_told_ever_after(store: Path, number: str) -> None:
    run("reindex")
    hurt(store, "DELETE FROM salts")
    assert run("verify").code == 1
    accepted = run("repair", "--accept-loss", "--format", "json")
    assert (accepted.code, len(accepted.json()["accepted"]["dossiers"])) == (0, 1)
    ran = run("verify")
    assert (ran.code, "zijn zout ging verloren, en dat is aanvaard" in ran.out) == (0, True)


def test_who_rewrites_all_is_found_by_a_seal_or_a_copy(store: Path, number: str, copy: Path) -> None:
    seal = copy.with_name("zegels")
    assert run("backup", copy, "--seal", seal).code == 0
    said = run("verify", "--seal", seal)
    assert (said.code, f"Zegel toegevoegd aan {seal}." in said.out) == (0, True)
    assert len(seal.read_text("utf-8").splitlines()) == 2
    assert seal.stat().st_mode & 0o777 == 0o600
    for kept in (seal, copy):
        assert run("verify", "--against", kept).code == 0
    # All of it as if nothing had ever happened: a register in good order, but another one.
    for table in ("ledger", "salts", "pending", *HOW):
        with closing(sqlite3.connect(store)) as connection:
            connection.execute(f"DELETE FROM {table}")
            connection.commit()
    run("store", "migrate")
    assert run("verify").code == 0
    for kept in (seal, copy):
        ran = run("verify", "--against", kept)
        assert (ran.code, "niet wat verzegeld werd" in ran.err) == (1, True)


def test_what_is_no_seal_is_refused(store: Path, number: str, copy: Path) -> None:
    copy.write_text("iets anders", encoding="utf-8")
    ran = run("verify", "--against", copy)
    assert (ran.code, "is geen zegel, en geen kopie met een grootboek" in ran.err) == (1, True)
    assert run("verify", "--against", copy.with_name("weg")).err.startswith(
        f"{copy.with_name('weg')} kan niet"
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no lock that two can want")
def test_two_do_not_write_the_same_copy(store: Path, copy: Path) -> None:
    import fcntl

    with copy.with_name("kopie.gehoor.bezig").open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        ran = run("backup", copy)
    assert ran.code == 1
    assert ran.err.startswith("Er wordt al een kopie gemaakt")
    assert not copy.exists()
    assert run("backup", copy).code == 0, "what somebody left lying is no hindrance"


def test_what_a_copy_did_without_is_made_again_when_it_is_put_back(
    store: Path, number: str, copy: Path, tmp_path: Path
) -> None:
    run("reindex")
    hurt(store, "UPDATE dossiers SET crc = crc + 1")
    assert run("backup", copy).code == 1
    other = tmp_path / "elders" / "register.db"
    put = run("restore", copy, "--store", other)
    assert (put.code, "Daarvan opnieuw gemaakt: 1 document." in put.out) == (0, True)
    assert number in run("dossier", number, "--store", other).out
    assert run("verify", "--store", other).code == 0


def test_what_it_did_without_and_cannot_be_made_again_is_named_and_stays_closed(
    store: Path, number: str, copy: Path, tmp_path: Path
) -> None:
    run("reindex")
    hurt(store, "UPDATE events SET crc = crc + 1")
    run("backup", copy)
    other = tmp_path / "elders" / "register.db"
    put = run("restore", copy, "--store", other)
    assert put.code == 0
    assert "blijft gesloten" in put.out
    assert "een gebeurtenis, events " in put.out
    assert run("dossier", number, "--store", other).code == 1
    assert "een gebeurtenis, events " in run("verify", "--store", other).err


def test_what_is_given_up_asks_a_reason_and_is_told_ever_after(store: Path, number: str) -> None:
    els = ("els", "--name", "Els", "--email", "els@delinde.example", "--role", "de-linde/beukenhof:onthaal")
    assert run("user", "add", *els, "--password-stdin", text="een lang wachtwoord van Els\n").code == 0
    hurt(store, "UPDATE accounts SET crc = crc + 1")
    assert run("repair", "--give-up", "accounts/els").code == 2
    done = run("repair", "--give-up", "accounts/els", "--reason", "De schijf was stuk.")
    said = "accounts/els: verloren, en opgegeven. De reden: De schijf was stuk.\n"
    assert (done.code, said in done.out) == (0, True)
    ran = run("verify")
    assert (ran.code, said in ran.out) == (0, True)
    again = run("repair", "--give-up", "accounts/els", "--reason", "Nog eens.")
    assert (again.code, "het is niet beschadigd" in again.err) == (1, True)


def test_an_account_that_is_lost_is_accepted_with_a_reason_alone(store: Path, number: str) -> None:
    els = ("els", "--name", "Els", "--email", "els@delinde.example", "--role", "de-linde/beukenhof:onthaal")
    assert run("user", "add", *els, "--password-stdin", text="een lang wachtwoord van Els\n").code == 0
    hurt(store, "UPDATE accounts SET crc = crc + 1")
    refused = run("repair", "--accept-loss")
    assert (refused.code, "vraagt een reden, met --reason: accounts/els" in refused.err) == (2, True)
    assert "een account, accounts els: beschadigd" in run("verify").err
    assert run("repair", "--accept-loss", "--reason", "De schijf was stuk.").code == 0
    ran = run("verify")
    said = "accounts/els: verloren, en opgegeven. De reden: De schijf was stuk.\n"
    assert (ran.code, said in ran.out) == (0, True)


@pytest.mark.skipif(sys.platform == "win32", reason="nothing says there whether somebody works with it")
def test_what_a_copy_that_was_killed_left_is_cleared_by_the_next(
    store: Path, number: str, copy: Path
) -> None:
    folder = copy.with_name(".gehoor-x1y2")
    folder.mkdir()
    (folder / "register.db").write_bytes(store.read_bytes())
    assert run("backup", copy).code == 0
    half = copy.with_name("gisteren.gehoor.bezig")
    half.write_bytes(copy.read_bytes()[:900])
    begun = copy.with_name("vandaag.gehoor.bezig")
    begun.write_bytes(copy.read_bytes()[:5])
    assert run("backup", copy, "--overwrite").code == 0
    assert not any(one.exists() for one in (folder, half, begun))
    assert run("restore", copy, "--store", copy.with_name("elders.db")).code == 0


@pytest.mark.skipif(sys.platform == "win32", reason="nothing says there whether somebody works with it")
def test_not_what_somebody_works_with_nor_what_is_of_somebody_else(store: Path, copy: Path) -> None:
    folder, other = copy.with_name(".gehoor-z"), copy.with_name("brief.bezig")
    folder.mkdir()
    other.write_text("Geachte,", "utf-8")
    with held(folder):
        run("backup", copy)
    assert folder.exists()
    assert other.read_text("utf-8") == "Geachte,"
