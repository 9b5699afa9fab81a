"""An exit kit that somebody wrote anew, so that all of it fits: what the ledger said before says so, and a seal."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gehoor.bootstrap.exchange.exit_kit.verifying.program import seals_in
from gehoor.bootstrap.exchange.exit_kit.writing import write_exit_kit
from gehoor.services.access.access_log import log_access
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.maintenance.giving_up import give_up
from gehoor.services.projection.projection import project_pending
from gehoor.services.records.ledger_entries import digest, name_of
from gehoor.services.records.left_out import leave_out
from gehoor.services.register.recent_accesses import RecentAccesses
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import fill
from tests.support.exit_kits import (
    BY,
    DOSSIERS,
    LEDGER,
    LETTER,
    NOW,
    cover_up,
    enter_after,
    house,
    in_dossier,
    in_manifest,
    lines,
    made_once,
    verified,
)

FILES, READERS = "dossiers/bijlagen.jsonl", "dossiers/inkijk.jsonl"
WHY = "De schijf was stuk, en in geen kopie stond het nog."


@pytest.fixture
def kit(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A kit of its own to tamper with."""
    base = tmp_path_factory.getbasetemp() / "exit-kit"
    base.mkdir(exist_ok=True)
    return Path(shutil.copytree(made_once(str(base)), tmp_path / "kit"))


@pytest.fixture
def seal(kit: Path, tmp_path: Path) -> Path:
    """The seal of the last row of the ledger, kept elsewhere before anybody tampered."""
    row = lines(kit, LEDGER)[-1]
    kept = tmp_path / "zegels"
    kept.write_text(json.dumps({"place": row["place"], "hash": row["hash"]}))
    assert "Het zegel bewijst van elk dossier" in verified(kit, "--zegel", kept)[1]
    return kept


