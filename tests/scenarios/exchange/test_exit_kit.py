"""The exit kit: all of an organisation in open formats, and a program that says without Gehoor what was changed."""

from __future__ import annotations

import ast
import csv
import hashlib
import io
import json
import shutil
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from jsonschema import Draft202012Validator

from gehoor.bootstrap import SetupError
from gehoor.bootstrap.exchange.exit_kit.writing import write_exit_kit
from gehoor.core.access.account_log import Deed, Done
from gehoor.services.access.access_log import log_access
from gehoor.services.agreements.publishing import publish
from gehoor.services.dossiers.incoming import Opening
from gehoor.services.dossiers.opening import open_dossier
from gehoor.services.exchange.exit_kit.kit import UnknownOrganisationError, kits_made
from gehoor.services.exchange.exit_kit.sink import plain
from gehoor.services.jobs.sweep import sweep
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.ledger_entries import digest
from gehoor.services.records.left_out import leave_out
from gehoor.services.register.register import reading, writing
from gehoor.services.register.runtime import Runtime
from gehoor.services.retention.approval import approve
from gehoor.services.retention.carrying_out import carry_out
from gehoor.services.retention.survey import survey
from tests.support.clock import at
from tests.support.de_linde import (
    MELDEN,
    PUBLISHED_ON,
    de_linde,
    new_runtime,
    open_by_phone,
    proposal,
    staff,
)
from tests.support.exit_kits import (
    BY,
    DOSSIERS,
    FORMULA,
    LEDGER,
    LETTER,
    NOW,
    cover_up,
    house,
    in_dossier,
    lines,
    made_once,
    verified,
)
from tests.support.places import CHECKOUT
from tests.support.retention import closed_complaint, keeping_de_linde

LATER = "2032-06-11 09:00"


