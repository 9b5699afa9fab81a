"""An exit kit of De Linde, and what somebody does to it who wants it to say something else."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from gehoor.bootstrap.exchange.exit_kit.writing import write_exit_kit
from gehoor.services.access.authorisation import Operator
from gehoor.services.dossiers.editing import Filling, fill_in
from gehoor.services.recording.attachments import NewFile
from gehoor.services.register.register import reading
from gehoor.services.register.runtime import Runtime
from tests.support.clock import at
from tests.support.de_linde import de_linde, fill, open_by_phone, open_by_web, staff

NOW = at("2026-06-01 09:00")
BY = Operator.on_behalf_of("Jan")
LETTER = NewFile("bestand-1", "../../etc/brief: van mij.pdf", "pdf", b"%PDF- De brief")
FORMULA = '=HYPERLINK("http://elders.example";"klik")'
DOSSIERS, LEDGER = "dossiers/dossiers.jsonl", "grootboek/grootboek.jsonl"


def house() -> Runtime:
    runtime = de_linde(names=("beukenhof", "eikenrode"))
    staff(runtime, "an", "kwaliteitscoordinator")
    staff(runtime, "piet", "waterhof/wijk:klachtenfunctionaris")
    first = open_by_phone(runtime, "2026-05-04 10:00", onderwerp=FORMULA).dossier
    fill(runtime, first, "2026-05-05 09:00", mondeling_verslag="Voorgelezen en bevestigd.")
    with reading(runtime.store) as register:
        version = register.dossier(first).version
    filling = Filling(first, {"bijlagen": [LETTER.value]}, version, Operator("ria"), "k", (LETTER,))
    fill_in(runtime, filling, at("2026-05-06 10:00"))
    open_by_web(runtime, "2026-05-07 10:00")
    open_by_web(runtime, "2026-05-08 10:00", "eikenrode")
    return runtime


@cache
def made_once(folder: str) -> Path:
    """Return a kit in a folder, made the first time: to copy, not to touch."""
    target = Path(folder) / "pakket"
    write_exit_kit(house(), "de-linde", target, BY, NOW)
    return target


def verified(kit: Path, *words: str | Path) -> tuple[int, str]:
    """Run the program of the kit in a Python of its own, that knows no library and no Gehoor."""
    ran = subprocess.run(
        [sys.executable, "-I", "-S", kit / "verify.py", *words], capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""
    return ran.returncode, ran.stdout


def lines(kit: Path, name: str) -> list[Any]:
    return [json.loads(one) for one in (kit / name).read_text("utf-8").splitlines()]


def cover_up(kit: Path, name: str, change: Callable[[list[str]], list[str]]) -> None:
    """Change the lines of a file, and the manifest with it, as somebody would who knows how it works."""
    file = kit / name
    file.write_text("".join(change(file.read_text("utf-8").splitlines(keepends=True))), "utf-8")
    manifest = json.loads((kit / "manifest.json").read_text("utf-8"))
    manifest["files"][name]["sha256"] = hashlib.sha256(file.read_bytes()).hexdigest()
    (kit / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def in_dossier(change: Callable[[dict[str, Any]], None], place: int = 0) -> Callable[[list[str]], list[str]]:
    def changed(found: list[str]) -> list[str]:
        dossier = json.loads(found[place])
        change(dossier)
        return [*found[:place], f"{json.dumps(dossier, ensure_ascii=False)}\n", *found[place + 1 :]]

    return changed


def enter_after(kit: Path, *rows: str) -> None:
    """Have the ledger of a kit go on with rows that follow on it (each what it enters, as JSON), and end so."""
    last, added = lines(kit, LEDGER)[-1], []
    for entries in rows:
        place = f"{int(last['place']) + 1:012}"
        digest = hashlib.sha256(f"{last['hash']}\n{place}\n{entries}".encode()).hexdigest()
        last = {"place": place, "hash": digest, "entries": entries}
        added.append(f"{json.dumps(last)}\n")
    cover_up(kit, LEDGER, lambda found: [*found, *added])
    manifest = json.loads((kit / "manifest.json").read_text("utf-8"))
    manifest["ledger"].update(rows=int(last["place"]), hash=last["hash"])
    (kit / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def in_manifest(kit: Path) -> None:
    """Make the manifest of a kit fit the files that there are."""
    manifest = json.loads((kit / "manifest.json").read_text("utf-8"))
    manifest["files"] = {
        file.relative_to(kit).as_posix(): {"sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
        for file in kit.rglob("*")
        if file.is_file() and file.name != "manifest.json"
    }
    (kit / "manifest.json").write_text(json.dumps(manifest), "utf-8")
