"""Registers of any size, filled in seconds: some dossiers are real, the others only what lists and search hold."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from gehoor.core.dossier.events import instant_text
from gehoor.services.ports.records import Account, Summary, to_document
from gehoor.services.projection.projection import project_pending
from gehoor.services.register.register import writing
from gehoor.services.register.runtime import Runtime
from tests.bench.house import NOW, embedded, opened, submit

HANDLERS = ("", "els", "koen", "ria")
ELS = Account("els", "Els", "", "", ("de-linde/*:kwaliteitscoordinator",))
_BATCH = 10_000


def filled(folder: Path, size: int, late: int = 100, part: str = "") -> Runtime:
    """Return a runtime on a register of so many dossiers, of which ``late`` are real and late in three days. Made once
    in a run: the next that asks is given a copy."""
    made = folder / f"filled-{size}-{late}.db"
    if not made.exists():
        runtime = embedded(folder, made.name)
        fill(runtime, size, late)
        runtime.store.close()
    copy = folder / f"{part or 'copy'}-{made.name}"
    shutil.copy(made, copy)
    return opened(copy)


def fill(runtime: Runtime, size: int, late: int) -> None:
    """Put dossiers in a register: real ones that came in now, and others to which nothing happens for years."""
    for number in range(late):
        submit(runtime, f"due{number}")
    project_pending(runtime)
    with writing(runtime.store) as register:
        summary = register.summary(register.tables.select("dossiers", limit=1)[0]["id"])
        text = register.tables.select("texts", limit=1)[0]
    assert summary is not None
    for begin in range(late, size, _BATCH):
        with writing(runtime.store) as register:
            for number in range(begin, min(begin + _BATCH, size)):
                other = another(summary, number)
                register.tables.put("dossiers", other.id, to_document(other))
                for account in other.excluded:
                    register.tables.put(
                        "exclusions", f"{other.id}/{account}", {"dossier": other.id, "account": account}
                    )
                named = {**text, "dossier": other.id, "texts": [other.number, *text["texts"][1:]]}
                register.tables.put("texts", f"{other.id}/", named)


def another(summary: Summary, number: int) -> Summary:
    """Return the summary of another dossier."""
    return replace(
        summary,
        id=f"x{number:06}",
        number=f"BEU-2025-{number:06}",
        due_at=instant_text(NOW + timedelta(hours=number % 2000 - 50)),
        received=f"2026-0{number % 3 + 1}-{number % 28 + 1:02}",
        kind=("klacht", "melding")[number % 2],
        phase=(summary.phase, "onderzoek")[number % 3 == 0],
        flags=("Ernstig",) if number % 20 == 0 else (),
        handler=HANDLERS[number % 4],
        responsible=("kwaliteitscoordinator", "teamverantwoordelijke")[number % 5 == 0],
        code_hash=None,
        attention_at="2035-01-01T00:00:00.000000Z",
        excluded=("els",) if number % 500 == 0 else (),
    )