@pytest.fixture
def kit(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit of its own to tamper with."""
    base = tmp_path_factory.getbasetemp() / "exit-kit"
    base.mkdir(exist_ok=True)
    return Path(shutil.copytree(made_once(str(base)), tmp_path / "kit"))


def table(kit: Path, name: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO((kit / name).read_text("utf-8-sig")), delimiter=";")]


def test_a_kit_that_nobody_touched_is_right(kit: Path) -> None:
    noted = hashlib.sha256((kit / "manifest.json").read_bytes()).hexdigest()
    code, said = verified(kit, "--manifest", noted)
    assert code == 0, said
    assert "In orde" in said
    assert "3 dossiers" in said


def test_looking_at_it_leaves_nothing_in_the_kit(kit: Path) -> None:
    before = sorted(kit.rglob("*"))
    verified(kit)
    assert sorted(kit.rglob("*")) == before


def test_that_all_fits_together_is_not_called_in_order(kit: Path) -> None:
    code, said = verified(kit)
    assert code == 0, said
    assert "Alles klopt met elkaar" in said
    assert "In orde" not in said
    assert "kan iemand" in said


def test_a_kit_that_was_made_anew_whole_is_another_than_the_one_that_was_noted(kit: Path) -> None:
    noted = hashlib.sha256((kit / "manifest.json").read_bytes()).hexdigest()
    cover_up(kit, "dossiers/brieven.jsonl", lambda _: [])
    assert verified(kit)[0] == 0
    code, said = verified(kit, "--manifest", noted)
    assert code == 1
    assert "dit is een ander pakket" in said


PROGRAM = sorted(
    file.relative_to(CHECKOUT).as_posix()
    for file in (CHECKOUT / "platform/gehoor/bootstrap/exchange/exit_kit").rglob("*.py")
    if file.parent.name == "verifying" or file.name == "verify.py"
)


@pytest.mark.parametrize("source", PROGRAM)
def test_the_program_runs_on_python_3_9(source: str) -> None:
    tree = ast.parse((CHECKOUT / source).read_text("utf-8"), feature_version=(3, 9))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom) and not node.level
            else []
        )
    }
    assert names <= sys.stdlib_module_names
    assert not [node for node in ast.walk(tree) if isinstance(node, ast.Match)]


def test_one_other_byte_in_a_file_is_told(kit: Path) -> None:
    (file,) = (kit / "bijlagen").rglob("*.pdf")
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    code, said = verified(kit)
    assert code == 1
    assert f"{file.relative_to(kit).as_posix()}: dit bestand is gewijzigd" in said


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda one: one["events"][1]["data"]["values"].update(x="y"), "gebeurtenis 2 (answered) is gewijzigd"),
        (lambda one: one["events"][0].update(actor="piet"), "gebeurtenis 1 (opened) is gewijzigd"),
        (lambda one: one["events"].pop(1), "op plaats 2 staat gebeurtenis 3"),
        (lambda one: one["events"].pop(), "het grootboek kent 3 gebeurtenissen, hier staan er 2"),
        (lambda one: one["events"].reverse(), "op plaats 1 staat gebeurtenis 3"),
        (lambda one: one["events"].clear(), "dit dossier heeft geen gebeurtenissen"),
        (lambda one: one["events"].append("x"), "gebeurtenis 4 is niet volledig"),
        (lambda one: one.update(number="BEU-2026-0009"), "het nummer is een ander"),
        (lambda one: one["events"][0].update(data="tekst"), "het nummer is een ander"),
        (lambda one: one.update(salt="anders"), "is een andere dan die in het grootboek staat"),
    ],
)  # fmt: skip
def test_an_event_that_is_changed_dropped_or_moved_is_told_though_the_manifest_was_made_to_fit(
    kit: Path, change: Callable[[dict[str, Any]], None], told: str
) -> None:
    cover_up(kit, DOSSIERS, in_dossier(change))
    code, said = verified(kit)
    assert code == 1
    assert told in said
    assert "BEU-2026-000" in said


def written_anew(dossier: dict[str, Any]) -> None:
    """Let somebody else have done all of a dossier, with hashes that are right."""
    previous = ""
    for one in dossier["events"]:
        one["actor"], one["previous"] = "piet", previous
        parts = [one[name] for name in ("dossier", "sequence", "kind", "at", "actor", "agreement", "data")]
        text = json.dumps([*parts, previous], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        previous = one["hash"] = hashlib.sha256(text.encode()).hexdigest()


def test_a_dossier_that_was_written_anew_with_right_hashes_is_told_by_the_ledger(kit: Path) -> None:
    cover_up(kit, DOSSIERS, in_dossier(written_anew))
    code, said = verified(kit)
    assert code == 1
    assert "is een andere dan die in het grootboek staat" in said


def stripped(kit: Path, dossier: dict[str, Any]) -> Callable[[list[str]], list[str]]:
    """Leave of each row that speaks of a dossier its hash alone, beside what it ought to say now."""

    def change(found: list[str]) -> list[str]:
        made = []
        for line in found:
            row = json.loads(line)
            own = json.loads(row.get("entries", "{}"))
            if events := own.get(dossier["id"], {}).get("events"):
                count = int(events.partition(":")[0])
                own[dossier["id"]]["events"] = (
                    f"{count}:{digest(dossier['salt'], dossier['events'][count - 1]['hash'])}"
                )
                row = {"place": row["place"], "hash": row["hash"], "own": own}
            made.append(f"{json.dumps(row)}\n")
        return made

    return change


def test_a_dossier_whose_rows_in_the_ledger_were_stripped_of_what_they_said_is_not_passed(
    kit: Path, tmp_path: Path
) -> None:
    row = lines(kit, LEDGER)[-1]
    seal = tmp_path / "zegels"
    seal.write_text(
        json.dumps({"what": "gehoor-seal", "format": 1, **{k: row[k] for k in ("place", "hash")}})
    )
    assert "Het zegel bewijst van elk dossier" in verified(kit, "--zegel", seal)[1]
    cover_up(kit, DOSSIERS, in_dossier(written_anew))
    cover_up(kit, LEDGER, stripped(kit, lines(kit, DOSSIERS)[0]))
    code, said = verified(kit, "--zegel", seal)
    assert code == 1
    assert "van 4 rijen staat hier alleen de hash, en het manifest zegt 1" in said
    manifest = json.loads((kit / "manifest.json").read_text("utf-8"))
    manifest["ledger"]["withheld"] = 4
    (kit / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    code, said = verified(kit, "--zegel", seal)
    assert code == 1
    assert "NIET TE BEWIJZEN" in said
    assert "Van 1 dossier (BEU-2026-0001) staat het laatste alleen in rijen" in said
    assert "Het zegel bewijst niet alles" in said


def test_rows_about_the_dossiers_of_one_organisation_go_along_whole(kit: Path) -> None:
    assert [one["place"] for one in lines(kit, LEDGER) if "entries" not in one] == ["000000000003"]


def shared_house() -> Runtime:
    """The register of De Linde, in which another organisation works by the same agreements."""

    def elsewhere(document: dict[str, Any]) -> None:
        document["organisation"]["id"] = "waterhof"
        document["numbering"]["pattern"] = "W-{year}-{sequence:4}"

    runtime, same = de_linde(), proposal(change=elsewhere)
    publish(runtime, [replace(same, organisation="waterhof")], PUBLISHED_ON, "coordinator")
    return runtime


def test_what_a_sweep_does_for_several_organisations_goes_along_whole_with_each(tmp_path: Path) -> None:
    runtime = shared_house()
    for organisation in ("de-linde", "waterhof", "de-linde"):
        form = Opening(organisation, "beukenhof", "melden", MELDEN, uuid4().hex)
        open_dossier(runtime, form, at("2026-05-04 10:00"))
    assert {one.dossier for one in sweep(runtime, NOW).missed} == {"dossier-1", "dossier-2", "dossier-3"}
    made = write_exit_kit(runtime, "de-linde", tmp_path / "kit", BY, NOW)
    code, said = verified(tmp_path / "kit")
    assert code == 0, said
    assert "NIET TE BEWIJZEN" not in said
    assert made.made.dossiers == 2


def test_a_dossier_that_is_gone_is_told(kit: Path) -> None:
    cover_up(kit, DOSSIERS, lambda found: found[1:])
    assert "staat in het grootboek, en ontbreekt hier" in verified(kit)[1]


def test_a_dossier_that_stands_there_twice_is_told(kit: Path) -> None:
    cover_up(kit, DOSSIERS, lambda found: [*found, found[0]])
    assert "dit dossier staat er twee keer in" in verified(kit)[1]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda found: found[:-1], "het grootboek is ingekort"),
        (lambda found: [*found[:2], *found[3:]], "hier hoort rij 3 van het grootboek"),
        (lambda found: [*found[:2], found[3], found[2], *found[4:]], "hier hoort rij 3 van het grootboek"),
        (lambda found: [*found[:3], found[3].replace('\\"', '\\" ', 1), *found[4:]], "rij 4 van het grootboek"),
        (lambda found: [*found, "{nee\n"], "dit is geen leesbare regel JSON"),
    ],
)  # fmt: skip
def test_a_ledger_that_is_shortened_or_changed_is_told(
    kit: Path, change: Callable[[list[str]], list[str]], told: str
) -> None:
    cover_up(kit, LEDGER, change)
    code, said = verified(kit)
    assert code == 1
    assert told in said


def test_a_ledger_made_anew_is_told_by_a_seal_that_was_kept_elsewhere(kit: Path, tmp_path: Path) -> None:
    row = lines(kit, LEDGER)[2]
    seal = tmp_path / "zegels"
    seal.write_text(
        json.dumps({"what": "gehoor-seal", "format": 1, **{k: row[k] for k in ("place", "hash")}})
    )
    assert verified(kit, "--zegel", seal)[0] == 0
    seal.write_text(json.dumps({"what": "gehoor-seal", "format": 1, "place": row["place"], "hash": "0" * 64}))
    assert "rij 3 is een andere dan die van het zegel" in verified(kit, "--zegel", seal)[1]


def test_a_file_too_many_and_one_too_few_are_told(kit: Path) -> None:
    (kit / "extra.txt").write_text("hallo")
    (kit / "LEESMIJ.md").unlink()
    said = verified(kit)[1]
    assert "extra.txt: dit bestand staat niet in het manifest" in said
    assert "LEESMIJ.md: dit bestand ontbreekt" in said


def test_who_looked_is_a_chain_too(kit: Path) -> None:
    cover_up(kit, "dossiers/inkijk.jsonl", lambda found: [found[0].replace("Jan", "Els"), *found[1:]])
    assert "inkijk 1 is gewijzigd" in verified(kit)[1]


def test_that_somebody_looked_cannot_be_left_out(kit: Path) -> None:
    cover_up(kit, "dossiers/inkijk.jsonl", lambda found: found[1:])
    code, said = verified(kit)
    assert code == 1
    assert "dossier BEU-2026-0001: het grootboek kent 1 keer inkijk, hier staan er 0" in said


def test_an_attachment_that_was_replaced_or_dropped_is_told_by_the_ledger(kit: Path) -> None:
    (known,) = lines(kit, "dossiers/bijlagen.jsonl")
    cover_up(kit, known["file"], lambda _: ["%PDF- Een andere brief"])
    digest_now = hashlib.sha256((kit / known["file"]).read_bytes()).hexdigest()
    cover_up(kit, "dossiers/bijlagen.jsonl", lambda found: [found[0].replace(known["sha256"], digest_now)])
    code, said = verified(kit)
    assert code == 1
    assert "is een andere dan die in het grootboek staat" in said
    cover_up(kit, "dossiers/bijlagen.jsonl", lambda _: [])
    assert "een bijlage staat in het grootboek, en ontbreekt hier" in verified(kit)[1]


def test_what_leads_out_of_a_kit_does_not_belong_to_it(kit: Path) -> None:
    (kit / "dossiers/etc").symlink_to("/etc")
    (kit / "dossiers/nergens.jsonl").symlink_to("/nergens")
    (kit / "__pycache__").mkdir()
    (kit / "__pycache__/brief.txt").write_text("hallo")
    code, said = verified(kit)
    assert code == 1
    assert "dossiers/etc: dit verwijst naar elders" in said
    assert "dossiers/nergens.jsonl: dit verwijst naar elders" in said
    assert "__pycache__/brief.txt: dit bestand staat niet in het manifest" in said


def test_an_agreement_is_known_by_what_is_in_it(kit: Path) -> None:
    digest = lines(kit, DOSSIERS)[0]["agreement"]
    cover_up(
        kit,
        f"afspraken/{digest}.json",
        lambda found: [one.replace("Beukenhof", "Beukenhoef") for one in found],
    )
    assert "dit zijn niet de afspraken met deze naam" in verified(kit)[1]


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "{}",
        "[]",
        '{"files": []}',
        '{"files": {"a": 1}, "ledger": {}, "organisation": "x"}',
        "[" * 100_000,
    ],
)
def test_a_manifest_that_is_none_is_told_in_a_sentence(kit: Path, manifest: str) -> None:
    (kit / "manifest.json").write_text(manifest, "utf-8")
    code, said = verified(kit)
    assert code == 1
    assert "dit is geen manifest van een uitvoerpakket" in said


@pytest.mark.parametrize("name", [DOSSIERS, LEDGER, "dossiers/inkijk.jsonl", "dossiers/bijlagen.jsonl"])
@pytest.mark.parametrize(
    "line",
    ["1", "null", "[]", "{}", '{"place": 7, "entries": "[", "hash": 1}', '{"id": 1, "number": [], "events": "abc"}',
     '{"id": "a", "number": "b", "events": [{"dossier": {}, "sequence": "x"}]}', "[" * 100_000,
     '{"place": "' + "9" * 5000 + '", "hash": "x", "own": {"a": {"events": "x:y"}}}',
     '{"dossier": "a", "sequence": "x"}',
     '{"dossier": "a", "sequence": Infinity, "previous": "", "at": "", "reader": "", "way": "", "hour": "", '
     '"hash": ""}',
     '{"id": "\\ud800", "number": "b", "salt": "\\ud800", "events": [{"dossier": "\\ud800", "sequence": 1, "kind": "", '
     '"at": "", "actor": "", "agreement": "", "data": "", "previous": "", "hash": "\\ud800"}]}'],
)  # fmt: skip
def test_whatever_stands_in_a_kit_is_told_in_a_sentence(kit: Path, name: str, line: str) -> None:
    cover_up(kit, name, lambda found: [*found, f"{line}\n"])
    code, said = verified(kit)
    assert code == 1
    assert name in said


def test_no_text_in_a_kit_steers_the_terminal(kit: Path) -> None:
    (kit / "\x1b]0;x\x07.txt").write_text("")
    assert "\x1b" not in verified(kit)[1]


def test_each_line_holds_to_its_schema(kit: Path) -> None:
    places = {one.name.partition(".")[0]: one for one in (kit / "schemas").iterdir()}
    for name, schema in places.items():
        (file,) = (one for one in kit.rglob(f"{name}.jsonl"))
        validator = Draft202012Validator(json.loads(schema.read_text("utf-8")))
        for line in lines(kit, file.relative_to(kit).as_posix()):
            validator.validate(line)


def test_an_attachment_has_a_name_that_leads_nowhere(kit: Path) -> None:
    (known,) = lines(kit, "dossiers/bijlagen.jsonl")
    assert known["name"] == LETTER.name
    assert (kit / known["file"]).read_bytes() == LETTER.content
    assert ".." not in known["file"]


@pytest.mark.parametrize(
    "name", ["../../x", "/etc/passwd", "C:\\x", "..", "", "con\x00.txt", "-rf", "é" * 500]
)
def test_any_name_becomes_one_of_a_file_here(name: str) -> None:
    made = plain(name)
    assert made
    assert len(made) <= 80
    assert not set(made) & set('/\\:\x00"')
    assert not made.startswith((".", "-"))


def test_no_cell_of_a_table_is_a_formula(kit: Path) -> None:
    first = next(one for one in table(kit, "tabellen/dossiers.csv") if one["nummer"] == "BEU-2026-0001")
    assert first["Onderwerp (onderwerp)"] == f"'{FORMULA}"
    for file in (kit / "tabellen").iterdir():
        for row in csv.reader(io.StringIO(file.read_text("utf-8-sig")), delimiter=";"):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]


def test_accounts_come_along_without_secrets_and_those_of_others_do_not(kit: Path) -> None:
    assert [one["name"] for one in lines(kit, "accounts/accounts.jsonl")] == ["an"]
    for file in kit.rglob("*"):
        if file.is_file() and file.suffix in (".json", ".jsonl", ".csv"):
            text = file.read_text("utf-8")
            assert "password_hash" not in text
            assert "piet" not in text


def test_who_worked_there_before_goes_along_and_of_who_else_did_something_the_name(tmp_path: Path) -> None:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    there, elsewhere = "de-linde/beukenhof:onthaal", "waterhof/wijk:onthaal"
    staff(runtime, "mia", elsewhere)
    staff(runtime, "noor", elsewhere)
    staff(runtime, "stranger", elsewhere)
    with writing(runtime.store) as register:
        register.add_deed("mia", Done(Deed.ADDED, came=(there,)), "beheer", NOW)
        register.add_deed("mia", Done(Deed.CHANGED, came=(elsewhere,), went=(there,)), "beheer", NOW)
        register.add_deed("stranger", Done(Deed.ADDED, came=(elsewhere,)), "beheer", NOW)
    dossier = open_by_phone(runtime, "2026-05-04 10:00").dossier
    log_access(runtime, dossier, "noor", "page", at("2026-05-09 09:00"), "Europe/Brussels")
    kit = tmp_path / "kit"
    assert write_exit_kit(runtime, "de-linde", kit, BY, NOW).findings.told == []
    (mia,) = lines(kit, "accounts/accounts.jsonl")
    assert (mia["name"], mia["roles"], mia["roles_before"]) == ("mia", [], [there])
    assert [one["vroegere rollen"] for one in table(kit, "tabellen/accounts.csv")] == [there]
    assert [(one["came"], one["went"]) for one in lines(kit, "accounts/logboek.jsonl")] == [
        ([there], []),
        ([], [there]),
    ]
    assert {"name": "noor", "full_name": "Noor"} in lines(kit, "accounts/namen.jsonl")
    for file in kit.rglob("*.*"):
        if file.suffix in (".json", ".jsonl", ".csv"):
            assert "stranger" not in file.read_text("utf-8")
            assert "waterhof" not in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("role", "whose"), [("de-linde/beukenhof:onthaal", "mia"), ("waterhof/wijk:onthaal", "iemand die hier")]
)
def test_of_a_log_that_cannot_be_read_nobody_knows_whether_its_account_ever_worked_there(
    role: str, whose: str, tmp_path: Path
) -> None:
    runtime = house()
    staff(runtime, "mia", role)
    with writing(runtime.store) as register:
        register.add_deed("mia", Done(Deed.ADDED, came=(role,)), "beheer", NOW)
        leave_out(register.tables, "account_log", "mia/000001")
    (told,) = write_exit_kit(runtime, "de-linde", tmp_path / "kit", BY, NOW).made.left_out
    assert told.startswith(f"logboek van {whose}")


def test_the_files_of_the_agreements_are_what_they_are(kit: Path) -> None:
    assert {one["department"] for one in lines(kit, "afspraken/publicaties.jsonl")} == {
        "beukenhof",
        "eikenrode",
    }
    codes = [one for one in table(kit, "tabellen/codelijsten.csv") if one["veld"] == "type_bericht"]
    assert {"klacht", "suggestie"} <= {one["code"] for one in codes}


def test_that_it_was_made_stands_with_each_dossier_and_in_the_register(tmp_path: Path) -> None:
    runtime = house()
    written = write_exit_kit(runtime, "de-linde", tmp_path / "kit", BY, NOW)
    with reading(runtime.store) as register:
        (known,) = kits_made(register, "de-linde")
        entries = [register.access_log(one["id"]) for one in register.tables.select("dossiers")]
    assert known == {
        "at": written.made.made_at,
        "by": "beheerder: Jan",
        "dossiers": 3,
        "manifest": written.manifest,
    }
    assert [[(one.reader, one.way) for one in log] for log in entries] == [[("beheerder: Jan", "export")]] * 3


@pytest.mark.parametrize("listed", [False, True])
def test_what_comes_in_while_it_is_made_is_noted_before_it_goes_along(tmp_path: Path, listed: bool) -> None:
    runtime = house()
    came: list[str] = []

    def busy(_: int) -> None:
        if len(came) < 3:
            came.append(open_by_phone(runtime, "2026-05-12 11:00").dossier)
        if listed:
            project_pending(runtime)

    written = write_exit_kit(runtime, "de-linde", tmp_path / "kit", BY, NOW, busy)
    assert written.findings.told == []
    assert (len(came), written.made.dossiers) == (3, 6)
    known = {one["id"] for one in lines(tmp_path / "kit", DOSSIERS)}
    assert known >= set(came)
    assert {one["dossier"] for one in lines(tmp_path / "kit", "dossiers/inkijk.jsonl")} == known


def test_of_what_was_anonymised_there_is_what_is_left_of_it_and_it_is_right(tmp_path: Path) -> None:
    runtime = keeping_de_linde()
    staff(runtime, "els", "kwaliteitscoordinator")
    dossier = closed_complaint(runtime)
    sweep(runtime, at("2026-06-11 09:00"))
    survey(runtime, at(LATER))
    approve(runtime, [dossier], "els", at(LATER))
    assert carry_out(runtime, None, at(LATER)).done
    written = write_exit_kit(runtime, "de-linde", tmp_path / "kit", BY, at(LATER))
    assert written.findings.told == []
    assert written.made.dossiers == 1
    for file in (tmp_path / "kit").rglob("*.jsonl"):
        assert "Petronella" not in file.read_text("utf-8")


def test_of_two_organisations_each_gets_its_own(tmp_path: Path) -> None:
    runtime = house()
    with pytest.raises(UnknownOrganisationError):
        write_exit_kit(runtime, "waterhof", tmp_path / "kit", BY, NOW)
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("table", ["accounts", "messages", "reports", "proposals"])
def test_what_is_damaged_and_may_be_of_this_organisation_is_told(table: str, tmp_path: Path) -> None:
    runtime = house()
    with writing(runtime.store) as register:
        leave_out(register.tables, table, "een")
    written = write_exit_kit(new_runtime(runtime.store), "de-linde", tmp_path / "kit", BY, NOW)
    assert written.made.left_out == (f"1 beschadigde rij van {table}: van welke organisatie, weet niemand",)


def test_a_zip_holds_the_same_and_can_be_verified(tmp_path: Path) -> None:
    write_exit_kit(house(), "de-linde", tmp_path / "kit.zip", BY, NOW)
    assert [one.name for one in tmp_path.iterdir()] == ["kit.zip"]
    with zipfile.ZipFile(tmp_path / "kit.zip") as packed:
        packed.extractall(tmp_path / "uit")
    assert verified(tmp_path / "uit")[0] == 0


def test_what_is_there_already_stays(tmp_path: Path) -> None:
    (tmp_path / "kit").mkdir()
    with pytest.raises(SetupError, match="is er al"):
        write_exit_kit(house(), "de-linde", tmp_path / "kit", BY, NOW)
    assert [*(tmp_path / "kit").iterdir()] == []
