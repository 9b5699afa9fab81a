"""``gehoor import``: what it says of a mapping, a sheet and its rows, and when it keeps nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from gehoor.cli.exchange.import_ import _tell
from gehoor.core.exchange.register_mapping import RegisterMapping
from gehoor.core.objections.objections import Objection
from gehoor.services.exchange.bringing_in import RowResult, State
from tests.support.cli_run import Ran, publish_all, run
from tests.support.de_linde import agreement

MAPPING = """\
taal: nl
inbrengen:
  organisatie: de-linde
  afdeling: beukenhof
  bron: Klachtenregister 2019
  sleutel: Nr
  nummer-uit: Nr
velden:
  ontvangstdatum: Ontvangen
  uiteenzetting: Klacht
  type_bericht: {vast: klacht}
  anoniem: {vast: ja}
  gegrondheid: {kolom: Oordeel, waarden: {deels: deels_gegrond}}
  afgesloten_op: Gesloten
"""
SHEET = "Nr;Ontvangen;Klacht;Oordeel;Gesloten\nA-1;4/2/2019;Koud.;deels;1/3/2019\n"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return publish_all(tmp_path / "register.db")


def brought(store: Path, *words: str, mapping: str = MAPPING, sheet: str = SHEET) -> Ran:
    folder = store.parent
    (folder / "kolommen.yaml").write_text(mapping, "utf-8")
    (folder / "klachten.csv").write_text(sheet, "utf-8")
    files = ("import", folder / "klachten.csv", "--mapping", folder / "kolommen.yaml", "--by", "Jan")
    return run(*files, "--store", store, "--now", "2026-06-01", *words)


def test_a_dry_run_says_what_would_come_and_keeps_nothing(store: Path) -> None:
    ran = brought(store, "--dry-run")
    assert ran.code == 0, ran.err
    assert "rij 2: A-1, afgesloten; niet ingevuld: " in ran.out
    assert "1 dossier zou er komen; 0 van eerder. Er is niets bewaard." in ran.out
    assert brought(store).out.endswith("1 dossier ingebracht; 0 van eerder.\n")
    assert "rij 2: was er al als A-1." in brought(store).out
    changed = SHEET.replace("Koud", "Lauw")
    told = "rij 2: was er al als A-1, en staat nu anders in het bestand: niets gewijzigd."
    assert told in brought(store, "--dry-run", sheet=changed).out
    assert told in brought(store, sheet=changed).out
    assert brought(store, "--format", "json", sheet=changed).json()["rows"][0]["changed"] is True


def test_it_can_be_asked_as_data(store: Path) -> None:
    found = brought(store, "--format", "json").json()
    assert (found["kept"], found["wrong"]) == (True, 0)
    assert found["rows"][0]["number"] == "A-1"
    refused = brought(
        store, "--format", "json", sheet=SHEET.replace("A-1", "A-2").replace("deels", "x")
    ).json()
    assert (refused["kept"], refused["wrong"]) == (False, 1)


def test_what_was_kept_is_told_where_others_were_refused_only_as_they_were_written(
    capsys: pytest.CaptureFixture[str],
) -> None:
    mapping = RegisterMapping("de-linde", "Klachtenregister 2019", "Nr", ())
    taken = (Objection("", "number-taken", {"number": "A-2"}),)
    results = [
        RowResult(2, "A-1", State.NEW, agreement(), dossier="dossier-1", number="A-1"),
        RowResult(3, "A-2", State.WRONG, agreement(), objections=taken),
    ]
    _tell(results, mapping, "text", dry=False)
    said = capsys.readouterr().out
    assert "rij 2: A-1." in said
    assert "rij 3: Het nummer A-2 is al van een ander dossier." in said
    assert "1 dossier ingebracht; 0 van eerder. 1 rij kwam er niet bij." in said
    assert "niets bewaard" not in said
    _tell(results, mapping, "json", dry=False)
    assert json.loads(capsys.readouterr().out)["kept"] is True


def test_of_a_workbook_it_is_told_what_is_read_otherwise_than_it_is_and_what_nobody_sees(store: Path) -> None:
    made = Workbook()
    made.active.append(["Nr", "Ontvangen", "Klacht", "Oordeel", "Gesloten"])
    for number in (7, 8):
        made.active.append([number, "4/2/2019", "Koud.", "deels", "1/3/2019"])
    made.active["A2"].number_format = '"K-"0000'
    made.active.row_dimensions[3].hidden = True
    made.save(store.parent / "klachten.xlsx")
    (store.parent / "kolommen.yaml").write_text(MAPPING, "utf-8")
    words = (
        "import",
        store.parent / "klachten.xlsx",
        "--mapping",
        store.parent / "kolommen.yaml",
        "--by",
        "Jan",
    )
    ran = run(*words, "--store", store, "--now", "2026-06-01", "--dry-run")
    assert ran.code == 1
    assert 'rij 2, kolom Nr: Dit getal (7) staat er met een opmaak ("K-"0000), en leest dus anders' in ran.out
    assert "1 rij die in het blad verborgen is, telt mee. Verbergt een filter ze?" in ran.out


def test_a_row_that_could_have_come_is_not_told_as_if_it_did(store: Path) -> None:
    ran = brought(store, sheet=f"{SHEET}A-2;4/2/2019;Lauw.;misschien;1/3/2019\n")
    assert "rij 2: A-1, afgesloten" in ran.out
    assert "1 rij klopt niet. Er is niets bewaard." in ran.out


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("gegrondheid:", "gegrondhed:"), "kolommen.yaml:13:3  verwijst-naar-niets  Het veld 'gegrondhed'"),
        (("deels: deels_gegrond", "deels: deels"), "De code 'deels' bestaat niet"),
        (("Klacht\n  type", "Klagt\n  type"), "De kolom 'Klagt' bestaat niet."),
        (("sleutel: Nr", "sleutl: Nr"), "onbekend-sleutelwoord"),
        (("  ontvangstdatum: Ontvangen\n", ""), "de dag van ontvangst"),
        (("gegrondheid: {kolom: Oordeel, waarden: {deels: deels_gegrond}}", "ernst: {vast: 2}"), "De kolom 'Oordeel'"),
        (("uiteenzetting", "bijlagen"), "past niet bij het veld 'bijlagen'"),
    ],
)  # fmt: skip
def test_what_is_wrong_in_the_mapping_has_its_place(store: Path, change: tuple[str, str], told: str) -> None:
    ran = brought(store, mapping=MAPPING.replace(*change))
    assert ran.code == 1
    assert told in ran.out
    assert "Er is niets bewaard." in ran.err


def test_what_is_wrong_in_a_row_has_its_row_and_column(store: Path) -> None:
    ran = brought(store, sheet=SHEET.replace("1/3/2019", "1/3/19"))
    assert ran.code == 1
    assert "rij 2, kolom Gesloten: In '1/3/19' heeft het jaar twee cijfers. Schrijf het voluit." in ran.out
    assert "1 rij klopt niet. Er is niets bewaard." in ran.out


def test_a_moment_that_is_still_to_come_is_asked_for(store: Path) -> None:
    ran = brought(store, "--now", "2099-01-01")
    assert ran.code == 2
    assert "Kijk eerst met --dry-run." in ran.err
    assert brought(store, "--now", "2099-01-01", "--dry-run").code == 0


def test_a_file_that_is_no_sheet_is_told(store: Path) -> None:
    assert "is geen CSV die wij kunnen lezen" in brought(store, sheet="a;b\n\0;1\n").err


def test_an_organisation_that_is_not_there_is_told(store: Path) -> None:
    ran = brought(store, mapping=MAPPING.replace("de-linde", "de-lind"))
    assert 'bedoelde u "de-linde"?' in ran.err