def written_anew(dossier: dict[str, Any]) -> None:
    """Let something else have been told, with hashes that are right."""
    previous = ""
    for one in dossier["events"]:
        one["data"].setdefault("values", {})["uiteenzetting"] = "Er was niets aan de hand."
        one["previous"] = previous
        parts = [one[name] for name in ("dossier", "sequence", "kind", "at", "actor", "agreement", "data")]
        text = json.dumps([*parts, previous], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        previous = one["hash"] = hashlib.sha256(text.encode()).hexdigest()


def first_of(kit: Path) -> tuple[str, str, list[dict[str, Any]]]:
    """Return the id, the salt and the events of the first dossier."""
    found = lines(kit, DOSSIERS)[0]
    return found["id"], found["salt"], found["events"]


def told_of_events(kit: Path) -> list[str]:
    """Return what the ledger would enter of the events of the first dossier, one by one."""
    about, salt, events = first_of(kit)
    return [
        json.dumps({about: {"events": f"{one['sequence']}:{digest(salt, one['hash'])}"}}) for one in events
    ]


def content_name(kit: Path) -> str:
    """Return what the ledger calls what is in the attachment."""
    return name_of("attachment_contents", LETTER.id, first_of(kit)[1])


def test_what_is_entered_a_second_time_and_otherwise_does_not_take_the_place_of_what_was_sealed(
    kit: Path, seal: Path
) -> None:
    cover_up(kit, DOSSIERS, in_dossier(written_anew))
    enter_after(kit, *told_of_events(kit))
    code, said = verified(kit, "--zegel", seal)
    assert code == 1
    assert "dossier BEU-2026-0001: gebeurtenis 3 staat er nog eens in, en anders" in said
    assert "Het zegel bewijst" not in said


def test_fewer_events_than_before_are_told_also_where_nothing_was_entered_of_that_one(
    kit: Path, seal: Path
) -> None:
    about, _salt, _events = first_of(kit)
    enter_after(kit, json.dumps({about: {"events": "5:x"}}), json.dumps({about: {"events": "4:y"}}))
    assert "na gebeurtenis 5 staat er gebeurtenis 4" in verified(kit, "--zegel", seal)[1]


@pytest.mark.parametrize("mark", ["~", "!", "*"])
def test_with_a_reason_the_ledger_may_say_otherwise_and_the_seal_proves_that_dossier_no_more(
    kit: Path, seal: Path, mark: str
) -> None:
    cover_up(kit, DOSSIERS, in_dossier(written_anew))
    about, _salt, _events = first_of(kit)
    enter_after(kit, json.dumps({about: {mark: ""}}), *told_of_events(kit))
    assert (
        "Het zegel bewijst niet alles: niet van 1 dossier (BEU-2026-0001)"
        in verified(kit, "--zegel", seal)[1]
    )


@pytest.mark.parametrize("mark", ["~", "!", "*"])
def test_a_dossier_is_not_dropped_by_a_row_that_says_that_it_was_entered_anew(kit: Path, mark: str) -> None:
    about, _salt, _events = first_of(kit)
    for name in (DOSSIERS, READERS, FILES):
        cover_up(kit, name, lambda found: [one for one in found if f'"{about}"' not in one])
    shutil.rmtree(kit / "bijlagen")
    in_manifest(kit)
    enter_after(kit, json.dumps({about: {mark: ""}}))
    assert f"dossier {about} staat in het grootboek, en ontbreekt hier" in verified(kit)[1]


def test_who_looked_is_not_entered_otherwise(kit: Path) -> None:
    about, salt, _events = first_of(kit)

    def by_somebody_else(found: list[str]) -> list[str]:
        one = json.loads(found[0]) | {"reader": "niemand"}
        names = ("dossier", "sequence", "at", "reader", "way", "hour", "previous")
        text = json.dumps([one[name] for name in names], ensure_ascii=False, separators=(",", ":"))
        return [f"{json.dumps(one | {'hash': hashlib.sha256(text.encode()).hexdigest()})}\n", *found[1:]]

    cover_up(kit, READERS, by_somebody_else)
    looked = lines(kit, READERS)[0]
    assert looked["dossier"] == about
    enter_after(kit, json.dumps({about: {"access_log": f"1:{digest(salt, looked['hash'])}"}}))
    assert "inkijk 1 staat er nog eens in, en anders" in verified(kit)[1]


@pytest.mark.parametrize("reason", [{}, {"~": ""}], ids=["so", "put back"])
def test_what_is_in_an_attachment_is_not_entered_otherwise(kit: Path, reason: dict[str, str]) -> None:
    about, salt, _events = first_of(kit)
    (known,) = lines(kit, FILES)
    (kit / known["file"]).write_bytes(b"%PDF- Een andere brief")
    in_manifest(kit)
    made = hashlib.sha256((kit / known["file"]).read_bytes()).hexdigest()
    cover_up(kit, FILES, lambda found: [found[0].replace(known["sha256"], made)])
    held = '{"base64":"JVBERi0gRWVuIGFuZGVyZSBicmllZg=="}'
    events = json.loads(told_of_events(kit)[-1])[about] if reason else {}
    enter_after(kit, json.dumps({about: {**reason, **events, content_name(kit): digest(salt, held)}}))
    assert "een bijlage staat er nog eens in, en anders" in verified(kit)[1]


def test_an_attachment_is_not_dropped_by_a_row_that_says_that_it_is_gone(kit: Path) -> None:
    about, _salt, _events = first_of(kit)
    cover_up(kit, FILES, lambda _: [])
    shutil.rmtree(kit / "bijlagen")
    in_manifest(kit)
    enter_after(kit, json.dumps({about: {content_name(kit): ""}}))
    assert "een bijlage is weg, en niets zegt waarom" in verified(kit)[1]


def test_what_stands_twice_in_one_row_of_the_ledger_is_not_read_as_the_last(kit: Path) -> None:
    about, _salt, _events = first_of(kit)
    enter_after(kit, f'{{"{about}": {{"events": "9:x"}}, "{about}": {{"messages/x": ""}}}}')
    assert "wat hier in het grootboek staat, kan niet gelezen worden" in verified(kit)[1]


@pytest.mark.parametrize("sha256", [None, "", 7, "A" * 64])
def test_an_attachment_without_a_digest_is_not_there(kit: Path, seal: Path, sha256: object) -> None:
    (known,) = lines(kit, FILES)
    shutil.rmtree(kit / "bijlagen")
    in_manifest(kit)
    cover_up(kit, FILES, lambda _: [json.dumps(known | {"sha256": sha256})])
    code, said = verified(kit, "--zegel", seal)
    assert code == 1
    assert f"de bijlage {known['file']} is niet wat hier staat, of ontbreekt" in said
    assert "een bijlage staat in het grootboek, en ontbreekt hier" in said


def listed_twice(known: dict[str, Any]) -> list[dict[str, Any]]:
    return [known, known]


def of_no_dossier(known: dict[str, Any]) -> list[dict[str, Any]]:
    return [known, known | {"dossier": "dossier-9"}]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (listed_twice, "staat er twee keer in"),
        (of_no_dossier, "is van een dossier dat er niet is"),
        (lambda _: [], "deze bijlage is van geen dossier"),
    ],
)
def test_each_attachment_is_of_one_dossier(
    kit: Path, change: Callable[[dict[str, Any]], list[dict[str, Any]]], told: str
) -> None:
    (known,) = lines(kit, FILES)
    cover_up(kit, FILES, lambda _: [f"{json.dumps(one)}\n" for one in change(known)])
    assert told in verified(kit)[1]


