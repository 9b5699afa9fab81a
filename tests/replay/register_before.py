"""A register file that earlier code wrote, and what was decided on it then: it must open with all that was in it.

``before/register.db.xz`` is a file in the layout of before there were columns. The code of commit 6aca108 wrote it
while it played the commands of before ``UNTIL``; no later code can write it again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.replay import recording
from tests.replay import use_cases as uses
from tests.replay.decisions import flat
from tests.replay.player import Player, new_stage, shown_in_lists

FOLDER = Path(__file__).with_name("before")
REGISTER = FOLDER / "register.db.xz"
DECIDED = FOLDER / "decided.jsonl.xz"
WENT_ON = FOLDER / "went_on.jsonl.xz"
"""What the other commands come to when they are played to it now."""
UNTIL = "2026-05-01"
"""Commands from this day on were not played to it."""


def moment() -> datetime:
    """When it is decided on."""
    return uses.parse_instant(f"{UNTIL}T08:00:00.000000Z")


def decided(store: uses.Store) -> Iterator[dict[str, Any]]:
    """Give what is decided on each dossier of a register, and how lists show it."""
    engine, library = uses.DurableRuleEngine(), uses.Library()
    with uses.reading(store) as register:
        for name in sorted(document["id"] for document in register.tables.select("dossiers")):
            dossier = register.dossier(name)
            agreement = library.agreement(register, dossier.agreement)
            decision = uses.decide(agreement, dossier, moment(), engine)
            yield {"dossier": name, "decided": flat(decision), "listed": shown_in_lists(register, name)}


def kept_events(file: Path) -> dict[str, list[dict[str, Any]]]:
    """Return the events that the file of before holds, by dossier, read with SQLite alone."""
    found: dict[str, list[dict[str, Any]]] = {}
    with closing(sqlite3.connect(file)) as connection:
        for (body,) in connection.execute("SELECT body FROM events"):
            event = json.loads(body)
            found.setdefault(event["dossier"], []).append(event)
    return {
        dossier: sorted(events, key=lambda event: int(event["sequence"])) for dossier, events in found.items()
    }


def goes_on(store: uses.Store) -> Iterator[dict[str, Any]]:
    """Play the commands that are left to a register; gives what happened, but not what is decided."""
    player = Player(new_stage(store, recording.read_agreements()))
    player.look_around()
    for command in recording.read_commands():
        if command["at"] >= UNTIL:
            yield {
                name: told
                for name, told in player.play(command).items()
                if name not in ("command", "decided")
            }


def write(path: Path, told: Iterable[dict[str, Any]]) -> None:
    recording.write_packed(path, "".join(f"{recording.canonical(one)}\n" for one in told).encode())


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in recording.read_packed(path).decode().splitlines()]
