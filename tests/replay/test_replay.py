"""What was done to a register of earlier code comes to the same today: each event byte for byte, and each decision.

A difference is a mistake, or it is what was wanted: then the recording is made anew, see ``record``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from gehoor.core.dossier.relations import RELATING
from tests.replay import recording
from tests.replay import use_cases as uses
from tests.replay.player import Player, new_stage
from tests.replay.recording import canonical
from tests.replay.scenario.whole import offered

_MOST_TOLD = 10


def test_the_files_load_to_the_agreements_that_were_published(tmp_path: Path) -> None:
    recording.unpack_workspace(tmp_path)
    loaded, published = offered(recording.departments(tmp_path)), recording.read_agreements()
    assert list(loaded) == list(published)
    assert {digest: one.places for digest, one in loaded.items()} == {
        digest: one.places for digest, one in published.items()
    }


def test_every_command_comes_to_what_it_came_to() -> None:
    player = Player(new_stage(uses.MemoryStore(uses.SCHEMAS), recording.read_agreements()))
    told: list[str] = []
    for number, line in enumerate(recording.read_lines(recording.ENTRIES), 1):
        then = json.loads(line)
        now = player.play(then["command"])
        told += [f"line {number}, {then['command']['do']}: {one}" for one in differences(then, now)]
        if len(told) >= _MOST_TOLD:
            break
    assert not told, "\n".join(told[:_MOST_TOLD])
    then_listed = dict(map(json.loads, recording.read_lines(recording.SUMMARIES)))
    assert list(differences(then_listed, player.summaries())) == []


def differences(then: Any, now: Any, place: str = "") -> Iterator[str]:
    """Say where two values differ as texts, as deep as both are alike."""
    if canonical(then) == canonical(now):
        return
    if isinstance(then, Mapping) and isinstance(now, Mapping):
        for name in {**then, **now}:
            yield from differences(then.get(name), now.get(name), f"{place}/{name}")
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for index, pair in enumerate(zip(then, now, strict=True)):
            yield from differences(*pair, f"{place}/{index}")
    else:
        yield f"{place} was {canonical(then)[:200]} and is {canonical(now)[:200]}"


def test_the_recording_has_something_of_everything() -> None:
    entries = [json.loads(line) for line in recording.read_lines(recording.ENTRIES)]
    kinds = {event[2] for entry in entries for event in entry.get("events", ())}
    # In what was recorded no organisation says how long it keeps dossiers: see tests/scenarios/retention.
    # Nor does one agree on letters or new codes, and nobody notes anything: see tests/scenarios/correspondence.
    letters = {uses.EventKind.LETTER_DRAFTED, uses.EventKind.LETTER_SENT, uses.EventKind.CODE_GIVEN}
    written, pinned, struck = (
        uses.EventKind.NOTE_WRITTEN,
        uses.EventKind.NOTE_PINNED,
        uses.EventKind.NOTE_STRUCK,
    )
    notes = {written, pinned, struck, uses.EventKind.CONTACT_NOTED}
    # And none is put back from a copy: see tests/scenarios/maintenance.
    # What is brought in from elsewhere, no earlier code did.
    others = {uses.EventKind.PUT_BACK, uses.EventKind.ANONYMISED, uses.EventKind.BROUGHT_IN}
    assert kinds == set(uses.EventKind) - letters - notes - RELATING - others
    refused = {one[1] for entry in entries for one in entry["result"].get("refused", ())}
    assert len(refused) > 40
    assert len(entries) > 600


@pytest.mark.parametrize(
    ("then", "now"), [({"a": [1, 2]}, {"a": [1, 3]}), ({"a": 1}, {}), ({"a": [1]}, {"a": [1, 2]})]
)
def test_a_difference_is_told_where_it_is(then: Any, now: Any) -> None:
    (told,) = differences(then, now)
    assert told.startswith("/a")
