"""Whatever goes wrong, there is a Dutch sentence and the right exit code, and never a stack trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.cli_run import run, start
from tests.support.patience import PATIENCE


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("chek",), 'Fout bij chek: deze opdracht bestaat niet; bedoelde u "check"?'),
        (("zzzz",), "Fout bij zzzz: deze opdracht bestaat niet; zie gehoor --help."),
        (("--store", "x"), "Fout bij de opdracht: noem er een; zie gehoor --help."),
        (("--stor",), "Fout bij --stor: deze optie bestaat niet; zie gehoor --help."),
        (("check", "--nu"), "Fout bij --nu: deze optie bestaat niet; zie gehoor check --help."),
        (("sweep", "--now"), "Fout bij --now: deze optie is niet goed gebruikt; zie gehoor sweep --help."),
        (("sweep", "extra"), "Fout bij de opdracht: er staat iets te veel; "),
        (("submit", "a", "b"), "Fout bij FORMULIER: dit ontbreekt; zie gehoor submit --help."),
        (("user", "ad"), 'Fout bij ad: deze opdracht bestaat niet; bedoelde u "add"?'),
        (("user", "off"), "Fout bij NAAM: dit ontbreekt; zie gehoor user off --help."),
        (("sweep", "--format", "xml"), 'Fout bij --format: "xml" kan niet; kies uit text en json.'),
        (("sweep", "--now", "morgen"), 'Fout bij --now: "morgen" is geen moment; '),
        (("sweep", "--now", "2026-02-30"), 'Fout bij --now: het moment "2026-02-30" bestaat niet; '),
        (("sweep", "--now", "2026-02-03T25:00Z"), "Fout bij --now: het moment "),
        (("sweep", "--now", "0001-01-01"), "Fout bij --now: met het jaar van "),
        (("sweep", "--now", "9999-12-31T23:59-14:00"), "Fout bij --now: met het jaar van "),
        (("serve", "--port", "0"), 'Fout bij --port: "0" kan niet; '),
        (("serve", "--port", "\u0662"), "Fout bij --port: "),
        (("serve", "--sweep-every", "nooit"), "Fout bij --sweep-every: "),
        (("serve", "--host", "0.0.0.0"), "Fout bij --host: op 0.0.0.0 kunnen anderen meelezen; "),
        (("serve", "--host", "gehoor.example"), "Fout bij --host: "),
        (("check", "--workspace", "/nergens"), "Fout bij de plaats: In /nergens staan de mappen "),
        (("check", "de-lind"), 'Fout bij de-lind: deze organisatie staat niet in '),
    ],
)  # fmt: skip
def test_wrong_use(words: tuple[str, ...], said: str, store: Path) -> None:
    ran = run(*words)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(said)
    assert len(ran.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("dossier", "BEU-2026-9999"), "Het dossier BEU-2026-9999 staat niet in dit register.\n"),
        (("user", "off", "jan"), '"jan" kennen wij niet; zie gehoor user list.\n'),
    ],
)
def test_what_is_not_there(words: tuple[str, ...], said: str, store: Path) -> None:
    ran = run(*words)
    assert (ran.code, ran.out, ran.err) == (1, "", said)


EVERY = [
    ("publish", "--by", "Els"),
    ("sweep",), ("submit", "a", "b", "c", "-"), ("dossier", "x"), ("user", "list"), ("serve",), ("demo",),
]  # fmt: skip


@pytest.mark.parametrize("words", EVERY, ids=lambda words: words[0])
def test_a_file_that_is_no_register(words: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "register.db"
    file.write_text("Beste Els, " * 1000)
    ran = run(*words, "--store", file)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"Het register {file} kan nu niet gebruikt worden: het bestand is beschadigd")


@pytest.mark.parametrize(
    "words", [words for words in EVERY if words[0] not in ("publish", "demo")], ids=lambda w: w[0]
)
def test_no_register_yet(words: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "register.db"
    ran = run(*words, "--store", file)
    assert (ran.code, ran.err) == (1, f"Er is nog geen register: {file}. Maak het met: gehoor publish\n")
    assert not file.exists()


def test_a_place_that_cannot_hold_a_register(tmp_path: Path) -> None:
    (tmp_path / "map").touch()
    ran = run("publish", "--by", "Els", "--store", tmp_path / "map" / "register.db")
    assert ran.code == 1
    assert "het bestand kan niet geopend worden" in ran.err


def test_the_option_nearest_to_the_command_wins(store: Path, tmp_path: Path) -> None:
    assert run("--store", tmp_path / "weg.db", "sweep", "--store", store).code == 0
    assert str(tmp_path / "weg.db") in run("--store", tmp_path / "weg.db", "sweep").err


def test_in_a_process_of_its_own(tmp_path: Path) -> None:
    process = start("sweep", "--store", tmp_path / "weg.db")
    out, err = process.communicate(timeout=PATIENCE)
    assert (process.returncode, out) == (1, "")
    assert err.startswith("Er is nog geen register")
    assert "Traceback" not in err