@pytest.mark.parametrize("name", ["manifest.json", READERS, LEDGER, "extra.txt"])
def test_a_pipe_is_not_waited_for(kit: Path, name: str) -> None:
    (kit / name).unlink(missing_ok=True)
    os.mkfifo(kit / name)
    code, said = verified(kit)
    assert code == 1
    assert f"{name}: " in said


def test_a_pipe_is_no_file_also_where_the_manifest_gives_it_no_digest(kit: Path) -> None:
    (file,) = (kit / "tabellen").glob("accounts.csv")
    file.unlink()
    os.mkfifo(file)
    manifest = json.loads((kit / "manifest.json").read_text("utf-8"))
    for nothing in ("", None):
        manifest["files"]["tabellen/accounts.csv"]["sha256"] = nothing
        (kit / "manifest.json").write_text(json.dumps(manifest), "utf-8")
        assert "tabellen/accounts.csv: dit bestand is gewijzigd" in verified(kit)[1]


@pytest.mark.parametrize("name", [DOSSIERS, READERS, FILES, LEDGER])
@pytest.mark.parametrize("more", ['"x": 1, "x": 2', '"x": {"y": 1, "y": 1}', '"x": NaN'])
def test_a_line_that_two_programs_read_otherwise_is_refused(kit: Path, name: str, more: str) -> None:
    cover_up(kit, name, lambda found: [f"{{{more}, {found[0][1:]}", *found[1:]])
    assert f"{name}, regel 1: dit is geen leesbare regel JSON" in verified(kit)[1]


def test_a_seal_says_each_thing_once() -> None:
    with pytest.raises(ValueError, match="twee keer"):
        seals_in('{"place": "000000000001", "hash": "a", "hash": "b"}')


def test_a_manifest_says_each_thing_once(kit: Path) -> None:
    manifest = (kit / "manifest.json").read_text("utf-8")
    (kit / "manifest.json").write_text(manifest.replace("{", '{"ledger": {"rows": 1}, ', 1), "utf-8")
    assert "dit is geen manifest van een uitvoerpakket" in verified(kit)[1]


def made(runtime: Runtime, tmp_path: Path) -> tuple[list[str], str]:
    """Make a kit; return what is wrong with it, and what it proves with a seal of its last row."""
    written = write_exit_kit(runtime, "de-linde", tmp_path / "made", BY, NOW)
    row = lines(tmp_path / "made", LEDGER)[-1]
    seal = tmp_path / "zegel"
    seal.write_text(json.dumps({"place": row["place"], "hash": row["hash"]}))
    return written.findings.told, verified(tmp_path / "made", "--zegel", seal)[1]


def test_a_file_that_an_answer_names_no_more_is_gone_for_a_reason(tmp_path: Path) -> None:
    runtime = house()
    with reading(runtime.store) as register:
        version = register.dossier("dossier-1").version
    fill_in(
        runtime,
        Filling("dossier-1", {"bijlagen": []}, version, Operator("ria"), "weg"),
        at("2026-05-09 10:00"),
    )
    assert made(runtime, tmp_path)[0] == []


def lost(runtime: Runtime, table: str, key: str) -> None:
    with runtime.store.transaction() as tables:
        tables.delete(table, key)
        leave_out(tables, table, key)


def test_a_dossier_of_which_the_last_event_was_given_up_goes_along_and_is_right(tmp_path: Path) -> None:
    runtime = house()
    fill(runtime, "dossier-1", "2026-05-09 10:00", onderwerp="Anders")
    project_pending(runtime)
    lost(runtime, "events", "dossier-1/000004")
    give_up(runtime, "events", "dossier-1/000004", WHY, at("2026-05-10 10:00"))
    fill(runtime, "dossier-1", "2026-05-11 10:00", onderwerp="Nog anders")
    told, said = made(runtime, tmp_path)
    assert told == []
    assert "Het zegel bewijst van elk dossier" in said


def test_where_the_last_that_somebody_looked_was_given_up_the_kit_is_right(tmp_path: Path) -> None:
    runtime = replace(house(), recent_accesses=RecentAccesses())
    log_access(runtime, "dossier-1", "an", "page", at("2026-05-09 09:00"), "Europe/Brussels")
    lost(runtime, "access_log", "dossier-1/000001")
    give_up(runtime, "access_log", "dossier-1/000001", WHY, at("2026-05-10 10:00"))
    assert made(runtime, tmp_path)[0] == []
